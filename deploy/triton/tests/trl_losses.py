"""Run in TRL's environment: what TRL's own GRPOTrainer makes of given log-probabilities, rewards and completions.

usage: trl_losses.py INPUT.safetensors OUTPUT.safetensors. The input's metadata has `cases`, a JSON list of
{"name", "config": fields of GRPOConfig, "vllm": whether rollouts count as another engine's}; each case's tensors are
NAME/tokens, lengths, rewards and new, old, sampler, reference (log-probabilities [N, T]). Only generation, scoring and
the model's pass are replaced; masks, advantages, corrections, KL and losses are TRL's code.
"""

from __future__ import annotations

import json
import sys
import tempfile
from typing import Any

import torch
import trl
from datasets import Dataset
from safetensors import safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
from trl import GRPOConfig, GRPOTrainer
from trl.trainer.utils import split_tensor_dict

END = 2


class FixedTrainer(GRPOTrainer):
    """A trainer to whom the case says what was generated and how likely it is."""

    case: dict[str, torch.Tensor]
    rows: slice | None = None

    def _generate(self, prompts: list) -> tuple:
        rows = [
            row[:length].tolist()
            for row, length in zip(self.case["tokens"], self.case["lengths"].tolist(), strict=True)
        ]
        sampled = [p[: len(row)].tolist() for p, row in zip(self.case["sampler"], rows, strict=True)]
        texts = ["" for _ in rows]
        return [[3] for _ in rows], rows, None, texts, sampled if self.use_vllm else None, {}, None, None

    def _calculate_rewards(self, *ignored: Any) -> torch.Tensor:
        return self.case["rewards"][:, None]

    def _get_per_token_logps_and_entropies(self, model: Any, *ignored: Any, **named: Any) -> tuple:
        if self.rows is not None:
            values = self.case["new"][self.rows]
        else:
            values = self.case["reference" if model is self.ref_model else "old"]
        return values, torch.zeros_like(values), None


def tokenizer() -> PreTrainedTokenizerFast:
    words = Tokenizer(models.WordLevel({"<pad>": 0, "<unk>": 1, "<end>": END, "w": 3}, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<end>", unk_token="<unk>", padding_side="left"
    )


def answer(case: dict[str, Any], tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the loss of the step, its gradient with respect to `new`, and the advantages."""
    torch.manual_seed(0)
    model = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=16, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1,
            num_key_value_heads=1, eos_token_id=END, pad_token_id=0,
        )
    )  # fmt: skip
    config = dict(case["config"])
    # A reference model would be loaded by name, so the coefficient comes after the trainer is made.
    beta = config.pop("beta", 0.0)
    args = GRPOConfig(
        output_dir=tempfile.gettempdir(), report_to=[], use_cpu=True, bf16=False, gradient_checkpointing=False,
        num_iterations=2, **config,
    )  # fmt: skip
    prompts = [{"prompt": "w"}] * len(tensors["rewards"])
    trainer = FixedTrainer(
        model=model, reward_funcs=lambda **named: [], args=args, train_dataset=Dataset.from_list(prompts),
        processing_class=tokenizer(),
    )  # fmt: skip
    trainer.beta, trainer.ref_model = beta, object() if beta else None
    trainer.use_vllm = case["vllm"]
    trainer.current_gradient_accumulation_steps = args.gradient_accumulation_steps
    trainer.model.train()
    trainer.case = {**tensors, "new": tensors["new"].clone().requires_grad_()}
    trainer.rows = None
    batch = trainer._generate_and_score_completions(prompts)
    total = 0.0
    size = args.per_device_train_batch_size
    for index, part in enumerate(split_tensor_dict(batch, args.gradient_accumulation_steps)):
        trainer.rows = slice(index * size, (index + 1) * size)
        loss = trainer.compute_loss(trainer.model, part)
        loss.backward()
        total += float(loss.detach())
    gradient = trainer.case["new"].grad
    return {"loss": torch.tensor(total), "gradient": gradient, "advantages": batch["advantages"]}


def main() -> None:
    with safe_open(sys.argv[1], "pt") as file:
        cases = json.loads(file.metadata()["cases"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
    answers = {}
    for case in cases:
        name = case["name"]
        own = {key.removeprefix(f"{name}/"): t for key, t in tensors.items() if key.startswith(f"{name}/")}
        answers |= {f"{name}/{key}": value.contiguous() for key, value in answer(case, own).items()}
    save_file(answers, sys.argv[2], {"trl": trl.__version__, "torch": torch.__version__})


if __name__ == "__main__":
    main()
