"""Exported checkpoints under transformers and PEFT, and an adapter that PEFT wrote under the server."""

import json
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from test_adapters import OPEN_LORA

from sightline_policy.payloads import read_rollout

from client import Client
from conftest import OPEN, fit_payload, mixed_prompts, rollout_payload

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent.parent / "trainers" / "environment"
MOST = 12


@pytest.fixture(scope="module")
def python():
    found = subprocess.run([ENVIRONMENT, "--find"], capture_output=True, text=True)
    if found.returncode:
        pytest.skip(f"PEFT's environment is not made; run {ENVIRONMENT} for it")
    return found.stdout.strip()


def greedy(client, lineage):
    payload = {**rollout_payload(mixed_prompts(), samples=1, temperature=0.0, most=MOST), "stop": []}
    return [row["tokens"] for row in client.job("rollout", payload, lineage=lineage)["completions"]]


def fitted(client, body):
    lineage = client.ask("open", body)["lineage"]
    for step in range(1, 6):
        payload = fit_payload(mixed_prompts(), run=client.run, step=step, learningRate=1e-2)
        lineage = client.job("fit", payload, lineage=lineage)["lineage"]
    return lineage


def test_what_is_exported_says_the_same_elsewhere_and_what_peft_writes_says_the_same_here(
    python, service, tmp_path, model
):
    arm, whole, back = (Client(service.handle, run=name) for name in ("arm", "whole", "back"))
    ours = {"adapter": greedy(arm, fitted(arm, OPEN_LORA)), "whole": greedy(whole, fitted(whole, OPEN))}
    folders = {name: str(tmp_path / name) for name in ("adapter", "merged", "whole", "theirs")}
    arm.job("export", parameters={"directory": folders["adapter"], "layout": "adapter"})
    arm.job("export", parameters={"directory": folders["merged"], "layout": "merged"})
    whole.job("export", parameters={"directory": folders["whole"]})
    base = f"{folders['adapter']}/base"
    cases = [
        {"name": "base", "base": base, "adapter": None, "make": False},
        {"name": "adapter", "base": base, "adapter": folders["adapter"], "make": False},
        {"name": "merged", "base": folders["merged"], "adapter": None, "make": False},
        {"name": "whole", "base": folders["whole"], "adapter": None, "make": False},
        {"name": "theirs", "base": base, "adapter": folders["theirs"], "make": True},
    ]
    tensors = {}
    for number, prompt in enumerate(read_rollout(json.dumps(rollout_payload(mixed_prompts())).encode()).prompts):
        shown = model.encoder.encode(prompt)
        tensors[f"{number}/ids"] = shown.ids
        if shown.patches is not None:
            tensors |= {f"{number}/patches": shown.patches, f"{number}/grid": torch.tensor(shown.grid)}
    request = {
        "cases": cases, "prompts": len(mixed_prompts()), "most": MOST, "forbidden": list(model.tokenizer.never_sampled),
    }  # fmt: skip
    save_file(tensors, tmp_path / "in.safetensors", metadata={"request": json.dumps(request)})
    command = [python, HERE / "peft_greedy.py", tmp_path / "in.safetensors", tmp_path / "out.safetensors"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    out = load_file(tmp_path / "out.safetensors")
    count = len(mixed_prompts())
    theirs = {case["name"]: [out[f"{case['name']}/{n}"].tolist() for n in range(count)] for case in cases}

    ours["merged"] = ours["adapter"]
    ours["base"] = greedy(arm, arm.job("reset")["lineage"])
    trained = {**OPEN_LORA["trained"], "rank": 2, "alpha": 6, "targets": ["q_proj", "o_proj", "up_proj"]}
    opened = back.ask("open", {**OPEN_LORA, "trained": trained, "base": {"adapter": folders["theirs"]}})
    ours["theirs"] = greedy(back, opened["lineage"])
    assert theirs == ours
    assert all(ours[name] != ours["base"] for name in ("adapter", "whole", "theirs"))
