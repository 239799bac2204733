#!/usr/bin/env python3
"""Write golden/messages.json: what a real service answered to one request of each operation and job kind.

Digests, times and log-probabilities in it are those of the machine it was made on; tests compare names and kinds.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from sightline_policy.service import PolicyService  # noqa: E402

from client import Client, Refused  # noqa: E402
from kiwi_boards import ASK, QUESTION, png  # noqa: E402

MODEL = {
    "kind": "tiny-vl", "seed": "20260101", "hiddenSize": 32, "textLayers": 1, "visionLayers": 1, "heads": 2,
    "keyValueHeads": 1, "intermediateSize": 32, "patchSize": 14, "mergeSize": 2,
}  # fmt: skip
OPTIMIZER = {"kind": "adamw", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.0}
OPEN = {"model": MODEL, "base": None, "optimizer": OPTIMIZER, "runDigest": "5" * 64}


class Recorder:
    """A call that keeps every request with its answer."""

    def __init__(self, service: PolicyService) -> None:
        self._service = service
        self.last: dict[str, Any] = {}
        self.named: list[dict[str, Any]] = []

    def __call__(self, request: bytes, chunk: bytes) -> tuple[bytes, bytes]:
        response, out = self._service.handle(request, chunk)
        self.last = {"request": json.loads(request), "answer": json.loads(response)}
        return response, out

    def keep(self, name: str) -> None:
        self.named.append({"name": name, **self.last})


def payloads() -> dict[str, dict[str, Any]]:
    import base64

    board = ("--F", "-FF", "RF-")
    image = base64.b64encode(png(board)).decode()
    prompts = [
        {"id": "p1", "text": f"<image>\n{QUESTION}{ASK}", "image": image, "assistantPrefix": ""},
        {"id": "p2", "text": f"Board: {'/'.join(board)}\n{QUESTION}{ASK}", "image": None, "assistantPrefix": ""},
    ]
    target = "<description>--F/-FF/RF-</description><answer>3</answer>"
    step = {"learningRate": 0.001, "maxGradientNorm": 1.0, "prompts": prompts, "microBatches": [[0], [1]]}
    return {
        "rollout": {
            "prompts": prompts, "samples": 2, "sampleSeeds": [["1", "-2"], ["9223372036854775807", "4"]],
            "temperature": 1.0, "maxNewTokens": 4, "stop": ["</answer>"],
        },
        "fit": {
            "identity": {"run": "golden", "branch": 0, "round": 0, "step": 0}, **step,
            "completions": [{"prompt": "p1", "text": target}, {"prompt": "p2", "text": target}],
        },
        "score": {"prompts": prompts, "completions": [{"prompt": "p1", "tokens": [1, 2, 3]}]},
        "train": {
            "identity": {"run": "golden", "branch": 0, "round": 1, "step": 1}, **step, "temperature": 1.0,
            "zeroAdvantage": "apply",
            "loss": {
                "kind": "grpo", "clipLow": 0.2, "clipHigh": 0.2, "aggregation": "sequence-mean", "constantLength": None,
            },
            "completions": [
                {"prompt": "p1", "sample": 0, "tokens": [1, 2], "logProbs": [-6.1, -6.2], "advantage": 0.5},
                {"prompt": "p1", "sample": 1, "tokens": [3], "logProbs": [-6.25], "advantage": -0.5},
            ],
        },
    }  # fmt: skip


def messages() -> dict[str, Any]:
    """Speak to a fresh service and return what was said."""
    with tempfile.TemporaryDirectory() as folder:
        service = PolicyService(Path(folder), threads=1, device="cpu")
        recorder = Recorder(service)
        client = Client(recorder, run="golden")
        jobs: list[dict[str, Any]] = []
        errors: list[dict[str, Any]] = []

        def kept(name: str, operation: str, body: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
            answer = client.ask(operation, body, **parts)
            recorder.keep(name)
            return answer

        def job(kind: str, payload: dict[str, Any] | None, lineage: str | None, **parameters: str) -> dict[str, Any]:
            key = client.submit(kind, payload, parameters or None, lineage, key=f"{kind}-key")
            recorder.keep(f"submit {kind}")
            result = client.wait(key)
            jobs.append({"kind": kind, "payload": payload, "parameters": parameters, "result": result})
            return result

        def refused(name: str, operation: str, body: dict[str, Any] | None = None, **parts: Any) -> None:
            try:
                client.ask(operation, body, **parts)
            except Refused:
                answer = {**recorder.last["answer"], "incarnation": "<incarnation>"}
                errors.append({"name": name, "request": recorder.last["request"], "answer": answer})
            else:
                raise AssertionError(f"{name} was not refused")

        kept("ping", "ping")
        kept("describe", "describe")
        lineage = kept("open", "open", OPEN)["lineage"]
        kept("open again", "open", OPEN)
        said = payloads()
        job("rollout", said["rollout"], lineage)
        kept("poll", "poll", key="rollout-key")
        kept("result", "result", {"offset": 0, "length": 1000}, key="rollout-key")
        kept("cancel", "cancel", key="rollout-key")
        job("score", said["score"], lineage)
        lineage = job("fit", said["fit"], lineage)["lineage"]
        job("train", said["train"], lineage)
        checkpoint = job("checkpoint", None, None, name="golden/0-1")["checkpoint"]
        job("restore", None, None, checkpoint=checkpoint)
        client.upload(b"{}")
        recorder.keep("upload")
        kept("list", "list")
        kept("statistics", "statistics")
        job("reset", None, None)
        kept("prune", "prune", {"checkpoints": [checkpoint]})
        refused("unknown operation", "launch")
        refused("unknown field", "ping", {"surprise": 1})
        refused("unknown job", "poll", key="nobody")
        body = {"kind": "rollout", "input": "a" * 64, "parameters": {}}
        now = client.ask("ping")["runs"][0]["lineage"]
        refused("payload missing", "submit", body, key="k", expectedLineage=now)
        refused("stale token", "close", fencingToken=0)
        kept("close", "close")
        refused("run not open", "submit", body, key="k", expectedLineage="b" * 64)
        service.close()
    return {"operations": recorder.named, "jobs": jobs, "errors": errors}


def main() -> None:
    path = HERE.parent / "golden" / "messages.json"
    path.write_text(json.dumps(messages(), indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
