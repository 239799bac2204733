"""What the environment tells the policy server. Free of torch, which the policy model does without where there are
ranks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ServerSettings:
    """What serve.py was started with. `threads` 0 is all cores; `checkpoints` is a folder that the servers of a pool
    share, None one of the state's."""

    state: Path
    threads: int
    device: str
    ranks: int
    deterministic: bool
    checkpoints: Path | None

    @staticmethod
    def read(environment: Mapping[str, str] = os.environ) -> ServerSettings:
        """Raise ValueError for what is missing or no number."""
        state = environment.get("SIGHTLINE_POLICY_STATE")
        if not state:
            raise ValueError("SIGHTLINE_POLICY_STATE must name the state folder; serve.py sets it")
        shared = environment.get("SIGHTLINE_POLICY_CHECKPOINTS")
        return ServerSettings(
            state=Path(state),
            threads=_number(environment, "SIGHTLINE_POLICY_THREADS", 0),
            device=environment.get("SIGHTLINE_POLICY_DEVICE", "auto"),
            ranks=_number(environment, "SIGHTLINE_POLICY_RANKS", 1),
            deterministic=environment.get("SIGHTLINE_POLICY_DETERMINISTIC") == "1",
            checkpoints=Path(shared) if shared else None,
        )


def _number(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = environment.get(name, str(usual))
    if not text.isdecimal():
        raise ValueError(f"{name} is {text!r}; use a whole number")
    return int(text)
