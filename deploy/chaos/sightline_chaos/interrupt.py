"""Kill -9 the whole stack in each phase, run the command again, and compare with a run that nobody disturbed.

For every phase: a fresh home, `quickstart --file deploy/experiments/chaos.yaml --exit` in the background; when the
state of the work shows the phase, SIGKILL to command, supervisor, Temporal, PostgreSQL, Triton, stub and worker; what
is left must prove that the phase was met. Then the same command again: exit 0, `results` of report.json equal byte
for byte, and the policy's journal minus what restores undid equal to the ledger's live rows.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import evidence, options
from .phases import Missed, phases, watch
from .stack import Quickstart


@dataclass(frozen=True)
class Outcome:
    """One line of the summary."""

    phase: str
    passed: bool
    seconds: float
    results: str
    text: str
    compared: str = "results"

    def line(self) -> str:
        mark = "ok  " if self.passed else "FAIL"
        return f"{mark} {self.phase:<17} {self.seconds:5.0f} s  {self.compared} {self.results:<12}  {self.text}"


def main() -> None:
    every = phases()
    parser = options.parser("interrupt", __doc__, "chaos.yaml", 900)
    plain = ",".join(name for name in every if not name.startswith("rung"))
    parser.add_argument("--phases", default=plain,
                        help="comma list (default: %(default)s; with halving.yaml also rung-open, rung)")  # fmt: skip
    parser.add_argument("--attempts", type=int, default=4, help="kills to try until a phase is met (default: 4)")
    given = parser.parse_args()
    wanted = options.chosen(parser, "--phases", given.phases, list(every))
    homes = options.homes(given)

    outcomes = []
    expected = None
    try:
        outcome, expected = reference(given.reference, homes / "undisturbed", given.file, given.limit)
        outcomes.append(outcome)
        print(outcome.line(), flush=True)
        for name in wanted if expected is not None else ():
            outcomes.append(interrupt(name, homes / name, given.file, expected, given.attempts, given.limit))
            print(outcomes[-1].line(), flush=True)
    finally:
        if not given.keep and expected is not None and all(one.passed for one in outcomes):
            options.remove(homes, ["undisturbed", *wanted])
    print("\n" + "\n".join(one.line() for one in outcomes))
    failed = sum(not one.passed for one in outcomes)
    print(f"{len(outcomes) - failed} of {len(outcomes)} well" + (f"; homes left in {homes}" if failed else ""))
    sys.exit(1 if failed else 0)


def reference(given: Path | None, home: Path, file: Path, limit: float) -> tuple[Outcome, bytes | None]:
    """Run the experiment undisturbed, or take such a run; None when it failed."""
    began = time.monotonic()
    home = home if given is None else given.absolute()
    stack = Quickstart(home, file)
    try:
        if given is None:
            run_to_end(stack.fresh().start(), limit)
        checked = evidence.compare_journal(home, evidence.tables(home))
        expected = evidence.results(home)
    except Exception as error:
        return Outcome("undisturbed", False, time.monotonic() - began, "-", f"{error}"), None
    finally:
        stack.clean_up()
    return Outcome("undisturbed", True, time.monotonic() - began, evidence.digest(expected)[:12], checked), expected


def run_to_end(stack: Quickstart, limit: float) -> None:
    """Wait for exit 0 and for the end of everything the command started."""
    status = stack.finish(limit)
    if status != 0:
        raise RuntimeError(f"the command ended with {status}:\n{stack.said()}")
    if left := stack.living():
        raise RuntimeError(f"the command ended, but {', '.join(left)} lives on")


def interrupt(name: str, home: Path, file: Path, expected: bytes, attempts: int, limit: float) -> Outcome:
    """Kill in the phase, repeat the command, compare."""
    began = time.monotonic()
    stack = Quickstart(home, file)
    digest = "-"
    try:
        proof = ""
        for attempt in range(1, attempts + 1):
            phase = phases()[name]()
            try:
                watch(phase, stack.fresh().start(), limit)
                killed = stack.kill()
                proof = f"{killed} processes killed; {phase.proof(home)}"
                break
            except Missed as missed:
                stack.clean_up()
                print(f"     {name}: attempt {attempt} of {attempts} missed: {missed}", flush=True)
                if attempt == attempts:
                    raise
        run_to_end(stack.start(), limit)
        found = evidence.results(home)
        digest = evidence.digest(found)[:12]
        if found != expected:
            raise ValueError(f"results differ from the undisturbed run's {evidence.digest(expected)[:12]}; {proof}")
        checked = evidence.compare_journal(home, evidence.tables(home))
        return Outcome(name, True, time.monotonic() - began, digest, f"{proof}; journal: {checked}")
    except Exception as error:
        return Outcome(name, False, time.monotonic() - began, digest, f"{type(error).__name__}: {error}")
    finally:
        stack.clean_up()


if __name__ == "__main__":
    main()
