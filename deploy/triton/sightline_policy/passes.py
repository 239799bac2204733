"""Teacher-forced passes over completions that are given: each prompt and image once, nothing padded."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from .errors import ErrorType, PolicyError
from .packing import Packing, pack, packed_pass
from .prompts import EncodedPrompt
from .selected import selected_log_probs

if TYPE_CHECKING:
    from .policy_model import PolicyModel


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


class CompletionPass(torch.nn.Module):
    """A whole pass as one module, so that what shards a network sees where its use begins and ends."""

    def __init__(self, network: torch.nn.Module, forbidden: torch.Tensor) -> None:
        super().__init__()
        self.network = network
        self._forbidden = forbidden

    def forward(self, packing: Packing, temperature: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log-probabilities and entropies of the packing's targets [predictions]."""
        hidden = packed_pass(self.network, packing).index_select(0, packing.places)
        head = self.network.lm_head.weight
        return selected_log_probs(hidden, head, packing.targets, self._forbidden, temperature)


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
    # The same on all ranks, so that none passes on while another refuses.
    _check_budget(max(model.ranks.gather(packing.ids.numel())))
    log_probs, entropy = model.completion_pass(packing, temperature)
    lengths = torch.tensor([len(tokens) for _, tokens in completions])
    mask = (torch.arange(int(lengths.max())) < lengths[:, None]).to(model.device)
    table = torch.zeros(mask.shape, device=model.device)
    return Scored(table.masked_scatter(mask, log_probs), table.masked_scatter(mask, entropy), mask)
