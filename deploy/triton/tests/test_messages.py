"""golden/messages.json: one request and one answer of each operation and job kind, which the Java side reads too."""

import json
from pathlib import Path

import pytest

from sightline_policy import envelope
from sightline_policy.payloads import read_fit, read_rollout, read_score, read_train
from sightline_policy.service import _read_job

GOLDEN = json.loads((Path(__file__).resolve().parent.parent / "golden" / "messages.json").read_text(encoding="utf-8"))


def shape(value):
    """Names and kinds of a JSON value, without its numbers and texts."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def test_the_file_is_what_the_service_says():
    from make_messages import messages

    now = messages()
    assert shape(GOLDEN["operations"]) == shape(now["operations"])
    assert shape(GOLDEN["jobs"]) == shape(now["jobs"])
    assert [case["answer"] for case in GOLDEN["errors"]] == [case["answer"] for case in now["errors"]]


@pytest.mark.parametrize("case", GOLDEN["operations"], ids=lambda case: case["name"])
def test_every_request_is_read_and_every_operation_is_there(case):
    call = envelope.parse(json.dumps(case["request"]).encode())
    if call.operation == "submit":
        assert _read_job(call).kind == call.body.raw("kind")
    assert {c["request"]["operation"] for c in GOLDEN["operations"]} == set(envelope.OPERATIONS)


def test_every_payload_is_read():
    readers = {
        "rollout": read_rollout,
        "score": read_score,
        "train": lambda data: read_train(data, "golden"),
        "fit": lambda data: read_fit(data, "golden"),
    }
    kinds = {job["kind"] for job in GOLDEN["jobs"]}
    assert kinds == {*readers, "checkpoint", "restore", "reset"}
    for job in GOLDEN["jobs"]:
        if job["kind"] in readers:
            readers[job["kind"]](json.dumps(job["payload"]).encode())
