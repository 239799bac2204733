"""What a finished stack must not leave: processes, leases, temporary files, shared memory."""

from __future__ import annotations

import os
from pathlib import Path

from . import evidence, processes
from .processes import Process

SHARED_MEMORY = Path("/dev/shm")


class Regions:
    """Shared memory of one home. PostgreSQL's has random names, so it is read from its process while that lives."""

    def __init__(self, home: Path) -> None:
        self._policy = home / "data" / "policy"
        self._database: set[str] = set()

    def note(self, postmaster: Process | None) -> None:
        if postmaster is None:
            return
        for one in processes.with_descendants([postmaster]):
            try:
                maps = Path(f"/proc/{one.pid}/maps").read_text()
            except OSError:
                continue
            self._database |= {
                line.split("/dev/shm/")[1].split()[0] for line in maps.splitlines() if "/dev/shm/" in line
            }

    def left(self) -> list[str]:
        state = self._policy.stat()
        policy = f"sightline_{state.st_dev:x}_{state.st_ino:x}_"
        return sorted(name for name in os.listdir(SHARED_MEMORY) if name in self._database or name.startswith(policy))


def living(home: Path) -> list[str]:
    """Return every process whose command names the home, however it came to be."""
    own = str(home).encode()
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            command = Path(f"/proc/{entry}/cmdline").read_bytes()
        except OSError:
            continue
        parts = command.split(b"\0")
        if any(part == own or own + b"/" in part for part in parts):
            found.append(f"process {entry} {parts[0].decode(errors='replace').rsplit('/', 1)[-1]}")
    return found


def files(home: Path) -> list[str]:
    """Return what was written under a temporary name and is still there."""
    patterns = (
        "artifacts/incoming/*", "data/policy/checkpoints/.writing-*", "data/policy/checkpoints/.broken-*",
        "data/postgres/making", "**/*.tmp", "**/*.part",
    )  # fmt: skip
    return sorted({str(path.relative_to(home)) for pattern in patterns for path in home.glob(pattern)})


def check(home: Path, rows: evidence.Tables, regions: Regions) -> str:
    """Raise ValueError naming everything that was left; say what was looked for otherwise."""
    held = [f"lease of {row['run']} held by {row['holder']}" for row in rows.leases if row["holder"] is not None]
    tickets = [f"ticket of {run}" for run in rows.tickets]
    left = [*living(home), *held, *tickets, *files(home), *(f"/dev/shm/{name}" for name in regions.left())]
    if left:
        raise ValueError(f"left behind: {', '.join(left)}")
    return f"{len(rows.leases)} leases free; no process, ticket, temporary file or shared memory left"
