"""Two processes with the same inputs and threads must have the same tokens and the same weights, bit by bit."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys, tempfile, json
from pathlib import Path
sys.path[:0] = [{root!r}, {root!r} + "/tests", {root!r} + "/tools"]
from conftest import OPEN, fit_payload, mixed_prompts, rollout_payload, train_payload
from client import Client
from sightline_policy.service import PolicyService
service = PolicyService(Path(tempfile.mkdtemp()), threads=2, device="cpu", deterministic={deterministic})
client = Client(service.handle)
lineage = client.ask("open", OPEN)["lineage"]
prompts = mixed_prompts()
seen = []
for step in range(4):
    if step < 2:
        result = client.job("fit", fit_payload(prompts, step=step), lineage=lineage)
    else:
        rollout = client.job("rollout", rollout_payload(prompts, 8, most=16, seed=step), lineage=lineage)
        seen.append(rollout["completions"])
        result = client.job("train", train_payload(prompts, rollout["completions"], step=step), lineage=lineage)
    lineage = result["lineage"]
    seen.append(result)
print(json.dumps(seen))
service.close()
"""


def bare(row):
    """A result without the lineage, which names the choice of kernels."""
    return {k: v for k, v in row.items() if not k.startswith("lineage")} if isinstance(row, dict) else row


def test_two_processes_agree_bit_by_bit():
    """The second is told to use deterministic kernels only: every operation has one, and on CPU it is the same."""
    root = str(Path(__file__).resolve().parent.parent)
    scripts = [SCRIPT.format(root=root, deterministic=deterministic) for deterministic in (False, True)]
    processes = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for script in scripts
    ]
    outputs = [process.communicate(timeout=400) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    first, second = (json.loads(out) for out, _ in outputs)
    assert [bare(row) for row in first] == [bare(row) for row in second]
    assert len({row["stateDigest"] for row in first if isinstance(row, dict)}) == 4
