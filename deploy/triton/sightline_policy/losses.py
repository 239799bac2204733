"""Losses of the GRPO family on tensors; nothing here knows of models or jobs."""

from __future__ import annotations

import torch


def token_weights(lengths: list[int], aggregation: str, constant_length: int | None) -> list[float]:
    """Return the weight of each token of a completion, so that the step's loss is a plain weighted sum.

    `lengths` are the token counts of all completions of the step, so the result does not depend on micro-batches.
    """
    count = len(lengths)
    if aggregation == "sequence-mean":
        return [1.0 / (count * length) for length in lengths]
    if aggregation == "token-mean":
        return [1.0 / sum(lengths)] * count
    if aggregation == "constant" and constant_length:
        return [1.0 / (count * constant_length)] * count
    raise ValueError(f"unknown aggregation {aggregation}")


def clipped_loss(
    log_probs: torch.Tensor, old_log_probs: torch.Tensor, advantages: torch.Tensor, clip_low: float, clip_high: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the clipped surrogate of each token, its ratio, and whether the clip is what counts.

    -min(r A, clip(r, 1 - low, 1 + high) A) with r = exp(log p - log p_old); all arguments broadcast to one shape.
    Source: PPO (arXiv 1707.06347) equation 7, with the asymmetric bounds of DAPO (arXiv 2503.14476).
    """
    ratio = torch.exp(log_probs - old_log_probs)
    free = ratio * advantages
    bounded = ratio.clamp(1.0 - clip_low, 1.0 + clip_high) * advantages
    return -torch.minimum(free, bounded), ratio.detach(), (bounded < free).detach()


def entropy(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return the entropy in nats of softmax(logits / temperature) over the last axis; minus infinity counts as 0."""
    log_p = torch.log_softmax(logits.detach() / temperature, -1)
    return -(log_p.exp() * log_p.clamp_min(-1e9)).sum(-1)
