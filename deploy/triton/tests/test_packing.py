"""The packed pass and its log-probabilities against transformers' own forward, row by row, with gradients."""

import json

import pytest
import torch

from sightline_policy.packing import pack, packed_pass
from sightline_policy.payloads import read_rollout
from sightline_policy.selected import selected_log_probs

from conftest import mixed_prompts, network_log_probs, rollout_payload

# (prompt, tokens): unequal lengths, a single token, a prompt without completions, rows out of order.
COMPLETIONS = [
    (4, [5, 6, 7, 8, 9, 10, 11]), (0, [7]), (1, list(range(20, 50))), (0, [9, 8, 7]), (2, list(range(60, 78))),
    (4, [30, 31, 32, 33, 34, 35]), (5, [12, 13]), (0, [40, 41, 42]), (5, list(range(80, 97))),
]  # fmt: skip


@pytest.fixture(scope="module")
def encoded(model):
    request = read_rollout(json.dumps(rollout_payload(mixed_prompts())).encode())
    return [model.encoder.encode(item) for item in request.prompts]


def packed(model, encoded, completions):
    packing = pack(encoded, completions, model.device)
    hidden = packed_pass(model.network, packing)[packing.places]
    return selected_log_probs(hidden, model.network.lm_head.weight, packing.targets, model.forbidden)


def test_packed_log_probs_and_gradients_are_those_of_single_rows(model, encoded):
    weights = torch.randn(sum(len(tokens) for _, tokens in COMPLETIONS), generator=torch.Generator().manual_seed(1))
    parameters = [parameter for _, parameter in model.named_parameters()]
    mine, _ = packed(model, encoded, COMPLETIONS)
    ours = torch.autograd.grad((mine * weights).sum(), parameters)
    plain = torch.cat([network_log_probs(model, encoded[prompt], tokens) for prompt, tokens in COMPLETIONS])
    assert (mine - plain).abs().max() < 1e-5
    theirs = torch.autograd.grad((plain * weights).sum(), parameters)
    largest = max(float(gradient.abs().max()) for gradient in theirs)
    for our, their in zip(ours, theirs, strict=True):
        assert (our - their).abs().max() < 1e-5 * max(1.0, largest)


def test_a_row_does_not_depend_on_its_companions(model, encoded):
    with torch.no_grad():
        together, _ = packed(model, encoded, COMPLETIONS)
        alone = [packed(model, [encoded[prompt]], [(0, tokens)])[0] for prompt, tokens in COMPLETIONS]
    assert (together - torch.cat(alone)).abs().max() < 1e-5


def test_nothing_is_padded_but_inside_attention(model, encoded):
    packing = pack(encoded, COMPLETIONS, model.device)
    prompts = sum(prompt.length for prompt in encoded)
    assert len(packing.ids) == prompts + sum(len(tokens) - 1 for _, tokens in COMPLETIONS)
    blocks = [block for bucket in packing.buckets for block in bucket.blocks]
    padded = sum(len(block.prompt_of) * block.width for block in blocks)
    assert padded <= sum(block.end - block.start for block in blocks) / 0.8


def test_each_image_is_encoded_once(model, encoded, monkeypatch):
    patches = []
    whole = model.network.model.get_image_features
    monkeypatch.setattr(model.network.model, "get_image_features", lambda p, g: patches.append(len(p)) or whole(p, g))
    with torch.no_grad():
        packed(model, encoded, COMPLETIONS)
    assert patches == [sum(len(prompt.patches) for prompt in encoded if prompt.patches is not None)]


def test_patches_are_projected_as_by_the_convolution(model):
    projection = model.network.model.visual.patch_embed.proj
    patches = torch.randn(5, 3, 2, 14, 14, generator=torch.Generator().manual_seed(2))
    plain = torch.nn.functional.conv3d(patches, projection.weight, stride=projection.stride)
    assert plain.shape == (5, projection.out_channels, 1, 1, 1)
    assert (projection(patches) - plain.view(5, -1)).abs().max() < 1e-5


@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_selected_log_probs_in_pieces_are_the_plain_ones(temperature, monkeypatch):
    monkeypatch.setattr("sightline_policy.selected._SCORES_AT_ONCE", 31 * 16)
    generator = torch.Generator().manual_seed(3)
    hidden = torch.randn(50, 8, generator=generator, requires_grad=True)
    weight = torch.randn(31, 8, generator=generator, requires_grad=True)
    targets = torch.randint(0, 29, (50,), generator=generator)
    forbidden = torch.arange(31) >= 29
    factors = torch.randn(50, generator=generator)
    mine, entropy = selected_log_probs(hidden, weight, targets, forbidden, temperature)
    logits = (hidden @ weight.T).masked_fill(forbidden, -torch.inf) / temperature
    full = torch.log_softmax(logits, -1)
    plain = full.gather(1, targets[:, None])[:, 0]
    assert torch.allclose(mine, plain, atol=1e-6)
    assert torch.allclose(entropy, -(full.exp() * full)[:, :29].sum(1).detach(), atol=1e-6)
    assert not entropy.requires_grad
    ours = torch.autograd.grad((mine * factors).sum(), (hidden, weight))
    theirs = torch.autograd.grad((plain * factors).sum(), (hidden, weight))
    for our, their in zip(ours, theirs, strict=True):
        assert torch.allclose(our, their, atol=1e-5)
