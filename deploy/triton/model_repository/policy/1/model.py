"""The Triton side of the policy server: tensors in, tensors out. Everything else is in sightline_policy."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import triton_python_backend_utils as pb_utils

# deploy/triton, seen from deploy/triton/model_repository/policy/1. Resolved, since a repository may hold links.
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from sightline_policy.regions import SHARED_MEMORY, command_line, own_region, remove_those_of_dead_stubs
from sightline_policy.settings import ServerSettings
from sightline_policy.watch import die_with


class TritonPythonModel:
    """One instance holds the one service. Triton calls `execute` from one thread."""

    def initialize(self, args: dict[str, Any]) -> None:
        own = own_region(command_line())
        die_with(os.getppid(), None if own is None else SHARED_MEMORY / own)
        # One that was killed while it was loaded had nobody to look after it.
        remove_those_of_dead_stubs(own)
        log_format = "%(asctime)s %(name)s %(levelname)s %(message)s"
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=log_format)
        # A poll waits for the job thread's hold on the interpreter: switch ten times as often as usual.
        sys.setswitchinterval(0.0005)

        try:
            settings = ServerSettings.read()
        except ValueError as error:
            raise pb_utils.TritonModelException(str(error)) from error
        # One of the two: with ranks, torch is loaded in their processes and not in this one.
        if settings.ranks == 1:
            from sightline_policy.s3_settings import S3Settings
            from sightline_policy.service import PolicyService

            self._service = PolicyService(
                settings.state, settings.threads, settings.device, deterministic=settings.deterministic,
                checkpoints=settings.checkpoints, s3=S3Settings.read(os.environ),
            )  # fmt: skip
        else:
            from sightline_policy.group import RankGroup

            self._service = RankGroup(settings.state, settings.ranks, settings.threads, settings.device)

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
