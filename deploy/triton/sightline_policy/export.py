"""Export of a run's weights in Hugging Face's layout."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from safetensors.torch import save as save_tensors
from transformers import PreTrainedTokenizerFast
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .adapters import AdaptedModel
from .canonical import sha256_hex
from .errors import ErrorType, PolicyError
from .files import sync_folder, write_synced
from .peft_folder import write_adapter
from .policy_model import PolicyModel
from .runs import Run
from .state_digest import NamedTensor
from .tokenizer import END_OF_TEXT, IM_END, IM_START, TOKENIZER_FILE

CHAT_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.content is string %}{{ m.content }}{% else %}"
    "{% for c in m.content %}{% if c.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ c.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def export(run: Run, model: PolicyModel, directory: str, layout: str) -> dict[str, Any]:
    """Write a folder that does not exist yet, from the run's model with all its weights at hand.

    Layout `merged` is a whole model: config, weights, tokenizer and processor, the folder's own ones for a model from a
    folder. Layout `adapter`, for a run that trains one, is PEFT's; the model under it is the folder that the run was
    opened with, or else written as the folder `base`.
    """
    target = Path(directory)
    if not target.is_absolute() or target.exists():
        message = f"{directory} must be an absolute path that does not exist yet; name another folder"
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="parameters.directory")
    temporary = target.with_name(f".{target.name}-{uuid.uuid4().hex}")
    match layout, model:
        case "merged", _:
            temporary.mkdir(parents=True)
            _write_model(temporary, model, model.merged_weights())
        case "adapter", AdaptedModel():
            temporary.mkdir(parents=True)
            folder = run.standing.base_folder()
            write_adapter(temporary, model, str(folder or target / "base"))
            if folder is None:
                (temporary / "base").mkdir()
                _write_model(temporary / "base", model, model.base.merged_weights())
                sync_folder(temporary / "base")
        case "adapter", _:
            message = f"run {run.id} trains whole weights and has no adapter; export it with the layout merged"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="parameters.layout")
        case _:
            message = f"layout {layout} is not known; use merged or adapter"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="parameters.layout")
    # Whoever opens a run only to export a checkpoint finds that one as the base.
    origin = {"run": run.id, "lineage": run.lineage, "stateDigest": run.state_digest, "base": run.body.json["base"]}
    write_synced(temporary / "sightline.json", json.dumps(origin, indent=1).encode())
    paths = sorted(path for path in temporary.rglob("*") if path.is_file())
    files = {path.relative_to(temporary).as_posix(): sha256_hex(path.read_bytes()) for path in paths}
    sync_folder(temporary)
    temporary.rename(target)
    sync_folder(target.parent)
    return {"directory": directory, "files": files}


def _write_model(folder: Path, model: PolicyModel, weights: list[NamedTensor]) -> None:
    tensors = {name: tensor.contiguous().cpu() for name, tensor in weights}
    write_synced(folder / "model.safetensors", save_tensors(tensors, metadata={"format": "pt"}))
    model.network.config.save_pretrained(folder)
    model.network.generation_config.save_pretrained(folder)
    if model.prompt_files is None:
        write_prompt_files(folder, model.encoder.image_processor)
    else:
        for name, data in model.prompt_files.items():
            write_synced(folder / name, data)


def write_prompt_files(folder: Path, image_processor: Qwen2VLImageProcessorPil) -> None:
    """Write tiny-vl's tokenizer and chat template, and an image processor, in Hugging Face's layout."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(TOKENIZER_FILE), bos_token=IM_START, eos_token=IM_END, pad_token=END_OF_TEXT
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    image_processor.save_pretrained(folder)
