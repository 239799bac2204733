"""The Triton side of the policy server: tensors in, tensors out. Everything else is in sightline_policy."""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import triton_python_backend_utils as pb_utils

# deploy/triton, seen from deploy/triton/model_repository/policy/1. Resolved, since a repository may hold links.
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))


def _die_with_triton() -> None:
    """End this stub when Triton ends, however it ends: an orphan would hold the state folder and its memory.

    PR_SET_PDEATHSIG cannot be used: it fires when the *thread* that started the stub ends, and Triton's loading thread
    ends right after the load.
    """
    parent = os.getppid()
    handle = os.pidfd_open(parent)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)

    def watch() -> None:
        select.select([handle], [], [])
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="triton-watch", daemon=True).start()


class TritonPythonModel:
    """One instance holds the one service. Triton calls `execute` from one thread."""

    def initialize(self, args: dict[str, Any]) -> None:
        _die_with_triton()
        log_format = "%(asctime)s %(name)s %(levelname)s %(message)s"
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=log_format)
        # A poll waits for the job thread's hold on the interpreter: switch ten times as often as usual.
        sys.setswitchinterval(0.0005)
        from sightline_policy.service import PolicyService

        state = os.environ.get("SIGHTLINE_POLICY_STATE")
        if not state:
            raise pb_utils.TritonModelException("SIGHTLINE_POLICY_STATE must name the state folder; serve.py sets it")
        self._service = PolicyService(
            Path(state),
            threads=int(os.environ.get("SIGHTLINE_POLICY_THREADS", "0")),
            device=os.environ.get("SIGHTLINE_POLICY_DEVICE", "auto"),
        )

    def execute(self, requests: list[Any]) -> list[Any]:
        return [self._answer(request) for request in requests]

    def _answer(self, request: Any) -> Any:
        try:
            envelope, chunk = (
                _bytes(pb_utils.get_input_tensor_by_name(request, name)) for name in ("REQUEST", "CHUNK")
            )
            response, out = self._service.handle(envelope, chunk)
            return pb_utils.InferenceResponse([_tensor("RESPONSE", response), _tensor("CHUNK", out)])
        except Exception as error:
            logging.getLogger("sightline.policy").exception("a request could not be answered")
            return pb_utils.InferenceResponse(error=pb_utils.TritonError(f"{type(error).__name__}: {error}"))

    def finalize(self) -> None:
        self._service.close()


def _bytes(tensor: Any) -> bytes:
    value = tensor.as_numpy().reshape(-1)[0]
    return value if isinstance(value, bytes) else str(value).encode()


def _tensor(name: str, value: bytes) -> Any:
    return pb_utils.Tensor(name, np.array([value], dtype=np.object_))
