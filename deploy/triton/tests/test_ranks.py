"""Two gloo ranks against one process, and a rank that is killed in a step."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from test_adapters import OPEN_LORA

from sightline_policy.group import RankGroup
from sightline_policy.service import PolicyService

from client import Client, Refused
from conftest import OPEN, fit_payload, mixed_prompts, rollout_payload, train_payload
from tiny_folder import write

STEPS = 10


def descendants(pid):
    """Living processes below one, launcher first, by (pid, rank or None)."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            for child in map(int, (task / "children").read_text().split()):
                environment = dict(
                    part.split("=", 1) for part in Path(f"/proc/{child}/environ").read_text().split("\0") if "=" in part
                )
                found += [(child, environment.get("RANK")), *descendants(child)]
    return found


def rank_processes():
    return {rank: pid for pid, rank in descendants(os.getpid()) if rank is not None}


@pytest.fixture(scope="module")
def group(tmp_path_factory):
    group = RankGroup(tmp_path_factory.mktemp("ranks") / "state", ranks=2, threads=2, device="cpu")
    group.folder = tmp_path_factory.getbasetemp()
    yield group
    group.close()
    assert rank_processes() == {}


def weights(state, saved):
    return load_file(state / "checkpoints" / saved["checkpoint"] / "model.safetensors")


def train(client, run, first=1, last=STEPS, lineage=None, body=OPEN):
    """Steps of all kinds on one fixed rollout; returns the last result and all metrics."""
    prompts = mixed_prompts()
    if lineage is None:
        lineage = client.ask("open", body)["lineage"]
    client.rows = (
        getattr(client, "rows", None)
        or client.job("rollout", rollout_payload(prompts, 4, most=8), lineage=lineage)["completions"]
    )
    results = []
    for step in range(first, last + 1):
        if step == 3:
            payload = fit_payload(prompts, run=run, step=step, microBatches=[[0, 1], [2, 3, 4], [5]])
            result = client.job("fit", payload, lineage=lineage)
        else:
            # A micro-batch of one row, one of text alone, and the rest: what ranks could fall out of step over.
            by_text = [i for i, row in enumerate(client.rows) if row["prompt"] == "b"]
            rest = [i for i in range(1, len(client.rows)) if i not in by_text]
            changes = {"microBatches": [[0], by_text, rest]}
            if step == 5:
                changes = {"zeroAdvantage": "skip"}
            payload = train_payload(prompts, client.rows, run=run, step=step, **changes)
            if step == 5:
                for row in payload["completions"]:
                    row["advantage"] = 0.0
            result = client.job("train", payload, lineage=lineage)
        results.append(result)
        lineage = result["lineage"]
    return results


def test_two_ranks_are_one_process_and_share_its_checkpoints(group, tmp_path):
    alone = PolicyService(tmp_path / "state", threads=2, device="cpu")
    one, two = Client(alone.handle), Client(group.handle)
    expected = train(one, "run-1")
    lineage = two.ask("open", OPEN)["lineage"]
    rows = two.job("rollout", rollout_payload(mixed_prompts(), 4, most=8), lineage=lineage)["completions"]
    assert [row["tokens"] for row in rows] == [row["tokens"] for row in one.rows], "the split must not show"
    two.rows = one.rows
    seen = train(two, "run-1", lineage=lineage)
    for left, right in zip(expected, seen, strict=True):
        assert right["metrics"] == pytest.approx(left["metrics"], rel=1e-4, abs=1e-6)
        assert right["skipped"] == left["skipped"]
    mine, theirs = (client.job("checkpoint", parameters={"name": "end"}) for client in (one, two))
    state = Path(group._environment["SIGHTLINE_POLICY_STATE"])
    before, after = weights(tmp_path / "state", mine), weights(state, theirs)
    assert before.keys() == after.keys()
    largest = max(float((before[name] - after[name]).abs().max()) for name in before)
    print(f"largest difference of a parameter after {STEPS} steps: {largest:.2e}")
    assert largest <= 1e-4
    assert theirs["stateDigest"] == seen[-1]["stateDigest"]

    # A checkpoint of one process restores on two ranks, and one of two ranks in one process.
    for source, target, saved, client in (
        (tmp_path / "state", state, mine, two),
        (state, tmp_path / "state", theirs, one),
    ):
        folder = target / "checkpoints" / saved["checkpoint"]
        os.symlink(source / "checkpoints" / saved["checkpoint"], folder)
        restored = client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
        assert restored == {"lineage": saved["lineage"], "stateDigest": saved["stateDigest"]}
    payload = {
        "prompts": mixed_prompts(),
        "completions": [{"prompt": row["prompt"], "tokens": row["tokens"]} for row in one.rows],
        "temperature": 1.0,
    }
    for at in ("current", "start"):
        first, second = (client.job("score", {**payload, "weights": at}) for client in (one, two))
        for left, right in zip(first["completions"], second["completions"], strict=True):
            assert right["logProbs"] == pytest.approx(left["logProbs"], abs=2e-3)
    exported = two.job("export", parameters={"directory": str(tmp_path / "exported")})
    assert exported["files"]["model.safetensors"]
    for name, tensor in load_file(tmp_path / "exported" / "model.safetensors").items():
        assert torch.equal(tensor, before[name])
    two.ask("close")
    alone.close()


def test_adapters_on_two_ranks_are_those_of_one_process_and_share_one_base(group, tmp_path):
    state = Path(group._environment["SIGHTLINE_POLICY_STATE"])
    alone = PolicyService(tmp_path / "state", threads=2, device="cpu")
    one, two = Client(alone.handle, run="lora"), Client(group.handle, run="lora")
    expected = train(one, "lora", body=OPEN_LORA)
    two.rows = one.rows
    first = train(two, "lora", last=5, body=OPEN_LORA)
    # Another arm on the same base has its turn in between, and changes nothing.
    other = Client(group.handle, run="other")
    other.rows = one.rows
    between = train(other, "other", last=5, body=OPEN_LORA)
    assert [r["stateDigest"] for r in between] == [r["stateDigest"] for r in first]
    seen = first + train(two, "lora", first=6, lineage=first[-1]["lineage"])
    for left, right in zip(expected, seen, strict=True):
        assert right["metrics"] == pytest.approx(left["metrics"], rel=1e-4, abs=1e-6)
    mine, theirs = (client.job("checkpoint", parameters={"name": "end"}) for client in (one, two))
    before, after = weights(tmp_path / "state", mine), weights(state, theirs)
    assert before.keys() == after.keys() and all("lora_" in name for name in before)
    assert max(float(tensor.abs().max()) for name, tensor in before.items() if "lora_B" in name) > 1e-4, "it moved"
    largest = max(float((before[name] - after[name]).abs().max()) for name in before)
    print(f"largest difference of an adapter's parameter after {STEPS} steps: {largest:.2e}")
    assert largest <= 1e-4
    os.symlink(tmp_path / "state" / "checkpoints" / mine["checkpoint"], state / "checkpoints" / mine["checkpoint"])
    restored = two.job("restore", parameters={"checkpoint": mine["checkpoint"]})
    assert restored == {"lineage": mine["lineage"], "stateDigest": mine["stateDigest"]}
    exported = two.job("export", parameters={"directory": str(tmp_path / "merged")})
    assert exported["files"]["model.safetensors"]
    for client in (two, other):
        client.ask("close")
    alone.close()


def test_a_killed_rank_fails_the_job_by_name_and_the_step_is_replayed(group):
    client = Client(group.handle, run="run-2")
    undisturbed = train(client, "run-2", last=6)
    saved = None
    client.ask("close")
    lineage = client.ask("open", OPEN)["lineage"]
    results = train(client, "run-2", last=2, lineage=lineage)
    saved = client.job("checkpoint", parameters={"name": "run-2/0-2"})
    results += train(client, "run-2", first=3, last=4, lineage=results[-1]["lineage"])
    incarnation = client.ask("ping")["incarnation"]

    payload = train_payload(mixed_prompts(), client.rows, run="run-2", step=5)
    key = client.submit("train", payload, lineage=results[-1]["lineage"])
    os.kill(rank_processes()["1"], signal.SIGKILL)
    with pytest.raises(Refused) as lost:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            client.ask("poll", key=key)
    assert lost.value.type == "POLICY_RANK_LOST"

    said = set()
    while True:
        try:
            assert client.ask("ping")["incarnation"] != incarnation
            break
        except Refused as error:
            assert error.type == "POLICY_RANK_LOST"
            said.add(str(error))
            time.sleep(0.05)
    assert any("rank 1 of 2" in message and "SIGKILL" in message for message in said), said
    with pytest.raises(Refused) as unknown:
        client.submit("train", payload, lineage=results[-1]["lineage"])
    assert unknown.value.type == "POLICY_UNKNOWN"

    # What bringTo does: open, the nearest checkpoint, the stored steps behind it.
    assert client.ask("open", OPEN)["lineage"] == lineage
    client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
    replayed = train(client, "run-2", first=3, last=6, lineage=saved["lineage"])
    assert [r["stateDigest"] for r in results[:2] + replayed] == [r["stateDigest"] for r in undisturbed]


def test_a_folder_in_bfloat16_trains_on_two_ranks(group, tmp_path):
    write(tmp_path / "model", seed=3, hidden=64, text_layers=2, vision_layers=2)
    model = {
        "kind": "folder", "path": str(tmp_path / "model"), "digest": None, "dtype": "bfloat16",
        "gradientCheckpointing": True,
    }  # fmt: skip
    alone = PolicyService(tmp_path / "state", threads=2, device="cpu")
    losses = []
    for call in (alone.handle, group.handle):
        client = Client(call, run="run-3")
        while "loading" in (answer := client.ask("open", {**OPEN, "model": model})):
            time.sleep(0.05)
        lineage, seen = answer["lineage"], []
        for step in range(1, 4):
            result = client.job("fit", fit_payload(mixed_prompts(), run="run-3", step=step), lineage=lineage)
            lineage = result["lineage"]
            seen.append(result["metrics"]["loss"])
        saved = client.job("checkpoint", parameters={"name": "run-3/0-3"})
        assert client.job("restore", parameters={"checkpoint": saved["checkpoint"]})["lineage"] == lineage
        losses.append(seen)
    assert losses[1] == pytest.approx(losses[0], rel=0.02)
    alone.close()


def test_moments_of_8_bits_go_with_an_adapter_on_two_ranks_and_are_refused_for_all_weights(group):
    eight = {**OPEN["optimizer"], "kind": "adamw_8bit"}
    client = Client(group.handle, run="run-4")
    with pytest.raises(Refused, match=r"cannot train all weights on 2 ranks.*take adamw") as refused:
        client.open({**OPEN, "optimizer": eight})
    assert refused.value.type == "INVALID_REQUEST"
    assert all(row["run"] != "run-4" for row in client.ask("ping")["runs"])

    lineage = client.open({**OPEN_LORA, "optimizer": eight, "trained": {**OPEN_LORA["trained"], "rank": 64}})["lineage"]
    states = []
    for step in range(1, 4):
        result = client.job("fit", fit_payload(mixed_prompts(), run="run-4", step=step), lineage=lineage)
        lineage = result["lineage"]
        states.append(result["stateDigest"])
        if step == 2:
            saved = client.job("checkpoint", parameters={"name": "run-4/0-2"})
    client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
    again = client.job("fit", fit_payload(mixed_prompts(), run="run-4", step=3), lineage=saved["lineage"])
    assert again["stateDigest"] == states[2]
    client.ask("close")
