"""Follows the histories of all workflows of a home by long poll, over any number of restarts of its Temporal."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import grpc

from . import wire
from .stack import Home
from .wire import Execution, Failure

LOOK_EVERY_S = 0.1
POLL_S = 30
Pair = tuple[str, str]  # workflow type, event type

# What comes of time-outs and lost tries: a run that nobody disturbs need not have it, so no strike waits for it.
BY_CHANCE = {
    "ActivityTaskTimedOut", "ActivityTaskFailed", "WorkflowTaskTimedOut", "WorkflowTaskFailed", "EventType54",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """An event as it came: of which execution, and what an activity's events say."""

    execution: Execution
    id: int
    type: str
    at: float
    activity: str = ""
    began: float = 0.0
    failure: Failure | None = None
    worker: str = ""

    @property
    def pair(self) -> Pair:
        return self.execution.type, self.type


class Histories:
    """All events of a home so far. Threads that follow end with `close`."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._end = threading.Event()
        self._lock = threading.Lock()
        self._events: list[Seen] = []
        self._followed: set[Execution] = set()
        self._open: set[Execution] = set()
        self._channel: grpc.Channel | None = None
        threading.Thread(target=self._look, daemon=True).start()

    def close(self) -> None:
        self._end.set()
        if self._channel is not None:
            self._channel.close()

    def since(self, index: int) -> list[Seen]:
        """Return the events from an index on, in the order in which they came."""
        with self._lock:
            return self._events[index:]

    def count(self) -> int:
        with self._lock:
            return len(self._events)

    def pairs(self) -> set[Pair]:
        return {one.pair for one in self.since(0) if one.type not in BY_CHANCE}

    def open(self, *types: str) -> bool:
        """Whether a workflow of one of these types runs."""
        with self._lock:
            return any(one.type in types for one in self._open)

    def pending(self) -> list[wire.Pending]:
        """Return the activities of all open workflows; none while Temporal cannot be asked."""
        with self._lock:
            opened = list(self._open)
        found: list[wire.Pending] = []
        for execution in opened:
            body = wire.text(1, wire.NAMESPACE) + wire.text(2, execution.request())
            answer = self._call("DescribeWorkflowExecution", body, 5)
            found += wire.pending(answer) if answer is not None else []
        return found

    def waiting(self) -> list[Execution]:
        """Return the workflows that wait for an operator."""
        query = b"SightlineState='WaitingForOperator' AND ExecutionStatus='Running'"
        answer = self._call("ListWorkflowExecutions", wire.text(1, wire.NAMESPACE) + wire.text(4, query), 5)
        return wire.executions(answer) if answer is not None else []

    def _call(self, name: str, body: bytes, seconds: float) -> bytes | None:
        try:
            if self._channel is None:
                self._channel = grpc.insecure_channel(
                    f"127.0.0.1:{self._home.ports()['temporal']}",
                    [("grpc.initial_reconnect_backoff_ms", 100), ("grpc.max_reconnect_backoff_ms", 500)],
                )
            return self._channel.unary_unary(wire.SERVICE + name)(body, timeout=seconds)
        except (KeyError, ValueError, grpc.RpcError):  # no port yet; closed; away
            return None

    def _look(self) -> None:
        while not self._end.wait(LOOK_EVERY_S):
            answer = self._call("ListWorkflowExecutions", wire.text(1, wire.NAMESPACE), 5)
            for execution in wire.executions(answer) if answer is not None else []:
                if execution not in self._followed:
                    self._followed.add(execution)
                    with self._lock:
                        self._open.add(execution)
                    threading.Thread(target=self._follow, args=(execution,), daemon=True).start()

    def _follow(self, execution: Execution) -> None:
        last, token = 0, b""
        scheduled: dict[int, str] = {}
        started: dict[int, tuple[float, Failure | None, str]] = {}
        while not self._end.is_set():
            body = wire.text(1, wire.NAMESPACE) + wire.text(2, execution.request()) + wire.number(5, 1)
            answer = self._call("GetWorkflowExecutionHistory", body + (wire.text(4, token) if token else b""), POLL_S)
            if answer is None:
                token = b""  # from the beginning; what was seen is passed over
                self._end.wait(LOOK_EVERY_S)
                continue
            read = wire.fields(answer)
            token = read.get(3, [b""])[0]
            for raw in wire.inner(read, 1).get(1, []):
                event = wire.event(raw)
                if event.id <= last:
                    continue
                last = event.id
                one = self._read(execution, event, scheduled, started)
                with self._lock:
                    self._events.append(one)
                    if event.type in wire.CLOSING:
                        self._open.discard(execution)
                        return

    @staticmethod
    def _read(
        execution: Execution,
        event: wire.Event,
        scheduled: dict[int, str],
        started: dict[int, tuple[float, Failure | None, str]],
    ) -> Seen:
        body = event.body
        head: tuple[Any, ...] = (execution, event.id, event.type, event.at)
        if event.type == "ActivityTaskScheduled":
            scheduled[event.id] = wire.word(wire.inner(body, 2), 1)
            return Seen(*head, activity=scheduled[event.id])
        if event.type == "ActivityTaskStarted":
            began = (event.at, wire.failure(wire.inner(body, 5)), wire.word(body, 2))
            started[body[1][0]] = began
            return Seen(*head, scheduled.get(body[1][0], ""), *began)
        if event.type == "ActivityTaskCompleted":
            return Seen(*head, scheduled.get(body[2][0], ""), *started.get(body[2][0], (0.0, None, "")))
        if event.type == "ActivityTaskFailed":
            began = started.get(body[2][0], (0.0, None, ""))
            return Seen(*head, scheduled.get(body[2][0], ""), began[0], wire.failure(wire.inner(body, 1)), began[2])
        if event.type == "WorkflowTaskFailed":
            cause = body.get(3, [0])[0]
            said = wire.failure(wire.inner(body, 4))
            return Seen(*head, failure=Failure(f"cause {cause}", said.message if said else ""))
        return Seen(*head)
