import json
import struct
from pathlib import Path

import pytest

from sightline_policy.canonical import (
    NotCanonicalError,
    base_lineage,
    canonical_text,
    digest_of,
    step_lineage,
)

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def load(name):
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def test_values_match_the_golden_file():
    for case in load("canonical.json")["values"]:
        assert canonical_text(case["input"]) == case["canonical"]
        assert digest_of(case["input"]) == case["sha256"]


def test_numbers_match_the_golden_file():
    for case in load("canonical.json")["numbers"]:
        assert canonical_text(struct.unpack(">d", bytes.fromhex(case["float64"]))[0]) == case["canonical"]


# The rows of RFC 8785 appendix B: bits and the text that the standard prints for them.
@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000001", "5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af6", "1e+23"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_rfc_8785_appendix_b(bits, text):
    assert canonical_text(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


def test_keys_are_sorted_by_utf16_code_units():
    assert canonical_text({"\U0001f600": 1, "\ufb33": 2}) == '{"\U0001f600":1,"\ufb33":2}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "\ud800", {1: 2}, object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical_text(value)


def test_lineage_matches_the_golden_file():
    golden = load("lineage.json")
    base = golden["base"]
    lineage = base_lineage(base["baseStateDigest"], base["runDigest"], base["environmentDigest"])
    assert lineage == base["lineage"]
    for step in golden["steps"]:
        assert step["parent"] == lineage
        lineage = step_lineage(step["parent"], step["batch"], step["identity"])
        assert lineage == step["lineage"]
