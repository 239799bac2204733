"""The few calls of Temporal's gRPC API that are needed to follow histories, in protocol buffers' plain encoding.

Field numbers are facts of `temporal.api`; the HTTP API cannot name workflow ids with slashes, and the command line
would be one process for each execution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SERVICE = "/temporal.api.workflowservice.v1.WorkflowService/"
NAMESPACE = b"default"

# temporal.api.enums.v1.EventType, as far as an experiment's histories have them.
EVENT_TYPES = {
    1: "WorkflowExecutionStarted", 2: "WorkflowExecutionCompleted", 3: "WorkflowExecutionFailed",
    4: "WorkflowExecutionTimedOut", 5: "WorkflowTaskScheduled", 6: "WorkflowTaskStarted", 7: "WorkflowTaskCompleted",
    8: "WorkflowTaskTimedOut", 9: "WorkflowTaskFailed", 10: "ActivityTaskScheduled", 11: "ActivityTaskStarted",
    12: "ActivityTaskCompleted", 13: "ActivityTaskFailed", 14: "ActivityTaskTimedOut",
    15: "ActivityTaskCancelRequested", 16: "ActivityTaskCanceled", 17: "TimerStarted", 18: "TimerFired",
    19: "TimerCanceled", 20: "WorkflowExecutionCancelRequested", 21: "WorkflowExecutionCanceled", 25: "MarkerRecorded",
    26: "WorkflowExecutionSignaled", 27: "WorkflowExecutionTerminated", 28: "WorkflowExecutionContinuedAsNew",
    37: "SignalExternalWorkflowExecutionInitiated", 38: "SignalExternalWorkflowExecutionFailed",
    39: "ExternalWorkflowExecutionSignaled", 40: "UpsertWorkflowSearchAttributes",
    41: "WorkflowExecutionUpdateAccepted", 43: "WorkflowExecutionUpdateCompleted", 46: "WorkflowPropertiesModified",
}  # fmt: skip
CLOSING = {
    "WorkflowExecutionCompleted", "WorkflowExecutionFailed", "WorkflowExecutionTimedOut", "WorkflowExecutionCanceled",
    "WorkflowExecutionTerminated", "WorkflowExecutionContinuedAsNew",
}  # fmt: skip
STARTED = 2  # of a pending activity's states: a worker has it


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def text(field: int, value: bytes) -> bytes:
    """Encode a field of bytes, text or a message."""
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def fields(data: bytes) -> dict[int, list[Any]]:
    """Decode one message: numbers, and bytes that the caller knows how to read."""
    found: dict[int, list[Any]] = {}
    at = 0

    def varint() -> int:
        nonlocal at
        shift = value = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            value: Any = varint()
        else:
            size = {1: 8, 5: 4}.get(key & 7) or varint()
            value = data[at : at + size]
            at += size
        found.setdefault(key >> 3, []).append(value)
    return found


def inner(message: dict[int, list[Any]], *path: int) -> dict[int, list[Any]]:
    """Return the message at the end of a path of fields; empty where it is not there."""
    for field in path:
        message = fields(message[field][0]) if field in message else {}
    return message


def word(message: dict[int, list[Any]], field: int) -> str:
    return message[field][0].decode(errors="replace") if field in message else ""


@dataclass(frozen=True)
class Failure:
    """A failure's type (of an application failure) and message; a cause's where it has none of its own."""

    type: str
    message: str


def failure(message: dict[int, list[Any]]) -> Failure | None:
    if not message:
        return None
    kind = word(inner(message, 5), 1)
    below = failure(inner(message, 4)) if not kind else None
    return below or Failure(kind, word(message, 1))


@dataclass(frozen=True)
class Execution:
    """One run of a workflow."""

    workflow: str
    run: str
    type: str

    def request(self) -> bytes:
        return text(1, self.workflow.encode()) + text(2, self.run.encode())


@dataclass(frozen=True)
class Event:
    """An event of a history; `at` is the server's clock, which is this machine's."""

    id: int
    type: str
    at: float
    body: dict[int, list[Any]]


def event(data: bytes) -> Event:
    read = fields(data)
    kind = read[3][0]
    stamp = inner(read, 2)
    attributes = inner(read, kind + 5) if kind <= 14 else {}
    at = stamp.get(1, [0])[0] + stamp.get(2, [0])[0] / 1e9
    return Event(read[1][0], EVENT_TYPES.get(kind, f"EventType{kind}"), at, attributes)


def executions(answer: bytes) -> list[Execution]:
    """Read the answer of ListWorkflowExecutions."""
    rows = [fields(one) for one in fields(answer).get(1, [])]
    return [Execution(word(inner(row, 1), 1), word(inner(row, 1), 2), word(inner(row, 2), 1)) for row in rows]


@dataclass(frozen=True)
class Pending:
    """An activity that is scheduled or runs."""

    type: str
    held: bool
    worker: str
    failure: Failure | None


def pending(answer: bytes) -> list[Pending]:
    """Read the activities of the answer of DescribeWorkflowExecution."""
    rows = [fields(one) for one in fields(answer).get(3, [])]
    return [
        Pending(word(inner(row, 2), 1), row.get(3, [0])[0] == STARTED, word(row, 12), failure(inner(row, 11)))
        for row in rows
    ]
