"""Processes of one home: found by recorded pid and start time, never by name."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

PARTS = ("postgres", "temporal", "triton", "worker")


@dataclass(frozen=True)
class Process:
    """A process that a recycled pid cannot be mistaken for."""

    pid: int
    start_ticks: int

    def alive(self) -> bool:
        stat = _stat(self.pid)
        return stat is not None and stat.start_ticks == self.start_ticks and not stat.dead

    def age_s(self) -> float:
        """Seconds since its start."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) - self.start_ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class _Stat:
    parent: int
    session: int
    start_ticks: int
    dead: bool


def _stat(pid: int) -> _Stat | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text[text.rfind(")") + 2 :].split()  # the name may hold blanks and brackets
    return _Stat(int(fields[1]), int(fields[3]), int(fields[19]), fields[0] in "ZX")


def process(pid: int) -> Process | None:
    stat = _stat(pid)
    return None if stat is None or stat.dead else Process(pid, stat.start_ticks)


def recorded(home: Path) -> dict[str, Process]:
    """Return the living processes that the stack's own run files name, by part; the supervisor too."""
    found = {}
    for name in (*PARTS, "supervisor"):
        try:
            record = json.loads((home / "run" / f"{name}.json").read_bytes())["process"]
        except (OSError, ValueError, KeyError):
            continue
        one = Process(int(record["pid"]), int(record["startTicks"]))
        if one.alive():
            found[name] = one
    return found


def with_descendants(roots: Iterable[Process]) -> list[Process]:
    """Return the roots, all their descendants and everyone in their sessions; roots first."""
    table = {int(entry): stat for entry in os.listdir("/proc") if entry.isdigit() and (stat := _stat(int(entry)))}
    order = [root for root in roots if root.pid in table]
    seen = {root.pid for root in order}
    sessions = {root.pid for root in order if table[root.pid].session == root.pid}
    grown = True
    while grown:
        grown = False
        for pid, stat in table.items():
            if pid not in seen and not stat.dead and (stat.parent in seen or stat.session in sessions):
                seen.add(pid)
                order.append(Process(pid, stat.start_ticks))
                grown = True
    return order


def stub(home: Path) -> Process | None:
    """Return Triton's Python stub, the process that holds the weights."""
    triton = recorded(home).get("triton")
    for one in with_descendants([triton]) if triton else []:
        with contextlib.suppress(OSError):
            if b"triton_python_backend_stub" in Path(f"/proc/{one.pid}/cmdline").read_bytes().split(b"\0")[0]:
                return one
    return None


def kill(targets: Iterable[Process]) -> list[Process]:
    """Send SIGKILL; return those that were there to be killed."""
    killed = []
    for target in targets:
        if target.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(target.pid, signal.SIGKILL)
                killed.append(target)
    return killed


def kill_everything(first: Iterable[Process], home: Path) -> int:
    """Kill the given processes at once, then what they started meanwhile, until nothing of the home lives."""
    roots = list(first)
    count = len(kill(roots))
    deadline = time.monotonic() + 30
    while left := [one for one in with_descendants([*recorded(home).values(), *roots]) if one.alive()]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"processes {[one.pid for one in left]} of {home} do not end after SIGKILL")
        count += len(kill(left))
        roots = list({*roots, *left})
        time.sleep(0.02)
    return count


def wait_for(what: str, condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> None:
    """Wait until the condition holds; raise TimeoutError saying what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)
