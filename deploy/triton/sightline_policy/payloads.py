"""The payloads of jobs, read strictly into records. Bad content is INVALID_REQUEST naming the field."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from .errors import ErrorType
from .fields import Fields, parse_json
from .losses import (
    AGGREGATIONS,
    CLIPPED,
    CORRECTIONS,
    ESTIMATORS,
    KINDS,
    OWN_AGGREGATION,
    Correction,
    Kl,
    LossSettings,
)  # fmt: skip

IMAGE_MARK = "<image>"
_TOKEN_LIMIT = 2**20
_INT64 = 2**63


@dataclass(frozen=True)
class Prompt:
    """What the policy is shown: text in which `<image>` marks the place of the image, and PNG bytes."""

    id: str
    text: str
    image: bytes | None
    assistant_prefix: str


@dataclass(frozen=True)
class Completion:
    """Tokens of one sample; `prompt` is an index into the prompts. `log_probs` are those of the sampler.

    A masked one counts among the completions and gives no gradient. `reference_log_probs` are empty without a KL.
    """

    prompt: int
    tokens: list[int]
    log_probs: list[float] = field(default_factory=list)
    advantage: float = 0.0
    masked: bool = False
    reference_log_probs: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class RolloutRequest:
    prompts: list[Prompt]
    samples: int
    seeds: list[list[int]] | None
    temperature: float
    max_new_tokens: int
    stop: list[str]
    at_start: bool = False
    check: int = 0


@dataclass(frozen=True)
class ScoreRequest:
    prompts: list[Prompt]
    completions: list[Completion]
    temperature: float
    at_start: bool


@dataclass(frozen=True)
class TrainRequest:
    identity: dict[str, Any]
    loss: LossSettings
    temperature: float
    learning_rate: float
    max_gradient_norm: float
    skip_zero_advantage: bool
    prompts: list[Prompt]
    completions: list[Completion]
    micro_batches: list[list[int]]


@dataclass(frozen=True)
class FitRequest:
    """`targets` are (prompt index, target text); the server adds the end-of-turn token."""

    identity: dict[str, Any]
    learning_rate: float
    max_gradient_norm: float
    prompts: list[Prompt]
    targets: list[tuple[int, str]]
    micro_batches: list[list[int]]


def _prompt(fields: Fields) -> Prompt:
    text = fields.string("text")
    encoded = fields.raw("image")
    image: bytes | None = None
    if encoded is not None:
        if not isinstance(encoded, str):
            fields.fail_at("image", "must be base64 of a PNG, or null")
        try:
            image = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            fields.fail_at("image", "is not base64")
    marks = text.count(IMAGE_MARK)
    if marks != (0 if image is None else 1):
        fields.fail_at("text", f"must hold {IMAGE_MARK} exactly once when there is an image and never otherwise")
    return Prompt(fields.string("id"), text, image, fields.string("assistantPrefix", default="", empty=True))


def _prompts(fields: Fields) -> tuple[list[Prompt], dict[str, int]]:
    prompts = fields.objects("prompts", _prompt)
    if not prompts:
        fields.fail_at("prompts", "must not be empty")
    places = {prompt.id: index for index, prompt in enumerate(prompts)}
    if len(places) != len(prompts):
        fields.fail_at("prompts", "holds the same id twice")
    return prompts, places


def _place(fields: Fields, places: dict[str, int]) -> int:
    name = fields.string("prompt")
    if name not in places:
        fields.fail_at("prompt", f"names {name!r}, which is not among the prompts")
    return places[name]


def _tokens(fields: Fields) -> list[int]:
    tokens = fields.integers("tokens", 0, _TOKEN_LIMIT)
    if not tokens:
        fields.fail_at("tokens", "must not be empty")
    return tokens


def _identity(fields: Fields, run: str) -> dict[str, Any]:
    part = fields.object("identity")
    identity = {
        "run": part.string("run"),
        "branch": part.integer("branch"),
        "round": part.integer("round"),
        "step": part.integer("step"),
    }
    part.done()
    if identity["run"] != run:
        part.fail_at("run", f"is {identity['run']!r}, but the call is for {run!r}")
    return identity


def _micro_batches(fields: Fields, count: int) -> list[list[int]]:
    plan = fields.items("microBatches")
    flat = [index for batch in plan if isinstance(batch, list) for index in batch]
    if not all(isinstance(batch, list) and batch for batch in plan) or not all(type(index) is int for index in flat):
        fields.fail_at("microBatches", "must be lists of indices, none empty")
    if sorted(flat) != list(range(count)):
        fields.fail_at("microBatches", "must together hold each completion exactly once")
    return plan


def _seeds(fields: Fields, prompts: int, samples: int, greedy: bool) -> list[list[int]] | None:
    if fields.raw("sampleSeeds") is None:
        if not greedy:
            fields.fail_at("sampleSeeds", "is needed when the temperature is above 0")
        return None
    rows = fields.items("sampleSeeds")
    if len(rows) != prompts or not all(isinstance(row, list) and len(row) == samples for row in rows):
        fields.fail_at("sampleSeeds", "must hold one list for each prompt with one seed for each sample")
    try:
        seeds = [[int(seed) for seed in row if isinstance(seed, str)] for row in rows]
    except ValueError:
        seeds = []
    if [len(row) for row in seeds] != [samples] * prompts or not all(
        -_INT64 <= s < _INT64 for row in seeds for s in row
    ):
        fields.fail_at("sampleSeeds", "must hold 64-bit integers written as strings")
    return seeds


def _open(data: bytes) -> Fields:
    return Fields(parse_json(data, ErrorType.INVALID_REQUEST, "the payload"), "payload", ErrorType.INVALID_REQUEST)


def _at_start(fields: Fields) -> bool:
    return fields.raw("weights") is not None and fields.choice("weights", ("current", "start")) == "start"


def read_rollout(data: bytes) -> RolloutRequest:
    fields = _open(data)
    prompts, _ = _prompts(fields)
    samples = fields.integer("samples", 1, 4096)
    temperature = fields.number("temperature", 0.0, 100.0)
    stop = fields.items("stop")
    if not all(isinstance(text, str) and text for text in stop):
        fields.fail_at("stop", "must be a list of strings that are not empty")
    seeds = _seeds(fields, len(prompts), samples, temperature == 0.0)
    length, at_start = fields.integer("maxNewTokens", 1, 65536), _at_start(fields)
    check = 0 if fields.raw("check") is None else fields.integer("check", 1, 2**20)
    request = RolloutRequest(prompts, samples, seeds, temperature, length, stop, at_start, check)
    fields.done()
    return request


def read_score(data: bytes) -> ScoreRequest:
    fields = _open(data)
    prompts, places = _prompts(fields)
    completions = fields.objects("completions", lambda part: Completion(_place(part, places), _tokens(part)))
    temperature = fields.number("temperature", 1e-6, 100.0, default=1.0)
    at_start = _at_start(fields)
    fields.done()
    return ScoreRequest(prompts, completions, temperature, at_start)


def _sample(part: Fields, places: dict[str, int]) -> Completion:
    part.integer("sample")
    tokens, log_probs = _tokens(part), part.numbers("logProbs")
    if len(tokens) != len(log_probs):
        part.fail_at("logProbs", "must have one number for each token")
    reference = [] if part.raw("referenceLogProbs") is None else part.numbers("referenceLogProbs")
    if reference and len(tokens) != len(reference):
        part.fail_at("referenceLogProbs", "must have one number for each token")
    masked = part.raw("masked") is not None and part.flag("masked")
    return Completion(_place(part, places), tokens, log_probs, part.number("advantage"), masked, reference)


def _loss(fields: Fields) -> LossSettings:
    part = fields.object("loss")
    kind = part.choice("kind", KINDS)
    aggregation = part.choice("aggregation", AGGREGATIONS)
    if kind != "grpo" and aggregation != OWN_AGGREGATION[kind]:
        part.fail_at("aggregation", f"must be {OWN_AGGREGATION[kind]} for {kind}")

    def only(name: str, wanted: bool, low: float, high: float) -> float | None:
        if (part.raw(name) is not None) != wanted:
            part.fail_at(name, f"is {'needed' if wanted else 'not allowed'} for {kind}")
        return part.number(name, low, high) if wanted else None

    constant = part.integer("constantLength", 1) if part.raw("constantLength") is not None else None
    if (constant is None) == (aggregation == "constant"):
        part.fail_at("constantLength", "is needed for the aggregation constant and only there")
    loss = LossSettings(
        kind,
        aggregation,
        clip_low=only("clipLow", kind in CLIPPED, 0.0, 1.0),
        clip_high=only("clipHigh", kind in CLIPPED, 0.0, 100.0),
        constant_length=constant,
        ratio_cap=only("ratioCap", kind == "cispo", 0.0, 1e6),
        temperature_positive=only("temperaturePositive", kind == "sapo", 1e-3, 1e3),
        temperature_negative=only("temperatureNegative", kind == "sapo", 1e-3, 1e3),
        kl=_kl(part),
        correction=_correction(part),
    )
    part.done()
    return loss


def _kl(loss: Fields) -> Kl | None:
    if loss.raw("kl") is None:
        return None
    part = loss.object("kl")
    kl = Kl(part.choice("estimator", ESTIMATORS), part.number("coefficient", 0.0, 1e6), part.flag("weighted"))
    part.done()
    return kl


def _correction(loss: Fields) -> Correction | None:
    if loss.raw("correction") is None:
        return None
    part = loss.object("correction")
    correction = Correction(part.choice("mode", CORRECTIONS), part.number("cap", 1e-6, 1e6))
    part.done()
    return correction


def read_train(data: bytes, run: str) -> TrainRequest:
    fields = _open(data)
    prompts, places = _prompts(fields)
    completions = fields.objects("completions", lambda part: _sample(part, places))
    if not completions:
        fields.fail_at("completions", "must not be empty")
    loss = _loss(fields)
    if any(bool(completion.reference_log_probs) != (loss.kl is not None) for completion in completions):
        fields.fail_at("completions", "must each hold referenceLogProbs when the loss has a kl, and only then")
    request = TrainRequest(
        identity=_identity(fields, run),
        loss=loss,
        temperature=fields.number("temperature", 1e-6, 100.0),
        learning_rate=fields.number("learningRate", 0.0, 10.0),
        max_gradient_norm=fields.number("maxGradientNorm", 1e-12, 1e12),
        skip_zero_advantage=fields.choice("zeroAdvantage", ("apply", "skip")) == "skip",
        prompts=prompts,
        completions=completions,
        micro_batches=_micro_batches(fields, len(completions)),
    )
    fields.done()
    return request


def read_fit(data: bytes, run: str) -> FitRequest:
    fields = _open(data)
    prompts, places = _prompts(fields)
    targets = fields.objects("completions", lambda part: (_place(part, places), part.string("text", empty=True)))
    if not targets:
        fields.fail_at("completions", "must not be empty")
    request = FitRequest(
        identity=_identity(fields, run),
        learning_rate=fields.number("learningRate", 0.0, 10.0),
        max_gradient_norm=fields.number("maxGradientNorm", 1e-12, 1e12),
        prompts=prompts,
        targets=targets,
        micro_batches=_micro_batches(fields, len(targets)),
    )
    fields.done()
    return request
