"""Sampling completions: one prompt pass per prompt, one decode loop for all samples of equal prompt length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

from .buckets import by_length
from .payloads import RolloutRequest
from .prompts import EncodedPrompt
from .tiny_vl import MAX_LENGTH, PolicyModel, Prefix

Progress = Callable[[str, int, int], None]
"""Called with phase, done and total between pieces of work; raises CANCELLED when the job was cancelled."""

# Rows that are decoded at once; bounds memory, and a rollout within it is one batch.
ROWS_AT_ONCE = 512
_GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)


@dataclass
class Sample:
    """One completion as it grows. `tail` holds the last bytes of its text, enough to see a stop string end."""

    prompt: int
    sample: int
    tokens: list[int] = field(default_factory=list)
    log_probs: list[float] = field(default_factory=list)
    tail: bytes = b""
    finish: str = ""


def _mix(z: np.ndarray) -> np.ndarray:
    """The output function of SplitMix64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniforms(seeds: np.ndarray, position: int) -> np.ndarray:
    """Uniform float64 in [0, 1) for each seed [rows, uint64] at a position: a counter, not a stream."""
    with np.errstate(over="ignore"):
        state = _mix(seeds) + np.uint64(position + 1) * _GOLDEN_GAMMA
        return (_mix(state) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _draw(
    logits: torch.Tensor, temperature: float, seeds: np.ndarray, position: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Choose one token a row; return tokens and their log-probabilities under the sampling distribution."""
    if temperature == 0.0:
        chosen = logits.argmax(-1)
        return chosen, torch.log_softmax(logits, -1).gather(-1, chosen[:, None])[:, 0]
    scaled = logits / temperature
    cumulative = torch.softmax(scaled.double(), -1).cumsum(-1)
    drawn = torch.from_numpy(uniforms(seeds, position)).to(logits.device)[:, None] * cumulative[:, -1:]
    chosen = torch.searchsorted(cumulative, drawn, right=True)[:, 0]
    # Rounding may leave a draw at the very end; the last token with probability is then the one.
    last = torch.searchsorted(cumulative, cumulative[:, -1:].contiguous(), right=False)[:, 0]
    chosen = torch.minimum(chosen, last)
    return chosen, torch.log_softmax(scaled, -1).gather(-1, chosen[:, None])[:, 0]


class _Stopper:
    """Says when a completion is over: the end of the turn, a stop string in its text, or its length."""

    def __init__(self, model: PolicyModel, stop: list[str], most: int) -> None:
        self._tokenizer = model.tokenizer
        self._stop = [text.encode() for text in stop]
        self._longest = max((len(text) for text in self._stop), default=0)
        self._most = most

    def take(self, row: Sample, token: int, log_prob: float) -> bool:
        row.tokens.append(token)
        row.log_probs.append(log_prob)
        if token == self._tokenizer.end_of_turn:
            row.finish = "eos"
            return True
        if self._stop:
            piece = self._tokenizer.bytes_of(token)
            seen = row.tail + piece
            if any(text in seen for text in self._stop):
                row.finish = "stop"
                return True
            row.tail = seen[max(0, len(seen) - self._longest + 1) :]
        if len(row.tokens) == self._most:
            row.finish = "length"
            return True
        return False


def _decode(
    model: PolicyModel,
    prefix: Prefix,
    rows: list[Sample],
    seeds: np.ndarray,
    temperature: float,
    stopper: _Stopper,
    tick: Callable[[int], None],
) -> None:
    """Sample until every row is over. Rows that are over leave the batch once they are a quarter of it."""
    hidden = prefix.hidden
    live = list(range(len(rows)))  # row of `rows` at each place of the batch; -1 when over
    position = 0
    while True:
        tokens, log_probs = _draw(model.logits(hidden), temperature, seeds, position)
        for place, (token, log_prob) in enumerate(zip(tokens.tolist(), log_probs.tolist(), strict=True)):
            if live[place] >= 0 and stopper.take(rows[live[place]], token, log_prob):
                live[place] = -1
        staying = [place for place, row in enumerate(live) if row >= 0]
        tick(sum(1 for row in rows if row.finish))
        if not staying:
            return
        if len(staying) <= 0.75 * len(live):
            chosen = torch.tensor(staying, device=model.device)
            prefix.select(chosen)
            tokens, seeds, live = tokens[chosen], seeds[staying], [live[place] for place in staying]
        hidden = model.continue_from(prefix, tokens[:, None], position)[:, 0]
        position += 1


@torch.no_grad()
def roll_out(model: PolicyModel, request: RolloutRequest, progress: Progress) -> tuple[list[Sample], int]:
    """Sample `samples` completions a prompt; return them in (prompt, sample) order with the prompts' token count."""
    prompts: list[EncodedPrompt] = [model.encoder.encode(prompt) for prompt in request.prompts]
    longest = max(prompt.length for prompt in prompts)
    most = min(request.max_new_tokens, MAX_LENGTH - longest)
    stopper = _Stopper(model, request.stop, most)
    finished: list[list[Sample]] = [[] for _ in prompts]
    total, done = len(prompts) * request.samples, 0
    for group in by_length(prompts, max(1, ROWS_AT_ONCE // request.samples)):
        progress("prefill", done, total)
        prefix = model.prefill([prompts[index] for index in group])
        if request.samples > 1:
            repeats = torch.arange(len(group), device=model.device).repeat_interleave(request.samples)
            prefix.select(repeats)
        rows = [Sample(index, sample) for index in group for sample in range(request.samples)]
        seeds = np.zeros(len(rows), dtype=np.int64)
        if request.seeds is not None:
            seeds = np.array([request.seeds[row.prompt][row.sample] for row in rows], dtype=np.int64)
        before = done
        _decode(
            model, prefix, rows, seeds.astype(np.uint64), request.temperature, stopper,
            lambda count, before=before: progress("decode", before + count, total),
        )  # fmt: skip
        done += len(rows)
        for row in rows:
            finished[row.prompt].append(row)
    return [row for samples in finished for row in samples], sum(prompt.length for prompt in prompts)
