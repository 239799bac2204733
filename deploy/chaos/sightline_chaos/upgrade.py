"""Upgrade a running experiment: begun by an older commit's build, finished by this checkout's, with the same numbers.

The older commit is checked out in a git worktree in the homes' folder (or taken from --checkout), and its launcher
starts a stack and the experiment. At the moment that --at names its supervisor is killed and this checkout's `up`
takes over: PostgreSQL and Temporal go on, worker and Triton are replaced, migrations run. Then:
1. the experiment finishes, and `results`, the last states and the journal are those of an undisturbed run of this
   checkout;
2. at least one history has workflow tasks of both workers, so that what the old build wrote was replayed by the new;
3. --change-id stands in no history that the old worker began, and in every later round's history that the new one
   began (`Workflow.getVersion`);
4. the workflow that was open is taken over although its type is pinned (--at evaluation).
"""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import beside, options, processes
from .operated import Operated, compare
from .phases import Missed
from .stack import ROOT
from .two_workers import START_S, pid_of

BUILD_S = 1800
MOMENTS = ("training", "evaluation")
TASK_DONE = "EVENT_TYPE_WORKFLOW_TASK_COMPLETED"


@dataclass(frozen=True)
class History:
    """What one execution's history tells of versions."""

    workflow: str
    kind: str
    workers: tuple[int, ...]
    continued: bool
    changes: frozenset[str]


def main() -> None:
    parser = options.parser("upgrade", __doc__, "kill-matrix.yaml", 3600)
    parser.add_argument("--begun-on", metavar="COMMIT", default="0a972df", help="the older one (default: %(default)s)")
    parser.add_argument("--checkout", type=Path, help="a folder with that commit, instead of a new worktree")
    parser.add_argument("--change-id", default="admit-once", help="the new build's (default: %(default)s)")
    parser.add_argument("--at", default="training", choices=MOMENTS, help="what runs then (default: %(default)s)")
    parser.add_argument("--arm", default="only_accuracy", help="the arm that trains then (default: %(default)s)")
    given = parser.parse_args()

    def disturbed(stack: Operated, undisturbed: Path) -> beside.Seen:
        older = given.checkout or stack.home.with_name("older")
        try:
            if given.checkout is None:
                git("worktree", "add", "--detach", str(older), given.begun_on)
            build(older)
            return compare(stack.home, undisturbed, disturb(stack, older, given))
        finally:
            stack.clean_up()
            if given.checkout is None and older.exists():
                git("worktree", "remove", "--force", str(older))

    beside.run(given, "upgrade", lambda home: Operated(home, given.file), disturbed)


def git(*words: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *words], check=True, stdin=subprocess.DEVNULL, timeout=BUILD_S)


def build(checkout: Path) -> None:
    """Let the older launcher build its worker now, where it disturbs nothing."""
    subprocess.run([str(checkout / "deploy" / "sightline"), "--version"], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, timeout=BUILD_S)  # fmt: skip


def disturb(stack: Operated, older: Path, given: Any) -> str:
    """Begin on the older build, replace it in mid-run, finish; say what was seen, raise when anything is wrong."""
    newer = stack.sightline
    stack.sightline = older / "deploy" / "sightline"
    stack.up().submit()

    def moment() -> bool:
        if given.at == "evaluation":
            return bool(stack.open_workflows("Evaluation"))
        return stack.steps(given.arm, 1) > 0

    processes.wait_for(f"no {given.at}", moment, given.limit, pause=0.02)
    before = processes.recorded(stack.home)
    begun = {one["execution"]["runId"] for one in stack.executions(only_open=False)}
    processes.kill([before["supervisor"]])
    stack.sightline = newer
    stack.launcher("up", seconds=START_S)
    after = processes.recorded(stack.home)
    if kept := [name for name in ("worker", "triton", "supervisor") if after.get(name) == before[name]]:
        raise RuntimeError(f"{', '.join(kept)} of the older build was not replaced")
    adopted = [name for name in ("postgres", "temporal") if after.get(name) == before[name]]
    stack.follow(given.limit)
    histories = [read(stack.history(one), one) for one in stack.executions(only_open=False)]
    stack.down()
    told = check(histories, before["worker"].pid, given.change_id)
    if given.at == "evaluation":
        told = f"{told}; {taken_over(histories, before['worker'].pid)}"
    return f"{len(begun)} executions begun on {given.begun_on}, {' and '.join(adopted) or 'nothing'} kept; {told}"


def read(events: list[dict[str, Any]], execution: dict[str, Any]) -> History:
    """Return who did the workflow tasks, and which changes were noted."""
    workers, changes = [], set()
    for event in events:
        if event["eventType"] == TASK_DONE:
            workers.append(pid_of(event["workflowTaskCompletedEventAttributes"]["identity"]))
        elif event["eventType"] == "EVENT_TYPE_MARKER_RECORDED":
            details = event["markerRecordedEventAttributes"].get("details", {}).get("changeId", {})
            changes |= {json.loads(base64.b64decode(one["data"])) for one in details.get("payloads", [])}
    began = events[0]["workflowExecutionStartedEventAttributes"]
    return History(
        execution["execution"]["workflowId"], execution["type"]["name"], tuple(workers),
        bool(began.get("continuedExecutionRunId")), frozenset(changes),
    )  # fmt: skip


def check(histories: list[History], old: int, change: str) -> str:
    """Hold the change's markers to who began which history; raise ValueError where one is wrong."""
    runs = [one for one in histories if one.kind == "TrainingRun" and one.workers]
    begun_before = [one for one in runs if one.workers[0] == old]
    begun_after = [one for one in runs if one.workers[0] != old and one.continued]
    crossed = [one for one in histories if one.workers and one.workers[0] == old != one.workers[-1]]
    if not crossed:
        raise Missed("no history has tasks of both workers: the upgrade came between two")
    if wrong := [one.workflow for one in begun_before if change in one.changes]:
        raise ValueError(f"{change} stands in histories that the older build began: {wrong}")
    if wrong := [one.workflow for one in begun_after if change not in one.changes]:
        raise ValueError(f"{change} is missing in later rounds that the new build began: {wrong}")
    if not begun_after:
        raise ValueError("the new build began no round")
    kinds = ", ".join(sorted({one.kind for one in crossed}))
    return (
        f"{len(crossed)} histories crossed ({kinds}); {change} in {len(begun_after)} rounds begun after, "
        f"in none of {len(begun_before)} begun before"
    )


def taken_over(histories: list[History], old: int) -> str:
    crossed = [one for one in histories if one.kind == "Evaluation" and one.workers[:1] == (old,) != one.workers[-1:]]
    if not crossed:
        raise Missed("no evaluation has tasks of both workers")
    return f"{len(crossed)} pinned evaluation taken over"


if __name__ == "__main__":
    main()
