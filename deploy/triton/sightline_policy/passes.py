"""Teacher-forced passes over completions that are given: the plain one, and one that shares the prompt's pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from .buckets import by_length
from .prompts import EncodedPrompt
from .tiny_vl import PolicyModel


@dataclass(frozen=True)
class Scored:
    """Rows of a pass, named by `order`: `logits` [rows, longest, vocabulary], `targets` and `mask` [rows, longest]."""

    order: list[int]
    logits: torch.Tensor
    targets: torch.Tensor
    mask: torch.Tensor

    def log_probs(self, temperature: float) -> torch.Tensor:
        """Log-probabilities of the targets [rows, longest]; 0 at places after a row's end."""
        scaled = self.logits if temperature == 1.0 else self.logits / temperature
        picked = torch.log_softmax(scaled, -1).gather(-1, self.targets[..., None])[..., 0]
        return torch.where(self.mask, picked, torch.zeros_like(picked))


def _targets(rows: list[list[int]], device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Pad token lists on the right; return tokens and mask [rows, longest]."""
    longest = max(map(len, rows))
    tokens = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for index, row in enumerate(rows):
        tokens[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = True
    return tokens.to(device), mask.to(device)


def plain_pass(model: PolicyModel, prompts: list[EncodedPrompt], completions: list[list[int]]) -> Scored:
    """Pass over prompt and completion of every row at once. Padding stands on the right, where causality hides it."""
    targets, mask = _targets(completions, model.device)
    lengths = torch.tensor([prompt.length for prompt in prompts])
    width = int(lengths.max()) + targets.shape[1] - 1
    ids = torch.zeros(len(prompts), width, dtype=torch.long)
    positions = torch.zeros(3, len(prompts), width, dtype=torch.long)
    for row, (prompt, tokens) in enumerate(zip(prompts, completions, strict=True)):
        end = prompt.length + len(tokens) - 1
        ids[row, : prompt.length] = prompt.ids
        ids[row, prompt.length : end] = torch.tensor(tokens[:-1], dtype=torch.long)
        positions[:, row, : prompt.length] = prompt.positions
        positions[:, row, prompt.length :] = torch.arange(width - prompt.length) + prompt.next_position
    ids = ids.to(model.device)
    hidden = model.text_pass(model.embed(ids, prompts), positions.to(model.device), None)
    places = (lengths[:, None] - 1 + torch.arange(targets.shape[1])).clamp(max=width - 1).to(model.device)
    picked = hidden.gather(1, places[..., None].expand(-1, -1, hidden.shape[-1]))
    return Scored(list(range(len(prompts))), model.logits(picked), targets, mask)


def shared_passes(
    model: PolicyModel, prompts: list[EncodedPrompt], completions: list[tuple[int, list[int]]]
) -> Iterator[Scored]:
    """Pass over completions (prompt index, tokens) with each prompt and image once; one `Scored` a prompt length."""
    used = sorted({prompt for prompt, _ in completions})
    for group in by_length([prompts[index] for index in used], len(used)):
        members = [used[index] for index in group]
        place = {prompt: index for index, prompt in enumerate(members)}
        order = [index for index, (prompt, _) in enumerate(completions) if prompt in place]
        targets, mask = _targets([completions[index][1] for index in order], model.device)
        prefix = model.prefill([prompts[index] for index in members])
        prefix.select(torch.tensor([place[completions[index][0]] for index in order], device=model.device))
        hidden = prefix.hidden[:, None]
        if targets.shape[1] > 1:
            hidden = torch.cat([hidden, model.continue_from(prefix, targets[:, :-1], 0)], dim=1)
        yield Scored(order, model.logits(hidden), targets, mask)
