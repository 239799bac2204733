"""The policy's own journal: one fsynced JSON line for every event, independent of the ledger it is compared with."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from .canonical import canonical_bytes
from .files import sync_folder


class Journal:
    """Appends to `journal.jsonl`. A line torn by a kill was never acknowledged, so opening cuts it off."""

    def __init__(self, path: Path, incarnation: str) -> None:
        self._incarnation = incarnation
        self._lock = threading.Lock()
        data = path.read_bytes() if path.exists() else b""
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole.splitlines()
        self._sequence = int(json.loads(lines[-1])["sequence"]) + 1 if lines else 0
        self._file = path.open("ab")
        if len(whole) != len(data):
            self._file.truncate(len(whole))
        sync_folder(path.parent)

    def append(self, event: str, run: str, **content: Any) -> None:
        """Write one line and wait until it is on disk."""
        with self._lock:
            line = {"event": event, "incarnation": self._incarnation, "run": run, "sequence": self._sequence, **content}
            self._file.write(canonical_bytes(line) + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._sequence += 1

    def close(self) -> None:
        self._file.close()
