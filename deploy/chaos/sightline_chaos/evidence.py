"""What a dead stack left behind: the policy's journal and PostgreSQL, from a copy, so that looking changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import journal

_QUERY = """select json_build_object(
 'experiments', (select coalesce(json_agg(json_build_object('id', id, 'state', state, 'stage', stage)), '[]')
   from experiment),
 'datasets', (select coalesce(json_agg(json_build_object('digest', digest, 'state', state,
   'manifest', manifest_digest)), '[]') from dataset),
 'evaluations', (select coalesce(json_agg(json_build_object('digest', digest, 'state', state, 'rows',
   (select count(*) from evaluation_item i where i.evaluation = e.digest))), '[]') from evaluation e),
 'steps', (select coalesce(json_agg(json_build_object('run', run, 'branch', branch, 'round', round, 'step', step,
   'lineageBefore', lineage_before, 'lineage', lineage_after, 'batchDigest', batch_digest,
   'stateDigest', state_digest, 'state', state, 'attempts', attempts) order by run, step), '[]')
   from step_ledger where not superseded),
 'leases', (select coalesce(json_agg(json_build_object('run', run, 'holder', holder_workflow_id)), '[]') from lease),
 'tickets', (select coalesce(json_agg(run), '[]') from lease_ticket),
 'superseded', (select coalesce(json_agg(json_build_object('run', run, 'branch', branch, 'round', round,
   'step', step)), '[]') from step_ledger where superseded),
 'commits', (select coalesce(json_agg(json_build_object('run', run, 'branch', branch, 'round', round, 'step', step,
   'supervised', rollout_digest is null, 'at', extract(epoch from committed_at)) order by run, step), '[]')
   from step_ledger where state = 'COMMITTED' and not superseded),
 'rungs', (select coalesce(json_agg(body order by ordinal), '[]') from decision where target like 'rung/%'),
 'checkpoints', (select coalesce(json_agg(json_build_object('id', id, 'run', run, 'step', step,
   'pruned', pruned)), '[]') from checkpoint))::text as body"""


@dataclass(frozen=True)
class Tables:
    """Rows of PostgreSQL that tell where an experiment stood; live steps only, in order of run and step."""

    experiments: list[dict[str, Any]]
    datasets: list[dict[str, Any]]
    evaluations: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    checkpoints: list[dict[str, Any]]
    rungs: list[dict[str, Any]]
    leases: list[dict[str, Any]]
    tickets: list[str]
    superseded: list[dict[str, Any]]
    commits: list[dict[str, Any]]

    def step(self, run: str, step: int) -> dict[str, Any] | None:
        return next((row for row in self.steps if row["run"] == run and row["step"] == step), None)


def tables(home: Path) -> Tables:
    """Read the tables of a stack that is down, by PostgreSQL in single-user mode on a copy of its folder.

    No code of Sightline takes part, and the crash recovery that the copy goes through is not the home's.
    """
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sightline"
    binary = max(caches.glob("postgres-*/bin/postgres"), default=None)
    if binary is None:
        raise FileNotFoundError(f"no PostgreSQL in {caches}; run `deploy/sightline up` once")
    with tempfile.TemporaryDirectory(prefix="chaos-tables-") as folder:
        copy = Path(folder) / "cluster"
        shutil.copytree(home / "data" / "postgres" / "cluster", copy)
        (copy / "postmaster.pid").unlink(missing_ok=True)
        prefix = ["unshare", "--user"] if os.geteuid() == 0 else []
        answer = subprocess.run(
            [*prefix, str(binary), "--single", "-D", str(copy), "-c", "log_checkpoints=off", "sightline"],
            input=" ".join(_QUERY.split()) + "\n", capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    for line in answer.stdout.splitlines():
        if 'body = "' in line:
            body = json.loads(line[line.index('body = "') + 8 : line.rindex('"\t(typeid')])
            return Tables(**body)
    if any(f"{part} does not exist" in answer.stderr for part in ('database "sightline"', 'relation "experiment"')):
        return Tables([], [], [], [], [], [], [], [], [], [])
    raise RuntimeError(f"PostgreSQL's copy of {home} could not be read: {answer.stderr[-800:]}")


def artifact(home: Path, name: str) -> bytes:
    """Return the bytes of a stored artifact; raise ValueError when they are not those that its name promises."""
    data = (home / "artifacts" / name[:2] / name[2:4] / name).read_bytes()
    if digest(data) != name:
        raise ValueError(f"artifact {name} of {home} is damaged")
    return data


def journal_events(home: Path) -> list[dict[str, Any]]:
    """Return the whole lines of the policy's journal."""
    path = home / "data" / "policy" / "journal.jsonl"
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]] if path.exists() else []


def journaled(home: Path, run: str, step: int) -> bool:
    return any(
        event["event"] == "step" and event["run"] == run and event["identity"]["step"] == step
        for event in journal_events(home)
    )


def compare_journal(home: Path, rows: Tables) -> str:
    """Hold the journal, minus what each restore undid, to the ledger's live rows; raise ValueError for a difference."""
    path = home / "data" / "policy" / "journal.jsonl"
    events = journal_events(home)
    done = [event for event in events if event["event"] == "step"]
    runs = sorted({event["run"] for event in done} | {row["run"] for row in rows.steps})
    compared = 0
    for run in runs:
        policy = [_policy_view(event) for event in journal.live_steps(path, run)]
        ledger = [_ledger_view(row) for row in rows.steps if row["run"] == run]
        if policy != ledger:
            at = next((i for i, (a, b) in enumerate(zip(policy, ledger, strict=False)) if a != b), None)
            where = f"first difference at {at}: {policy[at]} / {ledger[at]}" if at is not None else "one ends early"
            raise ValueError(f"run {run}: journal has {len(policy)} live steps, ledger {len(ledger)}; {where}")
        compared += len(policy)
    if not compared:
        raise ValueError("neither journal nor ledger has a step; nothing was compared")
    restores = sum(event["event"] in ("restore", "reset") for event in events)
    return f"{compared} steps equal, {len(done) - compared} repeated, {restores} restores"


def _policy_view(event: dict[str, Any]) -> dict[str, Any]:
    parts = ("lineageBefore", "lineage", "batchDigest", "stateDigest")
    return {**event["identity"], **{part: event[part] for part in parts}}


def _ledger_view(row: dict[str, Any]) -> dict[str, Any]:
    if row["state"] != "COMMITTED":
        raise ValueError(f"step {row['step']} of run {row['run']} is still {row['state']} in the ledger")
    return {name: value for name, value in row.items() if name not in ("state", "attempts")}


def ends(rows: Tables) -> dict[str, tuple[str, str]]:
    """Return lineage and state digest of the last live step of each run."""
    return {row["run"]: (row["lineage"], row["stateDigest"]) for row in rows.steps}  # in order of steps


def results(home: Path) -> bytes:
    """Return the canonical bytes of `results` of the one report of a home."""
    reports = list((home / "reports").glob("*/report.json"))
    if len(reports) != 1:
        raise ValueError(f"{home} holds {len(reports)} reports, not one")
    part = json.loads(reports[0].read_bytes())["results"]
    return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
