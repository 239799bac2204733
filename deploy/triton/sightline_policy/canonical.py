"""Canonical JSON (RFC 8785) and the hashes that are taken over it.

The Java side has the same functions; golden/canonical.json and golden/lineage.json are read by the tests of both.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

Json = Any
"""A JSON value: None, bool, int, float, str, list or dict with string keys."""

_EXACT_INTEGER = 2**53


class NotCanonicalError(ValueError):
    """The value has no canonical form: NaN, infinity, an integer beyond 2**53, a lone surrogate or another type."""


def _number(value: float) -> str:
    """Write a float64 as ECMAScript's Number::toString does: shortest digits that read back as the same bits."""
    if not math.isfinite(value):
        raise NotCanonicalError(f"{value} is not a JSON number")
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{abs(value)!r}e".partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent.rstrip("e") or 0)
    all_digits = whole + fraction
    digits = all_digits.lstrip("0")
    point -= len(all_digits) - len(digits)
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        power = point - 1
        text = digits[0] + (f".{digits[1:]}" if count > 1 else "") + f"e{'+' if power > 0 else '-'}{abs(power)}"
    return f"-{text}" if value < 0 else text


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonicalError("a string holds a lone surrogate") from None
    return json.dumps(value, ensure_ascii=False)


def _utf16_order(item: tuple[str, Json]) -> bytes:
    return item[0].encode("utf-16-be", "surrogatepass")


def _write(value: Json, out: list[str]) -> None:
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        out.append(_text(value))
    elif isinstance(value, int):
        if abs(value) > _EXACT_INTEGER:
            raise NotCanonicalError(f"{value} is beyond 2**53; send it as a string")
        out.append(_number(float(value)))
    elif isinstance(value, float):
        out.append(_number(value))
    elif isinstance(value, list | tuple):
        for position, element in enumerate(value):
            out.append("," if position else "[")
            _write(element, out)
        out.append("]" if value else "[]")
    elif isinstance(value, dict):
        for name in value:
            if not isinstance(name, str):
                raise NotCanonicalError(f"the key {name!r} is not a string")
        for position, (name, element) in enumerate(sorted(value.items(), key=_utf16_order)):
            out.append("," if position else "{")
            out.append(_text(name))
            out.append(":")
            _write(element, out)
        out.append("}" if value else "{}")
    else:
        raise NotCanonicalError(f"{type(value).__name__} is not a JSON type")


def canonical_text(value: Json) -> str:
    """Return the RFC 8785 text of a JSON value."""
    out: list[str] = []
    _write(value, out)
    return "".join(out)


def canonical_bytes(value: Json) -> bytes:
    """Return the RFC 8785 bytes (UTF-8) of a JSON value."""
    return canonical_text(value).encode("utf-8")


def sha256_hex(data: bytes | bytearray | memoryview) -> str:
    """Return the lower-case hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_of(value: Json) -> str:
    """Return H(value) = SHA-256 of the canonical bytes, lower-case hex."""
    return sha256_hex(canonical_bytes(value))


def base_lineage(base_state_digest: str, run_digest: str, environment_digest: str) -> str:
    """Return L0, the lineage of a run before its first step."""
    return digest_of(
        {
            "kind": "base",
            "baseStateDigest": base_state_digest,
            "runDigest": run_digest,
            "environmentDigest": environment_digest,
        }
    )


def step_lineage(parent: str, batch: str, identity: dict[str, Json]) -> str:
    """Return L(n+1) from L(n), the digest of the step's payload and its identity (run, branch, round, step)."""
    return digest_of({"kind": "step", "parent": parent, "batch": batch, "identity": identity})
