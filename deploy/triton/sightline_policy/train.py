"""One optimizer step: gradients over the micro-batches as planned, clipped by norm, then AdamW."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch

from .canonical import digest_of
from .eight_bit import EightBitAdamW, library
from .errors import ErrorType, PolicyError, as_policy_error
from .losses import TokenLosses, token_losses, token_weights
from .master_weights import MasterAdamW
from .passes import Scored, score_completions
from .payloads import FitRequest, ScoreRequest, TrainRequest
from .policy_model import PolicyModel
from .progress import Progress
from .prompts import EncodedPrompt


@dataclass(frozen=True)
class OptimizerSettings:
    """The `optimizer` body of `open`."""

    beta1: float
    beta2: float
    epsilon: float
    weight_decay: float
    eight_bit: bool = False

    def environment(self, digest: str) -> str:
        """The digest of what may change numbers of a run with this optimizer, from the server's."""
        if not self.eight_bit:
            return digest
        return digest_of({"environment": digest, "bitsandbytes": library().__version__})

    def create(self, model: PolicyModel) -> torch.optim.Optimizer:
        parameters = [parameter for _, parameter in model.named_parameters() if parameter.requires_grad]
        if self.eight_bit:
            embeddings = [m.weight for m in model.network.modules() if isinstance(m, torch.nn.Embedding)]
            betas = (self.beta1, self.beta2)
            return EightBitAdamW(parameters, embeddings, betas, self.epsilon, self.weight_decay)
        if any(parameter.dtype != torch.float32 for parameter in parameters):
            return MasterAdamW(parameters, (self.beta1, self.beta2), self.epsilon, self.weight_decay)
        return torch.optim.AdamW(
            parameters, lr=0.0, betas=(self.beta1, self.beta2), eps=self.epsilon,
            weight_decay=self.weight_decay, fused=True,
        )  # fmt: skip


@dataclass
class StepMetrics:
    """What a step tells; sums are taken in the order of the micro-batches, so they repeat bit by bit."""

    loss: float = 0.0
    tokens: int = 0
    clipped_low: float = 0.0
    clipped_high: float = 0.0
    ratio: float = 0.0
    max_ratio: float = 0.0
    kl: float | None = None
    correction: float | None = None
    entropy: float = 0.0
    gradient_norm: float = 0.0
    micro_batches: int = 0

    def as_json(self, learning_rate: float) -> dict[str, float | int | None]:
        count = max(1, self.tokens)
        return {
            "loss": self.loss,
            "gradientNorm": self.gradient_norm,
            "learningRate": learning_rate,
            "tokens": self.tokens,
            "clipShare": (self.clipped_low + self.clipped_high) / count,
            "clipLowShare": self.clipped_low / count,
            "clipHighShare": self.clipped_high / count,
            "meanRatio": self.ratio / count,
            "maxRatio": self.max_ratio,
            "kl": None if self.kl is None else self.kl / count,
            "meanCorrection": None if self.correction is None else self.correction / count,
            "entropy": self.entropy / count,
            "microBatches": self.micro_batches,
        }

    def join(self, other: StepMetrics) -> None:
        """Add what another rank counted; loss and micro-batches are the group's on every rank."""
        self.tokens += other.tokens
        self.clipped_low += other.clipped_low
        self.clipped_high += other.clipped_high
        self.ratio += other.ratio
        self.max_ratio = max(self.max_ratio, other.max_ratio)
        self.entropy += other.entropy
        if other.kl is not None:
            self.kl = (self.kl or 0.0) + other.kl
        if other.correction is not None:
            self.correction = (self.correction or 0.0) + other.correction

    def count(self, losses: TokenLosses, spread: torch.Tensor, mask: torch.Tensor) -> None:
        """Add the tokens of the mask to the sums."""

        def total(values: torch.Tensor) -> float:
            return float(torch.where(mask, values, 0.0).sum())

        self.tokens += int(mask.sum())
        self.clipped_low += float((losses.low & mask).sum())
        self.clipped_high += float((losses.high & mask).sum())
        self.ratio += total(losses.ratio)
        self.max_ratio = max(self.max_ratio, float(torch.where(mask, losses.ratio, 0.0).max()))
        self.entropy += total(spread)
        if losses.kl is not None:
            self.kl = (self.kl or 0.0) + total(losses.kl)
        if losses.correction is not None:
            self.correction = (self.correction or 0.0) + total(losses.correction)


def _encode_used(model: PolicyModel, prompts: list, used: set[int]) -> list[EncodedPrompt | None]:
    return [model.encoder.encode(prompt) if index in used else None for index, prompt in enumerate(prompts)]


def _check_tokens(model: PolicyModel, completions: list[list[int]]) -> None:
    forbidden = set(model.tokenizer.never_sampled)
    for tokens in completions:
        if any(token >= model.tokenizer.size or token in forbidden for token in tokens):
            message = "completions hold a token that this model never samples; send the tokens of a rollout"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="completions")


def _finish(
    model: PolicyModel,
    optimizer: torch.optim.Optimizer,
    metrics: StepMetrics,
    learning_rate: float,
    max_norm: float,
    progress: Progress,
) -> None:
    """Clip and step; on a norm that is not finite, or when cancelled, nothing was touched."""
    model.ranks.average(model)
    norm = torch.nn.utils.clip_grad_norm_([p for _, p in model.named_parameters()], max_norm)
    metrics.gradient_norm = float(model.ranks.full(norm))
    if not math.isfinite(metrics.gradient_norm):
        message = f"The gradient norm is {metrics.gradient_norm}; the weights were not touched"
        raise PolicyError(ErrorType.NOT_FINITE, message, quantity="gradientNorm")
    progress("update", metrics.micro_batches, metrics.micro_batches)
    for group in optimizer.param_groups:
        group["lr"] = learning_rate
    optimizer.step()


def _accumulate(
    model: PolicyModel,
    optimizer: torch.optim.Optimizer,
    batches: list[list[int]],
    backward: Callable[[list[int], StepMetrics], None],
    progress: Progress,
) -> StepMetrics:
    metrics = StepMetrics()
    optimizer.zero_grad(set_to_none=True)
    for batch in batches:
        progress("backward", metrics.micro_batches, len(batches))
        backward(batch, metrics)
        if not math.isfinite(metrics.loss):
            message = f"The loss is {metrics.loss}; the weights were not touched"
            raise PolicyError(ErrorType.NOT_FINITE, message, quantity="loss", microBatch=metrics.micro_batches)
        metrics.micro_batches += 1
    first, *others = model.ranks.gather(metrics)
    for other in others:
        first.join(other)
    return first


def grpo_step(
    model: PolicyModel, optimizer: torch.optim.Optimizer, request: TrainRequest, progress: Progress
) -> tuple[StepMetrics, bool]:
    """Make one policy-gradient step; return its metrics and whether the update was skipped.

    Masked completions are not passed at all: they only count where the weights count completions.
    """
    completions = [(completion.prompt, completion.tokens) for completion in request.completions]
    _check_tokens(model, [tokens for _, tokens in completions])
    used = {completion.prompt for completion in request.completions if not completion.masked}
    prompts = _encode_used(model, request.prompts, used)
    lengths = [0 if completion.masked else len(completion.tokens) for completion in request.completions]
    weights = token_weights(lengths, request.loss.aggregation, request.loss.constant_length)

    def shows_image(place: int) -> bool:
        return request.prompts[request.completions[place].prompt].image is not None

    skip = request.skip_zero_advantage and all(row.masked or row.advantage == 0.0 for row in request.completions)

    def backward(batch: list[int], metrics: StepMetrics) -> None:
        places = [index for index in batch if not request.completions[index].masked]
        if not places:
            return
        share = model.ranks.share(places, shows_image)
        rows = [completions[place] for place in share.places]
        scored = score_completions(model, prompts, rows, request.temperature)
        losses = _losses(request, share.places, scored)
        mask = scored.mask & torch.tensor(share.counted, device=model.device)[:, None]
        weight = torch.tensor([[weights[place]] for place in share.places], device=model.device)
        total = (torch.where(mask, losses.loss, 0.0) * weight).sum()
        metrics.loss += model.ranks.total(float(total.detach()))
        metrics.count(losses, scored.entropy, mask)
        if not skip and math.isfinite(metrics.loss):
            # The ranks' gradients are averaged, and the step's weights are sums.
            (total * model.ranks.count).backward()

    try:
        metrics = _accumulate(model, optimizer, request.micro_batches, backward, progress)
        if not skip:
            _finish(model, optimizer, metrics, request.learning_rate, request.max_gradient_norm, progress)
    finally:
        optimizer.zero_grad(set_to_none=True)
        model.ranks.settle(model)
    return metrics, skip


def _losses(request: TrainRequest, places: list[int], scored: Scored) -> TokenLosses:
    """Losses of the rows of a pass, which are the request's completions at `places`."""
    rows = [request.completions[place] for place in places]
    device = scored.mask.device

    def padded(values: list[list[float]]) -> torch.Tensor:
        table = torch.zeros(scored.mask.shape)
        for row, part in enumerate(values):
            table[row, : len(part)] = torch.tensor(part)
        return table.to(device)

    sampler = padded([completion.log_probs for completion in rows])
    # A corrected step is to the policy as it stands now; how far the sampler was from it is the correction's part.
    old = sampler if request.loss.correction is None else scored.log_probs.detach()
    reference = None if request.loss.kl is None else padded([completion.reference_log_probs for completion in rows])
    advantages = torch.tensor([[completion.advantage] for completion in rows], device=device)
    return token_losses(request.loss, scored.log_probs, old, advantages, scored.mask, sampler, reference)


def fit_step(
    model: PolicyModel, optimizer: torch.optim.Optimizer, request: FitRequest, progress: Progress
) -> tuple[StepMetrics, bool]:
    """Make one supervised step: cross-entropy, mean over all target tokens of the step."""
    prompts = _encode_used(model, request.prompts, {prompt for prompt, _ in request.targets})
    targets = [[*model.tokenizer.encode(text), model.tokenizer.end_of_turn] for _, text in request.targets]
    _check_tokens(model, targets)
    total_tokens = sum(map(len, targets))

    def backward(batch: list[int], metrics: StepMetrics) -> None:
        share = model.ranks.share(batch, lambda index: request.prompts[request.targets[index][0]].image is not None)
        rows = [(request.targets[index][0], targets[index]) for index in share.places]
        scored = score_completions(model, prompts, rows, 1.0)
        counted = torch.tensor(share.counted, device=model.device)[:, None]
        loss = -torch.where(counted, scored.log_probs, 0.0).sum() / total_tokens
        metrics.loss += model.ranks.total(float(loss.detach()))
        metrics.tokens += int((scored.mask & counted).sum())
        metrics.ratio += int((scored.mask & counted).sum())
        metrics.max_ratio = 1.0
        metrics.entropy += float(torch.where(counted, scored.entropy, 0.0).sum())
        if math.isfinite(metrics.loss):
            (loss * model.ranks.count).backward()

    try:
        metrics = _accumulate(model, optimizer, request.micro_batches, backward, progress)
        _finish(model, optimizer, metrics, request.learning_rate, request.max_gradient_norm, progress)
    finally:
        optimizer.zero_grad(set_to_none=True)
        model.ranks.settle(model)
    return metrics, False


@torch.no_grad()
def score(
    model: PolicyModel, request: ScoreRequest, progress: Progress, part: range | None = None
) -> list[list[float]]:
    """Return the log-probability of every token of the given completions, in their order; of a part of them if so."""
    chosen_rows = request.completions if part is None else request.completions[part.start : part.stop]
    completions = [(completion.prompt, completion.tokens) for completion in chosen_rows]
    _check_tokens(model, [tokens for _, tokens in completions])
    prompts = _encode_used(model, request.prompts, {prompt for prompt, _ in completions})
    results: list[list[float]] = []
    size = 256
    while len(results) < len(completions):
        progress("score", len(results), len(completions))
        chosen = completions[len(results) : len(results) + size]
        try:
            rows = score_completions(model, prompts, chosen, request.temperature).log_probs.tolist()
        except (PolicyError, MemoryError, RuntimeError) as error:
            # Nothing is trained here, so a smaller pass needs nobody's word.
            if len(chosen) == 1 or as_policy_error(error).kind is not ErrorType.OUT_OF_MEMORY:
                raise
            size = (len(chosen) + 1) // 2
            continue
        results += [row[: len(tokens)] for row, (_, tokens) in zip(rows, chosen, strict=True)]
    return results
