"""One DatasetGeneration as Temporal tells it: which shard was made by whom, and in which attempt."""

from __future__ import annotations

import base64
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .two_workers import TwoWorkers, pid_of

WORKFLOW, QUEUE = "DatasetGeneration", "sightline-orchestration"
PLAN, SHARD = "Dataset_PlanShards", "Dataset_GenerateShard"
BAD_ENDS = {f"WORKFLOW_EXECUTION_{end}" for end in ("FAILED", "TIMED_OUT", "CANCELED", "TERMINATED")}


@dataclass
class Shard:
    """A shard's activity; `pid` is the worker that completed it, `failure` how the attempt before ended."""

    index: int
    activity: str
    pid: int | None = None
    artifact: str = ""
    attempt: int = 0
    failure: str = ""


@dataclass
class Generation:
    """What a history says."""

    planned: int = 0
    shards: dict[str, Shard] = field(default_factory=dict)  # by the id of the event that scheduled it
    seconds: float = 0
    ended: str = ""

    @property
    def done(self) -> list[Shard]:
        return [one for one in self.shards.values() if one.pid is not None]

    def by_worker(self) -> Counter[int]:
        return Counter(one.pid for one in self.done if one.pid is not None)


def start(stack: TwoWorkers, planned: dict[str, Any]) -> str:
    """Start the workflow alone by its wire name, as an operator would; return its id."""
    workflow = f"dataset/{planned['plan']['dataset']}"
    envelope: Path = stack.home / "input.json"
    envelope.write_text(json.dumps({"spec": planned["spec"]}))
    stack.temporal("workflow", "start", "--type", WORKFLOW, "--task-queue", QUEUE, "--workflow-id", workflow,
                   "--input-file", str(envelope))  # fmt: skip
    return workflow


def held(stack: TwoWorkers, workflow: str, pid: int) -> set[str]:
    """Return the activity ids of the shards that Temporal holds for running in that worker process now."""
    told = stack.temporal("workflow", "describe", "--workflow-id", workflow)
    return {
        one["activityId"]
        for one in told.get("pendingActivities", [])
        if one["activityType"]["name"] == SHARD
        and one["state"] == "PENDING_ACTIVITY_STATE_STARTED"
        and pid_of(one["lastWorkerIdentity"]) == pid
    }


def history(stack: TwoWorkers, workflow: str) -> Generation:
    """Read the whole history. The event that starts an activity is written when the activity has ended."""
    events = stack.temporal("workflow", "show", "--workflow-id", workflow)["events"]
    found = Generation(seconds=_time(events[-1]) - _time(events[0]))
    plans = set()
    for event in events:
        kind = event["eventType"].removeprefix("EVENT_TYPE_")
        facts = next((value for name, value in event.items() if name.endswith("EventAttributes")), {})
        if kind == "ACTIVITY_TASK_SCHEDULED" and facts["activityType"]["name"] == PLAN:
            plans.add(event["eventId"])
        elif kind == "ACTIVITY_TASK_SCHEDULED" and facts["activityType"]["name"] == SHARD:
            found.shards[event["eventId"]] = Shard(_payload(facts["input"])["shard"], facts["activityId"])
        elif kind == "ACTIVITY_TASK_STARTED" and facts["scheduledEventId"] in found.shards:
            shard = found.shards[facts["scheduledEventId"]]
            shard.attempt = facts["attempt"]
            shard.failure = facts.get("lastFailure", {}).get("timeoutFailureInfo", {}).get("timeoutType", "")
        elif kind == "ACTIVITY_TASK_COMPLETED" and facts["scheduledEventId"] in plans:
            found.planned = _payload(facts["result"])["shards"]
        elif kind == "ACTIVITY_TASK_COMPLETED" and facts["scheduledEventId"] in found.shards:
            shard = found.shards[facts["scheduledEventId"]]
            shard.pid, shard.artifact = pid_of(facts["identity"]), _payload(facts["result"])
        elif kind == "WORKFLOW_EXECUTION_COMPLETED":
            found.ended = "completed"
        elif kind in BAD_ENDS:
            found.ended = f"{kind} {facts.get('failure', {}).get('message', '')}"
    return found


def _payload(payloads: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(payloads["payloads"][0]["data"]))


def _time(event: dict[str, Any]) -> float:
    whole, fraction = event["eventTime"][:19], event["eventTime"][19:-1]  # nanoseconds: too fine for fromisoformat
    return datetime.fromisoformat(whole + "+00:00").timestamp() + float("0" + fraction)
