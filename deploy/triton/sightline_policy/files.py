"""Writes that survive a kill: data reaches the disk before a name points at it."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make a file's bytes durable that were written before, perhaps by another process."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_synced(path: Path, data: bytes) -> None:
    """Write and fsync one file."""
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def replace_synced(path: Path, data: bytes) -> None:
    """Replace a file so that a reader, even after a kill, sees the old or the new content, never a part."""
    temporary = path.with_name(f".{path.name}.new")
    write_synced(temporary, data)
    temporary.replace(path)
    sync_folder(path.parent)
