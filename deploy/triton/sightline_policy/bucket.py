"""Files in S3: uploads that go on where a killed one stopped, and downloads that do."""

from __future__ import annotations

import hashlib
import logging
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from .errors import ErrorType, PolicyError
from .progress import Progress
from .s3_settings import S3Settings

LOG = logging.getLogger("sightline.policy")
_MOST_PARTS = 10_000
_AT_ONCE = 4
_READ_TRIES = 4
_UPLOAD_TRIES = 3
_MIB = 1 << 20
_GONE = frozenset({"NoSuchKey", "404"})
_UPLOAD_GONE = frozenset({"NoSuchUpload", "InvalidPart"})
# What no repeat cures: someone must correct settings, rights or the bucket.
_SETTINGS = frozenset({
    "NoSuchBucket", "AccessDenied", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch",
    "AuthorizationHeaderMalformed", "PermanentRedirect", "301", "InvalidBucketName", "ExpiredToken", "InvalidToken",
    "AllAccessDisabled",
})  # fmt: skip


class ObjectMissing(Exception):
    """There is no object of this name."""


@dataclass(frozen=True)
class _Part:
    number: int
    offset: int
    length: int
    sha256: bytes

    @property
    def checksum(self) -> str:
        return b64encode(self.sha256).decode()


class Bucket:
    """Objects of one bucket under one prefix. Safe for several threads."""

    def __init__(self, settings: S3Settings) -> None:
        self.settings = settings
        config = Config(
            connect_timeout=5, read_timeout=60, retries={"mode": "standard", "max_attempts": 4},
            max_pool_connections=2 * _AT_ONCE,
            # A server of one's own has no DNS name for each bucket.
            s3={"addressing_style": "auto" if settings.endpoint is None else "path"},
            request_checksum_calculation="when_required", response_checksum_validation="when_required",
        )  # fmt: skip
        with _named("set up", settings.url()):
            self._client = boto3.client("s3", config=config)

    def upload(self, path: Path, name: str, progress: Progress) -> None:
        """Store a file; return when S3 holds every byte of it, as its checksums say. What an upload of the same file
        that was killed has brought over is not sent again."""
        url = self.settings.url(name)
        parts = _cut(path, self.settings.part_bytes)
        with _named("store", url):
            for _ in range(_UPLOAD_TRIES):
                if self._holds(name, path, parts):
                    return
                try:
                    self._send(path, name, parts, progress)
                except ClientError as error:
                    # Another server that stores the same checkpoint may have completed the upload meanwhile.
                    if _code(error) not in _UPLOAD_GONE:
                        raise
            if not self._holds(name, path, parts):
                message = f"{url} does not hold what was sent; look for other writers of this prefix, then retry"
                raise PolicyError(ErrorType.STORE_UNAVAILABLE, message, object=url)

    def read(self, name: str) -> bytes:
        """Return a small object; raise ObjectMissing."""
        with _named("read", self.settings.url(name)):
            return self._range(name, 0, None)[0]

    def download(self, name: str, target: Path, progress: Progress) -> None:
        """Fetch an object behind the bytes that the target holds already; raise ObjectMissing. The caller verifies."""
        step = self.settings.part_bytes
        with _named("read", self.settings.url(name)), target.open("ab") as out:
            held = out.tell()
            while True:
                data, total = self._range(name, held, step)
                out.write(data)
                held += len(data)
                progress("download", held // _MIB, total // _MIB)
                if held >= total or not data:
                    return

    def remove(self, name: str) -> None:
        """Remove what there is under a name: the object, or those of a folder (a name that ends with a slash), the
        uploads that were not completed too."""
        bucket, start = self.settings.bucket, f"{self.settings.prefix}{name}"
        with _named("remove", self.settings.url(name)):
            for page in self._client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=start):
                for upload in page.get("Uploads", []):
                    self._client.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=start):
                for found in page.get("Contents", []):
                    self._client.delete_object(Bucket=bucket, Key=found["Key"])

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.settings.bucket, "Key": f"{self.settings.prefix}{name}"}

    def _holds(self, name: str, path: Path, parts: list[_Part]) -> bool:
        """Whether the object is the file, by the checksum that S3 keeps, or else by reading it back."""
        try:
            head = self._client.head_object(**self._place(name), ChecksumMode="ENABLED")
        except ClientError as error:
            if _code(error) in _GONE:
                return False
            raise
        if head["ContentLength"] != path.stat().st_size:
            return False
        known = head.get("ChecksumSHA256")
        if known is not None:
            return known == _checksum(parts)
        body = self._client.get_object(**self._place(name))["Body"]
        digest = hashlib.sha256()
        for chunk in body.iter_chunks(_MIB):
            digest.update(chunk)
        with path.open("rb") as file:
            return digest.digest() == hashlib.file_digest(file, "sha256").digest()

    def _send(self, path: Path, name: str, parts: list[_Part], progress: Progress) -> None:
        if len(parts) == 1:
            data = _bytes(path, parts[0])
            self._client.put_object(**self._place(name), Body=data, ChecksumSHA256=parts[0].checksum)
            return
        upload, stored = self._begun(name)
        total = parts[-1].offset + parts[-1].length
        etags = {part.number: stored[part.number][1] for part in parts if _same(part, stored.get(part.number))}
        done = sum(part.length for part in parts if part.number in etags)
        missing = [part for part in parts if part.number not in etags]
        LOG.info("upload of %s: %d parts are there, %d to send", name, len(etags), len(missing))
        progress("upload", done // _MIB, total // _MIB)

        def send(part: _Part) -> tuple[_Part, str]:
            answer = self._client.upload_part(
                **self._place(name), UploadId=upload, PartNumber=part.number, Body=_bytes(path, part),
                ChecksumSHA256=part.checksum,
            )  # fmt: skip
            return part, answer["ETag"]

        with ThreadPoolExecutor(_AT_ONCE, "s3-upload") as pool:
            try:
                for sent in as_completed([pool.submit(send, part) for part in missing]):
                    part, etags[part.number] = sent.result()
                    done += part.length
                    progress("upload", done // _MIB, total // _MIB)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        table = [{"PartNumber": p.number, "ETag": etags[p.number], "ChecksumSHA256": p.checksum} for p in parts]
        self._client.complete_multipart_upload(
            **self._place(name), UploadId=upload, MultipartUpload={"Parts": table}
        )  # fmt: skip

    def _begun(self, name: str) -> tuple[str, dict[int, tuple[int, str, str | None]]]:
        """Return an upload of this object that was begun and not completed, with size, ETag and checksum of its parts
        by number; or else a new one."""
        place = self._place(name)
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=place["Bucket"], Prefix=place["Key"]
        )
        begun = [upload for page in pages for upload in page.get("Uploads", []) if upload["Key"] == place["Key"]]
        if not begun:
            return self._client.create_multipart_upload(**place, ChecksumAlgorithm="SHA256")["UploadId"], {}
        upload = max(begun, key=lambda row: (row["Initiated"], row["UploadId"]))["UploadId"]
        stored = {}
        for page in self._client.get_paginator("list_parts").paginate(**place, UploadId=upload):
            for part in page.get("Parts", []):
                stored[part["PartNumber"]] = (part["Size"], part["ETag"], part.get("ChecksumSHA256"))
        return upload, stored

    def _range(self, name: str, offset: int, length: int | None) -> tuple[bytes, int]:
        """Return bytes of an object from an offset, none behind its end, and its size."""
        wanted = {} if length is None else {"Range": f"bytes={offset}-{offset + length - 1}"}
        for left in reversed(range(_READ_TRIES)):
            try:
                answer = self._client.get_object(**self._place(name), **wanted)
                data = answer["Body"].read()
            except ClientError as error:
                if _code(error) in _GONE:
                    raise ObjectMissing(self.settings.url(name)) from None
                if _code(error) in ("InvalidRange", "416"):
                    return b"", offset
                raise
            except BotoCoreError:
                # boto3 repeats a request, not the reading of an answer that broke off.
                if left == 0:
                    raise
                continue
            span = answer.get("ContentRange")
            return data, len(data) if span is None else int(span.rpartition("/")[2])
        raise AssertionError(name)


def _cut(path: Path, part_bytes: int) -> list[_Part]:
    """A file's parts, of which an empty file has one."""
    size = path.stat().st_size
    length = max(part_bytes, -(-size // _MOST_PARTS))
    parts = []
    with path.open("rb") as file:
        while data := file.read(length):
            parts.append(_Part(len(parts) + 1, len(parts) * length, len(data), hashlib.sha256(data).digest()))
    return parts or [_Part(1, 0, 0, hashlib.sha256(b"").digest())]


def _checksum(parts: list[_Part]) -> str:
    """What S3 states for an object: of one part its digest, of several that of their digests and their number."""
    if len(parts) == 1:
        return parts[0].checksum
    joined = hashlib.sha256(b"".join(part.sha256 for part in parts)).digest()
    return f"{b64encode(joined).decode()}-{len(parts)}"


def _same(part: _Part, stored: tuple[int, str, str | None] | None) -> bool:
    return stored is not None and stored[0] == part.length and stored[2] == part.checksum


def _bytes(path: Path, part: _Part) -> bytes:
    with path.open("rb") as file:
        file.seek(part.offset)
        return file.read(part.length)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _named(action: str, url: str) -> Iterator[None]:
    """Give what S3 says one of our names: settings are for the operator, all else is worth another try."""
    try:
        yield
    except (NoCredentialsError, PartialCredentialsError) as error:
        message = f"cannot {action} {url}: {error}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for the server"
        raise PolicyError(ErrorType.INVALID_REQUEST, message, object=url) from error
    except ClientError as error:
        if _code(error) in _SETTINGS:
            message = f"cannot {action} {url}: {error}; correct bucket, rights or credentials, then retry"
            raise PolicyError(ErrorType.INVALID_REQUEST, message, object=url) from error
        message = f"cannot {action} {url}: {error}; it is tried again"
        raise PolicyError(ErrorType.STORE_UNAVAILABLE, message, object=url) from error
    except (BotoCoreError, ValueError) as error:
        kind = ErrorType.INVALID_REQUEST if isinstance(error, ValueError) else ErrorType.STORE_UNAVAILABLE
        message = f"cannot {action} {url}: {error}; check that the endpoint can be reached from the server"
        raise PolicyError(kind, message, object=url) from error
