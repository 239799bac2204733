"""Jobs: one background thread does them in order; everyone else only looks at their state."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch

from .canonical import canonical_bytes, sha256_hex
from .errors import ErrorType, PolicyError, as_policy_error

LOG = logging.getLogger("sightline.policy")
QUEUE_LENGTH = 1
TERMINAL = frozenset({"DONE", "FAILED", "CANCELLED"})


class Growing(Protocol):
    """A completion as it grows; `finish` is empty until it is over."""

    tokens: list[int]
    finish: str


@dataclass
class Job:
    """One job. The job thread writes it, other threads read single fields of it."""

    run: str
    key: str
    kind: str
    input: str | None
    parameters: dict[str, Any]
    expected_lineage: str | None
    payload: bytes | None = None
    state: str = "QUEUED"
    phase: str | None = None
    done: int = 0
    total: int = 0
    reason: str | None = None
    result: bytes | None = None
    result_digest: str | None = None
    result_lineage: str | None = None
    error: PolicyError | None = None
    seconds: float = 0.0
    started: float = 0.0
    steps_at_end: int = 0
    cancel: threading.Event = field(default_factory=threading.Event)
    growing: Sequence[Growing] = ()

    def progress(self, phase: str, done: int, total: int) -> None:
        """Note where the job is; raise CANCELLED when someone asked for it."""
        self.phase, self.done, self.total = phase, done, total
        if self.cancel.is_set():
            raise PolicyError(ErrorType.CANCELLED, f"job {self.key} was cancelled; submit it again to do it")

    def watch(self, growing: Sequence[Growing]) -> None:
        """Let others see how far these completions are while the job runs."""
        self.growing = growing

    def sampled(self) -> dict[str, list[int]] | None:
        """How long the completions are by now, and which are not over; None where none grow."""
        if self.state != "RUNNING" or not self.growing:
            return None
        # The end is read before the length: one that ends between the two is called growing, never cut off.
        seen = [(row.finish == "", len(row.tokens)) for row in self.growing]
        return {
            "lengths": [length for _, length in seen],
            "growing": [place for place, (grows, _) in enumerate(seen) if grows],
        }

    def finish(self, result: dict[str, Any]) -> None:
        """Keep the result; a reader sees DONE only when it is here."""
        self.result = canonical_bytes(result)
        self.result_digest = sha256_hex(self.result)
        self.result_lineage = result.get("lineage")
        self.payload, self.growing = None, ()
        self.state = "DONE"

    def fail(self, error: PolicyError) -> None:
        self.error, self.payload, self.growing = error, None, ()
        self.reason = error.message
        self.state = "CANCELLED" if error.kind is ErrorType.CANCELLED else "FAILED"

    def request(self) -> tuple[Any, ...]:
        """What makes the same job anew elsewhere."""
        return self.run, self.key, self.kind, self.input, self.parameters, self.expected_lineage, self.payload

    def same_request(self, other: Job) -> bool:
        mine = (self.kind, self.input, self.parameters, self.expected_lineage)
        return mine == (other.kind, other.input, other.parameters, other.expected_lineage)

    def as_json(self) -> dict[str, Any]:
        sampled = self.sampled()
        running = time.monotonic() - self.started if self.state == "RUNNING" else self.seconds
        return {
            "state": self.state,
            "phase": self.phase,
            "done": self.done,
            "total": self.total,
            "reason": self.reason,
            "resultDigest": self.result_digest,
            "resultBytes": None if self.result is None else len(self.result),
            "error": None if self.error is None else self.error.as_json(),
            "seconds": round(running, 6),
            **({} if sampled is None else {"sampled": sampled}),
        }


class JobRunner:
    """The background thread and its queue, which holds one job besides the running one."""

    def __init__(self, execute: Callable[[Job], dict[str, Any]], ended: Callable[[Job], None], threads: int) -> None:
        self._execute = execute
        self._ended = ended
        self._threads = threads
        self._condition = threading.Condition()
        self._queue: list[Job] = []
        self._closing = False
        self.running: Job | None = None
        self._thread = threading.Thread(target=self._work, name="policy-jobs", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        with self._condition:
            # A job that the idle thread has not yet taken does not wait for another.
            if len(self._queue) >= QUEUE_LENGTH + (self.running is None):
                message = f"job {self._queue[0].key} of run {self._queue[0].run} waits already; submit again later"
                raise PolicyError(ErrorType.POLICY_BUSY, message)
            if self.running is not None:
                job.reason = f"waits for job {self.running.key} of run {self.running.run}"
            self._queue.append(job)
            self._condition.notify()

    def cancel(self, job: Job) -> None:
        """Ask a job to end; one that still waits ends now."""
        job.cancel.set()
        with self._condition:
            if job in self._queue:
                self._queue.remove(job)
                job.fail(PolicyError(ErrorType.CANCELLED, f"job {job.key} was cancelled before it started"))
                self._ended(job)

    def close(self) -> None:
        with self._condition:
            self._closing = True
            if self.running is not None:
                self.running.cancel.set()
            self._condition.notify()
        self._thread.join(timeout=30)

    def _next(self) -> Job | None:
        with self._condition:
            while not self._queue and not self._closing:
                self._condition.wait()
            if self._closing:
                return None
            self.running = self._queue.pop(0)
            self.running.reason = None
            self.running.started = time.monotonic()
            self.running.state = "RUNNING"
            return self.running

    def _work(self) -> None:
        torch.set_num_threads(self._threads)
        while (job := self._next()) is not None:
            try:
                result = self._execute(job)
                job.seconds = time.monotonic() - job.started
                job.finish(result)
            except BaseException as error:  # whatever happens, the thread lives and the job gets a name for it
                job.seconds = time.monotonic() - job.started
                named = as_policy_error(error)
                if named.kind is ErrorType.POLICY_INTERNAL:
                    LOG.exception("job %s of run %s failed", job.key, job.run)
                job.fail(named)
            if job.error is not None and job.error.kind is ErrorType.OUT_OF_MEMORY and torch.cuda.is_available():
                # The next try asks for smaller pieces than those that are kept free.
                torch.cuda.empty_cache()
            with self._condition:
                self.running = None
            self._ended(job)
