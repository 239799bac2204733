"""Pause a running experiment, stop the whole stack, start it again later, resume; the numbers must be the same.

When the first arm has steps in round --after, `deploy/sightline pause` stops the experiment. When every open workflow
says that it is paused, `down` ends the stack: nothing of it may live, no lease may be held and nobody may stand in a
queue. --rest seconds later `up` starts it again. The workflows must be the same executions, still paused, and must not
take a step; after `resume` the experiment must finish with the undisturbed run's results, states and journal.
"""

from __future__ import annotations

import time
from pathlib import Path

from . import beside, evidence, options, processes
from .operated import COMMAND_S, Operated, check_free, compare

STANDS_STILL_S = 15


def main() -> None:
    parser = options.parser("pause", __doc__, "kill-matrix.yaml", 3600)
    parser.add_argument("--arm", default="only_accuracy", help="the arm that is waited for (default: %(default)s)")
    parser.add_argument("--after", type=int, default=1, help="pause in this round of it (default: %(default)s)")
    parser.add_argument("--rest", type=float, default=60, help="seconds without a stack (default: %(default)s)")
    given = parser.parse_args()

    def disturbed(stack: Operated, undisturbed: Path) -> beside.Seen:
        told = disturb(stack, given.arm, given.after, given.rest, given.limit)
        return compare(stack.home, undisturbed, told)

    beside.run(given, "pause", lambda home: Operated(home, given.file), disturbed)


def disturb(stack: Operated, arm: str, after: int, rest: float, limit: float) -> str:
    """Pause, stop, start, resume, finish; say what was seen."""
    stack.up().submit()
    processes.wait_for(f"{arm} did not come to round {after}", lambda: stack.steps(arm, after) > 0, limit)
    stack.launcher("pause", stack.experiment, "--reason", "the stack stops for a while", seconds=COMMAND_S)

    def all_paused() -> bool:
        states = stack.states()
        return bool(states) and set(states.values()) == {"Paused"}

    processes.wait_for("not all workflows paused", all_paused, COMMAND_S, pause=0.5)
    paused = runs(stack)
    steps = stack.steps()
    stack.down()
    check_free(evidence.tables(stack.home))
    stopped = time.monotonic()
    time.sleep(rest)
    stack.up()
    away = time.monotonic() - stopped
    time.sleep(STANDS_STILL_S)
    if not all_paused() or runs(stack) != paused:
        raise ValueError(f"after `up` the workflows are {stack.states()}, not the paused {paused}")
    if stack.steps() != steps:
        raise ValueError("a paused experiment took a step")
    stack.launcher("resume", stack.experiment, seconds=COMMAND_S)
    stack.follow(limit)
    stack.down()
    return f"{len(paused)} workflows paused at {steps} steps, stack away for {away:.0f} s, the same executions resumed"


def runs(stack: Operated) -> list[tuple[str, str]]:
    return sorted((one["execution"]["workflowId"], one["execution"]["runId"])
                  for one in stack.executions(only_open=True))  # fmt: skip


if __name__ == "__main__":
    main()
