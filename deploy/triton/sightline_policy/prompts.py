"""From a prompt to what the model reads: ids in the chat template, image patches and three-axis positions."""

from __future__ import annotations

import io
import warnings
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .canonical import sha256_hex
from .errors import ErrorType, PolicyError
from .payloads import IMAGE_MARK, Prompt
from .tokenizer import IM_END, IM_START, IMAGE_PAD, VISION_END, VISION_START, PolicyTokenizer

_IMAGES_KEPT = 4096


@dataclass(frozen=True)
class EncodedPrompt:
    """`ids` [length], `positions` [3, length] (time, height, width), `patches` [patches, values], `grid` (t, h, w)."""

    ids: torch.Tensor
    positions: torch.Tensor
    next_position: int
    patches: torch.Tensor | None
    grid: tuple[int, int, int] | None

    @property
    def length(self) -> int:
        return int(self.ids.shape[0])


class PromptEncoder:
    """Keeps the patches of images by their digest, since training shows the same boards again and again."""

    def __init__(self, tokenizer: PolicyTokenizer, image_processor: Qwen2VLImageProcessorPil, max_length: int) -> None:
        self._tokenizer = tokenizer
        self._merge: int = image_processor.merge_size
        self._max_length = max_length
        self.image_processor = image_processor
        self._patches: OrderedDict[str, tuple[torch.Tensor, tuple[int, int, int]]] = OrderedDict()
        self._image_pad = tokenizer.special(IMAGE_PAD)
        self._opening = [tokenizer.special(IM_START), *tokenizer.encode("user\n")]
        self._turn = [tokenizer.special(IM_END), *tokenizer.encode("\n")]
        self._assistant = [tokenizer.special(IM_START), *tokenizer.encode("assistant\n")]

    def encode(self, prompt: Prompt) -> EncodedPrompt:
        """Encode one prompt; raise INVALID_REQUEST for an unreadable image or a prompt that is too long."""
        patches: torch.Tensor | None = None
        grid: tuple[int, int, int] | None = None
        rows = columns = 0
        if prompt.image is not None:
            patches, grid = self._image(prompt)
            rows, columns = grid[1] // self._merge, grid[2] // self._merge
        ids = self._ids(prompt, rows * columns)
        start = ids.index(self._image_pad) if prompt.image is not None else 0
        if len(ids) >= self._max_length:
            message = f"prompt {prompt.id} has {len(ids)} tokens; the model reads fewer than {self._max_length}"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="prompts")
        positions = self._positions(len(ids), start, rows, columns)
        return EncodedPrompt(torch.tensor(ids), torch.from_numpy(positions), int(positions.max()) + 1, patches, grid)

    def _ids(self, prompt: Prompt, image_tokens: int) -> list[int]:
        """The prompt's tokens in the chat template, the image's place filled with `image_tokens` of its own."""
        ids = list(self._opening)
        if prompt.image is None:
            ids += self._tokenizer.encode(prompt.text)
        else:
            before, after = prompt.text.split(IMAGE_MARK)
            ids += [*self._tokenizer.encode(before), self._tokenizer.special(VISION_START)]
            ids += [self._image_pad] * image_tokens
            ids += [self._tokenizer.special(VISION_END), *self._tokenizer.encode(after)]
        return ids + self._turn + self._assistant + self._tokenizer.encode(prompt.assistant_prefix)

    @staticmethod
    def _positions(length: int, start: int, rows: int, columns: int) -> np.ndarray:
        """Text counts on all three axes; an image holds its time and spans height and width, as in Qwen2.5-VL."""
        positions = np.empty((3, length), dtype=np.int64)
        count = rows * columns
        positions[:, :start] = np.arange(start)
        if count:
            positions[0, start : start + count] = start
            positions[1, start : start + count] = start + np.repeat(np.arange(rows), columns)
            positions[2, start : start + count] = start + np.tile(np.arange(columns), rows)
        after = length - start - count
        positions[:, start + count :] = np.arange(after) + start + max(rows, columns)
        return positions

    def _image(self, prompt: Prompt) -> tuple[torch.Tensor, tuple[int, int, int]]:
        assert prompt.image is not None
        digest = sha256_hex(prompt.image)
        if digest in self._patches:
            self._patches.move_to_end(digest)
            return self._patches[digest]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                picture = Image.open(io.BytesIO(prompt.image), formats=("PNG",)).convert("RGB")
            processed = self.image_processor(images=[picture], return_tensors="pt")
        except (UnidentifiedImageError, OSError, ValueError, Warning) as error:
            message = f"the image of prompt {prompt.id} cannot be read as PNG: {error}"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="prompts") from None
        time, height, width = (int(n) for n in processed["image_grid_thw"][0])
        self._patches[digest] = (processed["pixel_values"], (time, height, width))
        if len(self._patches) > _IMAGES_KEPT:
            self._patches.popitem(last=False)
        return self._patches[digest]
