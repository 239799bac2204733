"""Fencing tokens: the highest that was seen for each run, kept over restarts."""

from __future__ import annotations

import json
from pathlib import Path

from .canonical import canonical_bytes
from .errors import ErrorType, PolicyError
from .files import replace_synced


class FencingTokens:
    """Refuses callers that lost their lease. A token is on disk before the call it came with has any effect."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._highest: dict[str, int] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def admit(self, run: str, token: int) -> None:
        highest = self._highest.get(run, -1)
        if token < highest:
            message = f"token {token} of run {run} is older than {highest}; take the lease again"
            raise PolicyError(ErrorType.STALE_TOKEN, message, highest=highest)
        if token > highest:
            replace_synced(self._path, canonical_bytes({**self._highest, run: token}))
            self._highest[run] = token
