"""Image-text models from a local folder in Hugging Face's layout. Nothing is ever fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .errors import ErrorType, PolicyError
from .model_folder import PROMPT_FILES, FolderDigests, FolderSettings, model_files, unusable
from .policy_model import PolicyModel
from .progress import Progress
from .templates import TemplateEncoder
from .tiled_models import TILED, load_tiled
from .tokenizer import IMAGE_PAD, NEVER_SAMPLED, PolicyTokenizer

QWEN = "qwen2_5_vl"


def open_folder(
    settings: FolderSettings, device: torch.device, digests: FolderDigests, progress: Progress
) -> tuple[PolicyModel, str]:
    """Load the folder of an `open`; return the model and the folder's digest, which must be the one asked for."""
    digest = digests.digest(settings.path, progress)
    if settings.digest is not None and settings.digest != digest:
        message = (
            f"model folder {settings.path} has digest {digest}, but {settings.digest} is asked for; "
            "give the folder as it was, or start a new experiment with the digest that it has now"
        )
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="model.digest", digest=digest)
    progress("load", 0, 1)
    model = load(settings.path, device, settings.torch_dtype)
    if settings.gradient_checkpointing:
        model.checkpoint_activations()
    return model, digest


def load(folder: Path, device: torch.device, dtype: torch.dtype = torch.float32) -> PolicyModel:
    """Load a complete folder; raise INVALID_REQUEST that names what is missing or does not fit."""
    model_files(folder)
    architecture = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type")
    if architecture in TILED:
        network, report, tokenizer, encoder = load_tiled(folder, architecture, dtype)
    elif architecture == QWEN:
        network, report, tokenizer, encoder = _load_qwen(folder, dtype)
    else:
        known = ", ".join([QWEN, *TILED])
        raise unusable(folder, f"holds a model of type {architecture!r}, not one of {known}")
    if report["missing_keys"] or report["mismatched_keys"]:
        wrong = sorted(map(str, [*report["missing_keys"], *report["mismatched_keys"]]))
        raise unusable(folder, f"lacks {len(wrong)} weights of the right shape, {wrong[0]} first")
    text = network.config.get_text_config()
    if set(getattr(text, "layer_types", None) or ["full_attention"]) != {"full_attention"}:
        raise unusable(folder, "uses sliding-window attention, which is not supported; set use_sliding_window to false")
    model = PolicyModel(network, tokenizer, encoder, text.max_position_embeddings, device)
    files = [folder / name for name in PROMPT_FILES]
    model.prompt_files = {file.name: file.read_bytes() for file in files if file.is_file()}
    return model


def _load_qwen(folder: Path, dtype: torch.dtype) -> tuple[Any, dict[str, Any], PolicyTokenizer, TemplateEncoder]:
    tokenizer = _tokenizer(folder)
    network, report = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, dtype=dtype, output_loading_info=True
    )
    network.config.image_token_id = tokenizer.special(IMAGE_PAD)
    processor = Qwen2VLImageProcessorPil.from_pretrained(folder, local_files_only=True)
    length = network.config.get_text_config().max_position_embeddings
    return network, report, tokenizer, TemplateEncoder(tokenizer, processor, length, folder)


def _tokenizer(folder: Path) -> PolicyTokenizer:
    try:
        tokenizer = PolicyTokenizer(folder / "tokenizer.json")
    except (AssertionError, KeyError):
        needed = ", ".join(NEVER_SAMPLED)
        raise unusable(folder, f"has a tokenizer that is not byte-level or lacks one of {needed}") from None
    if (folder / "generation_config.json").is_file():
        ends = GenerationConfig.from_pretrained(folder, local_files_only=True).eos_token_id
        ends = ends if isinstance(ends, list) else [ends]
        if tokenizer.end_of_turn not in ends:
            raise unusable(folder, f"ends turns with token {ends}, not with <|im_end|>")
    return tokenizer
