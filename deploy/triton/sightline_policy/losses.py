"""Losses of the GRPO family on tensors. Only torch is imported; nothing here knows of models or jobs.

The names mean what TRL's `loss_type` means (README.md, "Losses", says where that is not the paper's). A loss is a value
for each token and a weight for each token; weights are made from the lengths of the whole step, so a step's gradients
do not depend on how it is cut into micro-batches.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

CLIPPED = ("grpo", "dr-grpo", "dapo", "bnpo", "gspo")
KINDS = (*CLIPPED, "cispo", "sapo")
AGGREGATIONS = ("sequence-mean", "token-mean", "constant")
ESTIMATORS = ("k1", "k2", "k3")
CORRECTIONS = ("token-truncate", "sequence-truncate")

# How the kinds weigh tokens. "grpo" takes any aggregation; this one is its own.
OWN_AGGREGATION = {
    "grpo": "sequence-mean",
    "dr-grpo": "constant",
    "dapo": "token-mean",
    "bnpo": "token-mean",
    "gspo": "sequence-mean",
    "cispo": "token-mean",
    "sapo": "sequence-mean",
}


@dataclass(frozen=True)
class Kl:
    """A penalty of `coefficient` times an estimate of KL(policy || reference), added to each token's loss.

    `weighted` multiplies the estimate by the ratio, gradient and all, which makes the gradient that of the KL itself
    (DeepSeek-V3.2, arXiv 2512.02556; TRL's `use_bias_correction_kl`); without it the penalty is the GRPO paper's.
    """

    estimator: str
    coefficient: float
    weighted: bool


@dataclass(frozen=True)
class Correction:
    """The weight min(pi_old / pi_sampler, cap) on each token's loss, of the token or of its whole completion."""

    mode: str
    cap: float


@dataclass(frozen=True)
class LossSettings:
    """A loss of the family. What a kind does not read is None.

    `clip_low` and `clip_high` bound the ratio to [1 - low, 1 + high] (CLIPPED kinds), `ratio_cap` to at most itself
    (cispo); the temperatures are those of sapo's gate for advantages above 0 and for the others.
    """

    kind: str
    aggregation: str
    clip_low: float | None = None
    clip_high: float | None = None
    constant_length: int | None = None
    ratio_cap: float | None = None
    temperature_positive: float | None = None
    temperature_negative: float | None = None
    kl: Kl | None = None
    correction: Correction | None = None


@dataclass(frozen=True)
class TokenLosses:
    """What each token says, [rows, tokens]; only `loss` carries gradients, and only the mask's tokens count.

    `low` and `high` tell where the bound below or above is what counts. `kl` and `correction` are None without them.
    """

    loss: torch.Tensor
    ratio: torch.Tensor
    low: torch.Tensor
    high: torch.Tensor
    kl: torch.Tensor | None
    correction: torch.Tensor | None


def token_weights(lengths: list[int], aggregation: str, constant_length: int | None) -> list[float]:
    """Return the weight of each token of a completion, so that the step's loss is a plain weighted sum.

    `lengths` are the token counts of all completions of the step, so the result does not depend on micro-batches. A
    masked completion has length 0: it counts among the completions and not among the tokens, as in TRL.
    """
    count = len(lengths)
    if aggregation == "sequence-mean":
        return [1.0 / (count * length) if length else 0.0 for length in lengths]
    if aggregation == "token-mean":
        return [1.0 / max(1, sum(lengths))] * count
    if aggregation == "constant" and constant_length:
        return [1.0 / (count * constant_length)] * count
    raise ValueError(f"unknown aggregation {aggregation}")


def token_losses(
    settings: LossSettings, log_probs: torch.Tensor, old_log_probs: torch.Tensor, advantages: torch.Tensor,
    mask: torch.Tensor, sampler_log_probs: torch.Tensor | None = None, reference_log_probs: torch.Tensor | None = None,
) -> TokenLosses:  # fmt: skip
    """Return the loss of every token.

    Log-probabilities and `mask` are [rows, tokens], `advantages` [rows, 1]; gradients flow through `log_probs` only.
    `old_log_probs` are those that the ratio is to. A correction needs `sampler_log_probs`, a KL `reference_log_probs`.
    """
    log_ratio = log_probs - old_log_probs
    if settings.kind == "gspo":
        log_ratio = _mean_of_row(log_ratio, mask).expand_as(log_ratio)
    ratio = torch.exp(log_ratio)
    none = torch.zeros_like(mask)
    if settings.kind in CLIPPED:
        assert settings.clip_low is not None and settings.clip_high is not None
        loss, clipped = _clipped(ratio, advantages, settings.clip_low, settings.clip_high)
        low, high = clipped & (advantages < 0), clipped & (advantages > 0)
    elif settings.kind == "cispo":
        loss = -ratio.clamp(max=settings.ratio_cap).detach() * advantages * log_probs
        low, high = none, ratio.detach() > settings.ratio_cap
    elif settings.kind == "sapo":
        temperature = torch.where(advantages > 0, settings.temperature_positive, settings.temperature_negative)
        loss = -torch.sigmoid(temperature * (ratio - 1.0)) * (4.0 / temperature) * advantages
        low, high = none, none
    else:
        raise ValueError(f"unknown loss {settings.kind}")
    correction = kl = None
    if settings.correction is not None:
        assert sampler_log_probs is not None
        correction = _correction(settings.correction, old_log_probs.detach() - sampler_log_probs, mask)
        loss = loss * correction
    if settings.kl is not None:
        assert reference_log_probs is not None
        kl = kl_estimate(settings.kl.estimator, log_probs, reference_log_probs)
        loss = loss + settings.kl.coefficient * (kl * ratio if settings.kl.weighted else kl)
        kl = kl.detach()
    return TokenLosses(loss, ratio.detach(), low, high, kl, correction)


def _clipped(
    ratio: torch.Tensor, advantages: torch.Tensor, clip_low: float, clip_high: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return -min(r A, clip(r, 1 - low, 1 + high) A) of each token, and whether the clip is what counts.

    Source: PPO (arXiv 1707.06347) equation 7, with the asymmetric bounds of DAPO (arXiv 2503.14476).
    """
    free = ratio * advantages
    bounded = ratio.clamp(1.0 - clip_low, 1.0 + clip_high) * advantages
    return -torch.minimum(free, bounded), (bounded < free).detach()


def _mean_of_row(values: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean over the mask's tokens of each row, [rows, 1]."""
    total = torch.where(mask, values, 0.0).sum(-1, keepdim=True)
    return total / mask.sum(-1, keepdim=True).clamp(min=1)


def _correction(settings: Correction, log_ratio: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Weights [rows, tokens]; the completion's ratio is the product of its tokens' ones (TRL's `sequence_truncate`)."""
    log_ratio = torch.where(mask, log_ratio, 0.0)
    if settings.mode == "sequence-truncate":
        log_ratio = log_ratio.sum(-1, keepdim=True).expand_as(log_ratio)
    return torch.exp(log_ratio).clamp(max=settings.cap)


def kl_estimate(estimator: str, log_probs: torch.Tensor, reference_log_probs: torch.Tensor) -> torch.Tensor:
    """Estimate KL(policy || reference) of each sampled token.

    With d = log p - log q: k1 = d, k2 = d^2 / 2, k3 = exp(-d) + d - 1. Source: J. Schulman, "Approximating KL
    divergence" (2020). As a penalty that is not weighted by the ratio, k1 has an expected gradient of 0.
    """
    difference = log_probs - reference_log_probs
    if estimator == "k1":
        return difference
    if estimator == "k2":
        return difference.square() / 2.0
    if estimator == "k3":
        return torch.exp(-difference) + difference - 1.0
    raise ValueError(f"unknown estimator {estimator}")
