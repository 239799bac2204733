"""Where checkpoints are kept in S3, as the environment says. Only the standard library: serve.py reads it too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ADDRESS = "SIGHTLINE_POLICY_S3"
PART_MIB = "SIGHTLINE_POLICY_S3_PART_MIB"
# Endpoint, region and credentials are read by AWS's own library under its own names; these two name an endpoint.
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?")
# S3 takes no smaller part but the last; and every part in flight is in memory, so huge ones are a mistake.
_SMALLEST, _USUAL, _LARGEST = 5, 16, 1024


@dataclass(frozen=True)
class S3Settings:
    """A bucket, the prefix of all keys (empty, or ending with a slash), the bytes of an upload's part, and the endpoint
    in place of AWS's own, if any."""

    bucket: str
    prefix: str
    part_bytes: int
    endpoint: str | None

    @staticmethod
    def read(environment: Mapping[str, str]) -> S3Settings | None:
        """Return None where no address is given; raise ValueError that names the variable and the fix."""
        address = environment.get(ADDRESS)
        if not address:
            return None
        match = _URL.fullmatch(address)
        if match is None:
            raise ValueError(f"{ADDRESS} is {address!r}; write s3://bucket/prefix")
        text = environment.get(PART_MIB) or str(_USUAL)
        if not text.isdecimal() or not _SMALLEST <= int(text) <= _LARGEST:
            raise ValueError(f"{PART_MIB} is {text!r}; use a number from {_SMALLEST} to {_LARGEST}")
        prefix = f"{match[2]}/" if match[2] else ""
        endpoint = next((environment[name] for name in _ENDPOINTS if environment.get(name)), None)
        return S3Settings(match[1], prefix, int(text) << 20, endpoint)

    def url(self, name: str = "") -> str:
        return f"s3://{self.bucket}/{self.prefix}{name}"
