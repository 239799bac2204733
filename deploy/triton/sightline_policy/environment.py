"""What may change numbers: versions, device, instruction set, threads, dtype, attention kernel."""

from __future__ import annotations

import platform
from typing import Any

import numpy as np
import tokenizers
import torch
import transformers

from .canonical import digest_of
from .packing import ATTENTION
from .staging import MAX_CHUNK_BYTES


def choose_device(wish: str) -> torch.device:
    """Resolve `auto`, `cpu` or `cuda`."""
    if wish == "auto":
        wish = "cuda" if torch.cuda.is_available() else "cpu"
    if wish not in ("cpu", "cuda"):
        raise ValueError(f"SIGHTLINE_POLICY_DEVICE is {wish!r}; use auto, cpu or cuda")
    if wish == "cuda" and not torch.cuda.is_available():
        raise ValueError("SIGHTLINE_POLICY_DEVICE is cuda, but torch sees no GPU; use auto or cpu")
    return torch.device(wish)


def choose_kernels(deterministic: bool) -> None:
    """Let torch use only kernels that give the same bits each time; an operation without one then fails by name.

    On CPU all that is used here is so anyway. cuBLAS also needs CUBLAS_WORKSPACE_CONFIG, which serve.py sets.
    """
    torch.use_deterministic_algorithms(deterministic)


def describe(device: torch.device, threads: int, ranks: int = 1) -> dict[str, Any]:
    """Return the answer of `describe`; its digest stands in the lineage of every run."""
    name = "cpu" if device.type == "cpu" else f"cuda:{torch.cuda.get_device_name()}"
    fingerprint = {
        "versions": {
            "python": platform.python_version(),
            "torch": str(torch.__version__),
            "transformers": transformers.__version__,
            "numpy": np.__version__,
            "tokenizers": tokenizers.__version__,
        },
        "device": name,
        "instructionSet": torch.backends.cpu.get_cpu_capability(),
        "threads": threads,
        "dtype": "float32",
        "attention": ATTENTION,
        "models": ["tiny-vl"],
    }
    # Only where they differ from the usual, so that lineages of before go on.
    if torch.are_deterministic_algorithms_enabled():
        fingerprint["deterministic"] = True
    if ranks > 1:
        fingerprint["ranks"] = ranks
    return {
        "protocol": 1,
        **fingerprint,
        "maxChunkBytes": MAX_CHUNK_BYTES,
        "environmentDigest": digest_of(fingerprint),
    }
