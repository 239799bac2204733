import math

import numpy as np
import pytest
import torch

from sightline_policy.losses import (
    KINDS,
    OWN_AGGREGATION,
    Correction,
    Kl,
    LossSettings,
    kl_estimate,
    token_losses,
    token_weights,
)

from conftest import loss_settings


def clipped(low, high):
    return LossSettings("grpo", "sequence-mean", clip_low=low, clip_high=high)


def single(settings, new, old, advantage):
    """The loss of one token of one completion."""
    row = [torch.tensor([[value]], dtype=torch.float64) for value in (new, old, advantage)]
    return token_losses(settings, *row, torch.ones(1, 1, dtype=torch.bool))


def plain(new, old, advantage, low, high):
    """The surrogate by cases, as a separate reading of the formula."""
    ratio = np.exp(new - old)
    if advantage >= 0:
        return -advantage * min(ratio, 1 + high)
    return -advantage * max(ratio, 1 - low)


def test_the_loss_is_the_formula_by_cases():
    rng = np.random.default_rng(3)
    for _ in range(500):
        new, old = rng.normal(-1, 0.5, 2)
        advantage = rng.normal()
        low, high = rng.uniform(0.05, 0.4, 2)
        said = single(clipped(low, high), new, old, advantage)
        assert said.loss.item() == pytest.approx(plain(new, old, advantage, low, high), abs=1e-12)
        assert said.ratio.item() == pytest.approx(np.exp(new - old))
        assert said.high.item() == (advantage > 0 and np.exp(new - old) > 1 + high)
        assert said.low.item() == (advantage < 0 and np.exp(new - old) < 1 - low)


def test_the_other_surrogates_by_hand():
    ratio, log_probs = 1.5, [math.log(0.6), math.log(0.2)]
    old = [value - math.log(ratio) for value in log_probs]
    cispo = loss_settings("cispo", ratio_cap=1.2)
    assert single(cispo, log_probs[0], old[0], 2.0).loss.item() == pytest.approx(-1.2 * 2.0 * log_probs[0])
    assert single(cispo, log_probs[0], old[0], 2.0).high.item()
    sapo = loss_settings("sapo", temperature_positive=1.0, temperature_negative=2.0)
    gate = 4 / (1 + math.exp(-0.5))
    assert single(sapo, log_probs[0], old[0], 2.0).loss.item() == pytest.approx(-2.0 * gate)
    gate = 2 / (1 + math.exp(-2 * 0.5))
    assert single(sapo, log_probs[0], old[0], -2.0).loss.item() == pytest.approx(2.0 * gate)
    # One completion of two tokens with ratios 4 and 1: their geometric mean is 2.
    tokens = torch.tensor([[math.log(0.8), -1.0, 7.0]], dtype=torch.float64)
    before = torch.tensor([[math.log(0.2), -1.0, 0.0]], dtype=torch.float64)
    mask = torch.tensor([[True, True, False]])
    gspo = loss_settings("gspo", clip_high=0.4, clip_low=0.4)
    said = token_losses(gspo, tokens, before, torch.tensor([[1.0]]), mask)
    assert said.loss[0, :2].tolist() == pytest.approx([-1.4, -1.4])
    assert said.ratio[0, 0].item() == pytest.approx(2.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("correction", [None, Correction("token-truncate", 1.1), Correction("sequence-truncate", 1.3)])
def test_gradients_agree_with_finite_differences(kind, correction):
    """The gradient of each kind, its ratio off 1, with every estimator of the KL on one of the runs."""
    generator = torch.Generator().manual_seed(5)

    def draw(scale=0.5):
        return torch.randn(3, 4, dtype=torch.float64, generator=generator) * scale

    new, old, sampler, reference = draw() - 1, draw() - 1, draw() - 1, draw() - 1
    mask = torch.tensor([[True, True, True, True], [True, False, False, False], [True, True, False, False]])
    advantages = torch.tensor([[1.0], [-0.7], [0.4]], dtype=torch.float64)
    estimator = ("k1", "k2", "k3")[KINDS.index(kind) % 3]
    settings = loss_settings(kind, kl=Kl(estimator, 0.3, weighted=kind != "cispo"), correction=correction)

    def loss(values):
        said = token_losses(settings, values, old, advantages, mask, sampler, reference)
        return torch.where(mask, said.loss, 0.0).sum()

    if kind == "cispo":
        # Its weight is held still while log p moves, which finite differences would not do.
        weight = torch.exp(new - old).clamp(max=settings.ratio_cap)
        full = token_losses(settings, new, old, advantages, mask, sampler, reference)
        scale = torch.ones_like(new) if full.correction is None else full.correction
        parts = new.clone().requires_grad_()
        kl = kl_estimate(estimator, parts, reference)
        expected = torch.where(mask, -weight * advantages * parts * scale + 0.3 * kl, 0.0).sum()
        (wanted,) = torch.autograd.grad(expected, parts)
        mine = new.clone().requires_grad_()
        (got,) = torch.autograd.grad(loss(mine), mine)
        assert torch.allclose(got, wanted, atol=1e-12)
    else:
        assert torch.autograd.gradcheck(loss, (new.requires_grad_(),))


def test_clipped_tokens_get_no_gradient():
    new = torch.tensor([[1.0, 0.0]], requires_grad=True)
    mask = torch.ones(1, 2, dtype=torch.bool)
    said = token_losses(clipped(0.2, 0.2), new, torch.zeros(1, 2), torch.tensor([[1.0]]), mask)
    said.loss.sum().backward()
    assert said.high.tolist() == [[True, False]]
    assert new.grad.tolist() == [[0.0, -1.0]]


def test_estimates_of_the_kl_are_unbiased_where_they_should_be():
    """On a whole distribution: k1 and k3 are the KL, k2 is near it, and none of k2, k3 is ever below 0."""
    generator = torch.Generator().manual_seed(2)
    p, q = (torch.log_softmax(torch.randn(50, dtype=torch.float64, generator=generator) * 0.3, 0) for _ in range(2))
    kl = float((p.exp() * (p - q)).sum())
    for estimator, tolerance in (("k1", 1e-12), ("k3", 1e-12), ("k2", 0.1 * kl)):
        values = kl_estimate(estimator, p, q)
        assert float((p.exp() * values).sum()) == pytest.approx(kl, abs=tolerance)
        assert estimator == "k1" or values.min() >= 0


def test_weights_of_the_three_aggregations():
    lengths = [1, 3, 4]
    losses = [np.array([2.0]), np.array([1.0, 2.0, 6.0]), np.array([4.0, 0.0, 0.0, 0.0])]
    expected = {
        "sequence-mean": np.mean([losses[0].mean(), losses[1].mean(), losses[2].mean()]),
        "token-mean": np.concatenate(losses).mean(),
        "constant": np.concatenate(losses).sum() / (3 * 16),
    }
    for aggregation, value in expected.items():
        constant = 16 if aggregation == "constant" else None
        weights = token_weights(lengths, aggregation, constant)
        assert sum(w * loss.sum() for w, loss in zip(weights, losses, strict=True)) == pytest.approx(value)
    with pytest.raises(ValueError):
        token_weights(lengths, "constant", None)
    # A masked completion counts among the completions, not among the tokens.
    assert token_weights([2, 0], "sequence-mean", None) == [0.25, 0.0]
    assert token_weights([2, 0], "token-mean", None)[0] == 0.5
    assert token_weights([0], "token-mean", None) == [1.0]


@pytest.mark.parametrize("kind", KINDS)
def test_any_cut_into_micro_batches_has_the_same_gradients(kind):
    generator = torch.Generator().manual_seed(9)
    lengths = [5, 1, 3, 8, 0, 2]
    shape = (len(lengths), max(lengths))
    new, old, reference = (torch.randn(shape, generator=generator) * 0.4 - 1 for _ in range(3))
    advantages = torch.randn(len(lengths), 1, generator=generator)
    mask = torch.arange(shape[1])[None] < torch.tensor(lengths)[:, None]
    settings = loss_settings(kind, kl=Kl("k3", 0.1, weighted=True))
    weights = torch.tensor(token_weights(lengths, OWN_AGGREGATION[kind], settings.constant_length))[:, None]

    def gradient(plan):
        values = new.clone().requires_grad_()
        for rows in plan:
            widest = max(max(lengths[row] for row in rows), 1)
            said = token_losses(
                settings, values[rows, :widest], old[rows, :widest], advantages[rows], mask[rows, :widest],
                reference_log_probs=reference[rows, :widest],
            )  # fmt: skip
            (torch.where(mask[rows, :widest], said.loss, 0.0) * weights[rows]).sum().backward()
        return values.grad

    whole = gradient([[0, 1, 2, 3, 4, 5]])
    assert whole.abs().max() > 1e-3
    for plan in ([[3], [0, 1, 2], [4, 5]], [[5], [4], [3], [2], [1], [0]]):
        assert (gradient(plan) - whole).abs().max() < 1e-6 * whole.abs().max()
