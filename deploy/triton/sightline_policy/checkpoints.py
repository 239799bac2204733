"""Checkpoints in two phases: files are on disk and hashed under a temporary name, then one rename makes them exist.
Where there is a bucket, a checkpoint counts as written when it is there too."""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from .adapters import Full, Lora, StoredAdapter, read_trained
from .canonical import canonical_bytes, sha256_hex
from .errors import ErrorType, PolicyError
from .fields import Fields
from .files import sync_folder, write_synced
from .progress import Progress
from .runs import Run

if TYPE_CHECKING:
    from .remote_checkpoints import RemoteCheckpoints

LOG = logging.getLogger("sightline.policy")
_TEMPORARY = ".writing-"
_ASIDE = ".broken-"
_FETCHING = ".fetching-"
_STATEMENT = "checkpoint.json"


class CheckpointStore:
    """A folder of checkpoints, each named by the digest of its `checkpoint.json`."""

    def __init__(self, folder: Path, owner: str | None, remote: RemoteCheckpoints | None = None) -> None:
        """Open the store. Several servers may share a folder, each as an owner of its own; without one it is only
        read. With `remote`, what is written is kept there too, and what is not whole here is fetched from there."""
        self._folder = folder
        self.remote = remote
        self._temporary, self._aside = f"{_TEMPORARY}{owner}-", f"{_ASIDE}{owner}-"
        # Kept over a restart: a fetch goes on with what is there.
        self._fetching = f"{_FETCHING}{owner}-"
        if owner is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        # What a kill left behind has no name that anyone was told.
        for leftover in folder.iterdir():
            if leftover.name.startswith((self._temporary, self._aside)):
                shutil.rmtree(leftover)

    def write(self, run: Run, progress: Progress) -> dict[str, Any]:
        """Write the run's present state; a repeat finds the same id and writes nothing that is there."""
        files = {
            "model.safetensors": save_tensors({n: t.contiguous().cpu() for n, t in run.weights()}),
            "optimizer.safetensors": save_tensors({n: t.contiguous().cpu() for n, t in run.optimizer_state()}),
        }
        statement = {
            "run": run.id,
            "lineage": run.lineage,
            "stateDigest": run.state_digest,
            "base": run.body.json["base"],
            "baseStateDigest": run.base_state_digest,
            "model": run.standing.identity,
            "optimizer": run.body.json["optimizer"],
            "lastStep": run.last_step,
            "files": {name: sha256_hex(data) for name, data in files.items()},
        }
        if run.standing.trained != Full():
            statement["trained"] = run.standing.trained.as_json()
        if run.standing.base is not None:
            statement |= {"root": run.standing.base.root, "rootStateDigest": run.standing.base.digest}
        files[_STATEMENT] = canonical_bytes(statement)
        name = sha256_hex(files[_STATEMENT])
        target = self._folder / name
        if target.exists():
            try:
                self._verified_here(name)
            except PolicyError:
                self._put_aside(target)
        if not target.exists():
            temporary = self._folder / f"{self._temporary}{uuid.uuid4().hex}"
            temporary.mkdir()
            for file, data in files.items():
                write_synced(temporary / file, data)
            sync_folder(temporary)
            temporary.rename(target)
            sync_folder(self._folder)
        if self.remote is not None:
            self.remote.store(target, list(files), progress)
        return {
            "checkpoint": name,
            "lineage": run.lineage,
            "stateDigest": run.state_digest,
            "bytes": sum(map(len, files.values())),
            "files": {file: sha256_hex(data) for file, data in files.items()},
        }

    def restore(self, run: Run, name: str, progress: Progress) -> None:
        """Bring a run to a checkpoint of its own; nothing is touched before every digest was right."""
        statement, files = self._verified(name, progress)
        if statement["run"] != run.id or statement["baseStateDigest"] != run.base_state_digest:
            message = f"checkpoint {name} belongs to run {statement['run']} on another base; open that run instead"
            raise PolicyError(ErrorType.INVALID_REQUEST, message)
        trained = Full().as_json() | statement.get("trained", {})
        same = statement["model"] == run.standing.identity and statement["optimizer"] == run.body.json["optimizer"]
        if not same or trained != run.standing.trained.as_json():
            message = f"checkpoint {name} was made with other model, optimizer or trained settings than the run has"
            raise PolicyError(ErrorType.INVALID_REQUEST, message)
        weights, optimizer = (_tensors(name, files[f"{part}.safetensors"]) for part in ("model", "optimizer"))
        run.load(weights, optimizer, statement["lineage"], statement["stateDigest"], statement["lastStep"])

    def bring_here(self, name: str, progress: Progress) -> None:
        """See to it that a checkpoint is whole in the folder, so that others who only read it find it."""
        if self.remote is not None:
            self._verified(name, progress)

    def origin(self, name: str, progress: Progress) -> tuple[str | None, StoredAdapter | None]:
        """Return what a checkpoint stands for: a checkpoint of all weights, None where the model's own start is meant,
        and the adapter over it."""
        statement, files = self._verified(name, progress)
        if "root" not in statement:
            return name, None
        settings = read_trained(Fields(statement["trained"], "trained", ErrorType.CHECKPOINT_CORRUPT))
        assert isinstance(settings, Lora)
        tensors = _tensors(name, files["model.safetensors"])
        return statement["root"], StoredAdapter(settings, tensors, statement["rootStateDigest"])

    def weights(self, name: str, model: dict[str, Any], progress: Progress) -> dict[str, torch.Tensor]:
        """Return all weights of a checkpoint for a run with the same model, as `OpenBody.model_identity` tells."""
        statement, files = self._verified(name, progress)
        if statement["model"] != model:
            message = f"checkpoint {name} was made with other model settings; use those of the run it comes from"
            raise PolicyError(ErrorType.INVALID_REQUEST, message)
        return _tensors(name, files["model.safetensors"])

    def list(self) -> list[dict[str, Any]]:
        """Return what is in the folder, by id; a checkpoint whose statement cannot be read is left out."""
        result = []
        for folder in sorted(self._folder.iterdir()):
            if folder.name.startswith("."):
                continue
            try:
                statement = json.loads((folder / _STATEMENT).read_bytes())
                row = {part: statement[part] for part in ("run", "lineage", "stateDigest")}
            except (OSError, ValueError, KeyError):
                continue
            size = sum(file.stat().st_size for file in folder.iterdir())
            result.append({"checkpoint": folder.name, **row, "bytes": size})
        return result

    def prune(self, names: list[str]) -> list[str]:
        """Remove checkpoints; return those that were in the folder. Their objects are removed soon after."""
        if self.remote is not None:
            self.remote.remove(names)
        removed = []
        for name in names:
            folder = self._folder / name
            if folder.exists():
                shutil.rmtree(self._put_aside(folder))
                removed.append(name)
            shutil.rmtree(self._folder / f"{self._fetching}{name}", ignore_errors=True)
        sync_folder(self._folder)
        return removed

    def _put_aside(self, folder: Path) -> Path:
        return folder.rename(self._folder / f"{self._aside}{uuid.uuid4().hex}")

    def _verified(self, name: str, progress: Progress) -> tuple[dict[str, Any], dict[str, bytes]]:
        try:
            return self._verified_here(name)
        except PolicyError as error:
            if self.remote is None:
                raise
            LOG.info("%s; asking S3", error.message)
        arriving = self._folder / f"{self._fetching}{name}"
        self.remote.fetch(name, arriving, progress)
        target = self._folder / name
        if target.exists():
            self._put_aside(target)
        arriving.rename(target)
        sync_folder(self._folder)
        return self._verified_here(name)

    def _verified_here(self, name: str) -> tuple[dict[str, Any], dict[str, bytes]]:
        folder = self._folder / name
        if not folder.is_dir():
            message = f"checkpoint {name} is not here; rebuild it or restore an older one"
            raise PolicyError(ErrorType.CHECKPOINT_MISSING, message, checkpoint=name)
        data = _read(folder / _STATEMENT, name)
        if sha256_hex(data) != name:
            raise _corrupt(name, _STATEMENT)
        statement = json.loads(data)
        files = {}
        for file, digest in statement["files"].items():
            files[file] = _read(folder / file, name)
            if sha256_hex(files[file]) != digest:
                raise _corrupt(name, file)
        return statement, files


def _corrupt(name: str, file: str) -> PolicyError:
    message = f"{file} of checkpoint {name} does not have its digest; rebuild it or restore an older one"
    return PolicyError(ErrorType.CHECKPOINT_CORRUPT, message, checkpoint=name, file=file)


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _corrupt(name, path.name) from None


def _tensors(name: str, data: bytes) -> dict[str, torch.Tensor]:
    try:
        return load_tensors(data)
    except SafetensorError:
        raise _corrupt(name, "a tensor file") from None
