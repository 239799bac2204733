"""Teacher-forced passes over completions that are given: each prompt and image once, nothing padded."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from .errors import ErrorType, PolicyError
from .packing import pack, packed_pass
from .policy_model import PolicyModel
from .prompts import EncodedPrompt
from .selected import selected_log_probs


@dataclass(frozen=True)
class Scored:
    """Completions in the order given, [rows, longest]: `log_probs` of their tokens, which carry gradients, the
    `entropy` of the distribution behind each, both 0 outside `mask`."""

    log_probs: torch.Tensor
    entropy: torch.Tensor
    mask: torch.Tensor


def _check_budget(tokens: int) -> None:
    """Say that memory ran out before it does, where SIGHTLINE_POLICY_PASS_TOKENS says how much one pass may take."""
    budget = int(os.environ.get("SIGHTLINE_POLICY_PASS_TOKENS", "0"))
    if 0 < budget < tokens:
        message = f"A pass of {tokens} tokens is over SIGHTLINE_POLICY_PASS_TOKENS={budget}; use smaller micro-batches"
        raise PolicyError(ErrorType.OUT_OF_MEMORY, message, tokens=tokens, budget=budget)


def score_completions(
    model: PolicyModel,
    prompts: list[EncodedPrompt | None],
    completions: list[tuple[int, list[int]]],
    temperature: float,
) -> Scored:
    """Pass over completions (prompt index, tokens) and the prompts that they name; other prompts may be None."""
    used = sorted({prompt for prompt, _ in completions})
    place = {prompt: number for number, prompt in enumerate(used)}
    shown = [prompt for index in used if (prompt := prompts[index]) is not None]
    packing = pack(shown, [(place[prompt], tokens) for prompt, tokens in completions], model.device)
    _check_budget(packing.ids.numel())
    hidden = packed_pass(model.network, packing).index_select(0, packing.places)
    head = model.network.lm_head.weight
    log_probs, entropy = selected_log_probs(hidden, head, packing.targets, model.forbidden, temperature)
    lengths = torch.tensor([len(tokens) for _, tokens in completions])
    mask = (torch.arange(int(lengths.max())) < lengths[:, None]).to(model.device)
    table = torch.zeros(mask.shape, device=model.device)
    return Scored(table.masked_scatter(mask, log_probs), table.masked_scatter(mask, entropy), mask)
