"""An experiment over a pool of two policy servers must end as over one.

First the experiment runs on one server. Then two servers are started by `deploy/triton/serve.py`, with a state folder
each and one shared folder of checkpoints, and a stack without a server of its own runs the experiment over them. Then
`results` are byte for byte those of one server; each server trained an arm or more; each run's steps stand in one
server's journal, and there they equal the ledger's. A third member of the pool, with the most room of all, is away all
the time: the worker must count it as away and give no run to it.
"""

from __future__ import annotations

import argparse
import dataclasses
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from . import evidence, options
from .interrupt import run_to_end
from .processes import wait_for
from .stack import ROOT, Quickstart, environment
from client import Client, grpc_call

NAMES = ("one", "two")
AWAY = "away"
START_S, STOP_S = 300, 60


class Server:
    """A policy server of a pool, which no supervisor keeps. What it holds lies in `folder` as a stack's would."""

    def __init__(self, folder: Path, shared: Path, threads: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        grpc, http, metrics = _free_ports(3)
        self.address = f"127.0.0.1:{grpc}"
        with (folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(ROOT / "deploy" / "triton" / "serve.py"), "--threads", str(threads),
                 "--state", str(folder / "data" / "policy"), "--work", str(folder / "work"),
                 "--checkpoints", str(shared), "--grpc-port", str(grpc), "--http-port", str(http),
                 "--metrics-port", str(metrics)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                env={**environment(), "OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": str(threads)},
            )  # fmt: skip

    def ready(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(f"the policy server ended; see {self.folder / 'server.log'}")
        try:
            return bool(Client(grpc_call(self.address)).ask("ping"))
        except Exception:  # tritonclient has no narrower one for a port that nobody listens on yet
            return False

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def main() -> None:
    parser = options.parser("servers", __doc__, "chaos.yaml", limit=1800)
    parser.add_argument("--threads", type=int, default=1, help="torch's threads of each server (default: %(default)s)")
    given = parser.parse_args()
    homes = options.homes(given)
    try:
        told = over_one(given.reference or homes / "undisturbed", given.reference is None, given)
        print(f"ok   one server  {told}", flush=True)
        told = over_two(homes / "pool", given.reference or homes / "undisturbed", given)
    except Exception as error:
        print(f"FAIL {error}\nhomes left in {homes}")
        sys.exit(1)
    print(f"ok   two servers {told}")
    if not given.keep:
        options.remove(homes, ["undisturbed", "pool"])


def over_one(home: Path, fresh: bool, given: argparse.Namespace) -> str:
    """Run the experiment on a stack as it is, or look at such a run."""
    began = time.monotonic()
    stack = Quickstart(home, given.file, options=["--threads", str(given.threads)])
    try:
        if fresh:
            run_to_end(stack.fresh().start(), given.limit)
    finally:
        stack.clean_up()
    compared = evidence.compare_journal(home, evidence.tables(home))
    return f"{time.monotonic() - began:4.0f} s  results {evidence.digest(evidence.results(home))[:12]}  {compared}"


def over_two(home: Path, reference: Path, given: argparse.Namespace) -> str:
    """Run it over a pool; raise ValueError where anything differs."""
    began = time.monotonic()
    with ExitStack() as ending:
        stack = Quickstart(home, given.file).fresh()
        servers: dict[str, Server] = {}
        for name in NAMES:
            servers[name] = Server(home / "pool" / name, home / "pool" / "checkpoints", given.threads)
            ending.callback(servers[name].end)
        for name, server in servers.items():
            wait_for(f"the policy server {name} is not ready", server.ready, START_S, pause=0.5)
        pool = ",".join(f"{name}={server.address}" for name, server in servers.items())
        pool += f",{AWAY}=127.0.0.1:{_free_ports(1)[0]}*4"
        stack = Quickstart(
            home, given.file, {"SIGHTLINE_POLICY_SERVERS": pool},
            ["--without", "triton", "--threads", str(given.threads)],
        )  # fmt: skip
        ending.callback(stack.clean_up)
        stack.start()
        wait_for(f"the worker takes {AWAY} for a server", lambda: counted_as_away(stack), given.limit, pause=0.5)
        run_to_end(stack, given.limit)
    seconds = time.monotonic() - began
    told = spread(evidence.tables(home), {name: server.folder for name, server in servers.items()})
    found, expected = evidence.results(home), evidence.results(reference)
    if found != expected:
        message = f"results {evidence.digest(found)[:12]} differ from one server's {evidence.digest(expected)[:12]}"
        raise ValueError(f"{message}; {told}")
    return f"{seconds:4.0f} s  results {evidence.digest(found)[:12]}  {told}"


def counted_as_away(stack: Quickstart) -> bool:
    """Whether the worker sends nothing but pings to the third server; raise ValueError when it does so to another."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{stack.ports()['worker-http']}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
    except (KeyError, OSError):
        return False
    told = dict(line.rsplit(" ", 1) for line in lines if line.startswith("sightline_policy_circuit_open{"))
    away = [name for name in (*NAMES, AWAY) if float(told.get(f'sightline_policy_circuit_open{{server="{name}"}}', 0))]
    if any(name in away for name in NAMES):
        raise ValueError(f"servers that answer count as away: {away}")
    return AWAY in away


def spread(rows: evidence.Tables, folders: dict[str, Path]) -> str:
    """Tell which runs each server trained; raise ValueError where one trained no arm, or two the same run."""
    places: dict[str, str] = {}
    told = []
    for name, folder in folders.items():
        mine = sorted({event["run"] for event in evidence.journal_events(folder) if event["event"] == "step"})
        if twice := [run for run in mine if run in places]:
            raise ValueError(f"{', '.join(twice)} took steps on both servers")
        places.update(dict.fromkeys(mine, name))
        arms = ["/".join(run.split("/")[1:]) for run in mine]
        if all(arm.startswith("warm-start/") for arm in arms):
            raise ValueError(f"server {name} trained no arm, only {arms}")
        steps = [row for row in rows.steps if row["run"] in mine]
        told.append(
            f"{name} ({', '.join(arms)}): {evidence.compare_journal(folder, dataclasses.replace(rows, steps=steps))}"
        )
    if missing := sorted({row["run"] for row in rows.steps} - places.keys()):
        raise ValueError(f"no server's journal has {', '.join(missing)}")
    return "; ".join(told)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


if __name__ == "__main__":
    main()
