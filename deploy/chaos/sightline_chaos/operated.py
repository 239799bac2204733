"""An experiment on a stack of its own that nobody watches: submitted, looked at by Temporal, ended by its report."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from . import beside, evidence
from .stack import Quickstart
from .two_workers import START_S, STOP_S, plan

COMMAND_S = 300


class Operated(Quickstart):
    """`up`, `submit`, `report` and `down` in a home of its own."""

    def __init__(self, home: Path, file: Path) -> None:
        super().__init__(home, file)
        self.experiment: str = plan(file)["experiment"]

    def up(self) -> Operated:
        self.launcher("up", seconds=START_S + COMMAND_S)
        return self

    def submit(self) -> None:
        self.launcher("submit", str(self.file), seconds=COMMAND_S)

    def follow(self, seconds: float) -> None:
        """Attach to the experiment, wait for its end and write its report; raise RuntimeError when it fails."""
        self.launcher("submit", str(self.file), "--wait", seconds=seconds)
        folder = self.home / "reports" / self.experiment
        self.launcher("report", self.experiment, "--out", str(folder), seconds=COMMAND_S)

    def down(self) -> None:
        self.launcher("down", seconds=STOP_S)
        if left := self.living():
            raise RuntimeError(f"after `down` {', '.join(left)} lives on")

    def steps(self, arm: str | None = None, first_round: int = 0) -> int:
        """How many optimizer steps the policy has journaled: all, or an arm's from a round on."""
        return sum(
            event["event"] == "step" and event["identity"]["round"] >= first_round
            and (arm is None or f"/{arm}/" in event["run"])
            for event in evidence.journal_events(self.home)
        )  # fmt: skip

    def executions(self, *, only_open: bool) -> list[dict[str, Any]]:
        """Workflow executions of the experiment's namespace, every run of each id."""
        words = ["--query", 'ExecutionStatus="Running"'] if only_open else []
        return self.temporal("workflow", "list", "--limit", "1000", *words)

    def states(self) -> dict[str, str]:
        """What each open workflow says of itself (SightlineState), by workflow id."""
        found = {}
        for one in self.executions(only_open=True):
            data = one["searchAttributes"]["indexedFields"].get("SightlineState", {}).get("data")
            found[one["execution"]["workflowId"]] = json.loads(base64.b64decode(data)) if data else ""
        return found

    def history(self, execution: dict[str, Any]) -> list[dict[str, Any]]:
        ids = execution["execution"]
        shown = self.temporal("workflow", "show", "--workflow-id", ids["workflowId"], "--run-id", ids["runId"])
        return shown["events"]


def compare(home: Path, undisturbed: Path, told: str) -> beside.Seen:
    """Hold results, last states and journal to the undisturbed run's; raise ValueError at the first difference.

    :param told: what was seen before, which comes first in what is told
    """
    found, expected = evidence.results(home), evidence.results(undisturbed)
    digest = evidence.digest(found)[:12]
    if found != expected:
        raise ValueError(f"results {digest} differ from the undisturbed run's {evidence.digest(expected)[:12]}")
    rows = evidence.tables(home)
    if (ends := evidence.ends(rows)) != (wanted := evidence.ends(evidence.tables(undisturbed))):
        raise ValueError(f"runs end at {ends}, undisturbed at {wanted}")
    check_free(rows)
    journal = evidence.compare_journal(home, rows)
    return beside.Seen(digest, f"{told}; last lineage and state digest of {len(ends)} runs; {journal}")


def check_free(rows: evidence.Tables) -> None:
    """Raise ValueError when a lease is held or a ticket stands in a queue."""
    held = [row["run"] for row in rows.leases if row["holder"] is not None]
    if held or rows.tickets:
        raise ValueError(f"leases {held} are held, tickets {rows.tickets} wait")
