#!/usr/bin/env python3
"""Find settings for the quickstart and smoke experiments: warm start, then GRPO arms, without Triton.

Prints A (answer right), P (description exactly right) and Q (perception question right) on boards that training never
shows in any orientation, seconds and CPU-seconds. Results: README.md, "Recipe".
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import torch  # noqa: E402

from sightline_policy.losses import LossSettings  # noqa: E402
from sightline_policy.payloads import (  # noqa: E402
    Completion,
    FitRequest,
    Prompt,
    RolloutRequest,
    TrainRequest,
)
from sightline_policy.rollout import roll_out  # noqa: E402
from sightline_policy.tiny_vl import TinyVl, TinyVlSettings  # noqa: E402
from sightline_policy.train import OptimizerSettings, fit_step, grpo_step  # noqa: E402

from kiwi_boards import ASK, NAMES, QUESTION, Board, boards, facts, minutes, png  # noqa: E402

DESCRIPTION = re.compile(r"<description>(.*?)</description>", re.S)
ANSWER = re.compile(r"<answer>(.*?)</answer>", re.S)
FORMAT = re.compile(r"\s*<description>[^<]*</description>\s*<answer>[^<]*</answer>\s*")
ARMS = ("only_accuracy", "format_accuracy", "perception_facts")


def quiet(phase: str, done: int, total: int) -> None:
    """Nobody watches."""


def prompt_of(board: Board, image: bool, ask: str, name: str) -> Prompt:
    head = "<image>" if image else f"Board: {'/'.join(board)}"
    return Prompt(name, f"{head}\n{ask}", png(board) if image else None, "")


def cell_question(board: Board, rng: random.Random) -> tuple[str, str]:
    row, column = rng.randrange(len(board)), rng.randrange(len(board[0]))
    ask = f"What is in row {row + 1}, column {column + 1}: empty, fresh or rotten? Answer in <answer></answer>."
    return ask, NAMES[board[row][column]]


def target_of(board: Board) -> str:
    return f"<description>{'/'.join(board)}</description><answer>{minutes(board)}</answer>"


def read(text: str) -> tuple[str | None, str | None]:
    description, answer = DESCRIPTION.search(text), ANSWER.search(text)
    return (description and description[1].strip()), (answer and answer[1].strip())


def reward(arm: str, board: Board, text: str) -> float:
    description, answer = read(text)
    right = float(answer == str(minutes(board)))
    if arm == "format_accuracy":
        return 0.2 * bool(FORMAT.fullmatch(text)) + 0.8 * right
    return right if arm == "only_accuracy" else 0.5 * facts(board, description) + 0.5 * right


def rate(step: int, options: argparse.Namespace) -> float:
    """Cosine from the peak to a share of it, after a linear start."""
    if step < options.warm_up:
        return options.rate * (step + 1) / options.warm_up
    part = (step - options.warm_up) / max(1, options.steps - options.warm_up)
    return options.rate * (options.final + (1 - options.final) * 0.5 * (1 + math.cos(math.pi * part)))


class Experiment:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        rng = random.Random(options.seed)
        groups = list(boards(options.rows, options.columns).items())
        levels = Counter(minutes(form) for form, _ in groups)

        def key(board: Board) -> float:
            """An exponential variate over the weight orders a draw without replacement; rare levels come more often."""
            return rng.expovariate(1.0) * (math.sqrt(levels[minutes(board)]) if options.tempered else 1.0)

        groups.sort(key=lambda group: key(group[0]))
        self.test = [rng.choice(every) for _, every in groups[: options.test]]
        self.train = sorted((board for _, every in groups[options.test :] for board in every), key=key)
        del self.train[options.train :]
        common, count = Counter(minutes(board) for board in self.train).most_common(1)[0]
        constant = sum(minutes(board) == common for board in self.test) / len(self.test)
        self.say(
            forms=len(groups), trainBoards=len(self.train), constantTrain=count / len(self.train), constant=constant
        )
        self.model = TinyVl(
            TinyVlSettings(
                options.seed,
                options.hidden,
                options.text_layers,
                options.vision_layers,
                4,
                2,
                2 * options.hidden,
                14,
                2,
            ),
            torch.device("cpu"),
        )
        self.started = (time.perf_counter(), time.process_time())

    @staticmethod
    def say(**row: object) -> None:
        rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}
        print(json.dumps(rounded), flush=True)

    def spent(self) -> dict[str, float]:
        wall, cpu = time.perf_counter() - self.started[0], time.process_time() - self.started[1]
        return {"seconds": wall, "cpuSeconds": cpu}

    def greedy(self, prompts: list[Prompt]) -> list[str]:
        request = RolloutRequest(prompts, 1, None, 0.0, 40, ["</answer>"])
        rows, _ = roll_out(self.model, request, quiet)
        return [self.model.tokenizer.decode(row.tokens) for row in rows]

    def evaluate(self, label: str, images: tuple[bool, ...] = (True,)) -> None:
        before = self.spent()
        row: dict[str, object] = {}
        for image in images:
            texts = self.greedy([prompt_of(b, image, QUESTION + ASK, str(i)) for i, b in enumerate(self.test)])
            read_texts = [read(text) for text in texts]
            suffix = "" if image else "Text"
            pairs = list(zip(self.test, read_texts, strict=True))
            row["A" + suffix] = sum(a == str(minutes(b)) for b, (_, a) in pairs) / len(pairs)
            row["P" + suffix] = sum(d == "/".join(b) for b, (d, _) in pairs) / len(pairs)
            row["facts" + suffix] = sum(facts(b, d) for b, (d, _) in pairs) / len(pairs)
        rng = random.Random(5)
        asked = [cell_question(board, rng) for board in self.test]
        prompts = [
            prompt_of(b, True, ask, str(i)) for i, (b, (ask, _)) in enumerate(zip(self.test, asked, strict=True))
        ]
        answers = [read(text)[1] for text in self.greedy(prompts)]
        row["Q"] = sum(said == right for said, (_, right) in zip(answers, asked, strict=True)) / len(asked)
        self.say(at=label, **row, **before, evaluationSeconds=self.spent()["seconds"] - before["seconds"])

    def warm_start(self) -> None:
        options = self.options
        optimizer = OptimizerSettings(0.9, options.beta2, 1e-8, 0.0).create(self.model)
        rng = random.Random(options.seed + 1)
        for step in range(options.steps):
            prompts, targets = [], []
            for index in range(options.batch):
                board = rng.choice(self.train)
                image = index < round(options.image_share * options.batch)
                ask, target = QUESTION + ASK, target_of(board)
                if rng.random() < options.question_share:
                    ask, word = cell_question(board, rng)
                    target = f"<answer>{word}</answer>"
                prompts.append(prompt_of(board, image, ask, str(index)))
                targets.append((index, target))
            request = FitRequest({}, rate(step, options), 1.0, prompts, targets, [list(range(options.batch))])
            metrics, _ = fit_step(self.model, optimizer, request, quiet)
            if (step + 1) % options.report == 0:
                self.say(step=step + 1, loss=metrics.loss, **self.spent())
            if (step + 1) % options.every == 0 and step + 1 < options.steps:
                self.evaluate(f"warm start {step + 1}")
        self.evaluate("warm start", (True, False))

    def grpo(self, arm: str) -> None:
        options = self.options
        optimizer = OptimizerSettings(0.9, self.options.beta2, 1e-8, 0.0).create(self.model)
        rng = random.Random(options.seed + 2)
        loss = LossSettings("grpo", "sequence-mean", clip_low=0.2, clip_high=0.2)
        for step in range(options.grpo_steps):
            shown = [rng.choice(self.train) for _ in range(options.prompts)]
            prompts = [prompt_of(board, True, QUESTION + ASK, str(i)) for i, board in enumerate(shown)]
            seeds = [[rng.getrandbits(63) for _ in range(options.group)] for _ in prompts]
            rows, _ = roll_out(self.model, RolloutRequest(prompts, options.group, seeds, 1.0, 40, ["</answer>"]), quiet)
            texts = [
                self.model.tokenizer.decode([t for t in r.tokens if t != self.model.tokenizer.end_of_turn])
                for r in rows
            ]
            rewards = torch.tensor([reward(arm, shown[r.prompt], t) for r, t in zip(rows, texts, strict=True)])
            grouped = rewards.view(len(prompts), -1).double()
            spread = grouped.std(1, keepdim=True) + 1e-4
            advantages = ((grouped - grouped.mean(1, keepdim=True)) / spread).flatten().tolist()
            completions = [
                Completion(r.prompt, r.tokens, r.log_probs, a) for r, a in zip(rows, advantages, strict=True)
            ]
            plan = [list(range(len(rows)))]
            request = TrainRequest({}, loss, 1.0, options.grpo_rate, 1.0, False, prompts, completions, plan)
            grpo_step(self.model, optimizer, request, quiet)
            if (step + 1) % 10 == 0 or step + 1 == options.grpo_steps:
                exact = sum(read(t)[0] == "/".join(shown[r.prompt]) for r, t in zip(rows, texts, strict=True)) / len(
                    rows
                )
                self.say(arm=arm, step=step + 1, reward=float(rewards.mean()), sampledP=exact, **self.spent())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in {
        "rows": 3, "columns": 3, "test": 256, "train": 4000, "steps": 450, "batch": 32, "warm-up": 20, "hidden": 128,
        "text-layers": 3, "vision-layers": 2, "every": 100, "report": 25, "grpo-steps": 40, "prompts": 16, "group": 8,
        "seed": 7, "threads": 2,
    }.items():  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    for name, default in {
        "rate": 1e-3, "final": 0.1, "image-share": 0.5, "question-share": 0.25, "grpo-rate": 1e-4, "beta2": 0.95,
    }.items():  # fmt: skip
        parser.add_argument(f"--{name}", type=float, default=default)
    parser.add_argument("--tempered", action="store_true")
    parser.add_argument("--arms", nargs="*", default=list(ARMS))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    experiment = Experiment(options)
    experiment.say(settings=vars(options), parameters=experiment.model.parameter_count())
    experiment.warm_start()
    start = {name: p.detach().clone() for name, p in experiment.model.named_parameters()}
    for arm in options.arms:
        with torch.no_grad():
            for name, parameter in experiment.model.named_parameters():
                parameter.copy_(start[name])
        experiment.grpo(arm)
        experiment.evaluate(arm)


if __name__ == "__main__":
    main()
