#!/usr/bin/env python3
"""Write golden/canonical.json and golden/lineage.json. Their content changes only with the protocol's version."""

from __future__ import annotations

import json
import math
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from sightline_policy.canonical import base_lineage, canonical_text, digest_of, step_lineage  # noqa: E402

FLOAT64_BITS = [
    "0000000000000000", "8000000000000000", "0000000000000001", "8000000000000001", "7fefffffffffffff",
    "ffefffffffffffff", "4340000000000000", "c340000000000000", "4430000000000000", "44b52d02c7e14af5",
    "44b52d02c7e14af6", "44b52d02c7e14af7", "444b1ae4d6e2ef4e", "444b1ae4d6e2ef4f", "444b1ae4d6e2ef50",
    "3eb0c6f7a0b5ed8c", "3eb0c6f7a0b5ed8d", "41b3de4355555553", "41b3de4355555554", "41b3de4355555555",
    "becbf647612f3696", "43143ff3c1cb0959",
]  # fmt: skip
VALUES = [
    None, True, False, 0, -0.0, 1, -1, 1.0, 1.5, 0.1, 1e-4, 1e-3, 1e-6, 1e-7, 1e20, 1e21, 1e22, 100, 123456789,
    9007199254740992, -9007199254740992, 0.30000001192092896, -0.6931471824645996, 3.4028234663852886e38,
    "", "plain", "quote \" and \\ back", "controls \b\t\n\f\r \u0000\u001f\u007f", "umlaut ä, euro €, smile 😀",
    "</script> / stays", [], {}, [[], {}], [1, "two", None, True],
    {"b": 1, "a": 2, "": 3}, {"€": 1, "\r": 2, "דּ": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7},
    {"nested": {"z": [1.0, 2.50, {"y": -0.0}], "a": {}}},
]  # fmt: skip


def canonical_cases() -> dict[str, object]:
    values = [{"input": value, "canonical": canonical_text(value), "sha256": digest_of(value)} for value in VALUES]
    numbers = [
        {"float64": bits, "canonical": canonical_text(struct.unpack(">d", bytes.fromhex(bits))[0])}
        for bits in FLOAT64_BITS
    ]
    assert not any(math.isnan(struct.unpack(">d", bytes.fromhex(bits))[0]) for bits in FLOAT64_BITS)
    return {"values": values, "numbers": numbers}


def lineage_cases() -> dict[str, object]:
    base = {"baseStateDigest": "1" * 64, "runDigest": "2" * 64, "environmentDigest": "3" * 64}
    lineage = base_lineage(*base.values())
    cases: dict[str, object] = {"base": {**base, "lineage": lineage}, "steps": []}
    for number, batch in enumerate(["a" * 64, "b" * 64, "c" * 64], start=1):
        identity = {"run": "smoke-0123456789ab/only_accuracy/1", "branch": 0, "round": 1, "step": number}
        after = step_lineage(lineage, batch, identity)
        cases["steps"].append({"parent": lineage, "batch": batch, "identity": identity, "lineage": after})  # type: ignore[attr-defined]
        lineage = after
    return cases


def main() -> None:
    for name, cases in (("canonical", canonical_cases()), ("lineage", lineage_cases())):
        path = HERE / "golden" / f"{name}.json"
        path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
