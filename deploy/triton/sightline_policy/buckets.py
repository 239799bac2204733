"""Prompts of equal length go together, so that no row is padded on the left and no mask is needed."""

from __future__ import annotations

from collections.abc import Iterator

from .prompts import EncodedPrompt


def by_length(prompts: list[EncodedPrompt], most: int) -> Iterator[list[int]]:
    """Yield index lists of prompts with equal length, shortest first, in order, at most `most` each."""
    groups: dict[int, list[int]] = {}
    for index, prompt in enumerate(prompts):
        groups.setdefault(prompt.length, []).append(index)
    for length in sorted(groups):
        for start in range(0, len(groups[length]), most):
            yield groups[length][start : start + most]
