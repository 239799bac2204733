"""Kill -9 one part in mid-run and repeat nothing: the experiment must finish by itself with the same `results`.

Targets: worker, postgres, supervisor, temporal, stub (the process that holds the weights), triton. Each is killed at a
point of its own while the policy server works, so that something is in flight. Afterwards the part must live again
under another pid, all other parts under their old one (a new supervisor adopts them), the command must exit 0,
`results` must equal an undisturbed run's byte for byte, and the policy's journal must equal the ledger.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import evidence, options, processes
from .interrupt import Outcome, reference, run_to_end
from .phases import Missed, step_of
from .processes import Process
from .stack import Home, Quickstart

BACK_WITHIN_S = 300

# In the order in which one run can meet them all.
MOMENTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "worker": lambda job: job["kind"] == "fit" and step_of(job) >= 8,
    "postgres": lambda job: job["kind"] == "fit" and step_of(job) >= 20,
    "supervisor": lambda job: job["kind"] == "fit" and step_of(job) >= 32,
    "temporal": lambda job: (job["kind"] == "fit" and step_of(job) >= 40) or "/warm-start/" not in job["run"],
    "stub": lambda job: job["kind"] == "train" and step_of(job) >= 2,
    "triton": lambda job: job["key"].startswith("rollout/") and step_of(job) >= 2,
}


def main() -> None:
    parser = options.parser("kill-one", __doc__, "chaos.yaml", 900)
    parser.add_argument("--targets", default=",".join(MOMENTS), help="comma list (default: %(default)s)")
    parser.add_argument("--together", action="store_true", help="kill them one after the other in one run")
    given = parser.parse_args()
    named = options.chosen(parser, "--targets", given.targets, list(MOMENTS))
    wanted = [name for name in MOMENTS if name in named]
    homes = options.homes(given)

    outcome, expected = reference(given.reference, homes / "undisturbed", given.file, given.limit)
    outcomes = [outcome]
    print(outcome.line(), flush=True)
    runs = [wanted] if given.together else [[name] for name in wanted]
    for targets in runs if expected is not None else ():
        outcomes.append(disturb(targets, homes / "-".join(targets), given.file, expected, given.limit))
        print(outcomes[-1].line(), flush=True)
    failed = sum(not one.passed for one in outcomes)
    if not failed and not given.keep:
        options.remove(homes, ["undisturbed", *("-".join(targets) for targets in runs)])
    print("\n" + "\n".join(one.line() for one in outcomes))
    print(f"{len(outcomes) - failed} of {len(outcomes)} well" + (f"; homes left in {homes}" if failed else ""))
    sys.exit(1 if failed else 0)


def disturb(targets: list[str], home: Path, file: Path, expected: bytes, limit: float) -> Outcome:
    """Kill the targets one after the other in one run, and wait for its end."""
    began = time.monotonic()
    stack = Quickstart(home, file).fresh().start()
    name, digest, told = ",".join(targets), "-", []
    try:
        for target in targets:
            told.append(kill_when(target, stack, limit))
            print(f"     {told[-1]}", flush=True)
        run_to_end(stack, limit)
        found = evidence.results(home)
        digest = evidence.digest(found)[:12]
        if found != expected:
            raise ValueError(f"results differ from the undisturbed run's {evidence.digest(expected)[:12]}")
        checked = evidence.compare_journal(home, evidence.tables(home))
        return Outcome(name, True, time.monotonic() - began, digest, f"{'; '.join(told)}; journal: {checked}")
    except Exception as error:
        text = f"{type(error).__name__}: {error}; {'; '.join(told)}"
        return Outcome(name, False, time.monotonic() - began, digest, text)
    finally:
        stack.clean_up()


def kill_when(target: str, stack: Quickstart, limit: float) -> str:
    """Kill the target at its moment and wait until it is back; say what was in flight and how long that took."""
    deadline = time.monotonic() + limit
    while (job := stack.running_job()) is None or not MOMENTS[target](job):
        if stack.ended is not None:
            raise Missed(f"the command ended with {stack.ended} before the moment to kill {target}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"the moment to kill {target} did not come within {limit:.0f} s")
        time.sleep(0.005)
    old = find(target, stack)
    if old is None:
        raise Missed(f"no process of {target} was found")
    parts = processes.recorded(stack.home)
    kill(target, old)
    at = time.monotonic()

    def back() -> bool:
        if stack.ended is not None:
            raise RuntimeError(f"the command ended with {stack.ended} after {target} was killed:\n{stack.said()}")
        new = find(target, stack)
        return new is not None and new != old

    processes.wait_for(f"{target} did not come back", back, BACK_WITHIN_S)
    expect_kept(target, parts, stack)
    return f"{target} killed in {job['kind']} {job['key']}, new process after {time.monotonic() - at:.1f} s"


def find(target: str, stack: Home) -> Process | None:
    return processes.stub(stack.home) if target == "stub" else processes.recorded(stack.home).get(target)


def kill(target: str, victim: Process) -> None:
    """Send SIGKILL; a dead postmaster's children end by themselves in a moment, a machine's end would take them too."""
    processes.kill(processes.with_descendants([victim]) if target == "postgres" else [victim])


def expect_kept(target: str, parts: dict[str, Process], stack: Home) -> None:
    """Raise RuntimeError when another part than the target has another process than before."""
    now = processes.recorded(stack.home)
    if taken := [name for name, one in parts.items() if name != target and now.get(name) != one]:
        raise RuntimeError(f"after {target} was killed, {', '.join(taken)} was replaced too")


if __name__ == "__main__":
    main()
