"""A small client of the protocol over gRPC, for tests and by hand. The real client is Java's."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Call = Callable[[bytes, bytes], tuple[bytes, bytes]]


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['type']}: {error['message']}")
        self.type: str = error["type"]
        self.detail: dict[str, Any] = error["detail"]


def grpc_call(address: str) -> Call:
    """Return a call over Triton's gRPC service at host:port."""
    import tritonclient.grpc as triton

    client = triton.InferenceServerClient(address)

    def call(request: bytes, chunk: bytes) -> tuple[bytes, bytes]:
        inputs = []
        for name, value in (("REQUEST", request), ("CHUNK", chunk)):
            tensor = triton.InferInput(name, [1], "BYTES")
            tensor.set_data_from_numpy(np.array([value], dtype=np.object_))
            inputs.append(tensor)
        answer = client.infer("policy", inputs)
        return answer.as_numpy("RESPONSE")[0], answer.as_numpy("CHUNK")[0]

    return call


class Client:
    """Speaks for one run. `call` is grpc_call(...) or PolicyService.handle."""

    def __init__(self, call: Call, run: str = "run-1", token: int = 1) -> None:
        self._call = call
        self.run, self.token = run, token
        self._keys = itertools.count()

    def ask(
        self, operation: str, body: dict[str, Any] | None = None, chunk: bytes = b"", **parts: Any
    ) -> dict[str, Any]:
        return self.ask_bytes(operation, body, chunk, **parts)[0]

    def open(self, body: dict[str, Any]) -> dict[str, Any]:
        """Open the run and wait for its model, where that is loaded from a folder."""
        while "loading" in (answer := self.ask("open", body)):
            time.sleep(0.02)
        return answer

    def ask_bytes(
        self, operation: str, body: dict[str, Any] | None = None, chunk: bytes = b"", **parts: Any
    ) -> tuple[dict[str, Any], bytes]:
        envelope = {
            "protocol": 1, "operation": operation, "run": self.run, "fencingToken": self.token, "body": body, **parts,
        }  # fmt: skip
        response, out = self._call(json.dumps(envelope).encode(), chunk)
        answer = json.loads(response)
        if not answer["ok"]:
            raise Refused(answer["error"])
        return answer["body"], out

    def upload(self, payload: bytes, chunk_bytes: int = 1 << 20) -> str:
        digest = hashlib.sha256(payload).hexdigest()
        for offset in range(0, len(payload), chunk_bytes):
            body = {"digest": digest, "offset": offset, "total": len(payload)}
            self.ask("upload", body, payload[offset : offset + chunk_bytes])
        return digest

    def submit(
        self, kind: str, payload: dict[str, Any] | None = None, parameters: dict[str, Any] | None = None,
        lineage: str | None = None, key: str | None = None,
    ) -> str:  # fmt: skip
        key = key or f"{kind}-{next(self._keys)}"
        digest = None if payload is None else self.upload(json.dumps(payload).encode())
        body = {"kind": kind, "input": digest, "parameters": parameters or {}}
        self.ask("submit", body, key=key, expectedLineage=lineage)
        return key

    def wait(self, key: str, seconds: float = 120.0) -> dict[str, Any]:
        """Poll until the job is over; return its result or raise Refused."""
        deadline, pause = time.monotonic() + seconds, 0.002
        while (state := self.ask("poll", key=key))["state"] in ("QUEUED", "RUNNING"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"job {key} is still {state}")
            time.sleep(pause)
            pause = min(0.05, 2 * pause)
        if state["error"] is not None:
            raise Refused(state["error"])
        return json.loads(self.result(key))

    def result(self, key: str, chunk_bytes: int = 1 << 20) -> bytes:
        data, total = b"", 1
        while len(data) < total:
            body, out = self.ask_bytes("result", {"offset": len(data), "length": chunk_bytes}, key=key)
            data, total = data + out, body["total"]
            digest = body["digest"]
        assert hashlib.sha256(data).hexdigest() == digest
        return data

    def job(self, kind: str, payload: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
        return self.wait(self.submit(kind, payload, **parts))
