"""From a prompt to what the model reads: ids in the chat template, image patches and three-axis positions."""

from __future__ import annotations

import io
import warnings
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError

from .canonical import sha256_hex
from .errors import ErrorType, PolicyError
from .payloads import IMAGE_MARK, Prompt
from .tokenizer import IM_END, IM_START, IMAGE_PAD, VISION_END, VISION_START, PolicyTokenizer

_IMAGES_KEPT = 4096


@dataclass(frozen=True)
class EncodedPrompt:
    """`ids` [length], `positions` [3, length] (time, height, width), `patches` [patches, values], `grid` (t, h, w).
    A picture in tiles has `patches` [tiles, 3, side, side], no grid, and in `extras` what else its tower takes."""

    ids: torch.Tensor
    positions: torch.Tensor
    next_position: int
    patches: torch.Tensor | None
    grid: tuple[int, int, int] | None
    extras: dict[str, torch.Tensor] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return int(self.ids.shape[0])


class PromptEncoder:
    """Keeps the patches of images by their digest, since training shows the same boards again and again."""

    def __init__(
        self, tokenizer: PolicyTokenizer, image_processor: Any, max_length: int, image_token: str = IMAGE_PAD
    ) -> None:
        self._tokenizer = tokenizer
        self._max_length = max_length
        self.image_processor = image_processor
        self._pictures: OrderedDict[str, Any] = OrderedDict()
        self._image_pad = tokenizer.special(image_token)

    def encode(self, prompt: Prompt) -> EncodedPrompt:
        """Encode one prompt; raise INVALID_REQUEST for an unreadable image or a prompt that is too long."""
        patches: torch.Tensor | None = None
        grid: tuple[int, int, int] | None = None
        rows = columns = 0
        if prompt.image is not None:
            patches, grid = self._cached(prompt, self._patches)
            merge = self.image_processor.merge_size
            rows, columns = grid[1] // merge, grid[2] // merge
        ids = self._fitting(prompt, self._ids(prompt, [self._image_pad] * (rows * columns)))
        start = ids.index(self._image_pad) if prompt.image is not None else 0
        positions = self._positions(len(ids), start, rows, columns)
        return EncodedPrompt(torch.tensor(ids), torch.from_numpy(positions), int(positions.max()) + 1, patches, grid)

    def _fitting(self, prompt: Prompt, ids: list[int]) -> list[int]:
        if len(ids) >= self._max_length:
            message = f"prompt {prompt.id} has {len(ids)} tokens; the model reads fewer than {self._max_length}"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="prompts")
        return ids

    def _ids(self, prompt: Prompt, image: list[int]) -> list[int]:
        """The prompt's tokens in the chat template, the image's place filled with its own."""
        start, end = self._tokenizer.special(IM_START), self._tokenizer.special(IM_END)
        ids = [start, *self._tokenizer.encode("user\n")]
        if prompt.image is None:
            ids += self._tokenizer.encode(prompt.text)
        else:
            before, after = prompt.text.split(IMAGE_MARK)
            ids += [*self._tokenizer.encode(before), self._tokenizer.special(VISION_START)]
            ids += image
            ids += [self._tokenizer.special(VISION_END), *self._tokenizer.encode(after)]
        ids += [end, *self._tokenizer.encode("\n"), start, *self._tokenizer.encode("assistant\n")]
        return ids + self._tokenizer.encode(prompt.assistant_prefix)

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

    def _patches(self, picture: Image.Image) -> tuple[torch.Tensor, tuple[int, int, int]]:
        processed = self.image_processor(images=[picture], return_tensors="pt")
        time, height, width = (int(n) for n in processed["image_grid_thw"][0])
        return processed["pixel_values"], (time, height, width)

    def _cached(self, prompt: Prompt, process: Callable[[Image.Image], Any]) -> Any:
        """What `process` makes of the prompt's image, from the last images when it is among them."""
        assert prompt.image is not None
        digest = sha256_hex(prompt.image)
        if digest in self._pictures:
            self._pictures.move_to_end(digest)
            return self._pictures[digest]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                picture = Image.open(io.BytesIO(prompt.image), formats=("PNG",)).convert("RGB")
            self._pictures[digest] = process(picture)
        except (UnidentifiedImageError, OSError, ValueError, Warning) as error:
            message = f"the image of prompt {prompt.id} cannot be read as PNG: {error}"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="prompts") from None
        if len(self._pictures) > _IMAGES_KEPT:
            self._pictures.popitem(last=False)
        return self._pictures[digest]
