"""How much of an optimizer step is not the policy's own time: Temporal, gRPC, scoring, PostgreSQL, artifacts.

Runs an experiment on the local stack and asks the policy server all the while for the seconds of its jobs. At the end
the ledger tells when each step was committed. Between two commits of a round lies one whole step; what is left of it
without the jobs of that step (rollout, optimizer step, log-probabilities at the start) is orchestration. Steps of
supervised rounds count too: they have one job each. With --homes on a memory file system fsync costs nothing.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import threading
from dataclasses import dataclass
from typing import Any

from . import evidence, options
from .interrupt import run_to_end
from .stack import Quickstart

LOOK_EVERY_S = 0.1
LONG_STEP_S = 5.0


@dataclass(frozen=True)
class Step:
    """One step of a round; seconds between two commits, and of the policy's jobs in between."""

    supervised: bool
    whole_s: float
    policy_s: float

    @property
    def orchestration_ms(self) -> float:
        return 1000 * (self.whole_s - self.policy_s)

    @property
    def share(self) -> float:
        return 1 - self.policy_s / self.whole_s


def main() -> None:
    parser = options.parser("orchestration", __doc__, "kill-matrix.yaml", 1800, compares=False)
    parser.add_argument("--json", action="store_true", help="print one JSON document too")
    given = parser.parse_args()
    homes = options.homes(given)
    stack = Quickstart(homes / "measured", given.file)
    try:
        seconds = watched(stack, given.limit)
        steps = assemble(evidence.tables(stack.home).commits, seconds)
    finally:
        stack.clean_up()
    options.remove(homes, ["measured"])
    found = summary(steps)
    for name, row in found.items():
        print(
            f"{name:<22} {row['steps']:>4} steps of {row['median_s']:.2f} s, orchestration median "
            f"{row['median_ms']:.0f} ms, 90 % under {row['p90_ms']:.0f} ms, share {100 * row['share']:.1f} %"
        )
    if given.json:
        print(json.dumps(found))
    sys.exit(0 if steps else 1)


def watched(stack: Quickstart, limit: float) -> dict[tuple[str, str], float]:
    """Run to the end; return the seconds of each job that ended, by run and key."""
    seconds: dict[tuple[str, str], float] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_EVERY_S):
            for job in stack.jobs():
                if job["state"] == "DONE":
                    seconds[job["run"], job["key"]] = job["seconds"]

    stack.fresh().start()
    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        run_to_end(stack, limit)
    finally:
        over.set()
        looking.join(timeout=10)
    return seconds


def assemble(commits: list[dict[str, Any]], seconds: dict[tuple[str, str], float]) -> list[Step]:
    """Return the steps that follow another one in their round and whose jobs were all seen."""
    steps = []
    for before, row in itertools.pairwise(commits):
        place = (row["run"], row["branch"], row["round"])
        if place != (before["run"], before["branch"], before["round"]) or row["step"] != before["step"] + 1:
            continue
        own = f"{row['branch']}/{row['round']}"
        jobs = [seconds.get((row["run"], f"step/{own}/{row['step']}"))]
        if not row["supervised"]:
            jobs.append(seconds.get((row["run"], f"rollout/{own}/{row['step'] - 1}")))
            jobs.append(seconds.get((row["run"], f"step/{own}/{row['step']}/reference"), 0.0))
        if None not in jobs:
            steps.append(Step(row["supervised"], row["at"] - before["at"], sum(filter(None, jobs))))
    return steps


def summary(steps: list[Step]) -> dict[str, dict[str, float]]:
    """Return one row for each kind and length of step that occurred."""
    kinds = {
        "supervised": [one for one in steps if one.supervised],
        f"below {LONG_STEP_S:.0f} s": [one for one in steps if not one.supervised and one.whole_s < LONG_STEP_S],
        f"of {LONG_STEP_S:.0f} s or more": [one for one in steps if not one.supervised and one.whole_s >= LONG_STEP_S],
    }
    return {
        name: {
            "steps": len(own),
            "median_s": statistics.median(one.whole_s for one in own),
            "median_ms": statistics.median(one.orchestration_ms for one in own),
            "p90_ms": sorted(one.orchestration_ms for one in own)[int(0.9 * (len(own) - 1))],
            "share": statistics.median(one.share for one in own),
        }
        for name, own in kinds.items()
        if own
    }


if __name__ == "__main__":
    main()
