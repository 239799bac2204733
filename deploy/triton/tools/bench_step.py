#!/usr/bin/env python3
"""Seconds of an optimizer step: TRL's GRPOTrainer and this server's code in turn, step by step, in one process.

Both start from one folder with a random Qwen2.5-VL and get the same prompts, images, lengths and threads; in the step
before the counted ones the gradients of TRL's batch are compared. Run it with the interpreter that
deploy/trainers/environment prints (TRL needs NumPy 2). A ratio is TRL's median over ours; the one of a
shape is that to TRL's fastest setting.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Threads that spin at barriers would take the time of whatever else runs, and of each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402
import torch  # noqa: E402
from PIL import Image  # noqa: E402

from sightline_policy.losses import LossSettings  # noqa: E402
from sightline_policy.passes import score_completions  # noqa: E402
from sightline_policy.payloads import Completion, Prompt, RolloutRequest, TrainRequest  # noqa: E402
from sightline_policy.policy_model import PolicyModel  # noqa: E402
from sightline_policy.rollout import Sample, roll_out  # noqa: E402
from sightline_policy.train import OptimizerSettings, grpo_step  # noqa: E402
from sightline_policy.vision_language import load  # noqa: E402

from tiny_folder import write  # noqa: E402

VOCABULARY = 1024
WORDS = ["minutes", "answer", "kiwi", "fresh", "board", "description", "what", "how"]


@dataclass(frozen=True)
class Shape:
    """`words` are the least and most words of a prompt; with `allowed` only so many tokens can be sampled, of which the
    end of the turn is one, so that completions end early."""

    name: str
    pixels: int
    words: tuple[int, int]
    tokens: int
    allowed: int | None = None
    prompts: int = 8
    samples: int = 8


SHAPES = (
    Shape("58-token prompts, 96 tokens", 112, (33, 33), 96),
    Shape("256 image tokens, 32 tokens", 448, (33, 33), 32),
    Shape("mixed prompts, early ends", 112, (5, 60), 96, allowed=64),
)
SETTINGS = {
    "default": {},
    "no checkpointing": {"gradient_checkpointing": False},
    "no checkpointing, eager": {"gradient_checkpointing": False, "attention": "eager"},
}


@dataclass(frozen=True)
class Question:
    text: str
    image: Image.Image

    def prompt(self, name: str) -> Prompt:
        data = io.BytesIO()
        self.image.save(data, "PNG", compress_level=1)
        return Prompt(name, f"<image>{self.text}", data.getvalue(), "")


def questions(shape: Shape, count: int) -> list[Question]:
    draw, pixels = random.Random(1), np.random.default_rng(1)
    return [
        Question(
            " ".join(draw.choice(WORDS) for _ in range(draw.randint(*shape.words))),
            Image.fromarray(pixels.integers(0, 255, (shape.pixels, shape.pixels, 3), dtype=np.uint8)),
        )
        for _ in range(count)
    ]


def forbidden(shape: Shape, model: PolicyModel) -> torch.Tensor:
    """Tokens that nobody may sample here: those of the template and the image, and what the shape excludes."""
    mask = torch.zeros(VOCABULARY, dtype=torch.bool)
    mask[list(model.tokenizer.never_sampled)] = True
    mask[model.tokenizer.size :] = True
    mask[model.tokenizer.end_of_turn] = shape.allowed is None
    if shape.allowed is not None:
        mask[shape.allowed - 1 : model.tokenizer.end_of_turn] = True
        mask[model.tokenizer.end_of_turn + 1 :] = True
    return mask


def reward(tokens: list[int]) -> float:
    return sum(token % 2 for token in tokens) / len(tokens)


class Ours:
    """The server's rollout and step, without what stands around them (protocol, payloads, journal, digests)."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self.shape = shape
        self.model = load(folder, torch.device("cpu"))
        self.optimizer = OptimizerSettings(0.9, 0.999, 1e-8, 0.0).create(self.model)
        self.forbidden = forbidden(shape, self.model)
        # TRL's loss is over the whole vocabulary, whatever its sampler may not choose.
        self.anything = torch.zeros_like(self.forbidden)

    def steps(self, data: list[Question]) -> Iterator[dict[str, float]]:
        shape = self.shape
        for start in range(0, len(data), shape.prompts):
            prompts = [q.prompt(str(n)) for n, q in enumerate(data[start : start + shape.prompts])]
            seeds = [[start * 1000 + n * 100 + s for s in range(shape.samples)] for n in range(shape.prompts)]
            marks = [("prefill", time.perf_counter())]
            spent = time.process_time()

            def tick(phase: str, done: int, total: int, marks: list[tuple[str, float]] = marks) -> None:
                if phase != marks[-1][0]:
                    marks.append((phase, time.perf_counter()))

            self.model.forbidden = self.forbidden
            request = RolloutRequest(prompts, shape.samples, seeds, 1.0, shape.tokens, [])
            samples, _ = roll_out(self.model, request, tick)
            self.model.forbidden = self.anything
            grpo_step(self.model, self.optimizer, self.request(prompts, samples), tick)
            marks.append(("", time.perf_counter()))
            spent = time.process_time() - spent
            parts = {name: end - begin for (name, begin), (_, end) in itertools.pairwise(marks)}
            yield {"step": marks[-1][1] - marks[0][1], "cpu": spent, **parts}

    def request(self, prompts: list[Prompt], samples: list[Sample]) -> TrainRequest:
        rewards = torch.tensor([reward(row.tokens) for row in samples]).view(-1, self.shape.samples)
        deviation = rewards.std(1, keepdim=True) + 1e-4
        advantages = ((rewards - rewards.mean(1, keepdim=True)) / deviation).flatten().tolist()
        rows = [
            Completion(row.prompt, row.tokens, row.log_probs, advantage)
            for row, advantage in zip(samples, advantages, strict=True)
        ]
        return self.train_request(prompts, rows)

    def train_request(self, prompts: list[Prompt], rows: list[Completion]) -> TrainRequest:
        return TrainRequest(
            identity={}, loss=LossSettings("dapo", "token-mean", clip_low=0.2, clip_high=0.2), temperature=1.0,
            learning_rate=1e-4, max_gradient_norm=1.0, skip_zero_advantage=False, prompts=prompts, completions=rows,
            micro_batches=[list(range(len(rows)))],
        )  # fmt: skip

    def compare(self, data: list[Question], inputs: dict[str, Any], theirs: dict[str, torch.Tensor]) -> float:
        """Largest difference of the gradients on TRL's batch, as a share of the largest gradient."""
        self.model.forbidden = self.anything
        prompts = [q.prompt(str(n)) for n, q in enumerate(data)]
        encoded = [self.model.encoder.encode(prompt) for prompt in prompts]
        numbers = {tuple(prompt.ids.tolist()): number for number, prompt in enumerate(encoded)}
        rows = []
        for row in range(len(inputs["completion_ids"])):
            shown = inputs["prompt_ids"][row][inputs["prompt_mask"][row].bool()]
            tokens = inputs["completion_ids"][row][inputs["completion_mask"][row].bool()].tolist()
            rows.append((numbers[tuple(shown.tolist())], tokens, float(inputs["advantages"][row])))
        with torch.no_grad():
            old = score_completions(self.model, encoded, [(prompt, tokens) for prompt, tokens, _ in rows], 1.0)
        completions = [
            Completion(prompt, tokens, old.log_probs[row, : len(tokens)].tolist(), advantage)
            for row, (prompt, tokens, advantage) in enumerate(rows)
        ]
        taken: dict[str, torch.Tensor] = {}

        def take(phase: str, done: int, total: int) -> None:
            if phase == "update":
                taken.update({name: p.grad.clone() for name, p in self.model.named_parameters()})

        still = torch.optim.SGD([p for _, p in self.model.named_parameters()], lr=0.0)
        request = self.train_request(prompts, completions)
        unclipped = TrainRequest(**{**request.__dict__, "max_gradient_norm": 1e30, "learning_rate": 0.0})
        grpo_step(self.model, still, unclipped, take)
        assert taken.keys() == theirs.keys()
        largest = max(float(gradient.abs().max()) for gradient in theirs.values())
        return max(float((taken[name] - theirs[name]).abs().max()) for name in theirs) / largest


class TrlRun:
    """TRL's trainer over one shape and setting, with one of our steps after each of its own, outside its time."""

    def __init__(self, folder: Path, shape: Shape, setting: str, steps: int) -> None:
        from transformers import (
            AutoTokenizer,
            Qwen2_5_VLForConditionalGeneration,
            Qwen2_5_VLProcessor,
            Qwen2VLImageProcessor,
            Qwen2VLVideoProcessor,
        )

        options = dict(SETTINGS[setting])
        attention = options.pop("attention", "sdpa")
        self.shape, self.options, self.steps = shape, options, steps
        self.network = Qwen2_5_VLForConditionalGeneration.from_pretrained(
            folder, dtype=torch.float32, attn_implementation=attention
        )
        tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
        tokenizer.image_token, tokenizer.video_token = "<|image_pad|>", "<|video_pad|>"
        images = Qwen2VLImageProcessor.from_pretrained(folder)
        self.processor = Qwen2_5_VLProcessor(
            image_processor=images, tokenizer=tokenizer, video_processor=Qwen2VLVideoProcessor(),
            chat_template=tokenizer.chat_template,
        )  # fmt: skip
        self.data = questions(shape, shape.prompts * steps)
        self.batch: tuple[dict[str, Any], dict[str, torch.Tensor]] | None = None

    def run(self, ours: Ours, compare: bool) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
        """Return TRL's seconds and ours of every step but the first: `step` on the clock, `cpu` of the processor."""
        from datasets import Dataset
        from transformers import TrainerCallback
        from transformers.trainer_callback import PrinterCallback
        from trl import GRPOConfig, GRPOTrainer

        outer, shape = self, self.shape
        trl: list[dict[str, float]] = []
        mine: list[dict[str, float]] = []
        steps = ours.steps(self.data)

        class Trainer(GRPOTrainer):
            def _compute_loss(self, model: Any, inputs: dict[str, Any]) -> torch.Tensor:
                loss = super()._compute_loss(model, inputs)
                if compare and outer.batch is None:
                    named = dict(sorted(model.named_parameters()))
                    gradients = torch.autograd.grad(loss, list(named.values()), retain_graph=True)
                    outer.batch = dict(inputs), dict(zip(named, gradients, strict=True))
                return loss

        class Turns(TrainerCallback):
            last = spent = 0.0

            def begin(self) -> None:
                self.last, self.spent = time.perf_counter(), time.process_time()

            def on_step_end(self, *args: Any, **kwargs: Any) -> None:
                trl.append({"step": time.perf_counter() - self.last, "cpu": time.process_time() - self.spent})
                if outer.batch is not None and not mine:
                    difference = ours.compare(outer.data[: shape.prompts], *outer.batch)
                    assert difference < 1e-4, f"gradients differ by {difference:.1e} of the largest"
                    print(f"  gradients equal to {difference:.1e} of the largest", file=sys.stderr)
                mine.append(next(steps))
                self.begin()

        barred = forbidden(shape, ours.model).nonzero()[:, 0].tolist()
        with tempfile.TemporaryDirectory() as output:
            config = GRPOConfig(
                output_dir=output, per_device_train_batch_size=shape.prompts * shape.samples,
                num_generations=shape.samples, gradient_accumulation_steps=1, max_completion_length=shape.tokens,
                max_steps=self.steps, beta=0.0, learning_rate=1e-4, lr_scheduler_type="constant", loss_type="dapo",
                report_to=[], save_strategy="no", use_cpu=True, bf16=False, disable_tqdm=True, temperature=1.0,
                shuffle_dataset=False, generation_kwargs={"suppress_tokens": barred}, **self.options,
            )  # fmt: skip
            rows = [{"prompt": [{"role": "user", "content": q.text}], "image": q.image} for q in self.data]
            turns = Turns()
            trainer = Trainer(
                model=self.network, args=config, train_dataset=Dataset.from_list(rows), callbacks=[turns],
                processing_class=self.processor,
                reward_funcs=lambda completion_ids, **_: [reward(list(row)) for row in completion_ids],
            )  # fmt: skip
            trainer.remove_callback(PrinterCallback)
            turns.begin()
            trainer.train()
        return trl[1:], mine[1:]


def measure(shape: Shape, folder: Path, steps: int, settings: list[str]) -> dict[str, Any]:
    rows, parts = [], []
    for setting in settings:
        options = SETTINGS[setting]
        print(f"{shape.name}: TRL {setting}", file=sys.stderr, flush=True)
        # Gradients cannot be taken twice from a checkpointed pass.
        compare = options.get("gradient_checkpointing") is False and options.get("attention") is None
        trl, mine = TrlRun(folder, shape, setting, steps + 1).run(Ours(folder, shape), compare)
        row: dict[str, Any] = {"setting": setting}
        for unit, suffix in (("step", ""), ("cpu", "Cpu")):
            theirs, own = [step[unit] for step in trl], [step[unit] for step in mine]
            row |= {f"trl{suffix}Seconds": statistics.median(theirs), f"our{suffix}Seconds": statistics.median(own)}
            ratios = [a / b for a, b in zip(theirs, own, strict=True)]
            names = ("cpuRatio", "cpuRatios") if suffix else ("ratio", "ratios")
            row |= dict(zip(names, (statistics.median(theirs) / statistics.median(own), ratios), strict=True))
        rows.append(row)
        parts += mine
    names = [name for name in parts[0] if name not in ("step", "cpu")]
    return {
        "shape": shape.name,
        "settings": rows,
        "ratio": min(row["ratio"] for row in rows),
        "cpuRatio": min(row["cpuRatio"] for row in rows),
        "ourParts": {name: statistics.median(step.get(name, 0.0) for step in parts) for name in names},
        "loadAverage": os.getloadavg()[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=5, help="steps of each setting that count (one more is dropped)")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--shapes", default=",".join(str(n) for n in range(len(SHAPES))), help="numbers, from 0")
    parser.add_argument("--settings", default="|".join(SETTINGS), help="TRL's, by name, joined by |")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "model"
        write(folder, vocabulary=VOCABULARY, initializer_range=0.02)
        chosen = [SHAPES[int(number)] for number in options.shapes.split(",")]
        shapes = [measure(shape, folder, options.steps, options.settings.split("|")) for shape in chosen]
    result = {"ratio": min(shape["ratio"] for shape in shapes), "threads": options.threads, "shapes": shapes}
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for shape in shapes:
        print(f"\n{shape['shape']} (load {shape['loadAverage']:.1f})")
        for row in shape["settings"]:
            print(
                f"  TRL {row['setting']:24} {row['trlSeconds']:6.2f} s  ours {row['ourSeconds']:6.2f} s"
                f"  ratio {row['ratio']:5.2f} ({min(row['ratios']):.2f} to {max(row['ratios']):.2f})"
                f"  processor {row['trlCpuSeconds']:.2f} s, {row['ourCpuSeconds']:.2f} s, ratio {row['cpuRatio']:.2f}"
            )
        print("  ours: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in shape["ourParts"].items()))
    print(f"\nratio {result['ratio']:.2f}")


if __name__ == "__main__":
    main()
