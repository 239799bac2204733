"""What a run trains of a model: all weights, all but the vision tower, or a low-rank adapter over a base that several
runs share.

LoRA (Hu et al. 2021, arXiv 2106.09685, section 4): a frozen linear layer y = W x + b becomes
y = W x + b + (alpha / rank) B A x, with A [rank, in] and B [out, rank]. A starts uniform in +-1 / sqrt(in), which is
Kaiming's uniform with a = sqrt(5), B at 0; names, start and scale are those of PEFT, so that its files are ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.functional import linear

from .errors import ErrorType, PolicyError
from .fields import Fields
from .policy_model import PolicyModel

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class Full:
    """All weights are trained, or all but the vision tower's."""

    tower_frozen: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"kind": "full", "visionTower": "frozen" if self.tower_frozen else "trained"}


@dataclass(frozen=True)
class Lora:
    """An adapter on the text tower's linear layers that `targets` name; the base and the vision tower stay."""

    rank: int
    alpha: float
    targets: tuple[str, ...]
    seed: int

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": "lora", "rank": self.rank, "alpha": self.alpha, "targets": list(self.targets),
            "seed": str(self.seed), "visionTower": "frozen",
        }  # fmt: skip

    def shape(self) -> tuple[int, float, tuple[str, ...]]:
        """What two adapters must have alike to hold each other's tensors."""
        return self.rank, self.alpha, self.targets


Trained = Full | Lora


def read_trained(fields: Fields) -> Trained:
    """Read the `trained` body of `open`."""
    kind = fields.choice("kind", ("full", "lora"))
    tower = fields.choice("visionTower", ("trained", "frozen"))
    if kind == "full":
        fields.done()
        return Full(tower == "frozen")
    if tower != "frozen":
        fields.fail_at("visionTower", "must be frozen for lora, whose adapter lies on the text tower only")
    targets = fields.items("targets")
    if not targets or len(set(map(str, targets))) != len(targets) or not set(map(str, targets)) <= set(TARGETS):
        fields.fail_at("targets", f"must hold some of {', '.join(TARGETS)}, each once")
    seed = fields.string("seed")
    if not seed.removeprefix("-").isdecimal() or not -(2**63) <= int(seed) < 2**63:
        fields.fail_at("seed", "must be a 64-bit integer written as a string")
    rank, alpha = fields.integer("rank", 1, 1024), fields.number("alpha", 1e-6, 1e6)
    fields.done()
    return Lora(rank, alpha, tuple(name for name in TARGETS if name in targets), int(seed))


@dataclass(frozen=True)
class StoredAdapter:
    """An adapter that was written down, by a run's checkpoint or as a PEFT folder; a checkpoint says on which base."""

    settings: Lora
    tensors: dict[str, torch.Tensor]
    base_digest: str | None


@dataclass(frozen=True)
class LayerAdapter:
    """The two factors on one layer; float32 whatever the dtype of the layer, as a step is less than bfloat16 shows."""

    a: torch.nn.Parameter
    b: torch.nn.Parameter
    scale: float

    def added(self, y: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        """y + (alpha / rank) B A x for x [..., in] and y [..., out]."""
        inner = linear(x, self.a.to(x.dtype)).flatten(0, -2)
        # One operation for product, scale and sum: a decode step is bound by how many there are.
        return torch.addmm(y.flatten(0, -2), inner, self.b.to(x.dtype).t(), alpha=self.scale).view_as(y)

    def merged(self, weight: torch.Tensor) -> torch.Tensor:
        """W + (alpha / rank) B A, in the dtype of W."""
        return (weight.float() + self.scale * (self.b @ self.a)).to(weight.dtype)


class AdaptedLinear(torch.nn.Linear):
    """A linear layer of a base, with the adapter of the run that works on the base just now."""

    adapter: LayerAdapter | None = None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = linear(x, self.weight, self.bias)
        return y if self.adapter is None else self.adapter.added(y, x)


class AdaptedModel(PolicyModel):
    """A base under an adapter of its own. Several stand on one base; `active` says whose turn it is.

    Its parameters are the adapter's: what is trained, digested and kept in checkpoints.
    """

    def __init__(self, base: PolicyModel, settings: Lora) -> None:
        # Everything of the base is shared, not copied.
        vars(self).update(vars(base))
        self.base, self.settings = base, settings
        generator = torch.Generator().manual_seed(settings.seed)
        self._layers: dict[str, tuple[AdaptedLinear, LayerAdapter]] = {}
        for name, module in base.text_layers():
            if name.rpartition(".")[2] not in settings.targets:
                continue
            if not isinstance(module, AdaptedLinear):
                # The same module with the same parameters and names, only computed otherwise.
                module.__class__ = AdaptedLinear
            a = torch.empty(settings.rank, module.in_features)
            torch.nn.init.kaiming_uniform_(a, a=math.sqrt(5), generator=generator)
            b = torch.zeros(module.out_features, settings.rank)
            factors = (torch.nn.Parameter(tensor.to(base.device)) for tensor in (a, b))
            self._layers[name] = (module, LayerAdapter(*factors, settings.alpha / settings.rank))
        if not self._layers:
            message = f"no layer of the model's text tower is called {', '.join(settings.targets)}; name other targets"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.trained.targets")

    @property
    def shared(self) -> bool:
        return True

    def named_parameters(self) -> list[tuple[str, torch.nn.Parameter]]:
        return sorted(
            (f"{name}.{factor}.weight", parameter)
            for name, (_, adapter) in self._layers.items()
            for factor, parameter in (("lora_A", adapter.a), ("lora_B", adapter.b))
        )

    @contextmanager
    def active(self) -> Iterator[None]:
        """Put the adapter on the base for one job."""
        for module, adapter in self._layers.values():
            module.adapter = adapter
        try:
            yield
        finally:
            for module, _ in self._layers.values():
                module.adapter = None

    @torch.no_grad()
    def merged_weights(self) -> list[tuple[str, torch.Tensor]]:
        adapters = {f"{name}.weight": adapter for name, (_, adapter) in self._layers.items()}
        return [
            (name, adapters[name].merged(weight) if name in adapters else weight.detach())
            for name, weight in self.base.named_parameters()
        ]

    @property
    def adapted(self) -> list[str]:
        """Names of the layers under the adapter."""
        return list(self._layers)


def freeze(model: PolicyModel, trained: Full) -> None:
    """Let gradients reach only what is trained. A tower without gradients builds no graph."""
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not (trained.tower_frozen and model.is_vision(name)))
