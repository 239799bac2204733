"""The phases: how each is seen while it runs, and what proves afterwards that the kill met it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import evidence
from .stack import Quickstart


class Missed(Exception):
    """What was left behind does not show the phase: the kill came too late or too early."""


class Phase(ABC):
    """`seen` is asked in a loop until it is true; after the kill `proof` looks at what is left."""

    name: str
    pause_s = 0.002

    @abstractmethod
    def seen(self, stack: Quickstart) -> bool: ...

    @abstractmethod
    def proof(self, home: Path) -> str: ...


class Dataset(Phase):
    """Temporal has the workflow open and shards are there; afterwards PostgreSQL's row is not published."""

    name = "dataset"
    pause_s = 0.02

    def seen(self, stack: Quickstart) -> bool:
        return _shards(stack.home) > 0 and bool(stack.open_workflows("DatasetGeneration"))

    def proof(self, home: Path) -> str:
        states = [row["state"] for row in evidence.tables(home).datasets]
        if states != ["GENERATING"]:
            raise Missed(f"data sets were {states or 'none'}, not GENERATING")
        return f"row GENERATING, {_shards(home)} shards"


def _shards(home: Path) -> int:
    return sum(1 for _ in (home / "artifacts").glob("??/??/*")) - 1  # the first artifact is the shards' layout


class Job(Phase):
    """The policy server says that it does such a job; afterwards its outcome is nowhere."""

    def __init__(
        self, name: str, wanted: Callable[[dict[str, Any]], bool], left: Callable[[Path, dict[str, Any]], str]
    ) -> None:
        self.name = name
        self._wanted, self._left = wanted, left
        self._job: dict[str, Any] = {}

    def seen(self, stack: Quickstart) -> bool:
        job = stack.running_job()
        if job is None or not self._wanted(job):
            return False
        self._job = job
        return True

    def proof(self, home: Path) -> str:
        job = self._job
        share = f"{job['done']}/{job['total']}" if job["total"] else job["phase"] or "begun"
        return f"{job['kind']} {job['key']} of {job['run'].split('/', 1)[1][:24]} at {share}; {self._left(home, job)}"


class CheckpointWrite(Phase):
    """The folder under its temporary name is there, and still is after the kill."""

    name = "checkpoint-write"
    pause_s = 0.0005

    def seen(self, stack: Quickstart) -> bool:
        # The first checkpoint is left to be, so that there is one to come back to.
        whole = stack.home / "data" / "policy" / "checkpoints"
        return bool(stack.half_checkpoints()) and any(not entry.name.startswith(".") for entry in whole.iterdir())

    def proof(self, home: Path) -> str:
        folder = home / "data" / "policy" / "checkpoints"
        half = [entry for entry in folder.iterdir() if entry.name.startswith(".writing-")]
        if not half:
            raise Missed("no half-written checkpoint was left")
        files = {file.name: file.stat().st_size for file in half[0].iterdir()}
        named = {event["checkpoint"] for event in evidence.journal_events(home) if event["event"] == "checkpoint"}
        whole = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
        return f"half-written: {sum(files.values())} bytes in {len(files)} of 3 files; {len(whole & named)} whole ones"


class OpenRung(Phase):
    """One training run is left of the first rung, and works; afterwards no rung is decided and the others rest."""

    name = "rung-open"
    pause_s = 0.02

    def seen(self, stack: Quickstart) -> bool:
        job = stack.running_job()
        return job is not None and _is_arm(job) and len(stack.open_workflows("TrainingRun")) == 1

    def proof(self, home: Path) -> str:
        rows = evidence.tables(home)
        steps = _arm_steps(rows)
        if rows.rungs or len(steps) < 2:
            raise Missed(f"{len(rows.rungs)} rungs were decided and {len(steps)} arms had steps")
        return f"no rung decided, steps by run {steps}"


class DecidedRung(Phase):
    """A run draws for a step past the first rung; afterwards that rung's row is there and the next one's is not."""

    name = "rung"
    pause_s = 0.01

    def __init__(self) -> None:
        self._step = 0

    def seen(self, stack: Quickstart) -> bool:
        job = stack.running_job()
        if job is None or not job["key"].startswith("rollout/") or job["key"].split("/")[2] == "0":
            return False
        self._step = step_of(job)
        return True

    def proof(self, home: Path) -> str:
        rungs = evidence.tables(home).rungs
        if len(rungs) != 1 or self._step < rungs[0]["step"]:
            raise Missed(f"{len(rungs)} rungs were decided at the draw for step {self._step}")
        return f"rung at step {rungs[0]['step']} promoted {', '.join(rungs[0]['promoted'])}"


def _arm_steps(rows: evidence.Tables) -> dict[str, int]:
    steps: dict[str, int] = {}
    for row in rows.steps:
        if "/warm-start/" not in row["run"]:
            name = row["run"].split("/", 1)[1]
            steps[name] = max(steps.get(name, 0), row["step"])
    return steps


def step_of(job: dict[str, Any]) -> int:
    """The step that a job of a round belongs to, which ends its key."""
    return int(job["key"].rsplit("/", 1)[1])


def _step_left(home: Path, job: dict[str, Any]) -> str:
    if evidence.journaled(home, job["run"], step_of(job)):
        raise Missed(f"step {step_of(job)} is in the journal, so it had ended")
    row = evidence.tables(home).step(job["run"], step_of(job))
    if row is None or row["state"] != "PLANNED":
        raise Missed(f"the ledger's row is {row and row['state']}, not PLANNED")
    return "row PLANNED, not in the journal"


def _rollout_left(home: Path, job: dict[str, Any]) -> str:
    # Jobs of the rollout count steps from 0, the ledger from 1.
    row = evidence.tables(home).step(job["run"], step_of(job) + 1)
    if row is not None:
        raise Missed(f"the step after the rollout is {row['state']} already")
    if job["total"] and job["done"] >= job["total"]:
        raise Missed("all completions were drawn")
    return "no row for its step"


def _evaluation_left(home: Path, job: dict[str, Any]) -> str:
    short = job["key"].split("/")[1]
    rows = [row for row in evidence.tables(home).evaluations if row["digest"].startswith(short)]
    if [row["state"] for row in rows] != ["OPEN"]:
        raise Missed(f"the evaluation is {[row['state'] for row in rows]}, not OPEN")
    return f"evaluation OPEN with {rows[0]['rows']} answers"


def _is_arm(job: dict[str, Any]) -> bool:
    return "/warm-start/" not in job["run"]


def phases() -> dict[str, Callable[[], Phase]]:
    """All phases by name, in the order in which an experiment comes to them. Steps are chosen past a checkpoint."""
    return {
        "dataset": Dataset,
        "warm-start": lambda: Job("warm-start", lambda j: j["kind"] == "fit" and step_of(j) >= 36, _step_left),
        "rollout": lambda: Job(
            "rollout",
            lambda j: j["key"].startswith("rollout/") and step_of(j) >= 2 and j["phase"] == "decode",
            _rollout_left,
        ),
        "training-step": lambda: Job(
            "training-step", lambda j: j["kind"] == "train" and _is_arm(j) and step_of(j) >= 3, _step_left
        ),
        "checkpoint-write": CheckpointWrite,
        "evaluation": lambda: Job(
            "evaluation",
            lambda j: j["key"].startswith("evaluate/") and j["key"].endswith("/1"),
            _evaluation_left,
        ),
        "rung-open": OpenRung,
        "rung": DecidedRung,
    }


def watch(phase: Phase, stack: Quickstart, seconds: float) -> None:
    """Wait for the phase; raise Missed when the command ends before, TimeoutError when nothing comes."""
    deadline = time.monotonic() + seconds
    while True:
        if phase.seen(stack):
            return
        if stack.ended is not None:
            raise Missed(f"the command ended with {stack.ended} before the phase was seen")
        if time.monotonic() > deadline:
            raise TimeoutError(f"{phase.name} did not come within {seconds:.0f} s")
        time.sleep(phase.pause_s)
