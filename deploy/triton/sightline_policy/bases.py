"""Where a run's network comes from. Runs with an adapter stand on one resident base; every other run has a network of
its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import torch

from .adapters import AdaptedModel, Full, Lora, StoredAdapter, Trained, freeze
from .canonical import digest_of
from .checkpoints import CheckpointStore
from .errors import ErrorType, PolicyError
from .model_folder import FolderDigests, FolderSettings
from .peft_folder import read_adapter
from .policy_model import PolicyModel
from .progress import Progress
from .runs import Base, OpenBody, Standing
from .state_digest import digest_of_weights
from .tiny_vl import TinyVl
from .vision_language import open_folder


class Bases:
    """Makes networks for runs. A resident base lives as long as a run stands on it."""

    def __init__(self, checkpoints: CheckpointStore, folders: FolderDigests, device: torch.device) -> None:
        self._checkpoints = checkpoints
        self._folders = folders
        self._device = device
        self._resident: WeakValueDictionary[str, Base] = WeakValueDictionary()

    def stand(self, body: OpenBody, progress: Progress) -> Standing:
        """Return what a run starts with; the folders, checkpoints and adapters that its body names are verified."""
        root, adapter = self._origin(body, progress)
        trained: Trained = body.trained or (Full() if adapter is None else adapter.settings)
        base = None
        match trained:
            case Lora():
                base = self._base(body, root, progress)
                model, folder = AdaptedModel(base.model, trained), base.folder_digest
                if adapter is not None:
                    _same_shape(trained, adapter)
                    _same_base(base.digest, adapter)
                    model.load(adapter.tensors)
                state = digest_of_weights(model)
                digest = digest_of({"kind": "lora", "base": base.digest, "adapter": state, "alpha": trained.alpha})
            case Full():
                model, folder = self._whole(body, root, adapter, progress)
                freeze(model, trained)
                state = digest = digest_of_weights(model)
        if folder is not None:
            # The tokenizer and the template decide results as much as the weights do.
            digest = digest_of({"kind": "folder-base", "folder": folder, "weights": digest})
        return Standing(model, trained, body.model_identity(folder), digest, state, base)

    def _origin(self, body: OpenBody, progress: Progress) -> tuple[str | None, StoredAdapter | None]:
        """The checkpoint of all weights that the run starts from, and the adapter over it."""
        root, adapter = None, None
        if body.base_checkpoint is not None:
            root, adapter = self._checkpoints.origin(body.base_checkpoint, progress)
        if body.base_adapter is not None:
            if adapter is not None:
                message = f"checkpoint {body.base_checkpoint} holds an adapter already; leave out base.adapter"
                raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.base.adapter")
            adapter = read_adapter(Path(body.base_adapter))
        return root, adapter

    def _base(self, body: OpenBody, root: str | None, progress: Progress) -> Base:
        """The resident network for a model and a checkpoint, read when no run stands on it yet."""
        key = digest_of({"model": body.json["model"], "root": root})
        base = self._resident.get(key)
        if base is None:
            model, folder = self._network(body, root, progress)
            for _, parameter in model.named_parameters():
                parameter.requires_grad_(False)
            progress("digest", 0, 1)
            path = body.model.path if isinstance(body.model, FolderSettings) else None
            base = self._resident[key] = Base(model, path, folder, digest_of_weights(model), root)
        return base

    def _whole(
        self, body: OpenBody, root: str | None, adapter: StoredAdapter | None, progress: Progress
    ) -> tuple[PolicyModel, str | None]:
        """A network of the run's own, into which an adapter that it starts from is merged."""
        model, folder = self._network(body, root, progress)
        if adapter is not None:
            _same_base(digest_of_weights(model), adapter)
            adapted = AdaptedModel(model, adapter.settings)
            adapted.load(adapter.tensors)
            model.load(dict(adapted.merged_weights()))
        progress("digest", 0, 1)
        return model, folder

    def _network(self, body: OpenBody, root: str | None, progress: Progress) -> tuple[PolicyModel, str | None]:
        """A fresh network with the weights of a checkpoint or its own, and the digest of its folder."""
        folder = None
        if isinstance(body.model, FolderSettings):
            model, folder = open_folder(body.model, self._device, self._folders, progress)
        else:
            model = TinyVl(body.model, self._device)
        if root is not None:
            identity: dict[str, Any] = body.model_identity(folder)
            model.load(self._checkpoints.weights(root, identity, progress))
        return model, folder


def _same_shape(settings: Lora, adapter: StoredAdapter) -> None:
    if settings.shape() != adapter.settings.shape():
        theirs = adapter.settings
        message = (
            f"the adapter to start from has rank {theirs.rank}, alpha {theirs.alpha:g} and targets "
            f"{', '.join(theirs.targets)}; open the run with the same"
        )
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.trained")


def _same_base(digest: str, adapter: StoredAdapter) -> None:
    if adapter.base_digest is not None and adapter.base_digest != digest:
        message = "the adapter to start from was made on other weights than the model has here; use its own base"
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.base")
