"""One home with its command or its stack, and the places where the state of its work can be read while it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from . import processes
from .processes import Process
from client import Client, grpc_call

ROOT = Path(__file__).resolve().parents[3]
LAUNCHER = ROOT / "deploy" / "sightline"
SNAPSHOT_EVERY_S = 0.25
RECONNECT_EVERY_S = 0.2
ASK_S = 60


def environment() -> dict[str, str]:
    """Ours, without what would lead the launcher to another home or its Python to our modules."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SIGHTLINE_HOME")}


class Home:
    """The folder of all state of one stack, and what its run files tell."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.sightline = LAUNCHER

    def fresh(self) -> Self:
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        return self

    def launcher(self, *words: str, seconds: float) -> None:
        """Run a command of `deploy/sightline` on this home; raise RuntimeError when it fails."""
        with (self.home / "command.log").open("ab") as log:
            status = subprocess.run(
                [str(self.sightline), "--home", str(self.home), *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment(), timeout=seconds,
                check=False,
            ).returncode  # fmt: skip
        if status != 0:
            raise RuntimeError(f"`{words[0]}` ended with {status}:\n{self.said()}")

    def temporal(self, *words: str) -> Any:
        """Ask the running server by Temporal's own command line, which lies beside this interpreter."""
        answer = subprocess.run(
            [str(Path(sys.executable).with_name("temporal")), *words,
             "--address", f"127.0.0.1:{self.ports()['temporal']}", "--output", "json"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ASK_S, check=False,
        )  # fmt: skip
        if answer.returncode != 0:
            raise RuntimeError(f"temporal {words[0]} {words[1]}: {answer.stderr.strip() or answer.stdout.strip()}")
        return json.loads(answer.stdout)

    def said(self, lines: int = 12) -> str:
        text = (self.home / "command.log").read_text(errors="replace")
        return "\n".join("    | " + line for line in text.splitlines()[-lines:])

    def living(self) -> list[str]:
        """Parts of the home that live, by name."""
        return sorted(processes.recorded(self.home))

    def ports(self) -> dict[str, int]:
        try:
            return json.loads((self.home / "run" / "ports.json").read_bytes())["byName"]
        except (OSError, ValueError, KeyError):
            return {}


class Quickstart(Home):
    """`deploy/sightline quickstart --file … --exit` in a home of its own, as a background process."""

    def __init__(
        self, home: Path, file: Path, extra: Mapping[str, str] | None = None, options: Sequence[str] = ()
    ) -> None:
        super().__init__(home)
        self.file = file
        self._extra = dict(extra or {})
        self._options = options
        self._command: subprocess.Popen[bytes] | None = None
        self._policy: Client | None = None
        self._tree: list[Process] = []
        self._unfollow = threading.Event()

    def start(self) -> Quickstart:
        self._unfollow.set()
        self._policy, self._tree, self._unfollow = None, [], threading.Event()
        with (self.home / "command.log").open("ab") as log:
            self._command = subprocess.Popen(
                [str(LAUNCHER), "--home", str(self.home), "quickstart", "--file", str(self.file), "--exit",
                 *self._options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment() | self._extra,
                start_new_session=True,
            )  # fmt: skip
        threading.Thread(target=self._follow, args=(self._unfollow,), daemon=True).start()
        return self

    @property
    def ended(self) -> int | None:
        """The command's exit status, None while it runs."""
        return None if self._command is None else self._command.poll()

    def finish(self, seconds: float) -> int:
        assert self._command is not None
        return self._command.wait(timeout=seconds)

    def command(self) -> Process | None:
        return processes.process(self._command.pid) if self._command and self._command.poll() is None else None

    def _follow(self, end: threading.Event) -> None:
        """Look up all the time whom a kill has to reach, so that the kill itself has nothing to look up."""
        while not end.wait(SNAPSHOT_EVERY_S):
            found = processes.recorded(self.home)
            starters = [one for one in (self.command(), found.get("supervisor")) if one]
            # Who could start parts again goes first, then the process with the work, then the rest.
            heart = [one for one in (processes.stub(self.home),) if one]
            self._tree = [*starters, *heart, *processes.with_descendants([*starters, *found.values()])]

    def kill(self) -> int:
        """SIGKILL everything of this home; return how many processes that were."""
        count = processes.kill_everything(self._tree, self.home)
        self._unfollow.set()
        if self._command is not None:
            self._command.wait(timeout=30)
        return count

    def clean_up(self) -> None:
        """End what lives, whatever happened; data stays."""
        self._unfollow.set()
        command = self.command()
        processes.kill_everything([command] if command else [], self.home)
        if self._command is not None:
            self._command.wait(timeout=30)

    def running_job(self) -> dict[str, Any] | None:
        """What the policy server says that it is doing now; None also while it cannot be asked."""
        answer = self._ask("ping")
        return None if answer is None else answer["running"]

    def jobs_begun(self) -> tuple[str, int] | None:
        """The policy's incarnation and how many jobs it has begun; None while it cannot be asked."""
        ended, now = self._ask("statistics"), self._ask("ping")
        if ended is None or now is None:
            return None
        return now["incarnation"], sum(ended["jobs"].values()) + (now["running"] is not None)

    def jobs(self) -> list[dict[str, Any]]:
        """The policy's jobs that it still remembers; none while it cannot be asked."""
        answer = self._ask("list")
        return [] if answer is None else answer["jobs"]

    def _ask(self, operation: str) -> dict[str, Any] | None:
        try:
            if self._policy is None:
                if "triton" not in processes.recorded(self.home):
                    return None
                self._policy = Client(grpc_call(f"127.0.0.1:{self.ports()['triton-grpc']}"))
            return self._policy.ask(operation)
        except KeyError:  # no port yet
            return None
        except Exception as error:  # the client library's own kind; anything else is ours to see
            if type(error).__name__ != "InferenceServerException":
                raise
            # A new connection, for the old one would wait longer and longer before it tries again.
            self._policy = None
            time.sleep(RECONNECT_EVERY_S)
            return None

    def open_workflows(self, kind: str) -> list[str]:
        """Ids of the running workflows of a type, by Temporal's HTTP API."""
        port = self.ports().get("temporal-http")
        if port is None or "temporal" not in processes.recorded(self.home):
            return []
        query = urllib.parse.quote(f"WorkflowType='{kind}' AND ExecutionStatus='Running'")
        url = f"http://127.0.0.1:{port}/api/v1/namespaces/default/workflows?query={query}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return [one["execution"]["workflowId"] for one in json.load(answer).get("executions", [])]
        except OSError:
            return []

    def half_checkpoints(self) -> list[str]:
        """Checkpoints under their temporary names: being written, or cut off while they were."""
        try:
            names = os.listdir(self.home / "data" / "policy" / "checkpoints")
        except OSError:
            return []
        return [name for name in names if name.startswith(".writing-")]
