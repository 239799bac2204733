"""The one kind of failure that the server answers with; PROTOCOL.md lists the types."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class ErrorType(StrEnum):
    """Wire names of the failures, equal to Java's FailureType."""

    PROTOCOL_VIOLATION = "PROTOCOL_VIOLATION"
    STALE_TOKEN = "STALE_TOKEN"
    INCARNATION_CHANGED = "INCARNATION_CHANGED"
    POLICY_UNKNOWN = "POLICY_UNKNOWN"
    POLICY_BEHIND = "POLICY_BEHIND"
    STEP_CONFLICT = "STEP_CONFLICT"
    JOB_UNKNOWN = "JOB_UNKNOWN"
    PAYLOAD_MISSING = "PAYLOAD_MISSING"
    CHECKPOINT_MISSING = "CHECKPOINT_MISSING"
    CHECKPOINT_CORRUPT = "CHECKPOINT_CORRUPT"
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    NOT_FINITE = "NOT_FINITE"
    POLICY_BUSY = "POLICY_BUSY"
    CANCELLED = "CANCELLED"
    INVALID_REQUEST = "INVALID_REQUEST"
    POLICY_INTERNAL = "POLICY_INTERNAL"
    POLICY_RANK_LOST = "POLICY_RANK_LOST"


class PolicyError(Exception):
    """A failure with a type of the protocol, one sentence with the fix, and details for programs."""

    def __init__(self, kind: ErrorType, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.detail = detail

    def as_json(self) -> dict[str, Any]:
        return {"type": self.kind.value, "message": self.message, "detail": self.detail}


def as_policy_error(error: BaseException) -> PolicyError:
    """Name any failure of a job or an operation; memory is told apart since a smaller batch may cure it."""
    if isinstance(error, PolicyError):
        return error
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or "can't allocate memory" in text:
        return PolicyError(ErrorType.OUT_OF_MEMORY, f"Memory ran out; use smaller micro-batches ({text[:300]})")
    return PolicyError(ErrorType.POLICY_INTERNAL, f"The policy server failed; see its log ({text[:300]})")
