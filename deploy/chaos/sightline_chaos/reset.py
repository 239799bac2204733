"""Reset a training run to an earlier round while its ablation is open; nothing may be counted twice.

Two arms, two ways. When the first arm works past --after rounds, the line that `deploy/sightline reset --dry-run`
prints for Temporal's own command line is run, to a round in the middle. When the second does, `deploy/sightline reset`
itself goes back to its very first round. Then the command must exit 0, and of every run: the rounds and steps after
the reset's round are superseded and stand on the branch before; the live rows are one for each step, those from that
round on on a new branch; the journal minus what restores undid equals them; the last state digest is the undisturbed
run's; and `results` are the undisturbed run's but for checkpoint ids and lineages, which name the branch.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import beside, evidence, options, processes
from .interrupt import run_to_end
from .phases import Missed
from .stack import LAUNCHER, Quickstart, environment

ASK_S = 300
NAMES_A_BRANCH = ("checkpoint", "lineage")


@dataclass(frozen=True)
class Wish:
    """Which arm goes back to which round, when it has begun the round after `after`, and by whose command line."""

    arm: str
    back_to: int
    by_temporal: bool


def main() -> None:
    # An experiment of two arms with --after + 2 rounds or more.
    parser = options.parser("reset", __doc__, "kill-matrix.yaml", 1800)
    parser.add_argument("--arms", default="only_accuracy,perception_facts", help="the two arms (default: %(default)s)")
    parser.add_argument("--after", type=int, default=2, help="reset when this round has steps (default: %(default)s)")
    given = parser.parse_args()
    first, _, second = given.arms.partition(",")
    if not first or not second:
        parser.error("--arms: two names, separated by a comma")
    wishes = [Wish(first, 1, True), Wish(second, 0, False)]

    def disturbed(stack: Quickstart, undisturbed: Path) -> beside.Seen:
        return disturb(wishes, stack.start(), undisturbed, given)

    beside.run(given, "reset", lambda home: Quickstart(home, given.file), disturbed)


def disturb(wishes: list[Wish], stack: Quickstart, undisturbed: Path, given: argparse.Namespace) -> beside.Seen:
    """Reset each arm's run at its moment, wait for the end, compare."""
    told = []
    for wish in wishes:
        told.append(reset(wish, stack, given.after, given.limit))
        print(f"     {told[-1]}", flush=True)
    run_to_end(stack, given.limit)
    found, expected = (without_branch_names(evidence.results(each)) for each in (stack.home, undisturbed))
    digest = evidence.digest(found)[:12]
    if found != expected:
        raise ValueError(f"results {digest} differ from the undisturbed run's {evidence.digest(expected)[:12]}")
    rows = evidence.tables(stack.home)
    for wish in wishes:
        told.append(check_branch(wish, rows))
    compare_states(rows, evidence.tables(undisturbed))
    return beside.Seen(digest, f"{'; '.join(told)}; journal: {evidence.compare_journal(stack.home, rows)}")


def reset(wish: Wish, stack: Quickstart, after: int, limit: float) -> str:
    """Wait until the arm has a step in the round, go back, and say what was met."""
    run = ""

    def far_enough() -> bool:
        nonlocal run
        if stack.ended is not None:
            raise Missed(f"the command ended with {stack.ended} before {wish.arm} could be reset:\n{stack.said()}")
        for event in evidence.journal_events(stack.home):
            if event["event"] == "step" and event["identity"]["round"] >= after and f"/{wish.arm}/" in event["run"]:
                run = event["run"]
                return True
        return False

    processes.wait_for(f"{wish.arm} did not come to round {after}", far_enough, limit, pause=0.2)
    words = [str(LAUNCHER), "--home", str(stack.home), "reset", f"run/{run}", "--round", str(wish.back_to), "--json"]
    answer = json.loads(run_command([*words, "--dry-run"] if wish.by_temporal else words))
    if wish.by_temporal:
        line = shlex.split(answer["temporal"])
        line[0] = str(Path(sys.executable).with_name("temporal"))
        run_command([*line, "--address", f"127.0.0.1:{stack.ports()['temporal']}"])
    way = "by `temporal`" if wish.by_temporal else "by `sightline reset`"
    return f"{wish.arm} past round {after} reset to round {wish.back_to} {way} (event {answer['eventId']})"


def run_command(words: list[str]) -> str:
    answer = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment(),
                            timeout=ASK_S, check=False)  # fmt: skip
    if answer.returncode != 0:
        raise RuntimeError(f"{Path(words[0]).name} ended with {answer.returncode}: {answer.stderr.strip()[-800:]}")
    return answer.stdout


def check_branch(wish: Wish, rows: evidence.Tables) -> str:
    """Hold one run's ledger to what a reset must leave; raise ValueError for anything else."""
    live = [row for row in rows.steps if f"/{wish.arm}/" in row["run"]]
    gone = [row for row in rows.superseded if f"/{wish.arm}/" in row["run"]]
    if [row["step"] for row in live] != sorted({row["step"] for row in live}):
        raise ValueError(f"{wish.arm} has more than one live row of a step")
    branches = {(row["branch"], row["round"] >= wish.back_to) for row in live}
    allowed = {(0, False), (1, True)} if wish.back_to else {(1, True)}
    if branches != allowed:
        raise ValueError(f"{wish.arm}'s live rows stand on {sorted(branches)} (branch, from round {wish.back_to} on)")
    if not gone or any(row["branch"] != 0 or row["round"] < wish.back_to for row in gone):
        raise ValueError(f"{wish.arm}'s superseded rows are {gone}")
    return f"{wish.arm}: {len(live)} live steps, {len(gone)} superseded on branch 0"


def compare_states(rows: evidence.Tables, expected: evidence.Tables) -> None:
    """Raise ValueError unless every run ends in the undisturbed run's state; lineages tell branches apart."""
    found, wanted = ({run: state for run, (_, state) in evidence.ends(each).items()} for each in (rows, expected))
    if found != wanted:
        raise ValueError(f"runs end in states {found}, undisturbed in {wanted}")


def without_branch_names(results: bytes) -> bytes:
    """Leave out what is a digest of the branch too, on every level; all else stays as it is."""

    def strip(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: strip(value) for name, value in node.items() if name not in NAMES_A_BRANCH}
        return [strip(value) for value in node] if isinstance(node, list) else node

    return json.dumps(strip(json.loads(results)), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


if __name__ == "__main__":
    main()
