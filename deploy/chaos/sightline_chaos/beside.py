"""One disturbed run beside one that nobody disturbed: what `pause`, `reset` and `upgrade` have in common."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from . import options
from .interrupt import Outcome, reference
from .stack import Quickstart

Stack = TypeVar("Stack", bound=Quickstart)


@dataclass(frozen=True)
class Seen:
    """What came of a disturbed run that ended as it must: the digest of what was compared, and what was seen."""

    digest: str
    told: str


def run(
    given: argparse.Namespace, name: str, stack: Callable[[Path], Stack], disturb: Callable[[Stack, Path], Seen]
) -> NoReturn:
    """Run or take an undisturbed experiment, then `disturb(stack, undisturbed home)`; tell both, exit 0 or 1.

    Whatever `disturb` raises is the run's failure. Without one the homes are removed, unless --keep.
    """
    homes = options.homes(given)
    undisturbed = given.reference.absolute() if given.reference else homes / "undisturbed"
    outcome, expected = reference(given.reference, undisturbed, given.file, given.limit)
    outcomes = [outcome]
    print(outcome.line(), flush=True)
    if expected is not None:
        outcomes.append(_attempt(name, stack(homes / name), undisturbed, disturb))
        print(outcomes[-1].line(), flush=True)
    failed = sum(not one.passed for one in outcomes)
    if not failed and not given.keep:
        options.remove(homes, ["undisturbed", name])
    print(f"{len(outcomes) - failed} of {len(outcomes)} well" + (f"; homes left in {homes}" if failed else ""))
    sys.exit(1 if failed else 0)


def _attempt(name: str, stack: Stack, undisturbed: Path, disturb: Callable[[Stack, Path], Seen]) -> Outcome:
    began = time.monotonic()
    try:
        stack.fresh()
        seen = disturb(stack, undisturbed)
        return Outcome(name, True, time.monotonic() - began, seen.digest, seen.told)
    except Exception as error:
        return Outcome(name, False, time.monotonic() - began, "-", f"{type(error).__name__}: {error}")
    finally:
        stack.clean_up()
