"""A run: its network, optimizer and place in the lineage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from .canonical import base_lineage, digest_of, step_lineage
from .errors import ErrorType, PolicyError
from .fields import Fields
from .model_folder import FolderSettings
from .policy_model import PolicyModel
from .state_digest import NamedTensor, digest_of_state, digest_of_weights, optimizer_tensors
from .tiny_vl import TinyVlSettings
from .train import OptimizerSettings

MODEL_KINDS = ("tiny-vl", "folder")


@dataclass(frozen=True)
class OpenBody:
    """The body of `open`; `json` is kept to tell a repeat from another run under the same id."""

    model: TinyVlSettings | FolderSettings
    optimizer: OptimizerSettings
    base_checkpoint: str | None
    run_digest: str
    json: dict[str, Any]

    @staticmethod
    def read(body: Fields) -> OpenBody:
        json = {name: body.raw(name) for name in ("model", "base", "optimizer", "runDigest")}
        base = None
        if json["base"] is not None:
            part = body.object("base")
            base = part.digest("checkpoint")
            part.done()
        part = body.object("optimizer")
        part.choice("kind", ("adamw",))
        optimizer = OptimizerSettings(
            part.number("beta1", 0.0, 1.0),
            part.number("beta2", 0.0, 1.0),
            part.number("epsilon", 0.0, 1.0),
            part.number("weightDecay", 0.0, 10.0),
        )
        part.done()
        part = body.object("model")
        read = FolderSettings.read if part.choice("kind", MODEL_KINDS) == "folder" else TinyVlSettings.read
        opened = OpenBody(read(part), optimizer, base, body.digest("runDigest"), json)
        body.done()
        return opened

    def model_identity(self, folder_digest: str | None) -> dict[str, Any]:
        """What a checkpoint states of its model, so that another model cannot take its weights."""
        if isinstance(self.model, FolderSettings):
            assert folder_digest is not None
            return self.model.identity(folder_digest)
        return self.json["model"]


class Run:
    """State of one open run. Only the job thread moves it, after `open` made it. `folder_digest` is None for a model
    that is not from a folder."""

    def __init__(
        self, run_id: str, body: OpenBody, model: PolicyModel, folder_digest: str | None, environment_digest: str,
        base_weights: dict[str, torch.Tensor] | None,
    ) -> None:  # fmt: skip
        self.id = run_id
        self.body = body
        self.model = model
        self.model_identity = body.model_identity(folder_digest)
        if base_weights is not None:
            self._load_weights(base_weights)
        # Kept for `reset` and for a KL: the checkpoint that the run started from may be pruned meanwhile.
        self._initial = {name: p.detach().cpu().clone() for name, p in self.model.named_parameters()}
        self.optimizer = body.optimizer.create(self.model)
        self._initial_digest = digest_of_weights(self.model)
        self.base_state_digest = self._initial_digest
        if folder_digest is not None:
            # The tokenizer and the template decide results as much as the weights do.
            parts = {"kind": "folder-base", "folder": folder_digest, "weights": self._initial_digest}
            self.base_state_digest = digest_of(parts)
        self.base = base_lineage(self.base_state_digest, body.run_digest, environment_digest)
        self.lineage = self.base
        self.state_digest = self._initial_digest
        self.chain: list[str] = [self.base]
        self.last_step: dict[str, Any] | None = None

    def expect(self, lineage: str | None) -> None:
        """Raise POLICY_BEHIND when the caller's view of the run is not where the run is."""
        if lineage is not None and lineage != self.lineage:
            message = f"run {self.id} is at lineage {self.lineage}; bring it to the expected one first"
            raise PolicyError(ErrorType.POLICY_BEHIND, message, lineage=self.lineage)

    def stored_step(self, parent: str, batch: str, identity: dict[str, Any]) -> dict[str, Any] | None:
        """Return the result when the run is right behind this very step; else raise STEP_CONFLICT or POLICY_BEHIND."""
        last = self.last_step
        if last is not None and last["lineage"] == self.lineage and last["identity"] == identity:
            if self.lineage == step_lineage(parent, batch, identity):
                return last["result"]
            if last["result"]["batchDigest"] != batch:
                message = f"step {identity} was made with another batch, {last['result']['batchDigest']}"
                raise PolicyError(ErrorType.STEP_CONFLICT, message, batchDigest=last["result"]["batchDigest"])
        self.expect(parent)
        return None

    def expect_parent(self, parent: str) -> None:
        """Like `expect`, but the parent of the last step is right too: that step may be asked for again."""
        if self.last_step is None or self.last_step["result"]["lineageBefore"] != parent:
            self.expect(parent)

    def arrive(self, lineage: str, state: str, result: dict[str, Any], identity: dict[str, Any]) -> None:
        """Take the place behind a step that is made and journaled."""
        self.last_step = {"identity": identity, "lineage": lineage, "result": result}
        self.lineage = lineage
        self.state_digest = state
        self.chain.append(lineage)

    def digest_now(self) -> str:
        return digest_of_state(self.model, self.optimizer)

    def weights(self) -> list[NamedTensor]:
        return [(name, parameter.detach()) for name, parameter in self.model.named_parameters()]

    def optimizer_state(self) -> list[NamedTensor]:
        return list(optimizer_tensors(self.model, self.optimizer))

    @contextmanager
    def at_start(self) -> Iterator[None]:
        """Have the weights that `open` gave for a while: what a KL is measured against."""
        now = {name: tensor.clone() for name, tensor in self.weights()}
        self._load_weights(self._initial)
        try:
            yield
        finally:
            self._load_weights(now)

    def return_to_base(self) -> None:
        """Go back to the state that `open` gave."""
        self._load_weights(self._initial)
        self.optimizer = self.body.optimizer.create(self.model)
        self.lineage, self.state_digest, self.last_step = self.base, self._initial_digest, None
        self.chain = [self.base]

    def load(
        self, weights: dict[str, torch.Tensor], optimizer: dict[str, torch.Tensor], lineage: str, digest: str,
        last_step: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        """Take over a verified checkpoint; on another state digest raise CHECKPOINT_CORRUPT, the run unchanged."""
        before_weights = {name: tensor.clone() for name, tensor in self.weights()}
        before_optimizer = self.optimizer
        self._load_weights(weights)
        self.optimizer = self.body.optimizer.create(self.model)
        for name, parameter in self.model.named_parameters():
            slots = {key.rpartition("/")[2]: key for key in optimizer if key.rpartition("/")[0] == name}
            if slots:
                self.optimizer.state[parameter] = {
                    slot: optimizer[key].clone().to(parameter.device) for slot, key in slots.items()
                }
        if self.digest_now() != digest:
            self._load_weights(before_weights)
            self.optimizer = before_optimizer
            message = "the checkpoint's tensors do not have its state digest; restore an older one"
            raise PolicyError(ErrorType.CHECKPOINT_CORRUPT, message)
        self.lineage, self.state_digest, self.last_step = lineage, digest, last_step
        self.chain = [lineage]

    @torch.no_grad()
    def _load_weights(self, weights: dict[str, torch.Tensor]) -> None:
        own = dict(self.model.named_parameters())
        if {n: tuple(p.shape) for n, p in own.items()} != {n: tuple(w.shape) for n, w in weights.items()}:
            message = "the weights are those of another model; open the run with the checkpoint's model settings"
            raise PolicyError(ErrorType.INVALID_REQUEST, message)
        for name, parameter in own.items():
            parameter.copy_(weights[name])
