"""Reset training runs to earlier rounds, and their ablation to a stage, while it is open; nothing may be counted twice.

Two arms, two ways, and the ablation, each paused first. When the first arm works past --after rounds, the line that
`deploy/sightline reset --dry-run` prints for Temporal's own command line is run, to that round's beginning. When the
second does, `deploy/sightline reset` itself goes back to its very first round. When the second arm is past that round
again, an operator skips it by mistake, and `deploy/sightline reset ablation/... --stage` takes that back: the skip must
be undone, and the run begin that round again. Then the command must exit 0, and of every run: the
rounds and steps after the reset's round are superseded and stand on the branch before; the live rows are one for each
step, those from that round on on a new branch; the journal minus what restores undid equals them; the last state digest
is the undisturbed run's; and `results` are the undisturbed run's but for checkpoint ids and lineages, which name the
branch.
"""

from __future__ import annotations

import argparse
import base64
import json
import shlex
import subprocess
import sys
import time
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
    by_temporal: bool = False


def main() -> None:
    # An experiment of two arms with --after + 2 rounds or more.
    parser = options.parser("reset", __doc__, "kill-matrix.yaml", 1800)
    parser.add_argument("--arms", default="only_accuracy,perception_facts", help="the two arms (default: %(default)s)")
    parser.add_argument("--after", type=int, default=2, help="reset when this round has steps (default: %(default)s)")
    given = parser.parse_args()
    first, _, second = given.arms.partition(",")
    if not first or not second:
        parser.error("--arms: two names, separated by a comma")
    # The pause commits a checkpoint, so that a round further back may have none any more.
    wishes = [Wish(first, given.after, True), Wish(second, 0, False)]

    def disturbed(stack: Quickstart, undisturbed: Path) -> beside.Seen:
        return disturb(wishes, stack.start(), undisturbed, given)

    beside.run(given, "reset", lambda home: Quickstart(home, given.file), disturbed)


def disturb(wishes: list[Wish], stack: Quickstart, undisturbed: Path, given: argparse.Namespace) -> beside.Seen:
    """Reset each arm's run at its moment, wait for the end, compare."""
    told = []
    for wish in wishes:
        told.append(reset(wish, stack, given.after, given.limit))
        print(f"     {told[-1]}", flush=True)
    told.append(reset_ablation(wishes[-1], stack, given.after, given.limit))
    print(f"     {told[-1]}", flush=True)
    run_to_end(stack, given.limit)
    found, expected = (without_branch_names(evidence.results(each)) for each in (stack.home, undisturbed))
    digest = evidence.digest(found)[:12]
    if found != expected:
        raise ValueError(f"results {digest} differ from the undisturbed run's {evidence.digest(expected)[:12]}")
    rows = evidence.tables(stack.home)
    told += [check_branch(wishes[0], rows), check_branch(wishes[1], rows, last=2)]
    compare_states(rows, evidence.tables(undisturbed))
    return beside.Seen(digest, f"{'; '.join(told)}; journal: {evidence.compare_journal(stack.home, rows)}")


def past(arm: str, round_: int, branch: int, stack: Quickstart, limit: float) -> str:
    """Wait until an arm has a step in a round or later, on a branch or later; return its run."""
    run = ""

    def far_enough() -> bool:
        nonlocal run
        if stack.ended is not None:
            raise Missed(f"the command ended with {stack.ended} before {arm} could be reset:\n{stack.said()}")
        for event in evidence.journal_events(stack.home):
            if (
                event["event"] == "step" and f"/{arm}/" in event["run"]
                and event["identity"]["round"] >= round_ and event["identity"]["branch"] >= branch
            ):  # fmt: skip
                run = event["run"]
                return True
        return False

    processes.wait_for(f"{arm} did not come to round {round_}", far_enough, limit, pause=0.2)
    return run


def reset(wish: Wish, stack: Quickstart, after: int, limit: float) -> str:
    """Wait until the arm has a step in the round, go back, and say what was met."""
    run = past(wish.arm, after, 0, stack, limit)
    pause(f"run/{run}", run, stack, limit)
    words = [str(LAUNCHER), "--home", str(stack.home), "reset", f"run/{run}", "--round", str(wish.back_to), "--json"]
    answer = json.loads(run_command([*words, "--dry-run"] if wish.by_temporal else words))
    if wish.by_temporal:
        run_command(temporal(stack, *shlex.split(answer["temporal"])[1:]))
    way = "by `temporal`" if wish.by_temporal else "by `sightline reset`"
    return f"{wish.arm} past round {after} reset to round {wish.back_to} {way} (event {answer['eventId']})"


def reset_ablation(wish: Wish, stack: Quickstart, after: int, limit: float) -> str:
    """Skip the arm in mid-run on its new branch, take that back by a reset of the ablation, and say what was met.

    The ablation is paused meanwhile, so that it does not end without the arm; the reset takes the pause back too.
    """
    run = past(wish.arm, after, 1, stack, limit)
    experiment, arm, seed = run.split("/")
    ablation, stage = f"ablation/{experiment}", f"train/{arm}/{seed}"
    pause(ablation, run, stack, limit)
    stack.launcher("skip", experiment, stage, seconds=ASK_S)
    processes.wait_for(
        f"{stage} did not end when it was skipped", lambda: status(stack, f"run/{run}") == "FAILED", limit, pause=0.2
    )
    words = [str(LAUNCHER), "--home", str(stack.home), "reset", ablation, "--stage", stage, "--json"]
    answer = json.loads(run_command(words))
    before = stack.temporal("workflow", "describe", "--workflow-id", ablation, "--run-id", answer["runId"])
    if (ended := before["workflowExecutionInfo"]["status"]) != "WORKFLOW_EXECUTION_STATUS_TERMINATED":
        raise ValueError(f"the ablation's execution before its reset is {ended}")
    processes.wait_for(
        f"{stage} was not started again", lambda: status(stack, f"run/{run}") != "FAILED", limit, pause=0.2
    )
    return f"{stage} skipped past round {after}, and taken back by a reset of the ablation (event {answer['eventId']})"


def pause(workflow: str, run: str, stack: Quickstart, limit: float) -> None:
    """Pause a run, or its ablation and thereby the run, so that it does not run on to where no checkpoint is left."""
    command = json.dumps({"commandId": f"{run}-{time.monotonic_ns()}", "by": "chaos"})
    run_command(temporal(stack, "workflow", "signal", "--workflow-id", workflow, "--name", "pause", "--input", command))

    def paused() -> bool:
        info = stack.temporal("workflow", "describe", "--workflow-id", f"run/{run}")["workflowExecutionInfo"]
        data = info["searchAttributes"]["indexedFields"]["SightlineState"]["data"]
        return json.loads(base64.b64decode(data)) == "Paused"

    processes.wait_for(f"{run} did not pause", paused, limit, pause=0.2)


def temporal(stack: Quickstart, *words: str) -> list[str]:
    """A line of Temporal's own command line, which lies beside this interpreter and starts at once."""
    binary = str(Path(sys.executable).with_name("temporal"))
    return [binary, *words, "--address", f"127.0.0.1:{stack.ports()['temporal']}"]


def status(stack: Quickstart, workflow: str) -> str:
    """The status of a workflow's last execution, such as RUNNING."""
    info = stack.temporal("workflow", "describe", "--workflow-id", workflow)["workflowExecutionInfo"]
    return info["status"].removeprefix("WORKFLOW_EXECUTION_STATUS_")


def run_command(words: list[str]) -> str:
    answer = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment(),
                            timeout=ASK_S, check=False)  # fmt: skip
    if answer.returncode != 0:
        raise RuntimeError(f"{Path(words[0]).name} ended with {answer.returncode}: {answer.stderr.strip()[-800:]}")
    return answer.stdout


def check_branch(wish: Wish, rows: evidence.Tables, last: int = 1) -> str:
    """Hold one run's ledger to what a reset must leave; raise ValueError for anything else.

    :param last: the last branch that may have been opened; above 1 where the run was ended in a round and begun again
    """
    live = [row for row in rows.steps if f"/{wish.arm}/" in row["run"]]
    gone = [row for row in rows.superseded if f"/{wish.arm}/" in row["run"]]
    if [row["step"] for row in live] != sorted({row["step"] for row in live}):
        raise ValueError(f"{wish.arm} has more than one live row of a step")
    branches = [row["branch"] for row in live]
    before = sum(row["round"] < wish.back_to for row in live)
    if any(branches[:before]) or branches[before:] != sorted(branches[before:]):
        raise ValueError(f"{wish.arm}'s live rows stand on branches {branches}, {before} before round {wish.back_to}")
    if not all(1 <= branch <= last for branch in branches[before:]):
        raise ValueError(f"{wish.arm}'s live rows from round {wish.back_to} on stand on {sorted({*branches[before:]})}")
    on_first = [row for row in gone if row["branch"] == 0]
    if not on_first or any(row["branch"] >= last or row["round"] < wish.back_to for row in gone):
        raise ValueError(f"{wish.arm}'s superseded rows are {gone}")
    again = f", {len(gone) - len(on_first)} on branch 1" if len(gone) > len(on_first) else ""
    return f"{wish.arm}: {len(live)} live steps, {len(on_first)} superseded on branch 0{again}"


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
