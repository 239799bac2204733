"""A second process of a home's supervised worker, which nobody starts again when it dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.request
from contextlib import suppress
from pathlib import Path

from . import processes
from .processes import Process
from .stack import Home

START_S, STOP_S = 300, 120
COMPUTE_QUEUE = "sightline-compute"


class SecondWorker:
    """Not there until it is started; may be killed and started again."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._command: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> Process | None:
        return processes.process(self._command.pid) if self._command and self._command.poll() is None else None

    def start(self) -> Process:
        """Start the supervised worker's command once more; only the port of its HTTP endpoints is another."""
        model = processes.recorded(self._home.home).get("worker")
        if model is None:
            raise RuntimeError("the supervised worker does not live")
        proc = Path(f"/proc/{model.pid}")
        command = [os.fsdecode(word) for word in (proc / "cmdline").read_bytes().split(b"\0")[:-1]]
        pairs = (os.fsdecode(pair).partition("=") for pair in (proc / "environ").read_bytes().split(b"\0") if pair)
        port = _free_port()
        own = {name: value for name, _, value in pairs} | {"SIGHTLINE_HTTP_PORT": str(port)}
        with (self._home.home / "logs" / "second-worker.log").open("ab") as log:
            self._command = subprocess.Popen(
                command, cwd=os.readlink(proc / "cwd"), env=own, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        processes.wait_for("the second worker is not ready", lambda: self._polls(port), START_S, pause=0.2)
        second = self.process
        assert second is not None
        return second

    def _polls(self, port: int) -> bool:
        if self.process is None:
            raise RuntimeError(f"the second worker ended; see {self._home.home / 'logs' / 'second-worker.log'}")
        health = f"http://127.0.0.1:{port}/health"
        with suppress(OSError, ValueError), urllib.request.urlopen(health, timeout=5) as answer:
            return COMPUTE_QUEUE in json.load(answer)["queues"]
        return False

    def stop(self) -> None:
        """Ask it to end, and wait for that; does nothing where none lives."""
        if self.process is not None and self._command is not None:
            os.kill(self._command.pid, signal.SIGTERM)
            self._command.wait(timeout=STOP_S)

    def kill(self) -> None:
        one = self.process
        processes.kill([one] if one else [])
        if self._command is not None:
            self._command.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
