"""The model under the real Triton of the wheel: start, calls, a killed stub, a killed server, what they leave."""

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from pathlib import Path

import pytest
from test_adapters import both_in_turn, each_alone

from sightline_policy.service import PolicyService

from client import Client, grpc_call
from conftest import OPEN, ROOT, fit_payload, mixed_prompts, rollout_payload

WHEEL = Path(sysconfig.get_paths()["purelib"]) / "pytriton" / "tritonserver" / "bin" / "tritonserver"
pytestmark = pytest.mark.skipif(
    not WHEEL.exists(), reason="nvidia-pytriton is not installed; install requirements.lock to run Triton's tests"
)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def children(pid):
    """The living children of every thread of a process."""
    found = [int(p) for task in Path(f"/proc/{pid}/task").iterdir() for p in (task / "children").read_text().split()]
    return [child for child in found if not gone(child)]


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


class Triton:
    def __init__(self, folder, *options):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.grpc, self.http, metrics = free_ports(3)
        self.log = (folder / "log").open("ab")
        self.process = subprocess.Popen(
            [
                sys.executable, str(ROOT / "serve.py"), "--threads", "2", "--device", "cpu",
                "--state", str(folder / "state"), "--work", str(folder / "work"),
                "--grpc-port", str(self.grpc), "--http-port", str(self.http), "--metrics-port", str(metrics), *options,
            ],
            stdout=self.log, stderr=self.log,
        )  # fmt: skip
        wait_for(self.ready, 400.0)
        self.call = grpc_call(f"127.0.0.1:{self.grpc}")

    def post(self, path):
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}", data=b"{}", method="POST")
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status

    def ready(self):
        assert self.process.poll() is None, (self.folder / "log").read_text()[-3000:]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/v2/health/ready", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()


def regions(folder):
    status = (folder / "state").stat()
    return {path.name for path in Path("/dev/shm").glob(f"sightline_{status.st_dev:x}_{status.st_ino:x}_*")}


def test_kills_leave_nothing_that_matters(tmp_path):
    triton = Triton(tmp_path)
    try:
        client = Client(triton.call)
        incarnation = client.ask("ping")["incarnation"]
        lineage = client.ask("open", OPEN)["lineage"]
        first = client.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
        saved = client.job("checkpoint", parameters={"name": "run-1/0-1"})
        rollout = client.job("rollout", rollout_payload(mixed_prompts()), lineage=first["lineage"])

        key = client.submit("fit", fit_payload(mixed_prompts(), step=2), lineage=first["lineage"])
        waits = []
        while client.ask("poll", key=key)["state"] in ("QUEUED", "RUNNING"):
            started = time.perf_counter()
            client.ask("poll", key=key)
            waits.append(time.perf_counter() - started)
        if waits:
            print(
                f"poll in a step: median {sorted(waits)[len(waits) // 2] * 1e3:.1f} ms, most {max(waits) * 1e3:.1f} ms"
            )

        # A killed stub: Triton stays, the model is dead until it is loaded again.
        (stub,) = children(triton.process.pid)
        os.kill(stub, signal.SIGKILL)
        wait_for(lambda: gone(stub))
        wait_for(lambda: not regions(tmp_path))  # although its server lives, and may end without another stub
        with pytest.raises(Exception, match="not healthy"):
            client.ask("ping")
        triton.post("/v2/repository/models/policy/unload")
        triton.post("/v2/repository/models/policy/load")
        client = Client(triton.call, token=2)
        assert client.ask("ping")["incarnation"] != incarnation
        assert client.ask("open", OPEN)["lineage"] == lineage
        restored = client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
        assert restored == {"lineage": first["lineage"], "stateDigest": first["stateDigest"]}
        assert client.job("rollout", rollout_payload(mixed_prompts()), lineage=first["lineage"]) == rollout
        assert len(regions(tmp_path)) == 1

        # A killed server: its stub ends by itself, and its shared memory goes with it.
        (stub,) = children(triton.process.pid)
        triton.kill()
        wait_for(lambda: gone(stub), 10.0)
        wait_for(lambda: not regions(tmp_path))
        # What was left by a machine that killed all at once, the next start removes.
        status = (tmp_path / "state").stat()
        left = Path(f"/dev/shm/sightline_{status.st_dev:x}_{status.st_ino:x}_{triton.process.pid}_left")
        left.touch()
        triton = Triton(tmp_path)
        assert not left.exists()
        client = Client(triton.call, token=2)
        client.ask("open", OPEN)
        assert client.job("restore", parameters={"checkpoint": saved["checkpoint"]}) == restored
        events = [json.loads(line) for line in (tmp_path / "state" / "journal.jsonl").read_text().splitlines()]
        assert [event["sequence"] for event in events] == list(range(len(events)))

        triton.process.terminate()
        assert triton.process.wait(timeout=30) is not None
    finally:
        triton.kill()
        for name in regions(tmp_path):
            (Path("/dev/shm") / name).unlink(missing_ok=True)


def eight_bit_step(call):
    """The digest of a step by `adamw_8bit`, and the longest wait for a ping while its library is loaded."""
    client = Client(call, run="eight")
    body = {**OPEN, "optimizer": {**OPEN["optimizer"], "kind": "adamw_8bit"}}
    waits = []
    while "loading" in (opened := client.ask("open", body)):
        started = time.perf_counter()
        client.ask("ping")
        waits.append(time.perf_counter() - started)
    result = client.job("fit", fit_payload(mixed_prompts(), run="eight"), lineage=opened["lineage"])
    return result["stateDigest"], max(waits)


def test_arms_end_under_triton_where_each_ends_alone(tmp_path):
    """Arms on one base, and one of the optimizer whose library is loaded by the stub's background thread."""
    alone = each_alone(tmp_path)
    service = PolicyService(tmp_path / "eight", threads=2, device="cpu")
    expected, _ = eight_bit_step(service.handle)
    service.close()
    triton = Triton(tmp_path)
    try:
        assert both_in_turn(triton.call) == alone
        digest, longest = eight_bit_step(triton.call)
        print(f"longest wait for a ping while the library is loaded: {longest:.3f} s")
        assert digest == expected
    finally:
        triton.kill()
        for name in regions(tmp_path):
            (Path("/dev/shm") / name).unlink(missing_ok=True)


def test_two_servers_serve_two_arms_and_one_takes_over_from_the_other(tmp_path):
    shared = ("--checkpoints", str(tmp_path / "shared"))
    servers = []
    try:
        servers += [Triton(tmp_path / name, *shared) for name in ("one", "two")]
        arms = [Client(server.call, run=f"arm-{index}") for index, server in enumerate(servers)]
        environments = {arm.ask("describe")["environmentDigest"] for arm in arms}
        assert len(environments) == 1
        starts = [arm.ask("open", OPEN)["lineage"] for arm in arms]
        keys = [
            arm.submit("fit", fit_payload(mixed_prompts(), run=arm.run), lineage=start)
            for arm, start in zip(arms, starts, strict=True)
        ]
        first, _ = (arm.wait(key) for arm, key in zip(arms, keys, strict=True))
        saved = arms[0].job("checkpoint", parameters={"name": "arm-0/0-1"})
        second = arms[0].job("fit", fit_payload(mixed_prompts(), run="arm-0", step=2), lineage=first["lineage"])

        servers[0].kill()
        moved = Client(servers[1].call, run="arm-0", token=2)
        assert moved.ask("open", OPEN)["lineage"] == starts[0]
        moved.job("restore", parameters={"checkpoint": saved["checkpoint"]})
        again = moved.job("fit", fit_payload(mixed_prompts(), run="arm-0", step=2), lineage=first["lineage"])
        assert again == second
    finally:
        for server in servers:
            server.kill()
            for name in regions(server.folder):
                (Path("/dev/shm") / name).unlink(missing_ok=True)


def test_serve_says_what_is_missing(tmp_path):
    python = Path("/usr/bin/python3")
    if not python.exists():
        pytest.skip("there is no Python without the wheel at hand to see the message with")
    command = [str(python), str(ROOT / "serve.py"), "--state", str(tmp_path), "--work", str(tmp_path)]
    ports = ["--grpc-port", "1", "--http-port", "2", "--metrics-port", "3"]
    done = subprocess.run([*command, *ports], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "install requirements.lock" in done.stderr
