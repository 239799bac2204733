"""Run in the environment of `deploy/trainers/environment`: what transformers and PEFT answer with exported models.

usage: peft_greedy.py INPUT.safetensors OUTPUT.safetensors. The input's metadata has `request`, JSON: `cases`, a list of
{"name", "base": folder, "adapter": folder or null, "make": whether PEFT first writes that adapter itself}, `prompts`,
their number, `forbidden`, token ids, and `most`. Tensors are PROMPT/ids and, with an image, PROMPT/patches and
PROMPT/grid. The output has CASE/PROMPT, the new tokens of greedy decoding.
"""

from __future__ import annotations

import json
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import Qwen2_5_VLForConditionalGeneration


def loaded(case: dict) -> torch.nn.Module:
    base = Qwen2_5_VLForConditionalGeneration.from_pretrained(case["base"], local_files_only=True)
    if case["adapter"] is None:
        return base
    if case["make"]:
        torch.manual_seed(3)
        config = LoraConfig(
            r=2, lora_alpha=6, target_modules=r".*language_model.*\.(q_proj|o_proj|up_proj)", init_lora_weights=False
        )
        get_peft_model(base, config).save_pretrained(case["adapter"])
        base = Qwen2_5_VLForConditionalGeneration.from_pretrained(case["base"], local_files_only=True)
    return PeftModel.from_pretrained(base, case["adapter"])


def main(source: str, target: str) -> None:
    answers = {}
    with safe_open(source, "pt") as file:
        request = json.loads(file.metadata()["request"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    for case in request["cases"]:
        model = loaded(case).eval()
        image_token = model.config.image_token_id
        for number in range(request["prompts"]):
            ids = tensors[f"{number}/ids"][None]
            shown = {}
            if f"{number}/patches" in tensors:
                shown = {
                    "pixel_values": tensors[f"{number}/patches"],
                    "image_grid_thw": tensors[f"{number}/grid"][None],
                    "mm_token_type_ids": (ids == image_token).int(),
                }
            said = model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=request["most"], do_sample=False,
                suppress_tokens=request["forbidden"], **shown,
            )  # fmt: skip
            answers[f"{case['name']}/{number}"] = said[0, ids.shape[1] :].contiguous()
    save_file(answers, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
