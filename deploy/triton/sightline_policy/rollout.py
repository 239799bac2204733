"""Sampling completions: one pass per prompt, one decode loop for all. Rows that are over leave, waiting ones enter."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

from .decoder import Decoder, Prefix, prefixes
from .packing import pack, packed_pass
from .payloads import RolloutRequest
from .policy_model import PolicyModel
from .progress import Progress
from .prompts import EncodedPrompt

# Rows that are decoded at once, and prompt tokens that pass at once; both bound memory.
ROWS_AT_ONCE = 512
_PROMPT_TOKENS_AT_ONCE = 2**14
# Rows are rearranged, which copies their keys and values, once this share of them is over.
_OVER_SHARE = 0.25
_GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)


@dataclass
class Sample:
    """One completion as it grows. `tail` holds the last bytes of its text, enough to see a stop string end."""

    prompt: int
    sample: int
    seed: int = 0
    tokens: list[int] = field(default_factory=list)
    log_probs: list[float] = field(default_factory=list)
    tail: bytes = b""
    finish: str = ""


def _mix(z: np.ndarray) -> np.ndarray:
    """The output function of SplitMix64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniforms(seeds: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Uniform float64 in [0, 1) for each seed [rows, uint64] at its position: a counter, not a stream."""
    with np.errstate(over="ignore"):
        state = _mix(seeds) + (positions.astype(np.uint64) + np.uint64(1)) * _GOLDEN_GAMMA
        return (_mix(state) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _draw(
    logits: torch.Tensor, temperature: float, seeds: np.ndarray, positions: np.ndarray
) -> tuple[torch.Tensor, torch.Tensor]:
    """Choose one token a row; return tokens and their log-probabilities under the sampling distribution."""
    if temperature == 0.0:
        chosen = logits.argmax(-1)
        return chosen, torch.log_softmax(logits, -1).gather(-1, chosen[:, None])[:, 0]
    scaled = logits / temperature
    cumulative = torch.softmax(scaled.double(), -1).cumsum(-1)
    drawn = torch.from_numpy(uniforms(seeds, positions)).to(logits.device)[:, None] * cumulative[:, -1:]
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


class _Rows:
    """The rows that grow now and those that wait. `live` holds the row at each place of the decoder, None when over."""

    def __init__(
        self, model: PolicyModel, prompts: list[EncodedPrompt], request: RolloutRequest, most: int, part: range
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._temperature = request.temperature
        self._stopper = _Stopper(model, request.stop, most)
        self._decoder = Decoder(model.network)
        self._prefixes: dict[int, tuple[Prefix, torch.Tensor]] = {}
        self.rows = [
            Sample(index, sample, 0 if request.seeds is None else request.seeds[index][sample])
            for index in part
            for sample in range(request.samples)
        ]
        self._waiting = deque(self.rows)
        self._live: list[Sample | None] = []
        self._next: list[int] = []
        self.over = 0

    def due(self) -> bool:
        """Whether enough rows are over to let others in, or to let the rest go on alone."""
        over = sum(row is None for row in self._live)
        return over == len(self._live) or over >= max(1, _OVER_SHARE * len(self._live))

    def rearrange(self) -> None:
        """Drop the rows that are over and let waiting ones in, drawing their first tokens."""
        keep = [place for place, row in enumerate(self._live) if row is not None]
        live, following = [self._live[place] for place in keep], [self._next[place] for place in keep]
        added: list[Prefix] = []
        while self._waiting and len(live) < ROWS_AT_ONCE:
            entering = [self._waiting.popleft() for _ in range(min(len(self._waiting), ROWS_AT_ONCE - len(live)))]
            hidden = self._prefill([row.prompt for row in entering])
            for row, token, over in zip(entering, *self._draw(hidden, entering), strict=True):
                if not over:
                    live.append(row)
                    following.append(token)
                    added.append(self._prefixes[row.prompt][0])
        order = self._decoder.arrange(keep, added)
        self._live, self._next = [live[place] for place in order], [following[place] for place in order]
        needed = {row.prompt for row in live} | {row.prompt for row in list(self._waiting)[:1]}
        self._prefixes = {index: prefix for index, prefix in self._prefixes.items() if index in needed}

    def step(self) -> bool:
        """Grow every row by one token; return whether any is left."""
        if not self._live:
            return False
        hidden = self._decoder.step(torch.tensor(self._next, device=self._model.device))
        self._next, ended = self._draw(hidden, self._live)
        self._live = [None if over else row for row, over in zip(self._live, ended, strict=True)]
        return True

    def _draw(self, hidden: torch.Tensor, rows: list[Sample | None]) -> tuple[list[int], list[bool]]:
        seeds = np.array([0 if row is None else row.seed for row in rows], dtype=np.int64).astype(np.uint64)
        positions = np.array([0 if row is None else len(row.tokens) for row in rows])
        tokens, log_probs = _draw(self._model.logits(hidden), self._temperature, seeds, positions)
        chosen = tokens.tolist()
        ended = [
            row is None or self._stopper.take(row, token, log_prob)
            for row, token, log_prob in zip(rows, chosen, log_probs.tolist(), strict=True)
        ]
        self.over += sum(over and row is not None for row, over in zip(rows, ended, strict=True))
        return chosen, ended

    def _prefill(self, wanted: list[int]) -> torch.Tensor:
        """Pass over the prompts that did not yet, each once; return the last hidden state of every wanted one."""
        fresh = [index for index in dict.fromkeys(wanted) if index not in self._prefixes]
        while fresh:
            count = tokens = 0
            while count < len(fresh) and (count == 0 or tokens < _PROMPT_TOKENS_AT_ONCE):
                tokens += self._prompts[fresh[count]].length
                count += 1
            chosen = [self._prompts[index] for index in fresh[:count]]
            packing = pack(chosen, [], self._model.device, keep=True)
            hidden = packed_pass(self._model.network, packing)[packing.last]
            lengths, following = [p.length for p in chosen], [p.next_position for p in chosen]
            passed = prefixes(packing, lengths, following)
            self._prefixes.update(zip(fresh, zip(passed, hidden, strict=True), strict=False))
            fresh = fresh[count:]
        return torch.stack([self._prefixes[index][1] for index in wanted])


def roll_out(
    model: PolicyModel,
    request: RolloutRequest,
    progress: Progress,
    part: range | None = None,
    watch: Callable[[list[Sample]], None] | None = None,
) -> tuple[list[Sample], int]:
    """Sample `samples` completions a prompt; return them in (prompt, sample) order with the prompts' token count.

    With `part`, those of these prompts only; the token count is of all. `watch` is given them before they grow.
    """
    # Outside inference mode: the encoder keeps images, which training reads too.
    prompts = [model.encoder.encode(prompt) for prompt in request.prompts]
    most = min(request.max_new_tokens, model.max_length - max(prompt.length for prompt in prompts))
    rows = _Rows(model, prompts, request, most, range(len(prompts)) if part is None else part)
    if not rows.rows:
        return [], sum(prompt.length for prompt in prompts)
    if watch is not None:
        watch(rows.rows)
    progress("prefill", 0, len(rows.rows))
    with torch.inference_mode():
        rows.rearrange()
        while rows.step():
            progress("decode", rows.over, len(rows.rows))
            if rows.due():
                rows.rearrange()
    return rows.rows, sum(prompt.length for prompt in prompts)
