#!/usr/bin/env python3
"""Print the live steps of a run from the policy's journal, one JSON line each, oldest first.

usage: journal.py STATE_FOLDER/journal.jsonl RUN
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def live_steps(path: Path, run: str) -> list[dict[str, Any]]:
    """Return the steps that lead to where the run is; raise ValueError when two steps disagree about one lineage."""
    steps: dict[str, dict[str, Any]] = {}
    present: str | None = None
    for line in path.read_bytes().split(b"\n")[:-1]:  # what follows the last newline was torn by a kill
        event = json.loads(line)
        if event["run"] != run:
            continue
        present = event["lineage"]
        if event["event"] == "step":
            known = steps.setdefault(present, event)
            for part in ("lineageBefore", "batchDigest", "stateDigest", "identity"):
                if known[part] != event[part]:
                    raise ValueError(f"lineage {present} was reached with different values of {part}")
    live = []
    while present in steps:
        live.append(steps[present])
        present = steps[present]["lineageBefore"]
    return live[::-1]


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    for step in live_steps(Path(sys.argv[1]), sys.argv[2]):
        print(json.dumps(step, sort_keys=True))


if __name__ == "__main__":
    main()
