#!/usr/bin/env python3
"""Write a folder with a random Qwen2.5-VL of about two million parameters, complete as a real one: config, weights,
tokenizer, chat template, image processor. For tests and benchmarks; same arguments, same bytes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch
from transformers import GenerationConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from sightline_policy.export import write_prompt_files  # noqa: E402
from sightline_policy.tiny_vl import TinyVlSettings  # noqa: E402
from sightline_policy.tokenizer import PolicyTokenizer  # noqa: E402

MAX_PIXELS = 1280 * 28 * 28


def write(
    folder: Path,
    seed: int = 0,
    hidden: int = 128,
    text_layers: int = 4,
    vision_layers: int = 4,
    vocabulary: int | None = None,
    initializer_range: float = 0.08,
) -> None:
    """Make the folder. `vocabulary` may exceed the tokenizer's size, as that of the published models does."""
    settings = TinyVlSettings(
        seed=seed, hidden_size=hidden, text_layers=text_layers, vision_layers=vision_layers, heads=4,
        key_value_heads=2, intermediate_size=2 * hidden, patch_size=14, merge_size=2,
    )  # fmt: skip
    tokenizer = PolicyTokenizer()
    config = settings.config(tokenizer)
    if vocabulary is not None:
        config.text_config.vocab_size = vocabulary
    for part in (config, config.text_config, config.vision_config):
        part.initializer_range = initializer_range
    # As in the published models: windows of 112 pixels, and every second block sees the whole image.
    config.vision_config.window_size = 112
    config.vision_config.fullatt_block_indexes = list(range(1, vision_layers, 2))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = Qwen2_5_VLForConditionalGeneration(config)
    folder.mkdir(parents=True)
    network.generation_config = GenerationConfig(
        eos_token_id=tokenizer.end_of_turn, pad_token_id=config.text_config.pad_token_id
    )
    network.save_pretrained(folder)
    processor = Qwen2VLImageProcessorPil(min_pixels=28 * 28, max_pixels=MAX_PIXELS, patch_size=14, merge_size=2)
    write_prompt_files(folder, processor)
    # The processor of transformers wants one for videos too, though none is shown here.
    video = {"video_processor_type": "Qwen2VLVideoProcessor", "patch_size": 14, "merge_size": 2}
    (folder / "video_preprocessor_config.json").write_text(json.dumps(video), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--text-layers", type=int, default=4)
    parser.add_argument("--vision-layers", type=int, default=4)
    parser.add_argument("--vocabulary", type=int)
    options = vars(parser.parse_args())
    folder = options.pop("folder")
    if folder.exists():
        parser.error(f"{folder} exists; name another folder")
    write(folder, **options)
    print(f"{folder}: {', '.join(sorted(file.name for file in folder.iterdir()))}")


if __name__ == "__main__":
    main()
