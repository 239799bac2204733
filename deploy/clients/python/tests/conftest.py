"""A service for the tests: one that runs (SIGHTLINE_REWARD_URL), or one of their own."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline_rewards import Client

ROOT = Path(__file__).parents[4]
SIGHTLINE = os.environ.get("SIGHTLINE", str(ROOT / "deploy/sightline"))
READING = ROOT / "activities/rewards/src/test/python/reading"


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    given = os.environ.get("SIGHTLINE_REWARD_URL")
    if given:
        yield given
        return
    command = [SIGHTLINE, "reward", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        printed = ""
        for line in service.stdout:
            printed += line
            if line.startswith("}"):
                break
        yield json.loads(printed)["url"]
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=20) in (0, 128 + signal.SIGTERM)


@pytest.fixture(scope="session")
def client(url: str) -> Client:
    return Client(url)


@pytest.fixture(scope="session")
def odd() -> list[dict]:
    """1,000 odd completions on items whose scenes are known."""
    printed = subprocess.run(
        [READING / "make_odd", "--scenes", "--seed", "2"], check=True, capture_output=True, text=True
    ).stdout
    return [json.loads(line) for line in printed.splitlines()]
