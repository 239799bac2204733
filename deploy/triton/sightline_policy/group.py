"""The policy model's side of several ranks: it starts them, passes calls on to rank 0 and starts all anew when one is
lost. Meanwhile every call is answered with the reason."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from multiprocessing.connection import Connection
from pathlib import Path

from . import envelope as wire
from .errors import ErrorType, PolicyError

LOG = logging.getLogger("sightline.policy")
# Files of a group: which rank torchrun saw end first, and what a rank that ended itself had to say.
LOST = "lost.json"
LAST_WORDS = "last-words-{rank}.json"
# The exit code of a rank that could not go on with the others.
GAVE_UP = 70
_READY_SECONDS = 600.0
_LONGEST_PAUSE = 10.0
_END_SECONDS = 20.0
_PACKAGES = str(Path(__file__).resolve().parent.parent)


class RankGroup:
    """Stands where a PolicyService stands. `handle` may be called by one thread at a time."""

    def __init__(self, state: Path, ranks: int, threads: int = 0, device: str = "auto") -> None:
        if ranks < 2:
            raise ValueError(f"SIGHTLINE_POLICY_RANKS is {ranks}; use 1 for one process, or 2 and more")
        self._count = ranks
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [_PACKAGES, os.environ.get("PYTHONPATH")])),
            "SIGHTLINE_POLICY_STATE": str(state),
            "SIGHTLINE_POLICY_THREADS": str(threads),
            "SIGHTLINE_POLICY_DEVICE": device,
        }
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._incarnation = uuid.uuid4().hex
        self._lost = PolicyError(ErrorType.POLICY_RANK_LOST, "the ranks are being started; ask again")
        self._closing = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        started = threading.Event()
        self._failed: str | None = None
        self._thread = threading.Thread(target=self._watch, args=(started,), name="rank-watch", daemon=True)
        self._thread.start()
        started.wait(_READY_SECONDS)
        if self._connection is None:
            self.close()
            raise RuntimeError(f"{ranks} ranks did not start: {self._failed or 'they were not ready in time'}")

    def handle(self, request: bytes, chunk: bytes = b"") -> tuple[bytes, bytes]:
        """Pass a call on to rank 0; a call that did not come through is answered with why."""
        with self._lock:
            if self._connection is not None:
                try:
                    self._connection.send_bytes(request)
                    self._connection.send_bytes(chunk)
                    return self._connection.recv_bytes(), self._connection.recv_bytes()
                except (EOFError, OSError):
                    self._drop()
            return wire.failure(self._incarnation, self._lost), b""

    def close(self) -> None:
        """End the ranks; nothing of them is left."""
        self._closing.set()
        with self._lock:
            self._drop()
        self._thread.join(_END_SECONDS + 10.0)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._lost = PolicyError(ErrorType.POLICY_RANK_LOST, "a rank was lost; all are being started anew")

    def _watch(self, started: threading.Event) -> None:
        """Start the ranks again and again until closed. The first start must come through."""
        pause = 0.2
        while not self._closing.is_set():
            folder = Path(tempfile.mkdtemp(prefix="sightline-ranks-"))
            began = time.monotonic()
            try:
                self._serve_once(folder, started)
            except Exception as error:
                LOG.exception("the ranks could not be started")
                self._failed = f"{type(error).__name__}: {error}"
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            if not started.is_set():
                started.set()
                return
            pause = 0.2 if time.monotonic() - began > 60.0 else min(2 * pause, _LONGEST_PAUSE)
            self._closing.wait(pause)

    def _serve_once(self, folder: Path, started: threading.Event) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "socket"))
            listener.listen(1)
            process = subprocess.Popen(
                [sys.executable, "-m", "sightline_policy.launch", str(os.getpid()), str(self._count), str(folder)],
                env={**self._environment, "SIGHTLINE_POLICY_GROUP": str(folder)}, start_new_session=True,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            handle = os.pidfd_open(process.pid)
            try:
                connection = self._accept(listener, handle)
                if connection is not None:
                    with self._lock:
                        self._connection = connection
                    started.set()
                while not self._closing.is_set():
                    if select.select([handle], [], [], 0.5)[0]:
                        break
                if self._closing.is_set():
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(_END_SECONDS)
            finally:
                os.close(handle)
                _end(process)
                if not self._closing.is_set():
                    self._note(folder)

    def _accept(self, listener: socket.socket, launcher: int) -> Connection | None:
        """Wait for rank 0; None when the ranks ended before."""
        while not self._closing.is_set():
            ready, _, _ = select.select([listener, launcher], [], [], 0.5)
            if listener in ready:
                connection = Connection(listener.accept()[0].detach())
                connection.recv_bytes()
                return connection
            if ready:
                return None
        return None

    def _note(self, folder: Path) -> None:
        """Keep why the ranks ended: what the first one said, or how it was ended."""
        try:
            lost = json.loads((folder / LOST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            lost = {"rank": None, "exitCode": None}
        words = {}
        for rank in range(self._count):
            with contextlib.suppress(OSError, ValueError):
                words[rank] = json.loads((folder / LAST_WORDS.format(rank=rank)).read_text(encoding="utf-8"))
        memory = [rank for rank, said in words.items() if said["type"] == ErrorType.OUT_OF_MEMORY]
        first = memory[0] if memory else lost["rank"]
        kind = ErrorType.OUT_OF_MEMORY if memory else ErrorType.POLICY_RANK_LOST
        code = lost["exitCode"]
        how = words.get(first, {}).get("message") or (
            f"ended by signal {signal.Signals(-code).name}"
            if isinstance(code, int) and code < 0
            else f"exit code {code}"
        )
        message = f"rank {first} of {self._count} was lost ({how}); all are started anew, bring the run back then"
        self._failed = message
        LOG.error("%s", message)
        with self._lock:
            self._drop()
            self._lost = PolicyError(kind, message, rank=first)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the launcher and its ranks; the ranks watch the launcher, and its session is killed as well."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
