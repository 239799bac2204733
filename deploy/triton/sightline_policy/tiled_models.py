"""Models of LLaVA-OneVision's and SmolVLM's interface: pictures as tiles, positions with one axis."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from transformers import (
    AutoConfig,
    AutoTokenizer,
    LlavaOnevisionForConditionalGeneration,
    SmolVLMForConditionalGeneration,
)
from transformers.image_processing_utils import select_best_resolution
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil
from transformers.models.smolvlm.image_processing_pil_smolvlm import SmolVLMImageProcessorPil

from .model_folder import unusable
from .payloads import Prompt
from .prompts import EncodedPrompt
from .templates import TemplateEncoder
from .tokenizer import PolicyTokenizer

TILED = {
    "llava_onevision": (LlavaOnevisionForConditionalGeneration, LlavaOnevisionImageProcessorPil),
    "smolvlm": (SmolVLMForConditionalGeneration, SmolVLMImageProcessorPil),
}


class TiledEncoder(TemplateEncoder):
    """Shows prompts in the folder's chat template. A picture's place is filled with what the architecture's processor
    of transformers puts there."""

    def __init__(
        self, tokenizer: PolicyTokenizer, image_processor: Any, max_length: int, folder: Path, config: Any
    ) -> None:
        image_token = tokenizer.name(config.image_token_id)
        super().__init__(tokenizer, image_processor, max_length, folder, image_token)
        self._config = config
        self._image_token = image_token

    def encode(self, prompt: Prompt) -> EncodedPrompt:
        tiles, extras, image = None, {}, []
        if prompt.image is not None:
            tiles, extras, image = self._cached(prompt, self._tiles)
        ids = self._fitting(prompt, self._ids(prompt, image))
        positions = torch.arange(len(ids)).expand(3, -1)
        return EncodedPrompt(torch.tensor(ids), positions, len(ids), tiles, None, extras)

    def _tiles(self, picture: Image.Image) -> tuple[torch.Tensor, dict[str, torch.Tensor], list[int]]:
        """Tiles [count, 3, side, side], what the vision tower needs besides, and the picture's ids."""
        if self._config.model_type == "smolvlm":
            made = self.image_processor(images=[[picture]], return_tensors="pt", return_row_col_info=True)
            extras = {"pixel_attention_mask": made["pixel_attention_mask"]}
            text = self._grid_text(int(made["rows"][0][0]), int(made["cols"][0][0]))
            ids = [i for piece in self._pieces(text) for i in self._as_ids(piece)]
        else:
            made = self.image_processor(images=[picture], return_tensors="pt")
            extras = {"image_sizes": made["image_sizes"]}
            ids = [self._image_pad] * self._feature_count(picture.height, picture.width)
        return made["pixel_values"][0], extras, ids

    def _as_ids(self, piece: int | str) -> list[int]:
        return [piece] if isinstance(piece, int) else self._tokenizer.encode(piece)

    def _grid_text(self, rows: int, columns: int) -> str:
        """SmolVLM: each tile named by row and column, then the whole picture in one tile."""
        vision = self._config.vision_config
        side = vision.image_size // vision.patch_size
        tile = self._image_token * (side * side // self._config.scale_factor**2)
        lines = [
            "".join(f"<fake_token_around_image><row_{row}_col_{column}>{tile}" for column in range(1, columns + 1))
            for row in range(1, rows + 1)
        ]
        parts = "".join(line + "\n" for line in lines) + ("\n" if lines else "")
        return f"{parts}<fake_token_around_image><global-img>{tile}<fake_token_around_image>"

    def _feature_count(self, height: int, width: int) -> int:
        """LLaVA-OneVision: the whole picture in one tile, then the tiles of its best grid without the padding, made
        smaller where they are too many, with a mark at each row's end."""
        vision = self._config.vision_config
        side = vision.image_size // vision.patch_size
        best = select_best_resolution([height, width], self._config.image_grid_pinpoints)
        rows, columns = (side * (edge // vision.image_size) for edge in best)
        if width / height > columns / rows:
            rows -= 2 * ((rows - int(round(height * (columns / width), 7))) // 2)
        else:
            columns -= 2 * ((columns - int(round(width * (rows / height), 7))) // 2)
        most = int(self._config.vision_aspect_ratio.removeprefix("anyres_max_"))
        ratio = math.sqrt(rows * columns / (most * side**2))
        if ratio > 1.1:
            rows, columns = int(rows // ratio), int(columns // ratio)
        return side * side + rows * columns + rows


def load_tiled(folder: Path, model_type: str, dtype: torch.dtype) -> tuple[Any, dict[str, Any], PolicyTokenizer, Any]:
    """Load network, the report of its weights, tokenizer and encoder from a folder whose files are all there."""
    network_class, processor_class = TILED[model_type]
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    text = config.get_text_config()
    end = AutoTokenizer.from_pretrained(folder, local_files_only=True).eos_token
    try:
        tokenizer = PolicyTokenizer(folder / "tokenizer.json", end_of_turn=end, never_sampled=None)
    except (AssertionError, KeyError, TypeError):
        raise unusable(folder, f"has a tokenizer that is not byte-level or lacks its end of turn {end!r}") from None
    network, report = network_class.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, dtype=dtype, output_loading_info=True
    )
    processor = processor_class.from_pretrained(folder, local_files_only=True)
    encoder = TiledEncoder(tokenizer, processor, text.max_position_embeddings, folder, network.config)
    return network, report, tokenizer, encoder
