"""A stack from `deploy/sightline up`, a second worker process beside its own, and Temporal's command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import processes
from .processes import Process
from .stack import LAUNCHER, Home, environment

START_S, STOP_S, ASK_S = 300, 120, 60
COMPUTE_QUEUE = "sightline-compute"


class TwoWorkers(Home):
    """What a data set needs: no policy server, the supervised worker, and a second one when it is asked for."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._second: subprocess.Popen[bytes] | None = None

    def up(self) -> TwoWorkers:
        self.launcher("up", "--without", "triton", seconds=START_S)
        return self

    @property
    def supervised(self) -> Process | None:
        return processes.recorded(self.home).get("worker")

    @property
    def second(self) -> Process | None:
        return processes.process(self._second.pid) if self._second and self._second.poll() is None else None

    def start_second(self) -> Process:
        """Start the supervised worker's command once more; only the port of its HTTP endpoints is another."""
        model = self.supervised
        if model is None:
            raise RuntimeError("the supervised worker does not live")
        proc = Path(f"/proc/{model.pid}")
        command = [os.fsdecode(word) for word in (proc / "cmdline").read_bytes().split(b"\0")[:-1]]
        pairs = (os.fsdecode(pair).partition("=") for pair in (proc / "environ").read_bytes().split(b"\0") if pair)
        port = _free_port()
        own = {name: value for name, _, value in pairs} | {"SIGHTLINE_HTTP_PORT": str(port)}
        with (self.home / "logs" / "second-worker.log").open("ab") as log:
            self._second = subprocess.Popen(
                command, cwd=os.readlink(proc / "cwd"), env=own, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        processes.wait_for("the second worker is not ready", lambda: self._polls(port), START_S, pause=0.2)
        second = self.second
        assert second is not None
        return second

    def _polls(self, port: int) -> bool:
        if self.second is None:
            raise RuntimeError(f"the second worker ended; see {self.home / 'logs' / 'second-worker.log'}")
        health = f"http://127.0.0.1:{port}/health"
        with suppress(OSError, ValueError), urllib.request.urlopen(health, timeout=5) as answer:
            return COMPUTE_QUEUE in json.load(answer)["queues"]
        return False

    def temporal(self, *words: str) -> Any:
        """Ask the running server by Temporal's own command line, which lies beside this interpreter."""
        binary = Path(sys.executable).with_name("temporal")
        answer = subprocess.run(
            [str(binary), *words, "--address", f"127.0.0.1:{self.ports()['temporal']}", "--output", "json"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ASK_S, check=False,
        )  # fmt: skip
        if answer.returncode != 0:
            raise RuntimeError(f"temporal {words[0]} {words[1]}: {answer.stderr.strip() or answer.stdout.strip()}")
        return json.loads(answer.stdout)

    def everything(self) -> list[Process]:
        """All processes of the home and the second worker, with their descendants."""
        second = self.second
        return processes.with_descendants([*processes.recorded(self.home).values(), *([second] if second else [])])

    def down(self) -> None:
        """End the second worker and the stack in order; raise RuntimeError when anything lives on."""
        known = self.everything()
        if self.second is not None and self._second is not None:
            os.kill(self._second.pid, signal.SIGTERM)
            self._second.wait(timeout=STOP_S)
        self.launcher("down", seconds=STOP_S)
        if left := [one.pid for one in known if one.alive()]:
            raise RuntimeError(f"after `down` processes {left} live on")

    def clean_up(self) -> None:
        """End what lives, whatever happened; data stays."""
        second = self.second
        processes.kill_everything([second] if second else [], self.home)
        if self._second is not None:
            self._second.wait(timeout=30)


def plan(file: Path) -> dict[str, Any]:
    """Return `deploy/sightline plan FILE --json`: the resolved experiment and what it would do."""
    answer = subprocess.run(
        [str(LAUNCHER), "plan", str(file), "--json"], capture_output=True, text=True, env=environment(),
        timeout=START_S, check=False,
    )  # fmt: skip
    if answer.returncode != 0:
        said = [line for line in answer.stderr.splitlines() if not line.startswith("sightline: ")]  # the launcher's
        raise RuntimeError("\n".join(said) or answer.stderr.strip())
    return json.loads(answer.stdout)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def pid_of(identity: str) -> int:
    """Return the process id in a worker's Temporal identity, `<pid>@<host>`."""
    return int(identity.partition("@")[0])
