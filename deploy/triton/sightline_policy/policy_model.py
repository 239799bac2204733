"""What rollouts and steps need of a model, whichever way it came about."""

from __future__ import annotations

import torch
from transformers import PreTrainedModel

from .packing import ATTENTION
from .prompts import PromptEncoder
from .tokenizer import PolicyTokenizer


class _PatchProjection(torch.nn.Conv3d):
    """The vision tower's first layer. Its kernel is as large as its stride, so it is one product; as a convolution it
    took a tenth of a step with large images."""

    def forward(self, patches: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.linear(patches.flatten(1), self.weight.flatten(1), self.bias)


class PolicyModel:
    """A network of Qwen2.5-VL's shape with its tokenizer and prompt encoder; prompt and completion have at most
    `max_length` tokens together. Not safe for use by two threads at once."""

    def __init__(
        self, network: PreTrainedModel, tokenizer: PolicyTokenizer, encoder: PromptEncoder, max_length: int,
        device: torch.device,
    ) -> None:  # fmt: skip
        self.tokenizer = tokenizer
        self.encoder = encoder
        self.max_length = max_length
        self.device = device
        # Nothing here has dropout; eval only says so.
        self.network = network.eval().to(device)
        self.network.model.language_model.config._attn_implementation = ATTENTION
        # The same module with the same parameters and names, only computed otherwise.
        self.network.model.visual.patch_embed.proj.__class__ = _PatchProjection
        size = network.config.get_text_config().vocab_size
        self.forbidden = torch.ones(size, dtype=torch.bool, device=device)
        self.forbidden[: tokenizer.size] = False
        self.forbidden[list(tokenizer.never_sampled)] = True

    def named_parameters(self) -> list[tuple[str, torch.nn.Parameter]]:
        """Trainable tensors in name order; tied weights appear once."""
        return sorted(self.network.named_parameters())

    def parameter_count(self) -> int:
        return sum(parameter.numel() for _, parameter in self.named_parameters())

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """Scores over the vocabulary, in float32, with the tokens that are never sampled at minus infinity."""
        return self.network.lm_head(hidden).float().masked_fill(self.forbidden, -torch.inf)
