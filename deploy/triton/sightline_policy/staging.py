"""Payloads on their way in: chunks are put together, checked against their digest and kept for a while."""

from __future__ import annotations

from collections import OrderedDict

from .canonical import sha256_hex
from .errors import ErrorType, PolicyError

MAX_CHUNK_BYTES = 1 << 20
STAGING_LIMIT_BYTES = 256 << 20


class Staging:
    """Content-addressed and in memory: after a restart the caller is told PAYLOAD_MISSING and uploads again."""

    def __init__(self, limit: int = STAGING_LIMIT_BYTES) -> None:
        self._limit = limit
        self._complete: OrderedDict[str, bytes] = OrderedDict()
        self._partial: OrderedDict[str, bytearray] = OrderedDict()
        self._totals: dict[str, int] = {}

    def upload(self, digest: str, offset: int, total: int, chunk: bytes) -> tuple[int, bool]:
        """Take one chunk; return the bytes that are here without a gap and whether the payload is complete."""
        if len(chunk) > MAX_CHUNK_BYTES:
            self._invalid(f"a chunk has {len(chunk)} bytes; the most is {MAX_CHUNK_BYTES}")
        if total > self._limit:
            self._invalid(f"a payload of {total} bytes is over the limit of {self._limit}; use fewer prompts")
        if digest in self._complete:
            self._complete.move_to_end(digest)
            return len(self._complete[digest]), True
        if self._totals.setdefault(digest, total) != total:
            self._invalid(f"total was {self._totals[digest]} before and is {total} now")
        partial = self._partial.setdefault(digest, bytearray())
        if offset > len(partial):
            self._invalid(f"offset {offset} leaves a gap; go on at {len(partial)}", received=len(partial))
        if offset + len(chunk) > total:
            self._invalid("the chunk goes past the total")
        # A repeated chunk overlaps what is here; the digest of the whole decides whether it was the same.
        partial[offset : offset + len(chunk)] = chunk
        received = len(partial)
        if received == total:
            del self._partial[digest], self._totals[digest]
            data = bytes(partial)
            if sha256_hex(data) != digest:
                self._invalid("the bytes do not have the digest that was announced; upload again from offset 0")
            self._complete[digest] = data
        self._drop_oldest(keep=digest)
        return received, digest in self._complete

    def get(self, digest: str) -> bytes:
        if digest not in self._complete:
            raise PolicyError(ErrorType.PAYLOAD_MISSING, "The payload is not here; upload it first", digests=[digest])
        self._complete.move_to_end(digest)
        return self._complete[digest]

    def held_bytes(self) -> int:
        return sum(map(len, self._complete.values())) + sum(map(len, self._partial.values()))

    def _drop_oldest(self, keep: str) -> None:
        for store in (self._complete, self._partial):
            while self.held_bytes() > self._limit and (oldest := next((d for d in store if d != keep), None)):
                del store[oldest]
                self._totals.pop(oldest, None)

    def _invalid(self, message: str, **detail: int) -> None:
        raise PolicyError(ErrorType.INVALID_REQUEST, f"upload: {message}", **detail)
