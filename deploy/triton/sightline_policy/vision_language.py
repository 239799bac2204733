"""Image-text models of Qwen2.5-VL's interface from a local folder in Hugging Face's layout. Nothing is ever fetched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import torch
from transformers import AutoTokenizer, GenerationConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .errors import ErrorType, PolicyError
from .model_folder import PROMPT_FILES, FolderDigests, FolderSettings, Progress, model_files, unusable
from .payloads import IMAGE_MARK, Prompt
from .policy_model import PolicyModel
from .prompts import PromptEncoder
from .tokenizer import IMAGE_PAD, NEVER_SAMPLED, PolicyTokenizer

ARCHITECTURE = "qwen2_5_vl"
# Stand for the user's text while the template is rendered; private-use characters that no template holds.
_BEFORE, _AFTER = "\ue0f0", "\ue0f1"


class TemplateEncoder(PromptEncoder):
    """Shows prompts in the folder's own chat template: the same ids as the folder's processor gives, except that text
    of the user never becomes a special token."""

    def __init__(
        self, tokenizer: PolicyTokenizer, image_processor: Qwen2VLImageProcessorPil, max_length: int, folder: Path
    ) -> None:
        super().__init__(tokenizer, image_processor, max_length)
        specials = sorted(tokenizer.added, key=len, reverse=True)
        self._special = re.compile("|".join(map(re.escape, specials)))
        render = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        template = _template(folder) or render.chat_template
        if template is None:
            raise unusable(
                folder, "has no chat template (chat_template.jinja, or chat_template in tokenizer_config.json)"
            )
        texts = [{"type": "text", "text": _BEFORE}], [{"type": "image"}, {"type": "text", "text": _AFTER}]
        self._plain, self._shown = (
            self._pieces(
                render.apply_chat_template(
                    [{"role": "user", "content": content}],
                    chat_template=template, tokenize=False, add_generation_prompt=True,
                )
            )
            for content in (texts[0], texts[0] + texts[1])
        )  # fmt: skip
        if self._shown.count(tokenizer.special(IMAGE_PAD)) != 1 or _AFTER not in "".join(
            piece for piece in self._shown if isinstance(piece, str)
        ):
            raise unusable(folder, "has a chat template that does not show an image followed by text in a user turn")

    def _pieces(self, rendered: str) -> list[int | str]:
        """Split at special tokens, which become ids; runs of text stay, joined with the user's only when encoded."""
        pieces: list[int | str] = []
        end = 0
        for match in self._special.finditer(rendered):
            pieces += [rendered[end : match.start()], self._tokenizer.added[match.group()]]
            end = match.end()
        return [piece for piece in [*pieces, rendered[end:]] if piece != ""]

    def _ids(self, prompt: Prompt, image_tokens: int) -> list[int]:
        before, _, after = prompt.text.partition(IMAGE_MARK) if prompt.image is not None else (prompt.text, "", "")
        pieces = list(self._plain if prompt.image is None else self._shown)
        if isinstance(pieces[-1], str):
            pieces[-1] += prompt.assistant_prefix
        else:
            pieces.append(prompt.assistant_prefix)
        user = {_BEFORE: before, _AFTER: after}
        ids: list[int] = []
        for piece in pieces:
            if isinstance(piece, str):
                filled = "".join(user.get(part, part) for part in re.split(f"([{_BEFORE}{_AFTER}])", piece))
                ids += self._tokenizer.encode(filled)
            else:
                ids += [piece] * (image_tokens if piece == self._image_pad else 1)
        return ids


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
    if architecture != ARCHITECTURE:
        raise unusable(folder, f"holds a model of type {architecture!r}, not {ARCHITECTURE!r}")
    tokenizer = _tokenizer(folder)
    network, report = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, dtype=dtype, output_loading_info=True
    )
    if report["missing_keys"] or report["mismatched_keys"]:
        wrong = sorted(map(str, [*report["missing_keys"], *report["mismatched_keys"]]))
        raise unusable(folder, f"lacks {len(wrong)} weights of the right shape, {wrong[0]} first")
    text = network.config.get_text_config()
    if set(text.layer_types) != {"full_attention"}:
        raise unusable(folder, "uses sliding-window attention, which is not supported; set use_sliding_window to false")
    network.config.image_token_id = tokenizer.special(IMAGE_PAD)
    processor = Qwen2VLImageProcessorPil.from_pretrained(folder, local_files_only=True)
    encoder = TemplateEncoder(tokenizer, processor, text.max_position_embeddings, folder)
    model = PolicyModel(network, tokenizer, encoder, text.max_position_embeddings, device)
    files = [folder / name for name in PROMPT_FILES]
    model.prompt_files = {file.name: file.read_bytes() for file in files if file.is_file()}
    return model


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


def _template(folder: Path) -> str | None:
    """The processor's template, which Qwen2.5-VL's folders keep beside the tokenizer's."""
    if (folder / "chat_template.jinja").is_file():
        return (folder / "chat_template.jinja").read_text(encoding="utf-8")
    if (folder / "chat_template.json").is_file():
        return json.loads((folder / "chat_template.json").read_text(encoding="utf-8"))["chat_template"]
    return None
