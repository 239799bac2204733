"""Adapters in PEFT's layout: `adapter_config.json` and `adapter_model.safetensors`, read and written without PEFT."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from .adapters import TARGETS, AdaptedModel, Lora, StoredAdapter
from .errors import ErrorType, PolicyError
from .files import write_synced

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
_PREFIX = "base_model.model."
_NAME = re.compile(re.escape(_PREFIX) + r"(.+\.([a-z_]+)\.lora_[AB]\.weight)")
# What PEFT's configuration may say besides and we do not compute; each with the value that means "not used".
_PLAIN = {"bias": ("none",), "use_dora": (None, False), "use_rslora": (None, False), "fan_in_fan_out": (None, False),
          "rank_pattern": (None, {}), "alpha_pattern": (None, {}), "modules_to_save": (None, [])}  # fmt: skip


def write_adapter(folder: Path, model: AdaptedModel, base: str) -> None:
    """Write an adapter into an existing folder. `base` is what its users load the base from."""
    tensors = {f"{_PREFIX}{name}": p.detach().contiguous().cpu() for name, p in model.named_parameters()}
    config = {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": base, "inference_mode": True,
        "r": model.settings.rank, "lora_alpha": model.settings.alpha, "lora_dropout": 0.0, "bias": "none",
        # Whole names: the vision tower's layers have some of the same endings.
        "target_modules": sorted(model.adapted),
    }  # fmt: skip
    write_synced(folder / WEIGHTS, save_tensors(tensors, metadata={"format": "pt"}))
    write_synced(folder / CONFIG, json.dumps(config, indent=2).encode())


def read_adapter(folder: Path) -> StoredAdapter:
    """Read an adapter that we or PEFT wrote; raise INVALID_REQUEST that names what is missing or not plain LoRA."""
    if not folder.is_absolute():
        raise _unusable(folder, "is not an absolute path")
    missing = [name for name in (CONFIG, WEIGHTS) if not (folder / name).is_file()]
    if missing:
        raise _unusable(folder, f"lacks {', '.join(missing)}")
    try:
        config: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        tensors = load_tensors((folder / WEIGHTS).read_bytes())
        rank, alpha = int(config["r"]), float(config["lora_alpha"])
    except (ValueError, TypeError, KeyError, SafetensorError) as error:
        raise _unusable(folder, f"cannot be read ({type(error).__name__}: {error})") from None
    if config.get("peft_type") != "LORA":
        raise _unusable(folder, f"holds {config.get('peft_type')}, not LORA")
    for field, plain in _PLAIN.items():
        if config.get(field) not in plain:
            raise _unusable(folder, f"sets {field} to {config[field]!r}, which is not supported")
    named = {}
    for key, tensor in tensors.items():
        match = _NAME.fullmatch(key)
        if match is None or match.group(2) not in TARGETS:
            raise _unusable(folder, f"holds {key}, which is no adapter of a text tower's {', '.join(TARGETS)}")
        named[match.group(1)] = tensor
    targets = {name.split(".")[-3] for name in named}
    settings = Lora(rank, alpha, tuple(name for name in TARGETS if name in targets), 0)
    return StoredAdapter(settings, named, None)


def _unusable(folder: Path, why: str) -> PolicyError:
    message = f"adapter folder {folder} {why}; give a folder with plain LoRA as PEFT writes it"
    return PolicyError(ErrorType.INVALID_REQUEST, message, field="body.base.adapter")
