"""tiny-vl: a Qwen2.5-VL of one to two million random parameters. Same class and code path as the large ones."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from transformers import DynamicCache, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .fields import Fields
from .policy_model import PolicyModel
from .prompts import EncodedPrompt, PromptEncoder
from .tokenizer import END_OF_TEXT, IM_END, IM_START, IMAGE_PAD, VIDEO_PAD, VISION_END, VISION_START, PolicyTokenizer

MAX_LENGTH = 4096
MIN_PIXELS = 28 * 28
MAX_PIXELS = 1280 * 28 * 28
ATTENTION = "sdpa"
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
        config._attn_implementation = ATTENTION
        return config


@dataclass
class Prefix:
    """Prompts of one length after their pass: last hidden state [prompts, hidden], keys and values, next positions."""

    hidden: torch.Tensor
    cache: DynamicCache
    next_position: torch.Tensor

    def select(self, rows: torch.Tensor) -> None:
        """Keep, repeat or reorder rows; gradients flow through."""
        self.hidden = self.hidden[rows]
        self.next_position = self.next_position[rows]
        self.cache.batch_select_indices(rows)


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

    def embed(self, ids: torch.Tensor, prompts: list[EncodedPrompt]) -> torch.Tensor:
        """Embed ids [rows, length] and put the image features of the rows' prompts in their places."""
        embedded = self.network.model.get_input_embeddings()(ids)
        shown = [prompt for prompt in prompts if prompt.patches is not None]
        if shown:
            patches = torch.cat([prompt.patches for prompt in shown]).to(self.device)
            grids = torch.tensor([prompt.grid for prompt in shown], device=self.device)
            features = torch.cat(self.network.model.get_image_features(patches, grids).pooler_output)
            places = (ids == self.network.config.image_token_id).unsqueeze(-1)
            embedded = embedded.masked_scatter(places, features)
        return embedded

    def text_pass(self, embedded: torch.Tensor, positions: torch.Tensor, cache: DynamicCache | None) -> torch.Tensor:
        """Run the text tower on rows without padding on the left; return hidden states [rows, length, hidden]."""
        output = self.network.model.language_model(
            inputs_embeds=embedded, position_ids=positions, past_key_values=cache, use_cache=cache is not None
        )
        return output.last_hidden_state

    def prefill(self, prompts: list[EncodedPrompt]) -> Prefix:
        """Pass over prompts of equal length, each once."""
        ids = torch.stack([prompt.ids for prompt in prompts]).to(self.device)
        positions = torch.stack([prompt.positions for prompt in prompts], dim=1).to(self.device)
        cache = DynamicCache(config=self.network.config.get_text_config())
        hidden = self.text_pass(self.embed(ids, prompts), positions, cache)[:, -1]
        following = torch.tensor([prompt.next_position for prompt in prompts], device=self.device)
        return Prefix(hidden, cache, following)

    def continue_from(self, prefix: Prefix, tokens: torch.Tensor, offset: int) -> torch.Tensor:
        """Pass over tokens [rows, count], the first at `offset` places after the prompt; the cache grows."""
        steps = torch.arange(offset, offset + tokens.shape[1], device=self.device)
        positions = (prefix.next_position[:, None] + steps).expand(3, -1, -1)
        return self.text_pass(self.network.model.get_input_embeddings()(tokens), positions, prefix.cache)
