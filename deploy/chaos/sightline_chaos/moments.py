"""When to strike: at seeded steps of the experiment, and when a history first has an event of a kind."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

from .histories import Histories, Pair, Seen

LONGEST_DELAY_S = 1.5
# The first and the last steps are left to be: a fault needs a step before it and work after it.
EDGE = 2
# A strike is at an event only when it comes this soon after it; a later one may be at what followed.
FRESH_S = 0.5


@dataclass(frozen=True)
class Moment:
    """When to strike how: this many seconds after this many different steps are in the journal."""

    kind: str
    step: int
    delay_s: float


def draw(count: int, chance: random.Random, kinds: list[str], steps: int) -> list[Moment]:
    """Return the strikes of one run, in order of their steps."""
    if count > steps - 2 * EDGE:
        raise ValueError(f"{count} faults need {count + 2 * EDGE} steps or more, and the experiment has {steps}")
    at = sorted(chance.sample(range(EDGE, steps - EDGE), count))
    return [Moment(kind, step, chance.uniform(0, LONGEST_DELAY_S)) for kind, step in zip(kinds, at, strict=True)]


class Steps:
    """Counts the different steps in a growing journal, reading each line once."""

    def __init__(self, home: Path) -> None:
        self._path = home / "data" / "policy" / "journal.jsonl"
        self._offset = 0
        self._seen: set[tuple[str, int]] = set()

    def count(self) -> int:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._offset += len(whole)
            for line in whole.splitlines():
                event = json.loads(line)
                if event["event"] == "step":
                    self._seen.add((event["run"], event["identity"]["step"]))
        return len(self._seen)


class Arrivals:
    """Events that no strike was at yet, as they come."""

    def __init__(self, histories: Histories, wanted: set[Pair]) -> None:
        self._histories = histories
        self._wanted = wanted
        self._next = 0

    def fresh(self) -> list[Seen]:
        """Return the wanted events that have just come; all older ones are passed over."""
        new = self._histories.since(self._next)
        self._next += len(new)
        return [one for one in new if one.pair in self._wanted and time.time() - one.at <= FRESH_S]
