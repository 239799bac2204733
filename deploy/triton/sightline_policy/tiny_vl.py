"""tiny-vl: a Qwen2.5-VL of one to two million random parameters. Same class and code path as the large ones."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .fields import Fields
from .policy_model import PolicyModel
from .prompts import PromptEncoder
from .tokenizer import END_OF_TEXT, IM_END, IM_START, IMAGE_PAD, VIDEO_PAD, VISION_END, VISION_START, PolicyTokenizer

MAX_LENGTH = 4096
MIN_PIXELS = 28 * 28
MAX_PIXELS = 1280 * 28 * 28
# Wider than the 0.02 of the large models: 180 supervised steps on 2 x 3 boards gave P 0 with 0.02 or 0.05, 0.6 here.
INITIALIZER_RANGE = 0.08


@dataclass(frozen=True)
class TinyVlSettings:
    """The `model` body of `open`."""

    seed: int
    hidden_size: int
    text_layers: int
    vision_layers: int
    heads: int
    key_value_heads: int
    intermediate_size: int
    patch_size: int
    merge_size: int

    @staticmethod
    def read(fields: Fields) -> TinyVlSettings:
        fields.choice("kind", ("tiny-vl",))
        seed = fields.string("seed")
        if not seed.removeprefix("-").isdecimal() or not -(2**63) <= int(seed) < 2**63:
            fields.fail_at("seed", "must be a 64-bit integer written as a string")
        settings = TinyVlSettings(
            seed=int(seed),
            hidden_size=fields.integer("hiddenSize", 16, 4096),
            text_layers=fields.integer("textLayers", 1, 64),
            vision_layers=fields.integer("visionLayers", 1, 64),
            heads=fields.integer("heads", 1, 64),
            key_value_heads=fields.integer("keyValueHeads", 1, 64),
            intermediate_size=fields.integer("intermediateSize", 16, 16384),
            patch_size=fields.integer("patchSize", 2, 64),
            merge_size=fields.integer("mergeSize", 1, 4),
        )
        fields.done()
        if settings.heads % settings.key_value_heads:
            fields.fail_at("keyValueHeads", "must divide heads")
        if settings.hidden_size % (8 * settings.heads):
            fields.fail_at("hiddenSize", "must be a multiple of 8 x heads")
        return settings

    def config(self, tokenizer: PolicyTokenizer) -> Qwen2_5_VLConfig:
        half = self.hidden_size // self.heads // 2
        time = half // 4 + (half - half // 4) % 2
        space = (half - time) // 2
        config = Qwen2_5_VLConfig(
            text_config={
                "hidden_size": self.hidden_size,
                "intermediate_size": self.intermediate_size,
                "num_hidden_layers": self.text_layers,
                "num_attention_heads": self.heads,
                "num_key_value_heads": self.key_value_heads,
                "initializer_range": INITIALIZER_RANGE,
                "vocab_size": tokenizer.size,
                "max_position_embeddings": MAX_LENGTH,
                "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [time, space, space]},
                "bos_token_id": tokenizer.special(IM_START),
                "eos_token_id": tokenizer.special(IM_END),
                "pad_token_id": tokenizer.special(END_OF_TEXT),
                "tie_word_embeddings": True,
            },
            vision_config={
                "depth": self.vision_layers,
                "initializer_range": INITIALIZER_RANGE,
                "hidden_size": self.hidden_size,
                "intermediate_size": self.intermediate_size,
                "num_heads": self.heads,
                "out_hidden_size": self.hidden_size,
                "patch_size": self.patch_size,
                "spatial_merge_size": self.merge_size,
                "temporal_patch_size": 2,
                "window_size": 4 * self.patch_size * self.merge_size,
                "fullatt_block_indexes": [self.vision_layers - 1],
            },
            image_token_id=tokenizer.special(IMAGE_PAD),
            video_token_id=tokenizer.special(VIDEO_PAD),
            vision_start_token_id=tokenizer.special(VISION_START),
            vision_end_token_id=tokenizer.special(VISION_END),
            initializer_range=INITIALIZER_RANGE,
            tie_word_embeddings=True,
        )
        return config


class TinyVl(PolicyModel):
    """tiny-vl with random weights."""

    def __init__(self, settings: TinyVlSettings, device: torch.device) -> None:
        self.settings = settings
        tokenizer = PolicyTokenizer()
        processor = Qwen2VLImageProcessorPil(
            min_pixels=MIN_PIXELS, max_pixels=MAX_PIXELS, patch_size=settings.patch_size, merge_size=settings.merge_size
        )
        encoder = PromptEncoder(tokenizer, processor, MAX_LENGTH)
        # The network starts on the CPU and from its own seed, so that its weights do not depend on the device.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            network = Qwen2_5_VLForConditionalGeneration(settings.config(tokenizer))
        super().__init__(network.float(), tokenizer, encoder, MAX_LENGTH, device)
