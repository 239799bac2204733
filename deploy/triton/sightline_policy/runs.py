"""A run: its network, optimizer and place in the lineage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import torch

from .adapters import Trained, read_trained
from .canonical import base_lineage, step_lineage
from .errors import ErrorType, PolicyError
from .fields import Fields
from .model_folder import FolderSettings
from .policy_model import PolicyModel
from .ranks import ALONE, Alone
from .state_digest import NamedTensor, digest_of_state, optimizer_tensors
from .tiny_vl import TinyVlSettings
from .train import OptimizerSettings

MODEL_KINDS = ("tiny-vl", "folder")
OPTIMIZER_KINDS = ("adamw", "adamw_8bit")


@dataclass(frozen=True)
class OpenBody:
    """The body of `open`; `json` is kept to tell a repeat from another run under the same id."""

    model: TinyVlSettings | FolderSettings
    optimizer: OptimizerSettings
    base_checkpoint: str | None
    base_adapter: str | None
    trained: Trained | None
    run_digest: str
    json: dict[str, Any]

    @staticmethod
    def read(body: Fields) -> OpenBody:
        json = {name: body.raw(name) for name in ("model", "base", "optimizer", "runDigest")}
        checkpoint = adapter = None
        if json["base"] is not None:
            part = body.object("base")
            checkpoint, adapter = part.optional_digest("checkpoint"), part.optional_string("adapter")
            if checkpoint is None and adapter is None:
                part.fail("must name a checkpoint or an adapter; or be null")
            part.done()
        trained = None
        if body.raw("trained") is not None:
            trained = read_trained(body.object("trained"))
            json["trained"] = body.raw("trained")
        part = body.object("optimizer")
        eight_bit = part.choice("kind", OPTIMIZER_KINDS) == "adamw_8bit"
        optimizer = OptimizerSettings(
            part.number("beta1", 0.0, 1.0),
            part.number("beta2", 0.0, 1.0),
            part.number("epsilon", 0.0, 1.0),
            part.number("weightDecay", 0.0, 10.0),
            eight_bit,
        )
        part.done()
        part = body.object("model")
        read = FolderSettings.read if part.choice("kind", MODEL_KINDS) == "folder" else TinyVlSettings.read
        opened = OpenBody(read(part), optimizer, checkpoint, adapter, trained, body.digest("runDigest"), json)
        body.done()
        return opened

    def model_identity(self, folder_digest: str | None) -> dict[str, Any]:
        """What a checkpoint states of its model, so that another model cannot take its weights."""
        if isinstance(self.model, FolderSettings):
            assert folder_digest is not None
            return self.model.identity(folder_digest)
        return self.json["model"]


@dataclass(eq=False)
class Base:
    """A network that adapters of several runs stand on, the folder that it was opened from with its digest, that of its
    weights, and the checkpoint that these came from."""

    model: PolicyModel
    folder: Path | None
    folder_digest: str | None
    digest: str
    root: str | None


@dataclass(frozen=True)
class Standing:
    """What a run starts with, and what it trains of it. `identity` is what checkpoints state of its model; `digest`
    covers all that decides its first state, `state` what the run holds of its own. `base` is what its adapter stands
    on, which it keeps alive; None without one."""

    model: PolicyModel
    trained: Trained
    identity: dict[str, Any]
    digest: str
    state: str
    base: Base | None

    def base_folder(self) -> Path | None:
        """The folder that holds the weights under the adapter as they are, if there is one."""
        return None if self.base is None or self.base.root is not None else self.base.folder


class Run:
    """State of one open run. Only the job thread moves it, after `open` made it."""

    def __init__(
        self, run_id: str, body: OpenBody, environment_digest: str, standing: Standing, ranks: Alone = ALONE
    ) -> None:
        self.id = run_id
        # Tells this opening of the run from a later one under the same id.
        self.opening = uuid4().hex
        self.environment_digest = environment_digest
        self.body = body
        self.standing = standing
        self.model = standing.model
        # Kept for `reset` and for a KL: the checkpoint that the run started from may be pruned meanwhile.
        self._initial = {name: p.detach().cpu().clone() for name, p in self.model.named_parameters()}
        self.base_state_digest = standing.digest
        self.ranks = ranks
        self._gathered: tuple[list[NamedTensor], list[NamedTensor]] | None = None
        if body.optimizer.eight_bit and ranks.count > 1 and not self.model.shared:
            message = (
                f"adamw_8bit cannot train all weights on {ranks.count} ranks, whose shards would cut the blocks of its "
                "moments; train an adapter (trained.kind lora), take adamw, or start the server with one rank"
            )
            raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.optimizer.kind")
        ranks.shard(self.model)
        self.optimizer = body.optimizer.create(self.model)
        environment = body.optimizer.environment(environment_digest)
        self.base = base_lineage(self.base_state_digest, body.run_digest, environment)
        self.lineage = self.base
        self.state_digest = standing.state
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
        """Whole tensors, in name order. All ranks must ask, or this one inside `gathered`."""
        if self._gathered is not None:
            return self._gathered[0]
        return [(name, self.ranks.full(parameter)) for name, parameter in self.model.named_parameters()]

    def optimizer_state(self) -> list[NamedTensor]:
        """Whole tensors, as `weights`."""
        if self._gathered is not None:
            return self._gathered[1]
        return [(name, self.ranks.full(tensor)) for name, tensor in optimizer_tensors(self.model, self.optimizer)]

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Have whole tensors at hand for a while, so that one rank can write them alone."""
        if self.ranks.count > 1:
            parts = self.weights(), self.optimizer_state()
            self._gathered = tuple([(name, tensor.cpu()) for name, tensor in part] for part in parts)
        try:
            yield
        finally:
            self._gathered = None

    @contextmanager
    def at_start(self) -> Iterator[None]:
        """Have the weights that `open` gave for a while: what a KL is measured against. Of a new adapter that is the
        base, since its second factor starts at 0."""
        now = {name: tensor.clone() for name, tensor in self.weights()}
        self.model.load(self._initial)
        try:
            yield
        finally:
            self.model.load(now)

    def return_to_base(self) -> None:
        """Go back to the state that `open` gave."""
        self.model.load(self._initial)
        self.optimizer = self.body.optimizer.create(self.model)
        self.lineage, self.state_digest, self.last_step = self.base, self.standing.state, None
        self.chain = [self.base]

    def load(
        self, weights: dict[str, torch.Tensor], optimizer: dict[str, torch.Tensor], lineage: str, digest: str,
        last_step: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        """Take over a verified checkpoint; on another state digest raise CHECKPOINT_CORRUPT, the run unchanged."""
        before_weights = {name: tensor.clone() for name, tensor in self.weights()}
        before_optimizer = self.optimizer
        self.model.load(weights)
        self.optimizer = self.body.optimizer.create(self.model)
        for name, parameter in self.model.named_parameters():
            slots = {key.rpartition("/")[2]: key for key in optimizer if key.rpartition("/")[0] == name}
            if slots:
                self.optimizer.state[parameter] = {
                    slot: self.ranks.place(optimizer[key].clone(), parameter) for slot, key in slots.items()
                }
        if self.digest_now() != digest:
            self.model.load(before_weights)
            self.optimizer = before_optimizer
            message = "the checkpoint's tensors do not have its state digest; restore an older one"
            raise PolicyError(ErrorType.CHECKPOINT_CORRUPT, message)
        self.lineage, self.state_digest, self.last_step = lineage, digest, last_step
        self.chain = [lineage]
