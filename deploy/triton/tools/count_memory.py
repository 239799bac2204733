#!/usr/bin/env python3
"""Count the bytes that torch really holds for a step of a folder's model: weights, gradients, Adam's moments, and what
the forward pass keeps for the backward pass. `golden/memory.json` is its output; the plan of `sightline model check` is
held against it."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from PIL import Image  # noqa: E402

from sightline_policy.adapters import TARGETS, AdaptedModel, Lora  # noqa: E402
from sightline_policy.passes import score_completions  # noqa: E402
from sightline_policy.payloads import IMAGE_MARK, Prompt  # noqa: E402
from sightline_policy.policy_model import PolicyModel  # noqa: E402
from sightline_policy.train import OptimizerSettings  # noqa: E402
from sightline_policy.vision_language import load  # noqa: E402

import tiny_folder  # noqa: E402

# Settings of the folder; groups of completions; tokens of a completion; pixels of the image side; words of the prompt.
CASES = (
    ({"hidden": 128, "text_layers": 4, "vision_layers": 4}, 2, 4, 96, 168, 40),
    ({"hidden": 128, "text_layers": 2, "vision_layers": 2}, 4, 8, 32, 84, 10),
    ({"hidden": 256, "text_layers": 3, "vision_layers": 1}, 2, 8, 64, 84, 60),
    ({"hidden": 64, "text_layers": 1, "vision_layers": 6}, 3, 2, 16, 448, 10),
)

# Of this rank some factors of the cases have 4096 elements and others fewer.
ADAPTER_RANK = 32


def picture(side: int) -> bytes:
    import io

    data = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(data, "PNG")
    return data.getvalue()


def moment_bytes(optimizer: torch.optim.Optimizer) -> int:
    return sum(tensor.nbytes for state in optimizer.state.values() for tensor in state.values() if tensor.dim())


def eight_bit_bytes(model: PolicyModel) -> int:
    optimizer = OptimizerSettings(0.9, 0.999, 1e-8, 0.0, eight_bit=True).create(model)
    optimizer.step()
    return moment_bytes(optimizer)


def count(settings: dict, groups: int, samples: int, tokens: int, side: int, words: int) -> dict:
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        tiny_folder.write(path, **settings)
        config = json.loads((path / "config.json").read_text())
        stored = sum(file.stat().st_size for file in path.glob("*.safetensors"))
        model = load(path, torch.device("cpu"))
    prompts = [
        model.encoder.encode(Prompt(str(index), IMAGE_MARK + " word" * words, picture(side), ""))
        for index in range(groups)
    ]
    rows = [(group, list(range(30, 30 + tokens))) for group in range(groups) for _ in range(samples)]
    parameters = {parameter.untyped_storage().data_ptr() for _, parameter in model.named_parameters()}
    held: dict[int, int] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in parameters:
            held[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        scored = score_completions(model, prompts, rows, 1.0)
    scored.log_probs.sum().backward()
    optimizer = torch.optim.AdamW([parameter for _, parameter in model.named_parameters()], lr=1e-3)
    optimizer.step()
    # The base's forward pass is over; an adapter's gradients are made up, since only sizes count.
    adapted = AdaptedModel(model, Lora(ADAPTER_RANK, 8.0, TARGETS, 1))
    for _, parameter in adapted.named_parameters():
        parameter.grad = torch.ones_like(parameter)
    return {
        "config": config,
        "groups": groups,
        "samples": samples,
        "completionTokens": tokens,
        "promptTokens": prompts[0].length,
        "patches": len(prompts[0].patches),
        "folderBytes": stored,
        "visionParameters": sum(p.numel() for name, p in model.named_parameters() if ".visual." in name),
        "textParameters": sum(p.numel() for name, p in model.named_parameters() if ".visual." not in name),
        "weightBytes": sum(p.nbytes for _, p in model.named_parameters()),
        "gradientBytes": sum(p.grad.nbytes for _, p in model.named_parameters()),
        "momentBytes": moment_bytes(optimizer),
        "eightBitMomentBytes": eight_bit_bytes(model),
        "adapterEightBitMomentBytes": eight_bit_bytes(adapted),
        "activationBytes": sum(held.values()),
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "golden" / "memory.json"
    cases = [count(*case) for case in CASES]
    target.write_text(
        json.dumps({"torch": torch.__version__, "adapterRank": ADAPTER_RANK, "cases": cases}, indent=1) + "\n",
        encoding="utf-8",
    )
