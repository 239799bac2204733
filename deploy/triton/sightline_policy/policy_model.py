"""What rollouts and steps need of a model, whichever way it came about."""

from __future__ import annotations

import copy
from contextlib import AbstractContextManager, nullcontext

import torch
from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from .architectures import architecture_of
from .errors import ErrorType, PolicyError
from .packing import ATTENTION
from .passes import CompletionPass
from .prompts import PromptEncoder
from .ranks import ALONE, Alone
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
        # What an export writes besides weights and configuration; None: what belongs to tiny-vl.
        self.prompt_files: dict[str, bytes] | None = None
        self._architecture = architecture_of(network)
        self._architecture.text_tower(network).config._attn_implementation = ATTENTION
        if network.config.model_type == "qwen2_5_vl":
            # The same module with the same parameters and names, only computed otherwise.
            network.model.visual.patch_embed.proj.__class__ = _PatchProjection
        size = network.config.get_text_config().vocab_size
        self.forbidden = torch.ones(size, dtype=torch.bool, device=device)
        self.forbidden[: tokenizer.size] = False
        self.forbidden[list(tokenizer.never_sampled)] = True
        self.completion_pass = CompletionPass(self.network, self.forbidden)
        self.ranks: Alone = ALONE
        # With several ranks: what takes the gathered weights for a while.
        self.whole_network: PreTrainedModel | None = None

    @property
    def shared(self) -> bool:
        """Whether other runs stand on the network too, which then is whole on each rank and frozen."""
        return False

    def with_network(self, network: PreTrainedModel) -> PolicyModel:
        """Return a model that is alone and has another network of the same structure."""
        other = copy.copy(self)
        other.network, other.ranks, other.whole_network = network, ALONE, None
        other.completion_pass = CompletionPass(network, self.forbidden)
        return other

    def checkpoint_activations(self) -> None:
        """Keep only each layer's input for the backward pass, which makes the rest again: the same numbers."""
        # There is no dropout, so there are no random numbers to put back.
        settings = {"use_reentrant": False, "preserve_rng_state": False}
        self.network.activation_checkpointing_enable(settings)
        for layer in self.network.modules():
            if isinstance(layer, GradientCheckpointingLayer):
                # Of the layer alone: what is inside it stays as `eval` left it.
                layer.training = True

    def named_parameters(self) -> list[tuple[str, torch.nn.Parameter]]:
        """What a run holds of its own, in name order; tied weights appear once."""
        return sorted(self.network.named_parameters())

    def active(self) -> AbstractContextManager[None]:
        """Have the network compute what this model says; jobs run inside."""
        return nullcontext()

    def merged_weights(self) -> list[tuple[str, torch.Tensor]]:
        """All weights of the network as this model computes, in name order."""
        return [(name, parameter.detach()) for name, parameter in self.named_parameters()]

    @torch.no_grad()
    def load(self, weights: dict[str, torch.Tensor]) -> None:
        """Take over tensors for all of `named_parameters`; raise INVALID_REQUEST when they are another model's."""
        own = dict(self.named_parameters())
        if {n: tuple(p.shape) for n, p in own.items()} != {n: tuple(w.shape) for n, w in weights.items()}:
            message = "the weights are those of another model; open the run with the checkpoint's model settings"
            raise PolicyError(ErrorType.INVALID_REQUEST, message)
        for name, parameter in own.items():
            parameter.copy_(self.ranks.place(weights[name], parameter))

    def text_layers(self) -> list[tuple[str, torch.nn.Linear]]:
        """The linear layers of the text tower by name."""
        text = self._architecture.text_tower(self.network)
        inside = {id(module) for module in text.modules()}
        return [
            (name, module)
            for name, module in self.network.named_modules()
            if isinstance(module, torch.nn.Linear) and id(module) in inside
        ]

    def is_vision(self, name: str) -> bool:
        """Whether a parameter belongs to the vision tower, its projection into the text tower included."""
        return name.startswith(self._architecture.vision)

    def parameter_count(self) -> int:
        return sum(parameter.numel() for _, parameter in self.named_parameters())

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """Scores over the vocabulary, in float32, with the tokens that are never sampled at minus infinity."""
        return self.network.lm_head(hidden).float().masked_fill(self.forbidden, -torch.inf)
