"""One of several ranks, started by `launch.py`: rank 0 is the policy server itself, the others do its jobs with it."""

from __future__ import annotations

import logging
import os
import sys
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import torch

from .bases import Bases
from .checkpoints import CheckpointStore
from .environment import choose_device, choose_kernels
from .errors import ErrorType, PolicyError
from .executor import Executor
from .fields import Fields
from .jobs import Job
from .journal import Journal
from .model_folder import FolderDigests
from .ranks import Ranks
from .runs import OpenBody, Run
from .s3_settings import S3Settings
from .service import PolicyService
from .settings import ServerSettings
from .watch import die_with

LOG = logging.getLogger("sightline.policy")


class _NoJournal(Journal):
    """Only rank 0 writes."""

    def __init__(self) -> None:
        pass

    def append(self, event: str, run: str, **content: Any) -> None:
        pass


def serve(ranks: Ranks, settings: ServerSettings, threads: int, address: str) -> None:
    """Rank 0: answer what the policy model passes on, until it hangs up."""
    service = PolicyService(
        settings.state, threads, ranks.device.type, ranks, settings.deterministic, settings.checkpoints,
        S3Settings.read(os.environ),
    )  # fmt: skip
    with Client(address, "AF_UNIX") as connection:
        connection.send_bytes(b"ready")
        while True:
            try:
                request, chunk = connection.recv_bytes(), connection.recv_bytes()
            except EOFError:
                break
            for part in service.handle(request, chunk):
                connection.send_bytes(part)
    service.close()


def follow(ranks: Ranks, settings: ServerSettings) -> None:
    """Another rank: do the lead's jobs to runs of its own, made from the same requests."""
    checkpoints = CheckpointStore(settings.checkpoints or settings.state / "checkpoints", None)
    bases = Bases(checkpoints, FolderDigests(settings.state / "folders.json"), ranks.device)
    runs: dict[str, Run] = {}
    executor = Executor(_NoJournal(), checkpoints, lambda name: None)
    while (command := ranks.follow()) is not None:
        for opening in runs.keys() - set(command["openings"]):
            del runs[opening]
        wanted = command["run"]
        run = runs.get(wanted["opening"])
        if run is None:
            body = OpenBody.read(Fields(wanted["body"], "body", ErrorType.PROTOCOL_VIOLATION))
            environment = command["environmentDigest"]
            run = Run(wanted["id"], body, environment, bases.stand(body, lambda *_: None), ranks)
            if run.base_state_digest != wanted["digest"]:
                ranks.abandon(RuntimeError(f"run {run.id} starts from other weights here than on rank 0"))
            runs[wanted["opening"]] = run
        try:
            if command["job"] is not None:
                executor.execute(Job(*command["job"]), run)
        except PolicyError as error:
            LOG.info("rank %d: job %s ended with %s", ranks.rank, command["job"][1], error.kind)
        ranks.confirm((run.lineage, run.state_digest))
    ranks.close()


def main() -> None:
    die_with(int(os.environ["SIGHTLINE_POLICY_LAUNCHER"]))
    folder, settings = Path(os.environ["SIGHTLINE_POLICY_GROUP"]), ServerSettings.read()
    log_format = f"%(asctime)s %(name)s rank {os.environ['RANK']} %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=log_format)
    sys.setswitchinterval(0.0005)
    ranks = Ranks(folder, choose_device(settings.device).type)
    threads = max(1, (settings.threads or os.cpu_count() or 1) // ranks.count)
    torch.set_num_threads(threads)
    try:
        if ranks.lead:
            serve(ranks, settings, threads, str(folder / "socket"))
        else:
            choose_kernels(settings.deterministic)
            follow(ranks, settings)
    except BaseException as error:
        ranks.abandon(error)


if __name__ == "__main__":
    main()
