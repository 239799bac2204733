"""Checkpoints in S3: `<prefix>/<checkpoint id>/<file>`. A checkpoint exists there when its `checkpoint.json` does."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from pathlib import Path

from .bucket import Bucket, ObjectMissing
from .canonical import canonical_bytes, sha256_hex
from .errors import ErrorType, PolicyError
from .files import replace_synced, sync_file, sync_folder, write_synced
from .progress import Progress

LOG = logging.getLogger("sightline.policy")
STATEMENT = "checkpoint.json"
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class RemoteCheckpoints:
    """Uploads and fetches on the job thread. Removals are noted on disk and done by a thread of their own, since
    `prune` is answered at once, wherever S3 is."""

    def __init__(self, bucket: Bucket, notes: Path) -> None:
        """`notes` is the file of the removals that are still to be done."""
        self._bucket = bucket
        self._notes = notes
        self._condition = threading.Condition()
        # Held while objects are removed, so that no upload of the same checkpoint runs into it.
        self._removing = threading.Lock()
        self._pending: list[str] = json.loads(notes.read_bytes()) if notes.exists() else []
        # Callers name what was pruned before again and again.
        self._removed: set[str] = set()
        self._closing = False
        self._thread = threading.Thread(target=self._sweep, name="s3-removals", daemon=True)
        self._thread.start()

    def close(self) -> None:
        with self._condition:
            self._closing = True
            self._condition.notify()
        self._thread.join(timeout=10)

    def store(self, folder: Path, files: list[str], progress: Progress) -> None:
        """Upload a whole checkpoint; return when it would be found there."""
        with self._removing:
            self._forget(folder.name)
        for file in sorted(files, key=lambda name: (name == STATEMENT, name)):
            self._bucket.upload(folder / file, f"{folder.name}/{file}", progress)

    def fetch(self, name: str, folder: Path, progress: Progress) -> None:
        """Download a checkpoint into a folder, verified and synced. What a killed fetch left there is gone on with."""
        folder.mkdir(exist_ok=True)
        with self._condition:
            # It is there after all, by another server's hand.
            self._removed.discard(name)
        statement = self._read_statement(name)
        for file, digest in sorted(json.loads(statement)["files"].items()):
            target = folder / file
            begun = target.exists()
            self._download(name, file, target, progress)
            if begun and _digest(target) != digest:
                # What was left may be damaged rather than the object.
                target.unlink()
                self._download(name, file, target, progress)
            if _digest(target) != digest:
                target.unlink()
                raise self._corrupt(name, file)
            sync_file(target)
        write_synced(folder / STATEMENT, statement)
        sync_folder(folder)

    def remove(self, names: list[str]) -> None:
        """Note removals; they are done soon, whatever happens to this process."""
        with self._condition:
            new = [name for name in names if name not in self._pending and name not in self._removed]
            if new:
                self._pending += new
                self._write_notes()
                self._condition.notify()

    def _read_statement(self, name: str) -> bytes:
        try:
            data = self._bucket.read(f"{name}/{STATEMENT}")
        except ObjectMissing as missing:
            message = f"checkpoint {name} is neither here nor at {missing}; rebuild it or restore an older one"
            raise PolicyError(ErrorType.CHECKPOINT_MISSING, message, checkpoint=name, object=str(missing)) from None
        if sha256_hex(data) != name:
            raise self._corrupt(name, STATEMENT)
        return data

    def _download(self, name: str, file: str, target: Path, progress: Progress) -> None:
        try:
            self._bucket.download(f"{name}/{file}", target, progress)
        except ObjectMissing as missing:
            message = f"{missing} of checkpoint {name} is missing; rebuild it or restore an older one"
            raise PolicyError(ErrorType.CHECKPOINT_MISSING, message, checkpoint=name, object=str(missing)) from None

    def _corrupt(self, name: str, file: str) -> PolicyError:
        url = self._bucket.settings.url(f"{name}/{file}")
        message = f"{url} does not have its digest; rebuild the checkpoint or restore an older one"
        return PolicyError(ErrorType.CHECKPOINT_CORRUPT, message, checkpoint=name, file=file, object=url)

    def _forget(self, name: str) -> None:
        with self._condition:
            self._removed.discard(name)
            if name in self._pending:
                self._pending.remove(name)
                self._write_notes()

    def _write_notes(self) -> None:
        replace_synced(self._notes, canonical_bytes(self._pending))

    def _sweep(self) -> None:
        pause = _FIRST_PAUSE
        while (name := self._next()) is not None:
            try:
                with self._removing:
                    # Taken back meanwhile by an upload.
                    if name in self._pending:
                        # The statement first: what is removed by half is missing, not damaged.
                        self._bucket.remove(f"{name}/{STATEMENT}")
                        self._bucket.remove(f"{name}/")
                        self._forget(name)
                        self._removed.add(name)
                pause = _FIRST_PAUSE
            except Exception as error:
                LOG.warning("checkpoint %s is not yet removed from S3, tried again in %.0f s: %s", name, pause, error)
                with self._condition:
                    self._condition.wait_for(lambda: self._closing, pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _next(self) -> str | None:
        with self._condition:
            self._condition.wait_for(lambda: self._closing or self._pending)
            return None if self._closing else self._pending[0]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
