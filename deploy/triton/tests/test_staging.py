import hashlib

import pytest

from sightline_policy.errors import ErrorType, PolicyError
from sightline_policy.staging import MAX_CHUNK_BYTES, Staging


def put(staging, data):
    digest = hashlib.sha256(data).hexdigest()
    assert staging.upload(digest, 0, len(data), data) == (len(data), True)
    return digest


def test_the_oldest_payload_makes_room():
    staging = Staging(limit=100)
    first, second = put(staging, b"a" * 40), put(staging, b"b" * 40)
    staging.get(first)  # used last, so the second is the oldest now
    put(staging, b"c" * 40)
    assert staging.get(first) == b"a" * 40
    with pytest.raises(PolicyError) as caught:
        staging.get(second)
    assert (caught.value.kind, caught.value.detail) == (ErrorType.PAYLOAD_MISSING, {"digests": [second]})
    assert staging.held_bytes() <= 100


def test_what_is_too_large_is_refused_by_name():
    staging = Staging(limit=100)
    for offset, total, chunk in ((0, 101, b"x"), (0, 10, b"x" * 11), (0, 90, b"x" * (MAX_CHUNK_BYTES + 1))):
        with pytest.raises(PolicyError) as caught:
            staging.upload("a" * 64, offset, total, chunk)
        assert caught.value.kind is ErrorType.INVALID_REQUEST
