"""The optimizer `adamw_8bit`: its arithmetic, its part in digests and checkpoints, and how far it trains from AdamW."""

import math
import sys

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from test_adapters import LORA, Arm
from test_model_folder import body as folder_body
from test_model_folder import step as folder_step

from sightline_policy.eight_bit import BLOCK, SMALLEST, EightBitAdamW
from sightline_policy.service import PolicyService

from client import Client, Refused
from conftest import OPEN, OPTIMIZER, fit_payload, mixed_prompts
from tiny_folder import write

EIGHT = {**OPTIMIZER, "kind": "adamw_8bit"}
FULL = {**OPEN, "optimizer": EIGHT}
# Of this rank the factors have 4096 elements and more.
ADAPTER = {**FULL, "trained": {**LORA, "rank": 64}}
EMBEDDING = "model.language_model.embed_tokens.weight"


def dynamic_table(signed):
    """The paper's dynamic tree: a decade for each number of leading zero bits, and in it the middles of equal parts of
    0.1 to 1, twice as many in each decade above the last; and 0 and 1. Without a sign its bit makes the parts finer."""
    values = [0.0, 1.0]
    for decade in range(7):
        parts = 2**decade * (1 if signed else 2)
        middles = 0.1 + 0.9 * (np.arange(parts) + 0.5) / parts
        values += [sign * 10.0 ** (decade - 6) * middle for middle in middles for sign in ((1, -1) if signed else (1,))]
    assert len(values) == 256
    return np.sort(values)


def blocks_of(values):
    return np.pad(values, (0, -len(values) % BLOCK)).reshape(-1, BLOCK)


def read(codes, scale, table):
    return (blocks_of(table[codes]) * scale[:, None]).ravel()[: len(codes)]


def test_an_update_is_the_published_algorithm():
    """Each step starts from the kernel's own state, so that a value between two codes does not add up."""
    rng = np.random.default_rng(3)
    parameter = torch.nn.Parameter(torch.tensor(rng.normal(size=(11, 449)), dtype=torch.float32))
    assert parameter.numel() > SMALLEST and parameter.numel() % BLOCK != 0
    optimizer = EightBitAdamW([parameter], [], (0.9, 0.99), 1e-8, 0.1)
    tables = {"exp_avg": dynamic_table(True), "exp_avg_sq": dynamic_table(False)}
    rate = optimizer.param_groups[0]["lr"] = 1e-2
    moments = dict.fromkeys(tables, np.zeros(parameter.numel()))
    for count in range(1, 6):
        # Sizes over four decades, as those of layers are.
        gradient = rng.normal(size=parameter.numel()) * 10.0 ** rng.uniform(-5, -1, size=parameter.numel())
        weights = parameter.detach().double().numpy().ravel()
        parameter.grad = torch.tensor(gradient, dtype=torch.float32).view_as(parameter)
        optimizer.step()

        first = 0.9 * moments["exp_avg"] + 0.1 * gradient
        second = 0.99 * moments["exp_avg_sq"] + 0.01 * gradient**2
        direction = first / (1 - 0.9**count) / (np.sqrt(second / (1 - 0.99**count)) + 1e-8)
        expected = weights * (1 - rate * 0.1) - rate * direction
        np.testing.assert_allclose(parameter.detach().numpy().ravel(), expected, rtol=1e-5, atol=1e-6)
        state = optimizer.state[parameter]
        assert state["step"].item() == count
        for name, moment in (("exp_avg", first), ("exp_avg_sq", second)):
            table, scale = state[f"{name}_table"].double().numpy(), state[f"{name}_scale"].double().numpy()
            np.testing.assert_allclose(table, tables[name], rtol=1e-5, atol=1e-9)
            np.testing.assert_allclose(scale, np.abs(blocks_of(moment)).max(axis=1), rtol=1e-5)
            moments[name] = read(state[name].numpy().ravel(), scale, table)
            part = blocks_of(moment) / scale[:, None]
            nearest = np.abs(part[..., None] - table).min(axis=-1)
            taken = np.abs(part - blocks_of(moments[name]) / scale[:, None])
            # The kernel for CPUs looks codes up by values that are cut to so many bits.
            assert (taken - nearest).max() < 2.0**-15, "a code is not the nearest"
            assert np.abs(moments[name] - moment).max() > 0


def test_small_tensors_and_precise_ones_take_the_steps_of_adamw():
    generator = torch.Generator().manual_seed(2)
    start = [torch.randn(63, 64, generator=generator), torch.randn(64, 64, generator=generator)]
    ours, theirs = ([torch.nn.Parameter(tensor.clone()) for tensor in start] for _ in range(2))
    optimizers = (
        EightBitAdamW(ours, ours[1:], (0.9, 0.99), 1e-8, 0.1),
        torch.optim.AdamW(theirs, lr=0.0, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1, fused=True),
    )
    for _ in range(3):
        for left, right in zip(ours, theirs, strict=True):
            left.grad = torch.randn(left.shape, generator=generator)
            right.grad = left.grad.clone()
        for optimizer in optimizers:
            optimizer.param_groups[0]["lr"] = 1e-2
            optimizer.step()
    assert all(map(torch.equal, ours, theirs))


def test_in_bfloat16_a_float32_copy_takes_the_same_steps():
    generator = torch.Generator().manual_seed(3)
    low = torch.nn.Parameter(torch.randn(70, 64, generator=generator).bfloat16())
    full = torch.nn.Parameter(low.detach().float())
    optimizers = [EightBitAdamW([parameter], [], (0.9, 0.99), 1e-8, 0.1) for parameter in (low, full)]
    for rate in (1e-3, 5e-4, 1e-6):
        gradient = torch.randn(70, 64, generator=generator)
        low.grad, full.grad = gradient.clone(), gradient.clone()
        for optimizer in optimizers:
            optimizer.param_groups[0]["lr"] = rate
            optimizer.step()
    assert torch.equal(optimizers[0].state[low]["master"], full.detach())
    assert torch.equal(low.detach(), full.detach().bfloat16())


def fit(client, lineage, number, rate=1e-2):
    payload = fit_payload(mixed_prompts(), run=client.run, step=number, learningRate=rate)
    return client.job("fit", payload, lineage=lineage)


@pytest.mark.parametrize("opened", [FULL, ADAPTER], ids=["full", "adapter"])
def test_a_restored_run_goes_on_as_the_undisturbed_one(tmp_path, opened):
    service = PolicyService(tmp_path, threads=2, device="cpu")
    client = Client(service.handle)
    lineage = client.open(opened)["lineage"]
    results = []
    for number in range(1, 5):
        results.append(fit(client, lineage, number))
        lineage = results[-1]["lineage"]
        if number == 2:
            kept = client.job("checkpoint", parameters={"name": "c"}, lineage=lineage)
    assert len({result["stateDigest"] for result in results}) == 4
    saved = load_file(tmp_path / "checkpoints" / kept["checkpoint"] / "optimizer.safetensors")
    kinds = {name.rpartition("/")[2]: tensor.dtype for name, tensor in saved.items() if tensor.dtype == torch.uint8}
    assert kinds == {"exp_avg": torch.uint8, "exp_avg_sq": torch.uint8}
    for name, tensor in saved.items():
        place, _, slot = name.rpartition("/")
        if tensor.dtype == torch.uint8:
            assert tensor.numel() >= SMALLEST and saved[f"{place}/{slot}_table"].shape == (256,)
            assert saved[f"{place}/{slot}_scale"].shape == (math.ceil(tensor.numel() / BLOCK),)
    if "trained" not in opened:
        assert saved[f"{EMBEDDING}/exp_avg"].dtype == torch.float32, "as transformers, embeddings keep 32 bits"
    service.close()

    again = PolicyService(tmp_path, threads=2, device="cpu")
    client = Client(again.handle)
    client.open(opened)
    restored = client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    assert restored["stateDigest"] == results[1]["stateDigest"]
    lineage = restored["lineage"]
    for number, before in ((3, results[2]), (4, results[3])):
        result = fit(client, lineage, number)
        assert {**result} == {**before}
        lineage = result["lineage"]
    # The digest covers what a byte of a state means, not only the codes.
    run = again._runs["run-1"]
    state = next(state for state in run.optimizer.state.values() if "exp_avg_scale" in state)
    for slot in ("exp_avg", "exp_avg_scale", "exp_avg_sq_table", "step"):
        before = run.digest_now()
        state[slot].view(-1)[0] += 1
        assert run.digest_now() != before, slot
    again.close()


def test_a_bfloat16_folder_trains_and_comes_back(service, tmp_path):
    write(tmp_path / "model", seed=5, hidden=64, text_layers=1, vision_layers=1)
    client = Client(service.handle)
    opened = client.open({**folder_body(tmp_path / "model", dtype="bfloat16"), "optimizer": EIGHT})
    first = folder_step(client, opened["lineage"])
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=first["lineage"])
    second = folder_step(client, first["lineage"], 2)
    client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    assert folder_step(client, first["lineage"], 2)["stateDigest"] == second["stateDigest"]


def test_arms_that_share_a_base_have_the_digests_that_each_has_alone(service, tmp_path):
    signs = {"one": 1.0, "two": -1.0}
    arms = [Arm(service.handle, name, sign, ADAPTER) for name, sign in signs.items()]
    for number in (1, 2):
        for arm in arms:
            arm.step(number)
    assert arms[0].digests != arms[1].digests
    for arm in arms:
        other = PolicyService(tmp_path / arm.client.run, threads=2, device="cpu")
        alone = Arm(other.handle, arm.client.run, arm.sign, ADAPTER)
        for number in (1, 2):
            alone.step(number)
        assert alone.digests == arm.digests
        other.close()


def test_it_trains_as_adamw_does(service):
    """A code of the largest decade is within 0.7 % of the scale, and the errors of a step's many codes go both ways, so
    losses along the way are held to 1 % of the first, and the fall to AdamW's within 0.5 %."""
    losses = {}
    for name, opened in (("run-1", OPEN), ("run-2", FULL)):
        client = Client(service.handle, run=name)
        lineage = client.open(opened)["lineage"]
        losses[name] = []
        for number in range(1, 41):
            result = fit(client, lineage, number, 2e-3)
            lineage = result["lineage"]
            losses[name].append(result["metrics"]["loss"])
    exact, eight = map(np.array, losses.values())
    print(f"first {exact[0]:.4f}, last {exact[-1]:.4f} and {eight[-1]:.4f}, apart {np.abs(exact - eight).max():.4f}")
    assert eight[0] == exact[0]
    assert exact[-1] < 0.5 * exact[0]
    assert 0 < np.abs(exact - eight).max() < 0.01 * exact[0]
    assert exact[0] - eight[-1] == pytest.approx(exact[0] - exact[-1], rel=0.005)


def test_the_lineage_names_the_optimizers_library(service):
    lineages = [Client(service.handle, run=str(n)).open(opened)["lineage"] for n, opened in enumerate((OPEN, FULL))]
    assert lineages[0] != lineages[1]


def test_an_unknown_optimizer_is_refused(client):
    with pytest.raises(Refused, match=r"body\.optimizer\.kind must be one of adamw, adamw_8bit") as caught:
        client.ask("open", {**OPEN, "optimizer": {**OPTIMIZER, "kind": "adam8bit"}})
    assert caught.value.type == "PROTOCOL_VIOLATION"


def test_only_the_open_of_such_a_run_needs_the_library_and_says_what_to_install(service, client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "bitsandbytes", None)
        assert Client(service.handle, run="plain").ask("open", OPEN)["parameters"] > 0
        with pytest.raises(Refused, match=r"needs bitsandbytes.*install requirements\.lock") as caught:
            client.open(FULL)
    assert caught.value.type == "INVALID_REQUEST"
    assert client.open(FULL)["parameters"] > 0
