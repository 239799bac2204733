"""The digest of weights and optimizer: equal digests mean bitwise equal states."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import torch

from .policy_model import PolicyModel

NamedTensor = tuple[str, torch.Tensor]


def optimizer_tensors(model: PolicyModel, optimizer: torch.optim.Optimizer) -> Iterator[NamedTensor]:
    """Yield (`<parameter>/<slot>`, tensor) in (parameter, slot) order; none before the first step."""
    for name, parameter in model.named_parameters():
        slots = optimizer.state.get(parameter, {})
        for slot in sorted(slots):
            yield f"{name}/{slot}", slots[slot]


def state_digest(tensors: Iterable[NamedTensor]) -> str:
    """Return the SHA-256 over name, dtype, shape and little-endian bytes of each tensor, as PROTOCOL.md lays out."""
    sha = hashlib.sha256()
    for name, tensor in tensors:
        dtype = str(tensor.dtype).removeprefix("torch.")
        shape = ",".join(map(str, tensor.shape))
        sha.update(f"{name}\0{dtype}\0{shape}\0".encode())
        sha.update(tensor.detach().contiguous().cpu().reshape(-1).view(torch.uint8).numpy().data)
    return sha.hexdigest()


def digest_of_weights(model: PolicyModel) -> str:
    return state_digest((name, parameter) for name, parameter in model.named_parameters())


def digest_of_state(model: PolicyModel, optimizer: torch.optim.Optimizer) -> str:
    def tensors() -> Iterator[NamedTensor]:
        yield from model.named_parameters()
        yield from optimizer_tensors(model, optimizer)

    return state_digest((name, model.ranks.full(tensor)) for name, tensor in tensors())
