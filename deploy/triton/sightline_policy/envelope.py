"""The envelope of every call: what PROTOCOL.md allows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .canonical import canonical_bytes
from .errors import ErrorType, PolicyError
from .fields import Fields, parse_json

PROTOCOL = 1
OPERATIONS = (
    "ping", "describe", "open", "close", "upload", "submit", "poll", "result", "cancel", "list", "prune", "statistics",
)  # fmt: skip
NEEDS_RUN = frozenset({"open", "close", "submit", "cancel", "poll", "result", "prune"})
NEEDS_TOKEN = frozenset({"open", "close", "submit", "cancel", "prune"})
NEEDS_KEY = frozenset({"submit", "poll", "cancel", "result"})


@dataclass(frozen=True)
class Envelope:
    """One call. `run`, `token` and `key` are not None where the operation needs them."""

    operation: str
    run: str | None
    incarnation: str | None
    token: int | None
    key: str | None
    expected_lineage: str | None
    body: Fields

    @property
    def run_id(self) -> str:
        assert self.run is not None
        return self.run

    @property
    def job_key(self) -> str:
        assert self.key is not None
        return self.key


def parse(data: bytes) -> Envelope:
    """Read an envelope; raise PROTOCOL_VIOLATION that names the first thing wrong."""
    kind = ErrorType.PROTOCOL_VIOLATION
    fields = Fields(parse_json(data, kind, "the envelope"), "", kind)
    version = fields.raw("protocol")
    if version != PROTOCOL or isinstance(version, bool):
        raise PolicyError(
            kind, f"protocol must be {PROTOCOL}, not {version!r}; update the older side", field="protocol"
        )
    operation = fields.choice("operation", OPERATIONS)
    body = fields.raw("body")
    envelope = Envelope(
        operation=operation,
        run=fields.string("run") if operation in NEEDS_RUN else fields.optional_string("run"),
        incarnation=fields.optional_string("incarnation"),
        token=_token(fields, operation),
        key=fields.string("key") if operation in NEEDS_KEY else fields.optional_string("key"),
        expected_lineage=fields.optional_digest("expectedLineage"),
        body=Fields({} if body is None else body, "body", kind),
    )
    fields.done()
    return envelope


def _token(fields: Fields, operation: str) -> int | None:
    if fields.raw("fencingToken") is None and operation not in NEEDS_TOKEN:
        return None
    return fields.integer("fencingToken")


def success(incarnation: str, body: dict[str, Any]) -> bytes:
    return canonical_bytes({"protocol": PROTOCOL, "incarnation": incarnation, "ok": True, "body": body})


def failure(incarnation: str, error: PolicyError) -> bytes:
    return canonical_bytes({"protocol": PROTOCOL, "incarnation": incarnation, "ok": False, "error": error.as_json()})
