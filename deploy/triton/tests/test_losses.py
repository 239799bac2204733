import numpy as np
import pytest
import torch

from sightline_policy.losses import clipped_loss, entropy, token_weights


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
        values = [torch.tensor(value, dtype=torch.float64) for value in (new, old, advantage)]
        loss, ratio, clipped = clipped_loss(*values, low, high)
        assert loss.item() == pytest.approx(plain(new, old, advantage, low, high), abs=1e-12)
        assert ratio.item() == pytest.approx(np.exp(new - old))
        outside = np.exp(new - old) > 1 + high if advantage > 0 else np.exp(new - old) < 1 - low
        assert clipped.item() == outside


def test_gradients_agree_with_finite_differences():
    torch.manual_seed(0)
    new = (torch.randn(6, dtype=torch.float64) * 0.5).requires_grad_()
    old = torch.randn(6, dtype=torch.float64) * 0.5
    advantage = torch.randn(6, dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda x: clipped_loss(x, old, advantage, 0.2, 0.3)[0].sum(), (new,))


def test_clipped_tokens_get_no_gradient():
    new = torch.tensor([1.0, 0.0], requires_grad=True)
    loss, _, clipped = clipped_loss(new, torch.tensor([0.0, 0.0]), torch.tensor([1.0, 1.0]), 0.2, 0.2)
    loss.sum().backward()
    assert clipped.tolist() == [True, False]
    assert new.grad.tolist() == [0.0, -1.0]


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


def test_entropy_ignores_impossible_tokens():
    logits = torch.tensor([[0.0, 0.0, -torch.inf, 0.0], [50.0, 0.0, -torch.inf, 0.0]])
    assert entropy(logits, 1.0).tolist() == pytest.approx([np.log(3), 0.0], abs=1e-6)
