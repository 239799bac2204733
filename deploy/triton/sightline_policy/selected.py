"""Log-probabilities of chosen tokens without the whole matrix of scores: rows by rows, forward and backward."""

from __future__ import annotations

from typing import Any

import torch

# Scores that are held at once. A piece of this size stays in the cache of a CPU and is enough work for a GPU.
_SCORES_AT_ONCE = 2**20


class _Selected(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        hidden: torch.Tensor,
        weight: torch.Tensor,
        targets: torch.Tensor,
        forbidden: torch.Tensor | None,
        temperature: float,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        log_probs = torch.empty(len(hidden), dtype=torch.float32, device=hidden.device)
        entropy, normalizers = torch.empty_like(log_probs), torch.empty_like(log_probs)
        for rows in _pieces(len(hidden), len(weight)):
            scores = _scores(hidden[rows], weight, forbidden, temperature)
            normalizers[rows] = scores.logsumexp(1)
            centered = scores.sub_(normalizers[rows, None])
            log_probs[rows] = centered.gather(1, targets[rows, None])[:, 0]
            # The forbidden have share 0 and minus infinity, whose product must count as 0.
            entropy[rows] = -(torch.exp(centered) * centered.clamp_min(-1e9)).sum(1)
        ctx.save_for_backward(hidden, weight, targets, normalizers)
        ctx.forbidden, ctx.temperature = forbidden, temperature
        ctx.mark_non_differentiable(entropy)
        return log_probs, entropy

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor, _: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        hidden, weight, targets, normalizers = ctx.saved_tensors
        to_hidden = torch.empty_like(hidden)
        # A frozen head is as large as a layer's worth of work; it gets no gradient made.
        to_weight = torch.zeros_like(weight) if ctx.needs_input_grad[1] else None
        scaled = -gradient / ctx.temperature
        for rows in _pieces(len(hidden), len(weight)):
            scores = _scores(hidden[rows], weight, ctx.forbidden, ctx.temperature)
            change = scores.sub_(normalizers[rows, None]).exp_().mul_(scaled[rows, None])
            change.scatter_add_(1, targets[rows, None], -scaled[rows, None])
            change = change.to(hidden.dtype)
            torch.mm(change, weight, out=to_hidden[rows])
            if to_weight is not None:
                to_weight.addmm_(change.t(), hidden[rows])
        return to_hidden, to_weight, None, None, None


def _pieces(rows: int, vocabulary: int) -> list[slice]:
    size = max(16, _SCORES_AT_ONCE // vocabulary)
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


def _scores(
    hidden: torch.Tensor, weight: torch.Tensor, forbidden: torch.Tensor | None, temperature: float
) -> torch.Tensor:
    scores = torch.mm(hidden, weight.t()).float()
    if forbidden is not None:
        scores.masked_fill_(forbidden, -torch.inf)
    return scores if temperature == 1.0 else scores.div_(temperature)


def selected_log_probs(
    hidden: torch.Tensor,
    weight: torch.Tensor,
    targets: torch.Tensor,
    forbidden: torch.Tensor | None = None,
    temperature: float = 1.0,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return log-probabilities of `targets` [rows] under softmax(hidden weight^T / temperature), and the entropies.

    `hidden` [rows, size] and `weight` [vocabulary, size] get gradients; the entropy in nats has none. `forbidden`
    [vocabulary] marks tokens without probability. Results are float32; the scores are made again for the backward pass.
    """
    return _Selected.apply(hidden, weight, targets, forbidden, temperature)
