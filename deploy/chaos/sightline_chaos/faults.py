"""What can be broken: how it is done, what shows that it was, and when the part is whole again."""

from __future__ import annotations

import json
import math
import random
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import evidence, leftovers, processes
from .histories import Histories, Seen
from .phases import Missed
from .processes import Process
from .proxy import Proxy
from .second_worker import SecondWorker
from .stack import Quickstart

LOOK_S = 0.02
BACK_WITHIN_S = 300
WAITS_FOR_OPERATOR = 3
TELLS_LATE_S = 30
# Activities that the policy server works for; the others go on without it.
POLICY_WORK = {
    "Training_OpenRun", "Training_BringTo", "Training_Fit", "Training_RollOut", "Training_Read", "Training_Resample",
    "Training_ApplyStep", "Training_Checkpoint", "Training_EvaluateDev", "Evaluation_BringUp", "Evaluation_AnswerBatch",
}  # fmt: skip


@dataclass
class Scene:
    """One run under faults, with all that they need."""

    stack: Quickstart
    histories: Histories
    proxy: Proxy
    second: SecondWorker
    regions: leftovers.Regions
    chance: random.Random
    chunks: list[str]  # artifacts of the data set that training reads
    told: list[str] = field(default_factory=list)
    asks_until: float = 0.0  # when the command may end by asking for an operator, on the monotonic clock
    stays: bool = False  # the stack outlives the command

    @property
    def artifacts(self) -> Path:
        return self.stack.home / "artifacts"

    def ended(self) -> int | None:
        """Return the command's exit status; where it ended as it should, by asking for an operator, start it again."""
        status = self.stack.ended
        if status == WAITS_FOR_OPERATOR and time.monotonic() < self.asks_until:
            self.stack.start()
            return None
        return status

    def alive(self) -> None:
        if (status := self.ended()) is not None:
            raise Missed(f"the command ended with {status}:\n{self.stack.said()}")

    def wait(self, what: str, condition: Callable[[], bool], seconds: float = BACK_WITHIN_S) -> None:
        def reached() -> bool:
            if condition():
                return True
            self.alive()
            return False

        processes.wait_for(what, reached, seconds, pause=LOOK_S)


class Fault(ABC):
    """`strike` breaks something and returns what shows it; `heal` waits until the part is whole, as its keeper does it.

    A fault that had no effect raises Missed and counts for nothing. `part` is what may have another process afterwards.
    """

    kind: str
    part = ""
    needs_policy = False
    at = 0.0  # of the signal, by the clock of the histories
    over = 0.0  # from when on work counts as recovered

    @abstractmethod
    def strike(self, scene: Scene) -> str: ...

    def heal(self, scene: Scene) -> None:  # noqa: B027 - nothing is to be healed where the strike itself has an end
        """Wait until the part is whole."""

    def shows_progress(self, event: Seen, after: float) -> bool:
        """Whether an event shows that the experiment goes on after the fault: an activity begun since then is done."""
        fits = not self.needs_policy or event.activity in POLICY_WORK
        return event.type == "ActivityTaskCompleted" and event.began > after and fits


class Kill(Fault):
    """SIGKILL to one part; the supervisor (or, for itself, the command; for the stub, the worker) must replace it."""

    def __init__(self, part: str) -> None:
        self.kind = self.part = part
        self.needs_policy = part in ("stub", "triton")
        self._victim: Process | None = None

    def strike(self, scene: Scene) -> str:
        self._victim = find(self.part, scene.stack)
        if self._victim is None:
            raise Missed(f"no process of {self.part} was found")
        job = scene.stack.running_job() if self.part in ("stub", "triton", "worker") else None
        self.at = self.over = time.time()
        killed = kill(self.part, self._victim)
        if not killed:
            raise Missed(f"{self.part} was dead before")
        busy = f" in {job['kind']} {job['key']}" if job else ""
        return f"{killed} process{'es' if killed > 1 else ''} killed{busy}"

    def heal(self, scene: Scene) -> None:
        def replaced() -> bool:
            new = find(self.part, scene.stack)
            return new is not None and new != self._victim

        scene.wait(f"{self.part} did not come back", replaced)
        if self.part == "postgres":
            scene.regions.note(processes.recorded(scene.stack.home).get("postgres"))


class KillSecond(Fault):
    """SIGKILL to one of two workers while it has an activity; nobody replaces it, the other must take its work."""

    kind = "second-worker"

    def __init__(self) -> None:
        self._held: set[str] = set()

    def strike(self, scene: Scene) -> str:
        one = scene.second.process or scene.second.start()
        own = f"{one.pid}@"

        def holds() -> bool:
            self._held = {each.type for each in scene.histories.pending() if each.held and each.worker.startswith(own)}
            return bool(self._held)

        try:
            scene.wait("the second worker got no activity", holds, 60)
        except TimeoutError as late:
            raise Missed(str(late)) from late
        self.at = self.over = time.time()
        scene.second.kill()
        if not (left := {each.type for each in scene.histories.pending() if each.held and each.worker.startswith(own)}):
            raise Missed("what it ran was done at the kill")
        self._held = left
        return f"it held {', '.join(sorted(left))}"

    def shows_progress(self, event: Seen, after: float) -> bool:
        return super().shows_progress(event, after) and event.activity in self._held


class Refuse(Fault):
    """PostgreSQL killed and kept from starting: for 30 s every connection is refused."""

    kind = "postgres-refuses"
    part = "postgres"
    SECONDS = 30.0

    def strike(self, scene: Scene) -> str:
        victim = find("postgres", scene.stack)
        port = scene.stack.ports().get("postgres")
        if victim is None or port is None:
            raise Missed("no process of postgres was found")
        settings = scene.stack.home / "data" / "postgres" / "cluster" / "postgresql.conf"
        aside = settings.with_suffix(".aside")
        settings.rename(aside)  # a server without it ends at once
        refused = 0
        self.at = time.time()
        try:
            kill("postgres", victim)
            processes.wait_for("postgres does not end after SIGKILL", lambda: not victim.alive(), 30, pause=0.005)
            end = time.monotonic() + self.SECONDS
            while time.monotonic() < end:
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        raise Missed("PostgreSQL took a connection while it should refuse")
                refused += 1
                time.sleep(0.1)
        finally:
            aside.rename(settings)
            self.over = time.time()
        return f"{refused} connections refused in {self.SECONDS:.0f} s"

    def heal(self, scene: Scene) -> None:
        scene.wait("postgres did not come back", lambda: find("postgres", scene.stack) is not None)
        scene.regions.note(processes.recorded(scene.stack.home).get("postgres"))


class Network(Fault):
    """What can happen between worker and Triton."""

    needs_policy = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def strike(self, scene: Scene) -> str:
        proxy = scene.proxy
        self.at = time.time()
        try:
            return self._strike(scene, proxy)
        finally:
            self.over = time.time()

    def _strike(self, scene: Scene, proxy: Proxy) -> str:
        if self.kind == "network-delay":
            seconds = scene.chance.uniform(3, 10)
            proxy.hold()
            try:
                time.sleep(seconds)
                held = proxy.held
            finally:
                proxy.release()
            if not held:
                raise Missed("nothing was sent in that time")
            return f"{held} bytes and all behind them held back for {seconds:.1f} s"
        if self.kind == "network-cut":
            seconds = scene.chance.uniform(1, 6)
            proxy.refuse()
            try:
                count = proxy.cut()
                time.sleep(seconds)
            finally:
                proxy.admit()
            if not count:
                raise Missed("no connection was open")
            return f"{count} connections reset, and others for {seconds:.1f} s"
        count = proxy.half_close()
        if not count:
            raise Missed("no connection was open")
        return f"{count} connections closed in the direction to the worker"


class DiskFull(Fault):
    """No byte is left on the artifact store's file system, until the worker has met that."""

    kind = "disk-full"

    def strike(self, scene: Scene) -> str:
        first = scene.histories.count()
        ballast = scene.artifacts / "ballast"
        self.at = time.time()

        def met() -> bool:
            told = [one.failure for one in scene.histories.pending()]
            told += [one.failure for one in scene.histories.since(first)]
            return any(one is not None and one.type == "STORAGE_FULL" for one in told)

        try:
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                for size in (65536, 4096, 1):
                    with suppress(OSError):
                        while file.write(b"\0" * size):
                            pass
            scene.wait("nothing was stored", met, 30)
        except TimeoutError as late:
            raise Missed(str(late)) from late
        finally:
            ballast.unlink(missing_ok=True)
            self.over = time.time()
        return f"STORAGE_FULL met within {self.over - self.at:.1f} s of a full disk, then space was made"


class Damage(Fault):
    """An artifact removed or changed behind the store's back, and the part killed whose successor must read it.

    A batch since the last checkpoint is read when a new stub is brought back to its step; a part of the data set, when
    a new worker needs it. Both follow from what else is stored: they must be stored anew with their digests, and no
    operator may be asked.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._killed = ""
        self._first = 0

    @property
    def part(self) -> str:  # type: ignore[override]
        return self._killed

    def strike(self, scene: Scene) -> str:
        if scene.chance.random() < 0.6:
            name, what, self._killed = step_batch(scene), "batch", "stub"
        else:
            name, what, self._killed = scene.chance.choice(scene.chunks), "part of the data set", "worker"
        victim = find(self._killed, scene.stack)
        path = artifact(scene, name)
        if victim is None or not path.exists():
            raise Missed(f"no {self._killed}, or no artifact {name[:12]}")
        self._first = scene.histories.count()
        kept = damage(path, self.kind == "artifact-removed", scene.chance)
        self.at = self.over = time.time()
        kill(self._killed, victim)
        try:
            scene.wait("nobody read the artifact", lambda: whole(path), 120)
        except (TimeoutError, Missed) as late:
            if failed := lost(scene, self._first):
                raise RuntimeError(f"an operator is asked about what can be made again: {failed}") from late
            restore(path, kept)
            raise Missed(str(late)) from late
        if failed := lost(scene, self._first):
            raise RuntimeError(f"it failed over what can be made again: {failed}")
        return f"{what} {name[:12]}, {self._killed} killed: made again with its digest"


class DamageSampled(Fault):
    """A batch since the last checkpoint removed, and the rollout that it could be made from lost too; the stub killed.

    What was sampled is not made again: a failure must name the rollout. Then its copy is put back, as an operator
    would, `sightline retry` lets the work go on, and the batch must be made from it.
    """

    kind = "rollout-lost"
    part = "stub"
    needs_policy = True

    def __init__(self) -> None:
        self._batch = self._rollout = Path()
        self._kept = b""

    def strike(self, scene: Scene) -> str:
        if rollout_of(scene, artifact(scene, step_batch(scene))) is None:
            raise Missed("a supervised step has no rollout")
        if not scene.stays:  # while an operator is asked, and the command ends
            scene.stack.launcher("up", seconds=300)
        scene.stays, scene.asks_until = True, math.inf
        try:
            return self._strike(scene)
        except Missed:
            scene.asks_until = 0.0
            raise

    def _strike(self, scene: Scene) -> str:
        self._batch = artifact(scene, step_batch(scene))
        victim = find("stub", scene.stack)
        rollout = rollout_of(scene, self._batch)
        if victim is None or rollout is None:
            raise Missed("no stub, or a step without a rollout")
        self._rollout = rollout
        first = scene.histories.count()
        batch = damage(self._batch, True, scene.chance)
        removed = scene.chance.random() < 0.5
        self._kept = damage(rollout, removed, scene.chance)
        self.at = self.over = time.time()
        kill("stub", victim)
        wanted = "ARTIFACT_MISSING" if removed else "ARTIFACT_CORRUPT"

        def named() -> bool:
            failed = lost(scene, first)
            if failed and (wanted not in failed or rollout.name not in failed):
                raise RuntimeError(f"{wanted} should name the rollout {rollout.name}: {failed}")
            return bool(failed)

        try:
            scene.wait("nobody read the artifact", named, 120)
        except (TimeoutError, Missed) as late:
            restore(rollout, self._kept)
            restore(self._batch, batch)
            raise Missed(str(late)) from late
        return f"batch {self._batch.name[:12]} and its rollout {rollout.name[:12]}, stub killed: {wanted}"

    def heal(self, scene: Scene) -> None:
        """Do what the runbook says: put the copy back, then retry whatever waits."""
        restore(self._rollout, self._kept)
        asked: list[str] = []

        def waits() -> bool:
            asked[:] = [one.workflow for one in scene.histories.waiting()]
            return bool(asked)

        scene.wait("no workflow waits for an operator", waits, 60)
        for workflow in asked:
            scene.told.append(f"sightline retry {workflow}")
            scene.stack.launcher("retry", workflow, "--reason", "the artifact was put back", seconds=120)
        self.over = time.time()
        scene.asks_until = time.monotonic() + TELLS_LATE_S
        scene.wait("the batch was not made again", lambda: whole(self._batch), 120)


def artifact(scene: Scene, name: str) -> Path:
    return scene.artifacts / name[:2] / name[2:4] / name


def step_batch(scene: Scene) -> str:
    """Wait until a step was done that no checkpoint holds; return its batch."""
    found = ""

    def stands() -> bool:
        nonlocal found
        events = evidence.journal_events(scene.stack.home)
        if events and events[-1]["event"] == "step":
            found = events[-1]["batchDigest"]
        return bool(found)

    try:
        scene.wait("no step without a checkpoint came", stands, 30)
    except TimeoutError as late:
        raise Missed(str(late)) from late
    return found


def rollout_of(scene: Scene, batch: Path) -> Path | None:
    """Return the artifact with the completions that a batch trains on; None for a supervised one."""
    try:
        trained = [one.get("tokens") for one in json.loads(batch.read_bytes())["completions"]]
    except FileNotFoundError:
        return None
    if None in trained:
        return None
    for path in sorted(scene.artifacts.glob("??/??/*"), key=lambda one: one.stat().st_mtime, reverse=True):
        text = path.read_bytes()
        if b'"logProbs"' not in text or b'"stateDigest"' not in text:
            continue
        if [one["tokens"] for one in json.loads(text)["completions"]] == trained:
            return path
    return None


def damage(path: Path, removed: bool, chance: random.Random) -> bytes:
    """Remove an artifact or flip a bit of it; return what it was."""
    kept = path.read_bytes()
    if removed:
        path.unlink()
    else:
        at = chance.randrange(len(kept))
        path.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
    return kept


def whole(path: Path) -> bool:
    try:
        return evidence.digest(path.read_bytes()) == path.name
    except OSError:
        return False


def restore(path: Path, kept: bytes) -> None:
    if not whole(path):
        path.write_bytes(kept)


def lost(scene: Scene, first: int) -> str:
    """Return how an activity failed over an artifact since then; empty where none did."""
    for event in scene.histories.since(first):
        failure = event.failure
        if event.type == "ActivityTaskFailed" and failure and failure.type.startswith("ARTIFACT_"):
            return f"{failure.type}: {failure.message}"
    return ""


KILLS = ("worker", "stub", "triton", "postgres", "temporal", "supervisor")
OTHERS: dict[str, Callable[[], Fault]] = {
    "second-worker": KillSecond,
    "postgres-refuses": Refuse,
    "artifact-removed": lambda: Damage("artifact-removed"),
    "artifact-corrupt": lambda: Damage("artifact-corrupt"),
    "rollout-lost": DamageSampled,
    "disk-full": DiskFull,
    "network-delay": lambda: Network("network-delay"),
    "network-cut": lambda: Network("network-cut"),
    "network-half": lambda: Network("network-half"),
}
KINDS = (*KILLS, *OTHERS)


def fault(kind: str) -> Fault:
    return Kill(kind) if kind in KILLS else OTHERS[kind]()


def find(part: str, stack: Quickstart) -> Process | None:
    return processes.stub(stack.home) if part == "stub" else processes.recorded(stack.home).get(part)


def kill(part: str, victim: Process) -> int:
    """Send SIGKILL; a dead postmaster's children end by themselves in a moment, a machine's end would take them too."""
    return len(processes.kill(processes.with_descendants([victim]) if part == "postgres" else [victim]))


def expect_kept(part: str, before: dict[str, Process], stack: Quickstart) -> None:
    """Raise RuntimeError when another part than this one has another process than before."""
    now = processes.recorded(stack.home)
    if taken := [name for name, one in before.items() if name != part and now.get(name) != one]:
        raise RuntimeError(f"after {part or 'the fault'} was struck, {', '.join(taken)} was replaced too")


def training_chunks(undisturbed: Path, rows: evidence.Tables) -> list[str]:
    """Return the artifacts with the items that training reads; equal in every run of the experiment."""
    manifest = json.loads(evidence.artifact(undisturbed, rows.datasets[0]["manifest"]))
    return list(manifest["artifacts"]["train"])
