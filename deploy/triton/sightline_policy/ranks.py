"""One policy on one process, or sharded over several by torch's FSDP2.

All ranks run the same code on the same jobs. What they do together happens in one order on all of them, so where one
rank alone could leave that order, they either agree on it or the rank ends, and with it the group.
"""

from __future__ import annotations

import copy
import json
import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import torch
import torch.distributed as distributed
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import FSDPModule, fully_shard
from torch.distributed.tensor import DTensor, distribute_tensor

from .errors import ErrorType, PolicyError, as_policy_error
from .group import GAVE_UP, LAST_WORDS
from .progress import Progress

if TYPE_CHECKING:
    from .policy_model import PolicyModel

LOG = logging.getLogger("sightline.policy")
# Idle ranks wait in a collective for the next job; whether a rank lives is torchrun's business, not a time-out's.
_WAIT = timedelta(days=3650)
_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Share:
    """The completions of a micro-batch that this rank passes. Those that are not `counted` only keep the ranks in step:
    they have no loss and stand in no metric."""

    places: list[int]
    counted: list[bool]


class Alone:
    """One process, which has everything."""

    rank = 0
    count = 1
    lead = True

    def shard(self, model: PolicyModel) -> None:
        """Spread a model over the ranks; its optimizer is made after this."""

    def settle(self, model: PolicyModel) -> None:
        """Let go of what a pass without its backward pass left gathered."""

    def average(self, model: PolicyModel) -> None:
        """Give every rank the mean of the ranks' gradients, where the backward pass has not."""

    @contextmanager
    def whole(self, model: PolicyModel) -> Iterator[PolicyModel]:
        """Give a model with all weights on this rank, for rollouts and scores."""
        yield model

    def full(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return a whole tensor."""
        return tensor.detach()

    def place(self, tensor: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
        """Lay a whole tensor out as another one is."""
        return tensor.to(like.device)

    def share(self, places: list[int], shows_image: Callable[[int], bool]) -> Share:
        return Share(places, [True] * len(places))

    def part(self, count: int) -> range:
        """The part of `count` things that this rank does in `each`."""
        return range(count)

    def total(self, value: float) -> float:
        """Sum a number over the ranks."""
        return value

    def gather(self, value: Any) -> list[Any]:
        """Return every rank's value in the order of ranks."""
        return [value]

    def each(self, work: Callable[[Progress], Any], progress: Progress) -> list[Any]:
        """Do work without collectives on every rank; return every rank's result in the order of ranks."""
        return [work(progress)]

    def together(self, command: Callable[[], dict[str, Any]], work: Callable[[], Any], state: Callable[[], Any]) -> Any:
        """Have all ranks do the lead's job; `command` describes it and `state` tells where its run is after it."""
        return work()

    def close(self) -> None:
        """End the other ranks."""

    def agreed(self, progress: Progress) -> Progress:
        """Make a report of progress one that raises on all ranks or on none."""
        return progress

    def abandon(self, error: BaseException) -> None:
        """Note that a rank left the common order; with several ranks the process ends here."""


ALONE = Alone()


class Ranks(Alone):
    """One of several ranks that torchrun started. `folder` is the group's own: last words and cancelled jobs."""

    def __init__(self, folder: Path, device: str) -> None:
        self.rank, self.count = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
        self.lead = self.rank == 0
        self._folder = folder
        self.device = torch.device(device)
        if self.device.type == "cuda":
            self.device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
            torch.cuda.set_device(self.device)
        backend = "gloo" if self.device.type == "cpu" else "cpu:gloo,cuda:nccl"
        distributed.init_process_group(backend, timeout=_WAIT)
        self._mesh = init_device_mesh(self.device.type, (self.count,))
        self._jobs = 0
        self._looked = 0.0

    # Weights -----------------------------------------------------------------------------------------------------

    def shard(self, model: PolicyModel) -> None:
        model.ranks = self
        if model.shared:
            return
        # The copy has the structure and buffers; it holds weights only while `whole` gives it away.
        model.whole_network = copy.deepcopy(model.network)
        _empty(model.whole_network)
        for block in _blocks(model.network):
            fully_shard(block, mesh=self._mesh)
        fully_shard(model.completion_pass, mesh=self._mesh)

    def settle(self, model: PolicyModel) -> None:
        for module in model.completion_pass.modules():
            if isinstance(module, FSDPModule):
                module.reshard()

    def average(self, model: PolicyModel) -> None:
        if not model.shared:
            return
        moved = [parameter for _, parameter in model.named_parameters() if parameter.grad is not None]
        if not moved:
            return  # on all ranks alike: each passes a part of every micro-batch that has one
        mine = torch.cat([parameter.grad.flatten() for parameter in moved])
        theirs = [torch.empty_like(mine) for _ in range(self.count)]
        distributed.all_gather(theirs, mine)
        # In the order of ranks, which an all-reduce does not promise.
        mean = sum(theirs[1:], theirs[0]) / self.count
        for parameter, part in zip(moved, mean.split([parameter.numel() for parameter in moved]), strict=True):
            parameter.grad.copy_(part.view_as(parameter))

    @contextmanager
    def whole(self, model: PolicyModel) -> Iterator[PolicyModel]:
        if model.shared:
            yield model.with_network(model.network)
            return
        network = model.whole_network
        assert network is not None
        try:
            own = dict(network.named_parameters())
            for name, parameter in model.named_parameters():
                own[name].data = self.full(parameter)
            yield model.with_network(network)
        finally:
            _empty(network)

    def full(self, tensor: torch.Tensor) -> torch.Tensor:
        tensor = tensor.detach()
        return tensor.full_tensor() if isinstance(tensor, DTensor) else tensor

    def place(self, tensor: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
        if not isinstance(like, DTensor) or tensor.shape != like.shape:
            return tensor.to(self.device)
        # Every rank has the whole tensor, so nothing is sent.
        return distribute_tensor(tensor.to(self.device), like.device_mesh, like.placements, src_data_rank=None)

    # Shares ------------------------------------------------------------------------------------------------------

    def share(self, places: list[int], shows_image: Callable[[int], bool]) -> Share:
        """A contiguous part. Every rank passes something, and an image when any does: the ranks gather the same
        weights in the same order only if they pass through the same layers."""
        mine = [places[index] for index in self.part(len(places))]
        counted = [True] * len(mine)
        picture = next((place for place in places if shows_image(place)), None)
        if picture is not None and not any(map(shows_image, mine)):
            mine, counted = [*mine, picture], [*counted, False]
        elif not mine:
            mine, counted = places[:1], [False]
        return Share(mine, counted)

    def part(self, count: int) -> range:
        return range(self.rank * count // self.count, (self.rank + 1) * count // self.count)

    def total(self, value: float) -> float:
        # In the order of ranks, which an all-reduce does not promise.
        return math.fsum(self.gather(value))

    def gather(self, value: Any) -> list[Any]:
        values: list[Any] = [None] * self.count
        distributed.all_gather_object(values, value)
        return values

    # Jobs --------------------------------------------------------------------------------------------------------

    def together(self, command: Callable[[], dict[str, Any]], work: Callable[[], Any], state: Callable[[], Any]) -> Any:
        try:
            self._tell(command())
        except Exception as error:
            self.abandon(error)
        try:
            return work()
        finally:
            self.confirm(state())

    def follow(self) -> dict[str, Any] | None:
        """Wait for the lead's next job; None says that there will be none."""
        return self._tell(None)

    def close(self) -> None:
        if self.lead:
            self._tell(None)
        distributed.destroy_process_group()

    def _tell(self, command: dict[str, Any] | None) -> dict[str, Any] | None:
        box = [command]
        distributed.broadcast_object_list(box, src=0)
        self._jobs += 1
        return box[0]

    def confirm(self, state: Any) -> None:
        """After a job: end the group unless all ranks hold the run in the same state."""
        try:
            states = self.gather(state)
        except Exception as error:
            self.abandon(error)
        if any(other != states[0] for other in states):
            self.abandon(RuntimeError(f"ranks hold different states: {states}"))

    def each(self, work: Callable[[Progress], Any], progress: Progress) -> list[Any]:
        result: Any = None
        error: PolicyError | None = None
        try:
            result = work(self._local(progress))
        except BaseException as failure:
            error = as_policy_error(failure)
            if not isinstance(failure, PolicyError):
                LOG.exception("rank %d failed in work of its own", self.rank)
        outcomes = self.gather((result, None if error is None else (error.kind, error.message, error.detail)))
        for _, failure in outcomes:
            if failure is not None:
                raise PolicyError(failure[0], failure[1], **failure[2])
        return [value for value, _ in outcomes]

    def agreed(self, progress: Progress) -> Progress:
        def report(phase: str, done: int, total: int) -> None:
            error = None
            try:
                progress(phase, done, total)
            except PolicyError as cancelled:
                error = cancelled
            if any(self.gather(error is not None)):
                raise error or PolicyError(ErrorType.CANCELLED, "the job was cancelled")

        return report

    def _local(self, progress: Progress) -> Progress:
        """Without a collective: the lead leaves a file when it is told to cancel, and the others look for it."""
        mark = self._folder / f"cancelled-{self._jobs}"

        def report(phase: str, done: int, total: int) -> None:
            if self.lead:
                try:
                    progress(phase, done, total)
                except PolicyError:
                    mark.touch()
                    raise
            elif time.monotonic() - self._looked > _LOOK_SECONDS:
                self._looked = time.monotonic()
                if mark.exists():
                    raise PolicyError(ErrorType.CANCELLED, "the job was cancelled")

        return report

    def abandon(self, error: BaseException) -> NoReturn:
        """Leave a word for the policy model and end; torchrun then ends the other ranks."""
        LOG.error("rank %d ends, since it cannot go on with the others", self.rank, exc_info=error)
        words = json.dumps(as_policy_error(error).as_json())
        (self._folder / LAST_WORDS.format(rank=self.rank)).write_text(words, encoding="utf-8")
        logging.shutdown()
        os._exit(GAVE_UP)


def _blocks(network: torch.nn.Module) -> list[torch.nn.Module]:
    """The members of the outermost lists of layers: those of the text and of the vision tower."""
    blocks: list[torch.nn.Module] = []
    for child in network.children():
        if isinstance(child, torch.nn.ModuleList):
            blocks += [block for block in child if next(block.parameters(), None) is not None]
        else:
            blocks += _blocks(child)
    return blocks


def _empty(network: torch.nn.Module) -> None:
    for parameter in network.parameters():
        parameter.data = torch.empty(0, dtype=parameter.dtype, device=parameter.device)
