"""Runs that train an adapter on a shared base, and runs with a frozen vision tower."""

import gc
import json

import pytest
import torch
from safetensors.torch import load_file

from sightline_policy.adapters import AdaptedModel, Lora
from sightline_policy.service import PolicyService
from sightline_policy.tiny_vl import TinyVl

from client import Client, Refused
from conftest import MODEL, OPEN, fit_payload, mixed_prompts, rollout_payload, train_payload
from tiny_folder import write

LORA = {
    "kind": "lora", "rank": 4, "alpha": 8, "seed": "11", "visionTower": "frozen",
    "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
}  # fmt: skip
OPEN_LORA = {**OPEN, "trained": LORA}
OPEN_FROZEN = {**OPEN, "trained": {"kind": "full", "visionTower": "frozen"}}
LAYERS = 7 * MODEL["textLayers"]


class Arm:
    """A run that takes rollouts and steps by itself. `sign` turns the advantages round, as another reward would."""

    def __init__(self, call, name, sign=1.0, body=OPEN_LORA):
        self.client = Client(call, run=name)
        self.sign = sign
        self.opened = self.client.open(body)
        self.lineage = self.opened["lineage"]
        self.digests = []

    def step(self, number):
        prompts = mixed_prompts()[:3]
        sampled = self.client.job("rollout", rollout_payload(prompts, seed=number), lineage=self.lineage)
        payload = train_payload(
            prompts, sampled["completions"], run=self.client.run, step=number, learningRate=1e-2 * abs(self.sign)
        )
        for row in payload["completions"]:
            row["advantage"] *= self.sign
        done = self.client.job("train", payload, lineage=self.lineage)
        self.lineage = done["lineage"]
        self.digests.append((sampled["stateDigest"], done["stateDigest"], done["metrics"]["gradientNorm"]))


def fitted(client, body, steps=6, rate=1e-2):
    """Open a run and fit it until its greedy answers are others than at the start; return its lineage."""
    lineage = client.ask("open", body)["lineage"]
    for step in range(1, steps + 1):
        payload = fit_payload(mixed_prompts(), run=client.run, step=step, learningRate=rate)
        lineage = client.job("fit", payload, lineage=lineage)["lineage"]
    return lineage


def greedy(client, lineage):
    payload = rollout_payload(mixed_prompts(), samples=1, temperature=0.0)
    rows = client.job("rollout", payload, lineage=lineage)["completions"]
    return [row["tokens"] for row in rows], [p for row in rows for p in row["logProbs"]]


ARMS = (("first", 1.0), ("second", -0.5))


def each_alone(folder):
    """The digests of both arms, each by a server of its own."""
    alone = []
    for name, sign in ARMS:
        service = PolicyService(folder / name, threads=2, device="cpu")
        arm = Arm(service.handle, name, sign)
        for number in (1, 2):
            arm.step(number)
        alone.append(arm.digests)
        service.close()
    assert alone[0] != alone[1]
    return alone


def both_in_turn(call):
    """The digests of both arms by one server."""
    arms = [Arm(call, name, sign) for name, sign in ARMS]
    for number in (1, 2):
        for arm in arms:
            arm.step(number)
    return [arm.digests for arm in arms]


def test_two_arms_on_one_base_end_where_each_ends_alone(service, tmp_path):
    assert both_in_turn(service.handle) == each_alone(tmp_path)


def test_arms_hold_one_copy_of_the_base_and_let_go_of_it_together(service):
    arms = [Arm(service.handle, name) for name in ("first", "second")]
    arms[0].step(1)
    models = [service._runs[name].model for name in ("first", "second")]
    places = [{n: p.data_ptr() for n, p in model.network.named_parameters()} for model in models]
    assert places[0] == places[1]
    own = [{p.data_ptr() for _, p in model.named_parameters()} for model in models]
    assert len(own[0]) == 2 * LAYERS and not own[0] & own[1]
    fresh = TinyVl(models[0].base.settings, torch.device("cpu"))
    for (name, mine), (_, theirs) in zip(fresh.named_parameters(), models[0].base.named_parameters(), strict=True):
        assert torch.equal(mine, theirs), f"{name} of the base has moved"
    assert all(module.adapter is None for _, module in models[0].text_layers())
    del models
    resident = service._bases._resident
    arms[0].client.ask("close")
    gc.collect()
    assert len(resident) == 1
    arms[1].client.ask("close")
    gc.collect()
    assert len(resident) == 0


def test_a_new_adapter_changes_nothing_and_a_trained_one_is_its_merged_weights(model):
    base = TinyVl(model.settings, torch.device("cpu"))
    adapted = AdaptedModel(base, Lora(4, 8.0, ("q_proj", "down_proj"), 3))
    x = torch.randn(5, 64, generator=torch.Generator().manual_seed(1))
    layer = dict(base.text_layers())["model.language_model.layers.1.self_attn.q_proj"]
    plain = layer(x)
    with adapted.active():
        assert torch.equal(layer(x), plain)
    for number, (_, parameter) in enumerate(adapted.named_parameters()):
        torch.nn.init.normal_(parameter, std=0.05, generator=torch.Generator().manual_seed(number))
    merged = dict(adapted.merged_weights())
    changed = [name for name, weight in base.named_parameters() if not torch.equal(weight, merged[name])]
    assert len(changed) == 2 * MODEL["textLayers"]
    factors = dict(adapted.named_parameters())
    name = "model.language_model.layers.1.self_attn.q_proj"
    a, b = factors[f"{name}.lora_A.weight"], factors[f"{name}.lora_B.weight"]
    with adapted.active():
        expected = plain + 8.0 / 4 * (x @ a.T @ b.T)
        torch.testing.assert_close(layer(x), expected, atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(layer(x), x @ merged[f"{name}.weight"].T + layer.bias, atol=1e-5, rtol=1e-5)
    assert torch.equal(layer(x), plain)


def test_the_start_is_uniform_within_peft_s_bound_and_follows_the_seed(model):
    base = TinyVl(model.settings, torch.device("cpu"))
    first, again, other = (AdaptedModel(base, Lora(8, 8.0, ("up_proj",), seed)) for seed in (1, 1, 2))
    for (name, tensor), (_, same), (_, differs) in zip(
        first.named_parameters(), again.named_parameters(), other.named_parameters(), strict=True
    ):
        assert torch.equal(tensor, same)
        if name.endswith("lora_B.weight"):
            assert not tensor.any()
        else:
            assert not torch.equal(tensor, differs)
            bound = tensor.shape[1] ** -0.5
            assert 0.95 * bound < float(tensor.detach().abs().max()) <= bound


def test_a_checkpoint_holds_the_adapter_only_and_brings_the_run_back(client, service, tmp_path):
    lineage = fitted(client, OPEN_LORA)
    before = greedy(client, lineage)
    saved = client.job("checkpoint", parameters={"name": "run-1/0-6"})
    folder = tmp_path / "state" / "checkpoints" / saved["checkpoint"]
    assert len(load_file(folder / "model.safetensors")) == 2 * LAYERS
    statement = json.loads((folder / "checkpoint.json").read_text())
    assert statement["trained"] == {**LORA, "alpha": 8.0} and statement["root"] is None
    state = client.job("reset")
    assert state["stateDigest"] != saved["stateDigest"]
    assert greedy(client, state["lineage"])[0] != before[0]
    client.ask("close")
    client.ask("open", OPEN_LORA)
    assert client.job("restore", parameters={"checkpoint": saved["checkpoint"]}) == {
        "lineage": lineage, "stateDigest": saved["stateDigest"],
    }  # fmt: skip
    assert greedy(client, lineage) == before
    client.ask("close")
    client.ask("open", {**OPEN_LORA, "trained": {**LORA, "alpha": 9}})
    with pytest.raises(Refused, match="on another base"):
        client.job("restore", parameters={"checkpoint": saved["checkpoint"]})


def test_the_reference_of_a_kl_is_the_base(client, service):
    lineage = fitted(client, OPEN_LORA)
    plain = Client(service.handle, run="plain")
    start = plain.ask("open", OPEN)["lineage"]
    rows = plain.job("rollout", rollout_payload(mixed_prompts()), lineage=start)["completions"]
    payload = {
        "prompts": mixed_prompts(),
        "completions": [{"prompt": r["prompt"], "tokens": r["tokens"]} for r in rows],
    }

    def scores(of, at, weights):
        return of.job("score", {**payload, "weights": weights}, lineage=at)["completions"]

    assert scores(client, lineage, "start") == scores(plain, start, "current")
    assert scores(client, lineage, "current") != scores(plain, start, "current")
    assert client.ask("ping")["runs"][1]["lineage"] == lineage


def test_arms_stand_on_a_warm_start_and_evaluations_on_an_arm(client, service):
    warm = Client(service.handle, run="warm")
    fitted(warm, OPEN, steps=3, rate=3e-3)
    root = warm.job("checkpoint", parameters={"name": "warm/0-3"})["checkpoint"]
    on_warm = {**OPEN_LORA, "base": {"checkpoint": root}}
    lineage = fitted(client, on_warm)
    expected = greedy(client, lineage)
    saved = client.job("checkpoint", parameters={"name": "run-1/0-6"})
    shared = Client(service.handle, run="shared")
    at = shared.ask("open", {**OPEN, "base": {"checkpoint": saved["checkpoint"]}})["lineage"]
    assert greedy(shared, at) == expected
    assert service._runs["shared"].model.network is service._runs["run-1"].model.network
    merged = Client(service.handle, run="merged")
    whole = {"kind": "full", "visionTower": "trained"}
    opened = merged.ask("open", {**OPEN, "trained": whole, "base": {"checkpoint": saved["checkpoint"]}})
    tokens, log_probs = greedy(merged, opened["lineage"])
    assert tokens == expected[0] and log_probs == pytest.approx(expected[1], abs=1e-4)
    with pytest.raises(Refused, match="rank 4, alpha 8"):
        other = {**OPEN_LORA, "trained": {**LORA, "rank": 2}, "base": {"checkpoint": saved["checkpoint"]}}
        Client(service.handle, run="other").ask("open", other)


def test_a_frozen_tower_stays_and_the_rest_moves(client, service):
    client.ask("open", OPEN_FROZEN)
    start = {name: tensor.clone() for name, tensor in service._runs["run-1"].weights()}
    lineage = fitted(client, OPEN_FROZEN, steps=2)
    now = dict(service._runs["run-1"].weights())
    moved = {name for name in start if not torch.equal(start[name], now[name])}
    assert moved and not any(name.startswith("model.visual.") for name in moved)
    assert len(moved) == sum(not name.startswith("model.visual.") for name in start)
    saved = client.job("checkpoint", parameters={"name": "run-1/0-2"})
    client.job("reset")
    assert client.job("restore", parameters={"checkpoint": saved["checkpoint"]})["lineage"] == lineage


def test_an_adapter_goes_out_in_peft_s_layout_and_comes_back(client, service, tmp_path):
    lineage = fitted(client, OPEN_LORA)
    expected = greedy(client, lineage)
    out = tmp_path / "adapter"
    files = client.job("export", parameters={"directory": str(out), "layout": "adapter"})["files"]
    assert {"adapter_config.json", "adapter_model.safetensors", "base/config.json", "sightline.json"} <= set(files)
    config = json.loads((out / "adapter_config.json").read_text())
    assert config["r"] == 4 and config["lora_alpha"] == 8 and len(config["target_modules"]) == LAYERS
    back = Client(service.handle, run="back")
    opened = back.ask("open", {**OPEN_LORA, "base": {"adapter": str(out)}})
    assert greedy(back, opened["lineage"]) == expected
    (out / "adapter_config.json").write_text(json.dumps({**config, "use_dora": True}))
    with pytest.raises(Refused, match="use_dora"):
        Client(service.handle, run="dora").ask("open", {**OPEN_LORA, "base": {"adapter": str(out)}})
    with pytest.raises(Refused, match="has no adapter"):
        plain = Client(service.handle, run="plain")
        plain.ask("open", OPEN)
        plain.job("export", parameters={"directory": str(tmp_path / "other"), "layout": "adapter"})


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_arms_share_a_model_from_a_folder(service, tmp_path, precision):
    folder = tmp_path / "model"
    write(folder, seed=5, hidden=64, text_layers=2, vision_layers=2)
    model = {"kind": "folder", "path": str(folder), "digest": None, "dtype": precision, "gradientCheckpointing": True}
    arms = []
    for name in ("first", "second"):
        client = Client(service.handle, run=name)
        client.open({**OPEN_LORA, "model": model})
        arms.append((client, fitted(client, {**OPEN_LORA, "model": model})))
    runs = [service._runs[client.run] for client, _ in arms]
    assert runs[0].model.network is runs[1].model.network
    assert all(p.dtype == torch.float32 for _, p in runs[0].model.named_parameters())
    # Runs of other names, so other lineages, but the same steps from the same start: the same states.
    assert arms[0][1] != arms[1][1] and runs[0].state_digest == runs[1].state_digest
    client, lineage = arms[0]
    expected = greedy(client, lineage)
    saved = client.job("checkpoint", parameters={"name": "first/0-6"})
    assert greedy(client, client.job("reset")["lineage"])[0] != expected[0]
    client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
    assert greedy(client, lineage) == expected
    files = client.job("export", parameters={"directory": str(tmp_path / "out"), "layout": "adapter"})["files"]
    assert set(files) == {"adapter_config.json", "adapter_model.safetensors", "sightline.json"}
    assert json.loads((tmp_path / "out" / "adapter_config.json").read_text())["base_model_name_or_path"] == str(folder)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "qlora"}, "body.trained.kind"),
        ({"visionTower": "trained"}, "body.trained.visionTower"),
        ({"targets": ["q_proj", "lm_head"]}, "body.trained.targets"),
        ({"targets": []}, "body.trained.targets"),
        ({"rank": 0}, "body.trained.rank"),
        ({"seed": 3}, "body.trained.seed"),
        ({"dropout": 0.1}, "body.trained.dropout"),
    ],
)
def test_bad_fields_are_named(client, change, field):
    with pytest.raises(Refused) as refused:
        client.ask("open", {**OPEN, "trained": {**LORA, **change}})
    assert refused.value.detail["field"] == field
