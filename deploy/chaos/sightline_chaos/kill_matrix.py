"""Kill -9 one part after the other, many times in one run; the experiment must finish by itself with the same numbers.

The seed draws the order of the targets (each block holds every target once) and a moment for each kill: a step of the
experiment and a delay behind its line in the policy's journal. Waiting for a step makes every kill meet work, the
delay lets it meet any part of it. After a kill the part must have a new process, all other parts their old one, and
the policy must journal a step that was never journaled before. At the end the command must exit 0; `results`, the
last lineage and state digest of every run must be the undisturbed run's; the journal minus what restores undid must
equal the ledger; and no process, lease, temporary file or shared memory may be left.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import evidence, leftovers, options, processes
from .interrupt import reference, run_to_end
from .kill_one import expect_kept, find
from .kill_one import kill as kill_part
from .phases import Missed
from .stack import Quickstart

TARGETS = ("stub", "triton", "worker", "postgres")
LONGEST_DELAY_S = 1.5
RECOVERS_WITHIN_S = 600
# The first and the last steps are left to be: a kill needs a step before it and one after it.
EDGE = 2


@dataclass(frozen=True)
class Moment:
    """When to kill whom: this many seconds after this many different steps are in the journal."""

    target: str
    step: int
    delay_s: float


@dataclass(frozen=True)
class Recovery:
    """What a kill met and how long its recovery took, in seconds from the signal."""

    moment: Moment
    met: str
    process_s: float
    job_s: float
    step_s: float

    def line(self) -> str:
        at = f"step {self.moment.step} + {self.moment.delay_s:.2f} s"
        return (
            f"{self.moment.target:<8} {at:<18} met {self.met:<52} new process {self.process_s:5.1f} s, "
            f"next job {self.job_s:5.1f} s, next new step {self.step_s:5.1f} s"
        )


def draw(kills: int, seed: int, targets: Iterable[str], steps: int) -> list[Moment]:
    """Return the kills of a seed, in order of their steps."""
    targets = list(targets)
    if kills > steps - 2 * EDGE:
        raise ValueError(f"{kills} kills need {kills + 2 * EDGE} steps or more, and the experiment has {steps}")
    chance = random.Random(f"kill-matrix/{seed}")
    order: list[str] = []
    while len(order) < kills:
        order += chance.sample(targets, len(targets))
    at = sorted(chance.sample(range(EDGE, steps - EDGE), kills))
    return [
        Moment(target, step, chance.uniform(0, LONGEST_DELAY_S)) for target, step in zip(order[:kills], at, strict=True)
    ]


class Steps:
    """Counts the different steps in a growing journal, reading each line once."""

    def __init__(self, home: Path) -> None:
        self._path = home / "data" / "policy" / "journal.jsonl"
        self._offset = 0
        self._seen: set[tuple[str, int]] = set()

    def count(self) -> int:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._offset += len(whole)
            for line in whole.splitlines():
                event = json.loads(line)
                if event["event"] == "step":
                    self._seen.add((event["run"], event["identity"]["step"]))
        return len(self._seen)


def main() -> None:
    parser = options.parser("kill-matrix", __doc__, "kill-matrix.yaml", 3600)
    parser.add_argument("--kills", type=int, default=20, help="how many, in one run (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="draws order and moments (default: %(default)s)")
    parser.add_argument("--targets", default=",".join(TARGETS), help="comma list (default: %(default)s)")
    given = parser.parse_args()
    targets = options.chosen(parser, "--targets", given.targets, list(TARGETS))
    if given.kills < 1:
        parser.error("--kills: at least one")
    homes = options.homes(given)

    outcome, expected = reference(given.reference, homes / "undisturbed", given.file, given.limit)
    print(outcome.line(), flush=True)
    recoveries: list[Recovery] = []
    kills, well = given.kills, False
    if expected is not None:
        undisturbed = given.reference.absolute() if given.reference else homes / "undisturbed"
        well = disturb(given, targets, homes / "killed", undisturbed, expected, recoveries)
    print(table(recoveries, targets))
    if well and not given.keep:
        options.remove(homes, ["undisturbed", "killed"])
    else:
        print(f"homes left in {homes}")
    print(f"{kills} kills, {len(recoveries) if well else 0} survived")
    sys.exit(0 if well else 1)


def disturb(
    given: argparse.Namespace,
    targets: list[str],
    home: Path,
    undisturbed: Path,
    expected: bytes,
    recoveries: list[Recovery],
) -> bool:
    """Run the experiment with all kills and compare its end; say what is wrong and return False when anything is."""
    rows = evidence.tables(undisturbed)
    stack = Quickstart(home, given.file)
    regions = leftovers.Regions(home)
    began = time.monotonic()
    try:
        moments = draw(given.kills, given.seed, targets, len(rows.steps))
        stack.fresh().start()
        steps = Steps(home)
        for moment in moments:
            recoveries.append(kill(moment, stack, steps, regions, given.limit))
            print(f"     {len(recoveries):>2} {recoveries[-1].line()}", flush=True)
        regions.note(processes.recorded(home).get("postgres"))
        run_to_end(stack, given.limit)
        for checked in compare(home, undisturbed, rows, expected, regions):
            print(f"ok   {checked}")
        print(f"ok   exit 0 after {time.monotonic() - began:.0f} s", flush=True)
        return True
    except Exception as error:
        print(f"FAIL {type(error).__name__}: {error}", flush=True)
        return False
    finally:
        stack.clean_up()


def kill(moment: Moment, stack: Quickstart, steps: Steps, regions: leftovers.Regions, limit: float) -> Recovery:
    """Kill the target at its moment; return when the experiment has gone further than it ever was."""

    def reached(count: int) -> bool:
        if stack.ended is not None:
            raise Missed(f"the command ended with {stack.ended} near the kill of {moment.target}:\n{stack.said()}")
        return steps.count() >= count

    processes.wait_for(f"step {moment.step} did not come", lambda: reached(moment.step), limit, pause=0.005)
    time.sleep(moment.delay_s)
    old = processes.recorded(stack.home)
    victim = find(moment.target, stack)
    if victim is None or stack.ended is not None:
        raise Missed(f"no process of {moment.target} was found at step {moment.step}")
    regions.note(old.get("postgres"))
    job = stack.running_job()
    kill_part(moment.target, victim)
    at = time.monotonic()
    before = stack.jobs_begun()
    furthest = steps.count()

    def replaced() -> bool:
        reached(0)
        new = find(moment.target, stack)
        return new is not None and new != victim

    processes.wait_for(f"{moment.target} did not come back", replaced, RECOVERS_WITHIN_S)
    process_s = time.monotonic() - at
    if moment.target == "postgres":
        before = stack.jobs_begun()  # what was begun without it proves nothing

    def works() -> bool:
        reached(0)
        begun = stack.jobs_begun()
        if begun is None or before is None or begun[0] != before[0]:
            return begun is not None and begun[1] > 0
        return begun[1] > before[1]

    processes.wait_for(f"no job after the kill of {moment.target}", works, RECOVERS_WITHIN_S, pause=0.02)
    job_s = time.monotonic() - at
    processes.wait_for(
        f"no new step after the kill of {moment.target}", lambda: reached(furthest + 1), RECOVERS_WITHIN_S, pause=0.02
    )
    step_s = time.monotonic() - at
    expect_kept(moment.target, old, stack)
    return Recovery(moment, describe(job), process_s, job_s, step_s)


def describe(job: dict[str, Any] | None) -> str:
    if job is None:
        return "no job, between two"
    share = f" {job['done']}/{job['total']}" if job["total"] else ""
    return f"{job['kind']} {job['key']}{share}"


def compare(
    home: Path, undisturbed: Path, expected_rows: evidence.Tables, expected: bytes, regions: leftovers.Regions
) -> Iterable[str]:
    """Say each thing that is equal or absent as it must be; raise ValueError at the first that is not."""
    found = evidence.results(home)
    digest = evidence.digest(found)[:12]
    if found != expected:
        raise ValueError(f"results {digest} differ from the undisturbed run's {evidence.digest(expected)[:12]}")
    yield f"results {digest}, byte for byte those of {undisturbed.name}"
    rows = evidence.tables(home)
    ends, expected_ends = (evidence.ends(each) for each in (rows, expected_rows))
    if ends != expected_ends:
        raise ValueError(f"runs end at {ends}, undisturbed at {expected_ends}")
    yield f"last lineage and state digest of {len(ends)} runs are those of {undisturbed.name}"
    yield f"journal: {evidence.compare_journal(home, rows)}"
    yield leftovers.check(home, rows, regions)


def table(recoveries: list[Recovery], targets: list[str]) -> str:
    """Return one row a target: kills and the median and longest time to each sign of recovery."""

    def cell(values: list[float]) -> str:
        return f"{statistics.median(values):.1f} / {max(values):.1f}" if values else "-"

    lines = ["", "| killed | times | new process, s | next job, s | next new step, s | met at work |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for name in targets:
        own = [one for one in recoveries if one.moment.target == name]
        busy = sum(not one.met.startswith("no job") for one in own)
        times = " | ".join(cell([getattr(one, part) for one in own]) for part in ("process_s", "job_s", "step_s"))
        lines.append(f"| {name} | {len(own)} | {times} | {busy} |")
    return "\n".join(lines) + "\n(median / longest)\n"


if __name__ == "__main__":
    main()
