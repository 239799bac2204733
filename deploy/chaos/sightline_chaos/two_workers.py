"""A stack from `deploy/sightline up`, a second worker process beside its own, and Temporal's command line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from . import processes
from .processes import Process
from .second_worker import START_S, STOP_S, SecondWorker
from .stack import LAUNCHER, Home, environment


class TwoWorkers(Home):
    """What a data set needs: no policy server, the supervised worker, and a second one when it is asked for."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._second = SecondWorker(self)

    def up(self) -> TwoWorkers:
        self.launcher("up", "--without", "triton", seconds=START_S)
        return self

    @property
    def supervised(self) -> Process | None:
        return processes.recorded(self.home).get("worker")

    @property
    def second(self) -> Process | None:
        return self._second.process

    def start_second(self) -> Process:
        return self._second.start()

    def everything(self) -> list[Process]:
        """All processes of the home and the second worker, with their descendants."""
        second = self.second
        return processes.with_descendants([*processes.recorded(self.home).values(), *([second] if second else [])])

    def down(self) -> None:
        """End the second worker and the stack in order; raise RuntimeError when anything lives on."""
        known = self.everything()
        self._second.stop()
        self.launcher("down", seconds=STOP_S)
        if left := [one.pid for one in known if one.alive()]:
            raise RuntimeError(f"after `down` processes {left} live on")

    def clean_up(self) -> None:
        """End what lives, whatever happened; data stays."""
        self._second.kill()
        processes.kill_everything([], self.home)


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


def pid_of(identity: str) -> int:
    """Return the process id in a worker's Temporal identity, `<pid>@<host>`."""
    return int(identity.partition("@")[0])
