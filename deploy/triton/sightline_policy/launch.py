"""Starts the ranks by torchrun's agent and says which of them was lost first. A process of its own, so that a rank that
hangs in a collective can be ended without the policy model."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from .group import GAVE_UP, LOST
from .watch import die_with


def main(parent: int, count: int, folder: Path) -> int:
    die_with(parent)
    os.environ["SIGHTLINE_POLICY_LAUNCHER"] = str(os.getpid())
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    config = LaunchConfig(
        min_nodes=1, max_nodes=1, nproc_per_node=count, run_id=str(os.getpid()), rdzv_backend="c10d",
        rdzv_endpoint="127.0.0.1:0", local_addr="127.0.0.1", max_restarts=0, monitor_interval=0.1,
    )  # fmt: skip
    try:
        elastic_launch(config, sys.executable)("-m", "sightline_policy.rank_main")
    except ChildFailedError as error:
        # Who was killed comes before who gave up because of that, and before who was told to end.
        rank, failure = min(error.failures.items(), key=lambda item: (_order(item[1].exitcode), item[0]))
        lost = {"rank": rank, "pid": failure.pid, "exitCode": failure.exitcode}
        (folder / LOST).write_text(json.dumps(lost), encoding="utf-8")
        return 1
    return 0


def _order(code: int) -> int:
    return {-signal.SIGTERM: 2, GAVE_UP: 1}.get(code, 0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
