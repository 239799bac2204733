"""Triton's shared memory: a stub that was killed leaves its region, also when its server later ends in order."""

from __future__ import annotations

from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
# serve.py begins the names of its server's regions so, and the server's process id is in them.
_OURS = "sightline_"


def own_region(words: list[str]) -> str | None:
    """Return the region in this stub's command line; None when serve.py did not start its server."""
    return next((word for word in words if word.startswith(_OURS)), None)


def command_line() -> list[str]:
    return Path("/proc/self/cmdline").read_bytes().decode(errors="replace").split("\0")


def remove_those_of_dead_stubs(own: str | None, folder: Path = SHARED_MEMORY) -> list[str]:
    """Remove the other regions of this stub's server, which has one stub at a time; return their names."""
    if own is None:
        return []
    server = own.rpartition("_")[0] + "_"
    dead = sorted(path for path in folder.glob(f"{server}*") if path.name != own)
    for path in dead:
        path.unlink(missing_ok=True)
    return [path.name for path in dead]
