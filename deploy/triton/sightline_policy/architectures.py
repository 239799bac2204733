"""Where architectures keep their towers, and how each turns a picture into features of its text tower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from transformers import PreTrainedModel

from .prompts import EncodedPrompt


@dataclass(frozen=True)
class Architecture:
    """`text` is the attribute of the text tower, `vision` are the names under which all else lies. Positions have three
    axes (time, height, width) or one. `features` gives the rows of all pictures of prompts [tokens, hidden]."""

    text: str
    vision: tuple[str, ...]
    three_axes: bool
    features: Callable[[PreTrainedModel, list[EncodedPrompt]], torch.Tensor]

    def text_tower(self, network: PreTrainedModel) -> torch.nn.Module:
        return getattr(network.model, self.text)

    def positions(self, three: torch.Tensor) -> torch.Tensor:
        """What the tower takes of [3, 1, tokens]."""
        return three if self.three_axes else three[0]


def _of_patches(network: PreTrainedModel, pictures: list[EncodedPrompt]) -> torch.Tensor:
    """All pictures in one pass, cut into patches beforehand."""
    patches = torch.cat([prompt.patches for prompt in pictures]).to(network.device)
    grids = torch.tensor([prompt.grid for prompt in pictures], device=network.device)
    return torch.cat(network.model.get_image_features(patches, grids).pooler_output)


def _of_tiles(network: PreTrainedModel, pictures: list[EncodedPrompt]) -> torch.Tensor:
    """One picture after the other, since each has its own number of tiles."""
    rows = []
    for prompt in pictures:
        more = {name: tensor.to(network.device) for name, tensor in prompt.extras.items()}
        tiles = prompt.patches[None].to(network.device, network.dtype)
        rows.append(network.model.get_image_features(pixel_values=tiles, **more).pooler_output[0])
    return torch.cat(rows)


ARCHITECTURES = {
    "qwen2_5_vl": Architecture("language_model", ("model.visual.",), True, _of_patches),
    "llava_onevision": Architecture(
        "language_model",
        ("model.vision_tower.", "model.multi_modal_projector.", "model.image_newline"),
        False,
        _of_tiles,
    ),
    "smolvlm": Architecture("text_model", ("model.vision_model.", "model.connector."), False, _of_tiles),
}


def architecture_of(network: PreTrainedModel) -> Architecture:
    return ARCHITECTURES[network.config.model_type]
