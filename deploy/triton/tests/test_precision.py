"""Low precision and recomputed activations: what they change, and what they must not."""

import json

import pytest
import torch
from test_model_folder import body, quiet, step

from sightline_policy.master_weights import MasterAdamW
from sightline_policy.passes import score_completions
from sightline_policy.payloads import read_rollout
from sightline_policy.rollout import roll_out
from sightline_policy.sampler_check import mismatch
from sightline_policy.train import OptimizerSettings
from sightline_policy.vision_language import load

from client import Client
from conftest import mixed_prompts, rollout_payload
from tiny_folder import write

SETTINGS = OptimizerSettings(0.9, 0.99, 1e-8, 0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write(folder, seed=5, hidden=64, text_layers=3, vision_layers=2)
    return folder


def rows_of(model):
    request = read_rollout(json.dumps(rollout_payload(mixed_prompts())).encode())
    prompts = [model.encoder.encode(item) for item in request.prompts]
    return prompts, [(index, [5 + index, 9, 11 + sample]) for index in range(len(prompts)) for sample in range(2)]


def gradients(model):
    prompts, rows = rows_of(model)
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda x: saved.append(x.numel()) or x, lambda x: x):
        total = score_completions(model, prompts, rows, 1.0).log_probs.sum()
    total.backward()
    found = {name: parameter.grad for name, parameter in model.named_parameters()}
    model.network.zero_grad(set_to_none=True)
    return found, sum(saved)


def test_recomputed_activations_give_the_same_gradients_and_keep_less(folder):
    model = load(folder, torch.device("cpu"))
    plain, kept = gradients(model)
    model.checkpoint_activations()
    again, kept_again = gradients(model)
    assert kept_again < 0.5 * kept
    for name, gradient in plain.items():
        torch.testing.assert_close(again[name], gradient, rtol=1e-6, atol=1e-9)


def test_a_run_with_recomputed_activations_ends_in_the_same_state(service, folder):
    plain, again = Client(service.handle, run="run-1"), Client(service.handle, run="run-2")
    first, second = plain.open(body(folder)), again.open(body(folder, gradientCheckpointing=True))
    assert second == first
    states = [step(client, first["lineage"])["stateDigest"] for client in (plain, again)]
    assert states[0] == states[1]


@pytest.fixture
def low():
    generator = torch.Generator().manual_seed(3)
    return torch.nn.Parameter(torch.randn(40, 9, generator=generator).bfloat16())


def test_master_weights_take_the_steps_of_adamw_in_float32(low):
    full = torch.nn.Parameter(low.detach().float())
    ours = MasterAdamW([low], (0.9, 0.99), 1e-8, 0.1)
    theirs = torch.optim.AdamW([full], lr=0.0, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1, fused=True)
    generator = torch.Generator().manual_seed(4)
    for rate in (1e-3, 5e-4, 1e-6):
        gradient = torch.randn(40, 9, generator=generator)
        low.grad, full.grad = gradient.clone(), gradient.clone()
        for optimizer in (ours, theirs):
            optimizer.param_groups[0]["lr"] = rate
            optimizer.step()
    assert torch.equal(ours.state[low]["master"], full.detach())
    assert torch.equal(low.detach(), full.detach().bfloat16())


def test_small_steps_add_up_where_plain_bfloat16_loses_them(low):
    plain = torch.nn.Parameter(low.detach().clone())
    ours = MasterAdamW([low], (0.9, 0.99), 1e-8, 0.0)
    theirs = torch.optim.AdamW([plain], lr=1e-6, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.0)
    start = low.detach().clone()
    ours.param_groups[0]["lr"] = 1e-6
    for _ in range(100):
        low.grad, plain.grad = torch.ones(40, 9), torch.ones(40, 9, dtype=torch.bfloat16)
        ours.step()
        theirs.step()
    moved = (ours.state[low]["master"] - start.float()).mean()
    assert moved == pytest.approx(-1e-4, rel=0.01)
    large = start.abs() > 0.01
    assert torch.equal(plain.detach()[large], start[large])
    assert not torch.equal(low.detach()[large], start[large])


def test_gradients_of_micro_batches_add_up_in_float32(low):
    MasterAdamW([low], (0.9, 0.99), 1e-8, 0.0)
    for scale in (1.0, 1e-3):
        (low * scale).sum().backward()
    assert low.grad.dtype == torch.float32
    assert low.grad.min() > 1.0005


def test_a_bfloat16_run_trains_and_comes_back_from_a_checkpoint(service, folder):
    client = Client(service.handle)
    opened = client.open(body(folder, dtype="bfloat16"))
    first = step(client, opened["lineage"])
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=first["lineage"])
    second = step(client, first["lineage"], 2)
    assert len({opened["baseStateDigest"], first["stateDigest"], second["stateDigest"]}) == 3
    client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    assert step(client, first["lineage"], 2)["stateDigest"] == second["stateDigest"]
    run = service._runs["run-1"]
    for _, parameter in run.model.named_parameters():
        assert torch.equal(parameter.detach(), run.optimizer.state[parameter]["master"].bfloat16())


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_the_samplers_log_probs_are_those_of_a_teacher_forced_pass(service, folder, temperature):
    client = Client(service.handle)
    lineage = client.open(body(folder))["lineage"]
    payload = rollout_payload(mixed_prompts(), 3, temperature, most=40)
    plain = client.job("rollout", payload, lineage=lineage)
    checked = client.job("rollout", {**payload, "check": 7}, lineage=lineage)
    found = checked["metrics"].pop("mismatch")
    assert checked == plain
    assert found["completions"] == 7 and found["tokens"] >= 7
    assert list(found["quantiles"]) == ["0.5", "0.9", "0.99", "1"]
    assert 0.0 <= found["quantiles"]["0.5"] <= found["quantiles"]["1"] <= 1e-4
    everything = client.job("rollout", {**payload, "check": 1000}, lineage=lineage)["metrics"]["mismatch"]
    assert (everything["completions"], everything["tokens"]) == (18, plain["metrics"]["completionTokens"])


def test_a_mismatch_is_seen(folder):
    model = load(folder, torch.device("cpu"))
    request = read_rollout(json.dumps({**rollout_payload(mixed_prompts()), "check": 18}).encode())
    samples, _ = roll_out(model, request, quiet)
    samples[4].log_probs[0] -= 0.25
    found = mismatch(model, request, samples, quiet)
    assert found["quantiles"]["1"] == pytest.approx(0.25, abs=1e-4)
    assert found["quantiles"]["0.9"] < 1e-4


def test_in_bfloat16_the_mismatch_is_reported(service, folder):
    client = Client(service.handle)
    lineage = client.open(body(folder, dtype="bfloat16"))["lineage"]
    payload = {**rollout_payload(mixed_prompts(), 3, 1.0, most=40), "check": 18}
    quantiles = client.job("rollout", payload, lineage=lineage)["metrics"]["mismatch"]["quantiles"]
    assert 0.0 < quantiles["0.5"] <= quantiles["0.9"] <= quantiles["0.99"] <= quantiles["1"] < 1.0
