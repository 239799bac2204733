"""Strict reading of JSON objects: every field is named, typed and bounded, and an unknown one is an error."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from .errors import ErrorType, PolicyError

T = TypeVar("T")
_HEX = re.compile(r"[0-9a-f]{64}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("an object has the same key twice")
    return result


def parse_json(data: bytes | bytearray, kind: ErrorType, what: str) -> Any:
    """Read UTF-8 JSON strictly: no NaN, no infinity, no double key."""
    try:
        return json.loads(bytes(data).decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise PolicyError(kind, f"{what} is not strict UTF-8 JSON: {error}") from None


class Fields:
    """One JSON object while it is read; `done` refuses what was not asked for."""

    def __init__(self, value: Any, where: str, kind: ErrorType) -> None:
        self.where = where
        self.kind = kind
        if not isinstance(value, dict):
            self.fail("must be an object")
        self._value: dict[str, Any] = value
        self._read: set[str] = set()

    def fail(self, message: str) -> NoReturn:
        raise PolicyError(self.kind, f"{self.where} {message}", field=self.where)

    def fail_at(self, name: str, message: str) -> NoReturn:
        place = f"{self.where}.{name}" if self.where else name
        raise PolicyError(self.kind, f"{place} {message}", field=place)

    def raw(self, name: str, default: Any = None) -> Any:
        self._read.add(name)
        return self._value.get(name, default)

    def done(self) -> None:
        unknown = sorted(set(self._value) - self._read)
        if unknown:
            self.fail_at(unknown[0], "is not a field of this protocol version; remove it")

    def string(self, name: str, default: str | None = None, empty: bool = False) -> str:
        value = self.raw(name, default)
        if not isinstance(value, str) or (not empty and not value):
            self.fail_at(name, "must be a string" + ("" if empty else " that is not empty"))
        return value

    def optional_string(self, name: str) -> str | None:
        return None if self.raw(name) is None else self.string(name)

    def digest(self, name: str) -> str:
        value = self.string(name)
        if not _HEX.fullmatch(value):
            self.fail_at(name, "must be 64 lower-case hex digits")
        return value

    def optional_digest(self, name: str) -> str | None:
        return None if self.raw(name) is None else self.digest(name)

    def integer(self, name: str, low: int = 0, high: int = 2**53) -> int:
        value = self.raw(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fail_at(name, f"must be an integer from {low} to {high}")
        return value

    def number(self, name: str, low: float = -math.inf, high: float = math.inf, default: float | None = None) -> float:
        value = self.raw(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            self.fail_at(name, f"must be a number from {low:g} to {high:g}")
        return float(value)

    def flag(self, name: str) -> bool:
        value = self.raw(name)
        if not isinstance(value, bool):
            self.fail_at(name, "must be true or false")
        return value

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        value = self.string(name)
        if value not in options:
            self.fail_at(name, f"must be one of {', '.join(options)}")
        return value

    def object(self, name: str) -> Fields:
        return Fields(self.raw(name), f"{self.where}.{name}" if self.where else name, self.kind)

    def items(self, name: str) -> list[Any]:
        value = self.raw(name)
        if not isinstance(value, list):
            self.fail_at(name, "must be a list")
        return value

    def objects(self, name: str, read: Callable[[Fields], T]) -> list[T]:
        place = f"{self.where}.{name}" if self.where else name
        result = []
        for index, item in enumerate(self.items(name)):
            fields = Fields(item, f"{place}[{index}]", self.kind)
            result.append(read(fields))
            fields.done()
        return result

    def integers(self, name: str, low: int, high: int) -> list[int]:
        values = self.items(name)
        if not all(isinstance(v, int) and not isinstance(v, bool) and low <= v <= high for v in values):
            self.fail_at(name, f"must hold integers from {low} to {high}")
        return values

    def numbers(self, name: str) -> list[float]:
        values = self.items(name)
        if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
            self.fail_at(name, "must hold numbers")
        return [float(v) for v in values]
