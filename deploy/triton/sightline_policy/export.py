"""Export of a run's weights in Hugging Face's layout."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from safetensors.torch import save as save_tensors
from transformers import PreTrainedTokenizerFast
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .canonical import sha256_hex
from .errors import ErrorType, PolicyError
from .files import sync_folder, write_synced
from .runs import Run
from .tokenizer import END_OF_TEXT, IM_END, IM_START, TOKENIZER_FILE

CHAT_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.content is string %}{{ m.content }}{% else %}"
    "{% for c in m.content %}{% if c.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ c.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def export(run: Run, directory: str) -> dict[str, Any]:
    """Write config, weights, tokenizer and image processor into a folder that does not exist yet."""
    target = Path(directory)
    if not target.is_absolute() or target.exists():
        message = f"{directory} must be an absolute path that does not exist yet; name another folder"
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="parameters.directory")
    temporary = target.with_name(f".{target.name}-{uuid.uuid4().hex}")
    temporary.mkdir(parents=True)
    write_synced(
        temporary / "model.safetensors",
        save_tensors({name: tensor.contiguous().cpu() for name, tensor in run.weights()}, metadata={"format": "pt"}),
    )
    run.model.network.config.save_pretrained(temporary)
    run.model.network.generation_config.save_pretrained(temporary)
    write_prompt_files(temporary, run.model.encoder.image_processor)
    origin = {"run": run.id, "lineage": run.lineage, "stateDigest": run.state_digest}
    write_synced(temporary / "sightline.json", json.dumps(origin, indent=1).encode())
    files = {file.name: sha256_hex(file.read_bytes()) for file in sorted(temporary.iterdir()) if file.is_file()}
    sync_folder(temporary)
    temporary.rename(target)
    sync_folder(target.parent)
    return {"directory": directory, "files": files}


def write_prompt_files(folder: Path, image_processor: Qwen2VLImageProcessorPil) -> None:
    """Write tiny-vl's tokenizer and chat template, and an image processor, in Hugging Face's layout."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(TOKENIZER_FILE), bos_token=IM_START, eos_token=IM_END, pad_token=END_OF_TEXT
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    image_processor.save_pretrained(folder)
