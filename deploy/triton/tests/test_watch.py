"""A process that watches its parent ends with it, whatever it is at."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT

# PyDLL keeps the interpreter's lock in the call, as the stub does while it waits for a Triton that was just killed.
CHILD = """
import ctypes, os, pathlib, sys, time
from sightline_policy.watch import die_with
die_with(int(sys.argv[1]), pathlib.Path(sys.argv[3]))
print(os.getpid(), flush=True)
ctypes.PyDLL(None).pause() if sys.argv[2] == "stuck" else time.sleep(600)
"""
PARENT = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid()), *sys.argv[2:]]).wait()
"""


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def watchers(pid):
    found = Path("/proc").glob("[0-9]*/cmdline")
    mark = f"\0{pid}\0".encode()
    return [path for path in found if b"watch.py" in (data := read(path)) and mark in data]


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("state", ["at rest", "stuck"])
@pytest.mark.parametrize("killed", ["parent", "child", "session"])
def test_nothing_is_left_whoever_is_killed(state, killed, tmp_path):
    region = tmp_path / "region"
    region.touch()
    command = [sys.executable, "-c", PARENT, CHILD, state, str(region)]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own, start_new_session=True)
    child = int(parent.stdout.readline())
    try:
        assert alive(child)
        assert region.exists()
        if killed == "session":  # as a supervisor does that ends all that its server has left
            os.killpg(parent.pid, signal.SIGKILL)
        else:
            os.kill(parent.pid if killed == "parent" else child, signal.SIGKILL)
        parent.wait()
        deadline = time.monotonic() + 30
        while alive(child) or watchers(child):
            assert time.monotonic() < deadline, f"the child {'lives' if alive(child) else 'has a watcher'} still"
            time.sleep(0.02)
        assert not region.exists()
    finally:
        parent.kill()
        if alive(child):
            os.kill(child, signal.SIGKILL)
