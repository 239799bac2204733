"""The operations of the protocol. Every call returns at once; what takes long is a job."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from . import envelope as wire
from .bases import Bases
from .checkpoints import CheckpointStore
from .envelope import Envelope
from .environment import choose_device, choose_kernels, describe
from .errors import ErrorType, PolicyError, as_policy_error
from .executor import (
    DEFAULTS,
    JUMPS,
    KINDS,
    NEEDS_LINEAGE,
    NEEDS_PAYLOAD,
    PARAMETERS,
    STEPS,
    Executor,
    peak_memory_bytes,
)
from .files import replace_synced
from .jobs import TERMINAL, Job, JobRunner
from .journal import Journal
from .model_folder import FolderDigests, FolderSettings
from .progress import Progress
from .ranks import ALONE, Alone
from .runs import OpenBody, Run
from .s3_settings import S3Settings
from .staging import MAX_CHUNK_BYTES, Staging
from .tokens import FencingTokens

if TYPE_CHECKING:
    from .remote_checkpoints import RemoteCheckpoints

LOG = logging.getLogger("sightline.policy")
_LOCK_WAIT_SECONDS = 15.0
_STEPS_KEPT = 2


class PolicyService:
    """One policy server over a state folder. `handle` may be called by one thread at a time besides the job thread."""

    def __init__(
        self, state: Path, threads: int = 0, device: str = "auto", ranks: Alone = ALONE, deterministic: bool = False,
        checkpoints: Path | None = None, s3: S3Settings | None = None,
    ) -> None:  # fmt: skip
        """Serve from `state`. `checkpoints` is a folder that the servers of a pool share; None: one of the state's.
        `s3` says where checkpoints are kept besides."""
        state.mkdir(parents=True, exist_ok=True)
        self._lock_file = _lock(state / "lock")
        self.incarnation = uuid.uuid4().hex
        self._started = time.monotonic()
        self._device = choose_device(device)
        self._threads = threads or os.cpu_count() or 1
        torch.set_num_threads(self._threads)
        choose_kernels(deterministic)
        self._ranks = ranks
        self._description = describe(self._device, self._threads, ranks.count)
        self._tokens = FencingTokens(state / "tokens.json")
        self._journal = Journal(state / "journal.jsonl", self.incarnation)
        folder, remote = checkpoints or state / "checkpoints", _remote(s3, state / "s3-removals.json")
        self._checkpoints = CheckpointStore(folder, _owner(state / "owner"), remote)
        self._bases = Bases(self._checkpoints, FolderDigests(state / "folders.json"), self._device)
        self._staging = Staging()
        self._guard = threading.RLock()
        self._runs: dict[str, Run] = {}
        self._jobs: dict[tuple[str, str], Job] = {}
        self._loads: dict[str, tuple[OpenBody, Job]] = {}
        self._ended: Counter[str] = Counter()
        self._seconds = 0.0
        self._executor = Executor(self._journal, self._checkpoints, self._forget)
        self._runner = JobRunner(self._execute, self._after, self._threads)

    def handle(self, request: bytes, chunk: bytes = b"") -> tuple[bytes, bytes]:
        """Answer one call; any failure is an answer too."""
        try:
            call = wire.parse(request)
            with self._guard:
                body, out = self._dispatch(call, chunk)
            return wire.success(self.incarnation, body), out
        except PolicyError as error:
            return wire.failure(self.incarnation, error), b""
        except BaseException as error:
            LOG.exception("a call failed")
            return wire.failure(self.incarnation, as_policy_error(error)), b""

    def close(self) -> None:
        """End the job thread and give the state folder back."""
        self._runner.close()
        if self._checkpoints.remote is not None:
            self._checkpoints.remote.close()
        self._ranks.close()
        self._journal.close()
        self._lock_file.close()

    def _dispatch(self, call: Envelope, chunk: bytes) -> tuple[dict[str, Any], bytes]:
        if call.incarnation is not None and call.incarnation != self.incarnation:
            message = "the policy server was loaded anew; read ping and bring the run back"
            raise PolicyError(ErrorType.INCARNATION_CHANGED, message, incarnation=self.incarnation)
        if call.operation != "upload" and chunk:
            raise PolicyError(ErrorType.PROTOCOL_VIOLATION, "CHUNK must be empty for all but upload", field="CHUNK")
        if call.operation in wire.NEEDS_TOKEN:
            assert call.token is not None
            self._tokens.admit(call.run_id, call.token)
        match call.operation:
            case "upload":
                return self._upload(call, chunk), b""
            case "result":
                return self._result(call)
            case "open":
                return self._open(call), b""
            case "submit":
                return self._submit(call), b""
            case "prune":
                return self._prune(call), b""
        call.body.done()
        match call.operation:
            case "ping":
                return self._ping(), b""
            case "describe":
                return self._description, b""
            case "close":
                return self._close(call), b""
            case "poll":
                return self._job(call).as_json(), b""
            case "cancel":
                return self._cancel(call), b""
            case "list":
                jobs = [{"run": j.run, "key": j.key, "kind": j.kind, **j.as_json()} for j in self._jobs.values()]
                return {"jobs": jobs, "checkpoints": self._checkpoints.list()}, b""
            case "statistics":
                return self._statistics(), b""
        raise AssertionError(call.operation)

    def _ping(self) -> dict[str, Any]:
        job = self._runner.running
        running = None
        if job is not None:
            names = ("key", "run", "kind", "phase", "done", "total")
            running = {name: getattr(job, name) for name in names}
        rows = [
            {"run": name, "lineage": run.lineage, "stateDigest": run.state_digest}
            for name, run in sorted(self._runs.items())
        ]
        uptime = round(time.monotonic() - self._started, 3)
        return {"incarnation": self.incarnation, "uptimeSeconds": uptime, "running": running, "runs": rows}

    def _open(self, call: Envelope) -> dict[str, Any]:
        body = OpenBody.read(call.body)
        run = self._runs.get(call.run_id)
        again = run is not None
        if run is None:
            # What may take long: a folder's weights, a checkpoint that must first come from S3, an optional library.
            fetches = self._checkpoints.remote is not None and body.base_checkpoint is not None
            if isinstance(body.model, FolderSettings) or fetches or body.optimizer.eight_bit:
                return self._open_later(call.run_id, body)
            run = self._make(call.run_id, body, lambda *_: None)
            self._add(run)
        elif run.body.json != body.json:
            raise _other_body(run.id)
        answer = {
            "lineage": run.lineage,
            "baseStateDigest": run.base_state_digest,
            "parameters": run.model.parameter_count(),
        }
        return {**answer, "alreadyOpen": True} if again else answer

    def _open_later(self, run: str, body: OpenBody) -> dict[str, Any]:
        """Answer how far the load is, which `open` starts and is asked for again; a load that failed says why, once."""
        present = self._loads.get(run)
        if present is not None and present[1].error is not None:
            error = self._loads.pop(run)[1].error
            if present[0].json == body.json:
                raise error
            present = None
        if present is None:
            present = (body, Job(run, "open", "load", None, {}, None))
            try:
                self._runner.submit(present[1])
                self._loads[run] = present
            except PolicyError as error:
                present[1].reason = error.message
        elif present[0].json != body.json:
            raise _other_body(run)
        return {"loading": present[1].as_json()}

    def _load(self, job: Job) -> dict[str, Any]:
        """Load a run's model and open the run with it, unless it was closed meanwhile."""
        with self._guard:
            job.progress("start", 0, 0)
            body = self._loads[job.run][0]
        run = self._make(job.run, body, job.progress)
        with self._guard:
            job.progress("open", 1, 1)
            self._add(run)
            del self._loads[job.run]
        # The other ranks load it now rather than in the first step.
        self._ranks.together(lambda: self._command(None, run), lambda: None, lambda: (run.lineage, run.state_digest))
        return {"lineage": run.lineage}

    def _make(self, run: str, body: OpenBody, progress: Progress) -> Run:
        standing = self._bases.stand(body, progress)
        return Run(run, body, self._description["environmentDigest"], standing, self._ranks)

    def _add(self, run: Run) -> None:
        self._journal.append("open", run.id, lineage=run.lineage, stateDigest=run.state_digest)
        self._runs[run.id] = run

    def _close(self, call: Envelope) -> dict[str, Any]:
        self._drop(call.run_id)
        return {}

    def _forget(self, run: str) -> None:
        """Let go of a run whose state is not known any more; its jobs stay, so that the caller can read why."""
        with self._guard:
            self._runs.pop(run, None)

    def _drop(self, run: str) -> None:
        with self._guard:
            self._runs.pop(run, None)
            if run in self._loads:
                self._runner.cancel(self._loads.pop(run)[1])
            for place, job in list(self._jobs.items()):
                if job.run == run:
                    self._runner.cancel(job)
                    self._jobs.pop(place, None)

    def _upload(self, call: Envelope, chunk: bytes) -> dict[str, Any]:
        digest = call.body.digest("digest")
        offset, total = call.body.integer("offset"), call.body.integer("total")
        call.body.done()
        received, complete = self._staging.upload(digest, offset, total, chunk)
        return {"received": received, "complete": complete}

    def _submit(self, call: Envelope) -> dict[str, Any]:
        job = _read_job(call)
        run = self._runs.get(job.run)
        if run is None:
            message = f"run {job.run} is not open; open it and bring it to its lineage"
            raise PolicyError(ErrorType.POLICY_UNKNOWN, message)
        place = (job.run, job.key)
        present = self._jobs.get(place)
        if present is not None and present.state not in ("FAILED", "CANCELLED"):
            if not present.same_request(job) and self._still_true(present, run):
                message = f"key {job.key} names a job with other content; use another key"
                raise PolicyError(ErrorType.STEP_CONFLICT, message)
            if self._still_true(present, run):
                return present.as_json()
        if job.kind in STEPS and job.expected_lineage is not None:
            run.expect_parent(job.expected_lineage)
        else:
            run.expect(job.expected_lineage)
        if job.input is not None:
            job.payload = self._staging.get(job.input)
        self._runner.submit(job)
        self._jobs[place] = job
        return job.as_json()

    @staticmethod
    def _still_true(job: Job, run: Run) -> bool:
        """Whether attaching to a job says the truth about where its run is."""
        if job.state != "DONE":
            return True
        if job.kind in STEPS:
            return job.result_lineage in run.chain
        return job.kind not in JUMPS or job.result_lineage == run.lineage

    def _result(self, call: Envelope) -> tuple[dict[str, Any], bytes]:
        offset, length = call.body.integer("offset"), call.body.integer("length", 1, MAX_CHUNK_BYTES)
        call.body.done()
        job = self._job(call)
        if job.result is None:
            message = f"job {job.key} is {job.state}; poll until it is DONE"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, state=job.state)
        chunk = job.result[offset : offset + length]
        return {"digest": job.result_digest, "total": len(job.result)}, chunk

    def _cancel(self, call: Envelope) -> dict[str, Any]:
        job = self._job(call)
        if job.state not in TERMINAL:
            self._runner.cancel(job)
        return {"state": job.state}

    def _prune(self, call: Envelope) -> dict[str, Any]:
        names = call.body.items("checkpoints")
        if not all(isinstance(name, str) and len(name) == 64 and name.isalnum() for name in names):
            call.body.fail_at("checkpoints", "must hold checkpoint ids")
        call.body.done()
        return {"removed": self._checkpoints.prune(names)}

    def _statistics(self) -> dict[str, Any]:
        names = ("optimizerSteps", "promptTokens", "sampledTokens", "trainedTokens")
        return {
            "jobs": dict(self._ended),
            "jobSeconds": round(self._seconds, 6),
            **{name: self._executor.counters[name] for name in names},
            "openRuns": len(self._runs),
            "stagedBytes": self._staging.held_bytes(),
            "peakMemoryBytes": peak_memory_bytes(),
        }

    def _job(self, call: Envelope) -> Job:
        job = self._jobs.get((call.run_id, call.job_key))
        if job is None:
            message = f"job {call.job_key} of run {call.run_id} is not known; submit it"
            raise PolicyError(ErrorType.JOB_UNKNOWN, message)
        return job

    def _execute(self, job: Job) -> dict[str, Any]:
        if job.kind == "load":
            return self._load(job)
        with self._guard:
            run = self._runs.get(job.run)
        if run is None:
            raise PolicyError(ErrorType.POLICY_UNKNOWN, f"run {job.run} was closed; open it again")
        return self._ranks.together(
            lambda: self._command(job, run),
            lambda: self._executor.execute(job, run),
            lambda: (run.lineage, run.state_digest),
        )

    def _command(self, job: Job | None, run: Run) -> dict[str, Any]:
        """What the other ranks need to do the same job to the same run; without one, to open the run."""
        with self._guard:
            openings = [other.opening for other in self._runs.values()]
        return {
            "openings": openings,
            "run": {"id": run.id, "opening": run.opening, "body": run.body.json, "digest": run.base_state_digest},
            "environmentDigest": run.environment_digest,
            "job": None if job is None else job.request(),
        }

    def _after(self, job: Job) -> None:
        """Count an ended job and let go of results that its run has left two steps behind."""
        with self._guard:
            self._ended[f"{job.kind}.{job.state}"] += 1
            self._seconds += job.seconds
            job.steps_at_end = self._executor.counters[f"steps/{job.run}"]
            if job.kind in STEPS and job.state == "DONE":
                self._executor.counters[f"steps/{job.run}"] += 1
                job.steps_at_end += 1
            now = self._executor.counters[f"steps/{job.run}"]
            for place, old in list(self._jobs.items()):
                if old.run == job.run and old.state in TERMINAL and now - old.steps_at_end >= _STEPS_KEPT:
                    del self._jobs[place]


def _remote(s3: S3Settings | None, notes: Path) -> RemoteCheckpoints | None:
    if s3 is None:
        return None
    # boto3 takes a while to load, and most servers have no bucket.
    from .bucket import Bucket
    from .remote_checkpoints import RemoteCheckpoints

    return RemoteCheckpoints(Bucket(s3), notes)


def _other_body(run: str) -> PolicyError:
    message = f"run {run} is open with another body; close it first or use another id"
    return PolicyError(ErrorType.STEP_CONFLICT, message)


def _read_job(call: Envelope) -> Job:
    body = call.body
    kind = body.choice("kind", KINDS)
    input_digest = body.optional_digest("input")
    if (input_digest is None) == (kind in NEEDS_PAYLOAD):
        body.fail_at("input", f"is {'needed' if kind in NEEDS_PAYLOAD else 'not allowed'} for {kind}")
    raw = body.raw("parameters")
    parameters: dict[str, Any] = {}
    if raw:
        fields = body.object("parameters")
        parameters = {name: fields.string(name) for name in PARAMETERS.get(kind, ())}
        parameters |= {name: fields.string(name, usual) for name, usual in DEFAULTS.get(kind, {}).items()}
        fields.done()
    elif PARAMETERS.get(kind):
        body.fail_at("parameters", f"must hold {', '.join(PARAMETERS[kind])} for {kind}")
    body.done()
    if kind in NEEDS_LINEAGE and call.expected_lineage is None:
        raise PolicyError(
            ErrorType.PROTOCOL_VIOLATION, f"expectedLineage is needed for {kind}", field="expectedLineage"
        )
    if kind in JUMPS and call.expected_lineage is not None:
        raise PolicyError(
            ErrorType.PROTOCOL_VIOLATION, f"expectedLineage must be null for {kind}", field="expectedLineage"
        )
    return Job(call.run_id, call.job_key, kind, input_digest, parameters, call.expected_lineage)


def _owner(path: Path) -> str:
    """The name of this state folder, the same after every restart and another one's on every other machine."""
    if not path.exists():
        replace_synced(path, uuid.uuid4().hex.encode())
    return path.read_text(encoding="utf-8")


def _lock(path: Path) -> Any:
    """Hold the state folder alone; a server that was just ended may need a moment to let go."""
    file = path.open("a")
    deadline = time.monotonic() + _LOCK_WAIT_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise RuntimeError(f"another policy server holds {path}; end it or use another state folder") from None
            time.sleep(0.05)
