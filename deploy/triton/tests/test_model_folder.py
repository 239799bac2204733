"""Runs whose model comes from a folder: opened, trained, kept in checkpoints, exported; what is wrong is named."""

import json
import shutil
import time

import pytest
import torch
from safetensors.torch import load_file, save_file
from test_service import refused
from transformers import Qwen2_5_VLForConditionalGeneration

from sightline_policy.model_folder import PROMPT_FILES, FolderDigests, model_files
from sightline_policy.payloads import read_rollout

from client import Client
from conftest import OPEN, mixed_prompts, rollout_payload, train_payload
from tiny_folder import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write(folder, seed=5, hidden=64, text_layers=2, vision_layers=2)
    return folder


def body(folder, **changes):
    model = {"kind": "folder", "path": str(folder), "digest": None, "dtype": "float32", "gradientCheckpointing": False}
    return {**OPEN, "model": {**model, **changes}}


def quiet(phase, done, total):
    pass


def step(client, lineage, number=1):
    rollout = client.job("rollout", rollout_payload(mixed_prompts()[:3]), lineage=lineage)
    payload = train_payload(mixed_prompts()[:3], rollout["completions"], client.run, number)
    return client.job("train", payload, lineage=lineage)


def test_open_answers_at_once_and_the_run_then_trains_like_any_other(client, service, folder):
    began = time.monotonic()
    first = client.ask("open", body(folder))
    assert time.monotonic() - began < 1.0
    assert first.keys() == {"loading"} and first["loading"]["state"] in ("QUEUED", "RUNNING")
    opened = client.open(body(folder))
    assert client.ask("open", body(folder)) == {**opened, "alreadyOpen": True}
    refused("STEP_CONFLICT", lambda: client.ask("open", body(folder, dtype="bfloat16")))
    stepped = step(client, opened["lineage"])
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=stepped["lineage"])
    client.job("reset")
    again = step(client, opened["lineage"])
    assert again["stateDigest"] == stepped["stateDigest"]
    client.job("reset")
    restored = client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    assert restored["stateDigest"] == stepped["stateDigest"]


def test_the_base_follows_every_file_and_the_same_folder_elsewhere_is_the_same_model(client, service, folder, tmp_path):
    opened = client.open(body(folder))
    stepped = step(client, opened["lineage"])
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=stepped["lineage"])
    client.ask("close")
    moved = tmp_path / "moved"
    shutil.copytree(folder, moved)
    assert client.open(body(moved)) == opened
    client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    client.ask("close")
    (moved / "chat_template.jinja").write_text((moved / "chat_template.jinja").read_text() + " ")
    other = client.open(body(moved))
    assert other["baseStateDigest"] != opened["baseStateDigest"]
    assert other["lineage"] != opened["lineage"]


def test_a_digest_that_is_asked_for_must_be_the_folders(client, folder, tmp_path):
    digest = FolderDigests(tmp_path / "cache.json").digest(folder, quiet)
    client.open(body(folder, digest=digest))
    client.ask("close")
    error = refused("INVALID_REQUEST", lambda: client.open(body(folder, digest="0" * 64)))
    assert error.detail["digest"] == digest
    # The failure was told; the next open tries again.
    refused("INVALID_REQUEST", lambda: client.open(body(folder, digest="0" * 64)))
    client.open(body(folder))


def test_a_run_that_is_closed_while_it_loads_is_not_open_afterwards(client, service, folder, monkeypatch):
    held = FolderDigests.digest

    def slow(self, path, progress):
        for _ in range(200):
            progress("hash", 0, 1)
            time.sleep(0.01)
        return held(self, path, progress)

    monkeypatch.setattr(FolderDigests, "digest", slow)
    client.ask("open", body(folder))
    client.ask("close")
    deadline = time.monotonic() + 5
    while client.ask("ping")["running"] is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert client.ask("ping")["runs"] == []


def test_a_checkpoint_starts_another_run_of_the_same_folder_only(client, service, folder, tmp_path):
    opened = client.open(body(folder))
    stepped = step(client, opened["lineage"])
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=stepped["lineage"])
    base = {"base": {"checkpoint": kept["checkpoint"]}}
    second = Client(service.handle, run="run-2")
    assert second.open({**body(folder), **base})["baseStateDigest"] != opened["baseStateDigest"]
    third = Client(service.handle, run="run-3")
    error = refused("INVALID_REQUEST", lambda: third.open({**body(folder, dtype="bfloat16"), **base}))
    assert "other model settings" in str(error)


def test_hashes_are_kept_over_restarts_and_not_trusted_for_a_changed_file(folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    seen = []

    def watch(phase, done, total):
        seen.append(done)

    first = FolderDigests(tmp_path / "cache.json").digest(own, watch)
    assert len(seen) >= len(model_files(own))
    seen.clear()
    assert FolderDigests(tmp_path / "cache.json").digest(own, watch) == first and seen == []
    (own / "tokenizer_config.json").write_text("{}")
    assert FolderDigests(tmp_path / "cache.json").digest(own, watch) != first and len(seen) == 1
    (tmp_path / "cache.json").write_text('{"x": 1}')
    shutil.copy(folder / "tokenizer_config.json", own)
    assert FolderDigests(tmp_path / "cache.json").digest(own, watch) == first


def test_shards_are_those_that_the_index_names(client, folder, tmp_path):
    sharded = tmp_path / "sharded"
    shutil.copytree(folder, sharded)
    tensors = load_file(sharded / "model.safetensors")
    (sharded / "model.safetensors").unlink()
    names = sorted(tensors)
    parts = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, own in parts.items():
        save_file({name: tensors[name] for name in own}, sharded / file, metadata={"format": "pt"})
    index = {"metadata": {}, "weight_map": {name: file for file, own in parts.items() for name in own}}
    (sharded / "model.safetensors.index.json").write_text(json.dumps(index))
    whole = client.open(body(folder))
    client.ask("close")
    answer = client.open(body(sharded))
    assert answer["parameters"] == whole["parameters"]
    client.ask("close")
    (sharded / "model-00002-of-00002.safetensors").unlink()
    error = refused("INVALID_REQUEST", lambda: client.open(body(sharded)))
    assert "lacks model-00002-of-00002.safetensors" in str(error)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"path": "models/tiny"}, "absolute path"),
        ({"dtype": "float16"}, "must be one of float32, bfloat16"),
        ({"surprise": 1}, "not a field"),
        ({"gradientCheckpointing": None}, "true or false"),
    ],
)
def test_a_wrong_body_is_refused_at_once(client, folder, changes, said):
    error = refused("PROTOCOL_VIOLATION", lambda: client.ask("open", body(folder, **changes)))
    assert said in str(error)


def test_a_folder_that_is_not_there_is_named(client, tmp_path):
    error = refused("INVALID_REQUEST", lambda: client.open(body(tmp_path / "nowhere")))
    assert "nowhere is not a folder" in str(error) and "nothing is downloaded" in str(error)


def test_bfloat16_weights_are_loaded_as_such(client, service, folder):
    client.open(body(folder, dtype="bfloat16"))
    parameters = service._runs["run-1"].model.named_parameters()
    assert {parameter.dtype for _, parameter in parameters} == {torch.bfloat16}


def greedy(network, loaded, prompts, most):
    """What `generate` of transformers makes of prompts as the server shows them."""
    rows = []
    for item in read_rollout(json.dumps(rollout_payload(prompts)).encode()).prompts:
        encoded = loaded.encoder.encode(item)
        ids = encoded.ids[None]
        shown = {}
        if encoded.patches is not None:
            shown = {"pixel_values": encoded.patches, "image_grid_thw": torch.tensor([encoded.grid])}
            shown["mm_token_type_ids"] = (ids == network.config.image_token_id).int()
        out = network.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=most, do_sample=False,
            suppress_tokens=loaded.forbidden.nonzero()[:, 0].tolist(), **shown,
        )  # fmt: skip
        rows.append(out[0, encoded.length :].tolist())
    return rows


def test_an_export_brings_the_folders_own_files_and_gives_the_servers_tokens(client, service, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    system = "<|im_start|>system\nYou see.<|im_end|>\n"
    (own / "chat_template.jinja").write_text(system + (own / "chat_template.jinja").read_text())
    opened = client.open(body(own))
    stepped = step(client, opened["lineage"])
    target = tmp_path / "exported"
    files = client.job("export", parameters={"directory": str(target)})["files"]
    for name in PROMPT_FILES:
        assert (target / name).is_file() == (own / name).is_file()
        assert name not in files or (target / name).read_bytes() == (own / name).read_bytes()
    payload = {**rollout_payload(mixed_prompts(), 1, 0.0, most=12), "stop": []}
    rollout = client.job("rollout", payload, lineage=stepped["lineage"])
    network = Qwen2_5_VLForConditionalGeneration.from_pretrained(target)
    theirs = greedy(network, service._runs["run-1"].model, mixed_prompts(), 12)
    assert [row["tokens"] for row in rollout["completions"]] == theirs
    # The result is a folder as the server takes it, with the weights that were exported.
    again = Client(service.handle, run="run-2")
    digest = again.open(body(target))["lineage"]
    second = again.job("rollout", payload, lineage=digest)
    assert second["completions"] == rollout["completions"]
