"""A local folder with a model in Hugging Face's layout: which files count, whether they are all there, their digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from .canonical import digest_of
from .errors import ErrorType, PolicyError
from .fields import Fields
from .files import replace_synced
from .progress import Progress

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
WEIGHTS, INDEX = "model.safetensors", "model.safetensors.index.json"
NEEDED_FILES = ("config.json", "tokenizer.json", "preprocessor_config.json")
# Besides the weights. The export copies those about prompts as they are.
PROMPT_FILES = (
    "added_tokens.json",
    "chat_template.jinja",
    "chat_template.json",
    "merges.txt",
    "preprocessor_config.json",
    "processor_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "video_preprocessor_config.json",
    "vocab.json",
)
_OTHER_FILES = ("config.json", "generation_config.json")
_PIECE = 2**24


@dataclass(frozen=True)
class FolderSettings:
    """The `model` body of `open` for a model from a folder. `digest` is the one it must have; None: any."""

    path: Path
    digest: str | None
    dtype: str
    gradient_checkpointing: bool

    @staticmethod
    def read(fields: Fields) -> FolderSettings:
        fields.choice("kind", ("folder",))
        path = Path(fields.string("path"))
        if not path.is_absolute():
            fields.fail_at("path", "must be an absolute path on the policy server's machine")
        settings = FolderSettings(
            path=path,
            digest=fields.optional_digest("digest"),
            dtype=fields.choice("dtype", tuple(DTYPES)),
            gradient_checkpointing=fields.flag("gradientCheckpointing"),
        )
        fields.done()
        return settings

    @property
    def torch_dtype(self) -> torch.dtype:
        return DTYPES[self.dtype]

    def identity(self, digest: str) -> dict[str, Any]:
        """What a checkpoint states: a folder that moved, or another use of memory, is the same model."""
        return {"kind": "folder", "digest": digest, "dtype": self.dtype}


def model_files(folder: Path) -> list[str]:
    """Return the names of the files that make up the model, in order; raise INVALID_REQUEST naming what is missing."""
    if not folder.is_dir():
        raise unusable(folder, "is not a folder of the policy server's machine")
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    weights = [WEIGHTS]
    if not (folder / WEIGHTS).is_file() and (folder / INDEX).is_file():
        weights = _shards(folder)
        missing += [name for name in weights if not (folder / name).is_file()]
        weights.append(INDEX)
    elif not (folder / WEIGHTS).is_file():
        missing.append(f"{WEIGHTS} (or {INDEX} with its shards)")
    if missing:
        raise unusable(folder, f"lacks {', '.join(missing)}")
    others = [name for name in (*PROMPT_FILES, *_OTHER_FILES) if (folder / name).is_file()]
    return sorted([*weights, *others])


def _shards(folder: Path) -> list[str]:
    try:
        names = sorted(set(json.loads((folder / INDEX).read_bytes())["weight_map"].values()))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise unusable(folder, f"has an {INDEX} that cannot be read ({type(error).__name__}: {error})") from None
    outside = [name for name in names if Path(name).name != name]
    if outside:
        raise unusable(folder, f"has an {INDEX} that names {outside[0]!r}, which is not a file beside it")
    return names


class FolderDigests:
    """Digests of model folders. A file that was hashed is not read again while its size, time and inode stay."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def digest(self, folder: Path, progress: Progress) -> str:
        """Return the digest over names and contents of `model_files`; `progress` is told MiB of content."""
        names = model_files(folder)
        known = self._known()
        total = sum((folder / name).stat().st_size for name in names) >> 20
        done = 0
        digests: dict[str, str] = {}
        fresh = False
        for name in names:
            file = (folder / name).resolve()
            status = file.stat()
            mark = [status.st_size, status.st_mtime_ns, status.st_ino]
            entry = known.get(str(file))
            if entry is None or entry["mark"] != mark:
                entry = {"mark": mark, "sha256": _hash(file, done, total, progress)}
                known[str(file)] = entry
                fresh = True
            digests[name] = entry["sha256"]
            done += status.st_size
        if fresh:
            replace_synced(self._cache, json.dumps(known, indent=1, sort_keys=True).encode())
        return digest_of({"kind": "model-folder", "files": digests})

    def _known(self) -> dict[str, Any]:
        """The cache only spares time: one that cannot be read is as good as none."""
        try:
            known = json.loads(self._cache.read_bytes())
            assert all(len(entry["mark"]) == 3 and len(entry["sha256"]) == 64 for entry in known.values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError):
            return {}
        return known


def _hash(file: Path, done: int, total: int, progress: Progress) -> str:
    sha = hashlib.sha256()
    with file.open("rb") as data:
        while piece := data.read(_PIECE):
            progress("hash", done >> 20, total)
            sha.update(piece)
            done += len(piece)
    return sha.hexdigest()


def unusable(folder: Path, why: str) -> PolicyError:
    message = f"model folder {folder} {why}; give a complete folder in Hugging Face's layout (nothing is downloaded)"
    return PolicyError(ErrorType.INVALID_REQUEST, message, field="model.path")
