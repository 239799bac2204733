"""Break everything that can break, again and again; the experiment must end with the numbers of an undisturbed run.

First the experiment runs undisturbed, and its histories are followed: every pair of workflow type and event type in
them must be struck once, when such an event has just come (at most 0.5 s ago), by SIGKILL to a part that the seed
draws. Besides, each run has --each faults of all kinds at seeded steps. Faults follow each other when the last one is
recovered from: the part is whole, all others kept their process, and two steps came that never were, or an activity
that began after the fault is done (one of the policy server's where that was hit). A fault that had no effect does not
count. Runs go on until --kills faults were struck and no pair is left.

After each run: exit 0; `results`, last lineage and state digest of every run are those of the undisturbed run; each
step is once in the ledger, which equals the journal minus what restores undid; no workflow task failed; no lease,
process, temporary file or shared memory is left. If one of these does not hold, none of the run's faults is survived.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from . import evidence, faults, leftovers, options, processes
from .faults import Fault, Scene
from .histories import Histories, Pair
from .interrupt import reference, run_to_end
from .moments import Arrivals, Moment, Steps, draw
from .phases import Missed
from .proxy import Proxy
from .second_worker import SecondWorker
from .stack import Quickstart
from .wire import CLOSING

RECOVERS_WITHIN_S = 300
STEPS_UNDER_WAY = 1  # which the policy server may end although nobody hears of it
STORE_MIB = 24
UNHANDLED_COMMAND = "cause 1"  # a signal came while the task was answered; the server asks again, nothing failed
# What can be killed while a history has an event of this type: before its training the policy server has no work.
WITHOUT_POLICY = ("worker", "postgres", "temporal")
ASKS_POLICY = ("TrainingRun", "Evaluation")
WITH_POLICY = ("worker", "stub", "triton", "postgres", "temporal")


@dataclass
class Strike:
    """One fault that was struck, as the table and --json tell it."""

    kind: str
    run: str
    at: str
    what: str
    recovery_s: float
    survived: bool = False
    restart_s: float | None = None  # of recovery_s, what came after the start of the part's new process

    def line(self) -> str:
        restart = "" if self.restart_s is None else f", {self.restart_s:.1f} s after its restart"
        return f"{self.kind:<16} {self.at:<64} {self.what}; goes on after {self.recovery_s:.1f} s{restart}"


def main() -> None:
    parser = options.parser("run", __doc__, "kill-matrix.yaml", 3600)
    parser.add_argument("--kills", type=int, default=200, help="faults to strike in all (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="draws kinds and moments (default: %(default)s)")
    parser.add_argument("--kinds", default=",".join(faults.KINDS), help="comma list (default: %(default)s)")
    parser.add_argument("--each", type=int, default=20, help="faults at steps in one run (default: %(default)s)")
    parser.add_argument("--events", choices=("all", "none"), default="all",
                        help="strike at every kind of history event too (default: %(default)s)")  # fmt: skip
    parser.add_argument("--runs", type=int, default=20, help="most runs to make (default: %(default)s)")
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], metavar="FILE",
                        help="what --json wrote in earlier calls: those faults and events count too")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every fault and the pairs struck, run by run")
    given = parser.parse_args()
    kinds = options.chosen(parser, "--kinds", given.kinds, list(faults.KINDS))
    if given.kills < 1 or given.each < 0 or (given.each == 0 and given.events == "none"):
        parser.error("--kills, --each, --events: at least one fault must come of them")
    if os.geteuid() != 0 and "disk-full" in kinds:
        print("NOTE: disk-full is left out, as only root can mount the small file system that it needs.")
        kinds.remove("disk-full")
    homes = options.homes(given)

    outcome, expected = undisturbed_run(given, homes / "undisturbed")
    print(outcome, flush=True)
    if expected is None:
        print("0 faults, 0 survived")
        sys.exit(1)
    campaign = Campaign(given, kinds, homes, expected)
    for earlier in given.earlier:
        campaign.add(json.loads(earlier.read_bytes()))
    campaign.run()
    print(campaign.table(kinds))
    if campaign.pending:
        print(f"never struck: {', '.join('/'.join(pair) for pair in sorted(campaign.pending))}")
    if not campaign.failed and not given.keep:
        options.remove(homes, ["undisturbed", *campaign.names])
    else:
        print(f"homes left in {homes}")
    survived = sum(one.survived for one in campaign.strikes)
    print(f"{len(campaign.strikes)} faults, {survived} survived")
    sys.exit(1 if campaign.failed or campaign.pending or survived < max(given.kills, len(campaign.strikes)) else 0)


def undisturbed_run(given: argparse.Namespace, home: Path) -> tuple[str, bytes | None]:
    """Run the experiment and keep the pairs of its histories beside its reports, or take such a home."""
    where = (given.reference or home).absolute() / "pairs.json"
    if given.reference is not None:
        if given.events == "all" and not where.exists():
            return f"FAIL {given.reference} has no pairs.json; it must be an undisturbed home of this script", None
        outcome, expected = reference(given.reference, home, given.file, given.limit)
        return outcome.line(), expected
    stack = Quickstart(home, given.file).fresh()
    histories = Histories(stack)
    began = time.monotonic()
    try:
        stack.start()
        run_to_end(stack, given.limit)
        where.write_text(json.dumps(sorted(histories.pairs())) + "\n")
    except Exception as error:
        return f"FAIL undisturbed: {type(error).__name__}: {error}", None
    finally:
        histories.close()
        stack.clean_up()
    outcome, expected = reference(home, home, given.file, given.limit)
    outcome = replace(outcome, seconds=time.monotonic() - began)
    return f"{outcome.line()}; {len(histories.pairs())} pairs of workflow and event", expected


class Campaign:
    """All runs, and what came of them."""

    def __init__(self, given: argparse.Namespace, kinds: list[str], homes: Path, expected: bytes) -> None:
        self.given, self.kinds, self.homes, self.expected = given, kinds, homes, expected
        self.undisturbed = (given.reference or homes / "undisturbed").absolute()
        self.rows = evidence.tables(self.undisturbed)
        self.strikes: list[Strike] = []
        self.own: list[Strike] = []
        self.struck: set[Pair] = set()
        self.pairs: set[Pair] = set()
        if given.events == "all":
            self.pairs = {(kind, event) for kind, event in json.loads((self.undisturbed / "pairs.json").read_bytes())}
        self.names: list[str] = []
        self.failed = False

    @property
    def pending(self) -> set[Pair]:
        return self.pairs - self.struck

    def add(self, earlier: dict) -> None:
        self.strikes += [Strike(**one) for one in earlier["strikes"]]
        self.struck |= {(kind, event) for kind, event in earlier["pairs"]}

    def run(self) -> None:
        chance = random.Random(f"chaos/{self.given.seed}")
        lot = self._lot(chance)
        while (len(self.strikes) < self.given.kills or self.pending) and len(self.names) < self.given.runs:
            left = max(0, self.given.kills - len(self.strikes))
            count = min(self.given.each, left)
            moments = draw(count, chance, list(itertools.islice(lot, count)), len(self.rows.steps))
            name = f"run-{len(self.names) + 1}"
            self.names.append(name)
            print(f"{name}: {count} faults at steps, {len(self.pending)} pairs to strike", flush=True)
            disturbed = Disturbed(self, name, moments, random.Random(f"chaos/{self.given.seed}/{name}"))
            well = disturbed.run()
            self.strikes += disturbed.strikes
            self.own += disturbed.strikes
            if well:
                self.struck |= disturbed.struck
            self.failed |= not well
            self._write()

    def _lot(self, chance: random.Random) -> Iterable[str]:
        """Kinds without end: first each once, then also in blocks that hold kills twice, in an order by lot."""
        block = self.kinds
        while True:
            yield from chance.sample(block, len(block))
            block = [*self.kinds, *(kind for kind in self.kinds if kind in faults.KILLS)]

    def _write(self) -> None:
        if self.given.json is not None:
            found = {
                "seed": self.given.seed,
                "strikes": [asdict(one) for one in self.own],
                "pairs": sorted(self.struck),
            }
            self.given.json.write_text(json.dumps(found, indent=1) + "\n")

    def table(self, kinds: list[str]) -> str:
        lines = [
            "",
            "| fault | count | recovery median, s | longest, s | from its restart median, s | longest, s | survived |",
            "|---|---|---|---|---|---|---|",
        ]
        for kind in kinds:
            own = [one for one in self.strikes if one.kind == kind]
            cells = " | ".join(
                f"{statistics.median(times):.1f} | {max(times):.1f}" if times else "- | -"
                for times in (
                    [one.recovery_s for one in own],
                    [one.restart_s for one in own if one.restart_s is not None],
                )
            )
            lines.append(f"| {kind} | {len(own)} | {cells} | {sum(one.survived for one in own)} |")
        at_events = sum(one.at.startswith("at ") for one in self.strikes)
        told = f"{at_events} of them at events, {len(self.pairs & self.struck)} of {len(self.pairs)} pairs struck"
        return "\n".join([*lines, told])


class Disturbed:
    """One run of the experiment under faults."""

    def __init__(self, campaign: Campaign, name: str, moments: list[Moment], chance: random.Random) -> None:
        self.campaign, self.name, self.moments = campaign, name, moments
        self.home = campaign.homes / name
        self.strikes: list[Strike] = []
        self.struck: set[Pair] = set()
        self.chance = chance
        self.steps = Steps(self.home)

    def run(self) -> bool:
        """Strike and compare; say what is wrong and return False when anything is."""
        given = self.campaign.given
        began = time.monotonic()
        stack: Quickstart | None = None
        proxy = Proxy(lambda: None if stack is None else stack.ports().get("triton-grpc"))
        stack = Quickstart(self.home, given.file, {"SIGHTLINE_POLICY_SERVERS": f"local=127.0.0.1:{proxy.port}"})
        second, histories = SecondWorker(stack), Histories(stack)
        try:
            stack.fresh()
            with small_store(self.home, "disk-full" in self.campaign.kinds):
                try:
                    chunks = faults.training_chunks(self.campaign.undisturbed, self.campaign.rows)
                    regions = leftovers.Regions(self.home)
                    scene = Scene(stack, histories, proxy, second, regions, self.chance, chunks)
                    stack.start()
                    self._strike_all(scene)
                    self._finish(scene)
                    second.stop()
                    if scene.stays:
                        stack.launcher("down", seconds=300)
                    for checked in self._compare(scene):
                        print(f"ok   {checked}")
                finally:
                    second.kill()
                    stack.clean_up()
            for one in self.strikes:
                one.survived = True
            print(
                f"ok   {self.name}: {len(self.strikes)} faults, exit 0 after {time.monotonic() - began:.0f} s",
                flush=True,
            )
            if not given.keep:
                shutil.rmtree(self.home, ignore_errors=True)
            return True
        except Exception as error:
            print(f"FAIL {self.name}: {type(error).__name__}: {error}", flush=True)
            return False
        finally:
            histories.close()
            proxy.close()

    def _strike_all(self, scene: Scene) -> None:
        """Strike at what comes first, an event or a step, until the command ends."""
        arrivals = Arrivals(scene.histories, self.campaign.pending)
        moments = collections.deque(self.moments)
        due: float | None = None
        while scene.ended() is None:
            if came := [one for one in arrivals.fresh() if one.pair not in self.struck]:
                with_policy = came[-1].execution.type in ASKS_POLICY and came[-1].type not in CLOSING
                kind = self.chance.choice(WITH_POLICY if with_policy else WITHOUT_POLICY)
                names = sorted({"/".join(one.pair) for one in came})
                where = f"at {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")
                if self._strike(faults.fault(kind), where, scene):
                    self.struck |= {one.pair for one in came}
            elif moments and due is None and self.steps.count() >= moments[0].step:
                due = time.monotonic() + moments[0].delay_s
            # What is killed when nothing works for the policy server has nothing to come back for.
            elif due is not None and time.monotonic() >= due and scene.histories.open(*ASKS_POLICY):
                moment = moments.popleft()
                due = None
                where = f"step {moment.step} + {moment.delay_s:.1f} s"
                if not self._strike(faults.fault(moment.kind), where, scene):
                    moments.append(Moment(moment.kind, self.steps.count() + 2, moment.delay_s))
            time.sleep(0.005)

    def _finish(self, scene: Scene) -> None:
        """Wait for the command's end; what a stack that outlives it leaves is looked for later."""
        if scene.stays:
            processes.wait_for("the command does not end", lambda: scene.ended() is not None, 120)
            if (status := scene.stack.finish(self.campaign.given.limit)) != 0:
                raise RuntimeError(f"the command ended with {status}:\n{scene.stack.said()}")
        else:
            run_to_end(scene.stack, self.campaign.given.limit)

    def _strike(self, fault: Fault, where: str, scene: Scene) -> bool:
        """Strike, wait for the recovery, and note both; False when nobody noticed."""
        before = processes.recorded(scene.stack.home)
        scene.regions.note(before.get("postgres"))
        first = scene.histories.count()
        try:
            what = fault.strike(scene)
        except Missed as missed:
            print(f"     -- {fault.kind:<16} {where}: does not count: {missed}", flush=True)
            return False
        furthest = self.steps.count()

        def goes_on() -> bool:
            if scene.ended() == 0:
                return True
            scene.alive()
            if self.steps.count() > furthest + STEPS_UNDER_WAY:
                return True
            return any(fault.shows_progress(one, fault.over) for one in scene.histories.since(first))

        try:
            fault.heal(scene)
        except Missed:  # the command ended meanwhile, which is well where it is done
            if scene.stack.ended != 0:
                raise
        processes.wait_for(f"no progress after {fault.kind}", goes_on, RECOVERS_WITHIN_S, pause=0.02)
        new = faults.find(fault.part, scene.stack) if fault.part else None
        restart = new.age_s() if new and new != before.get(fault.part) and fault.part in before else None
        strike = Strike(fault.kind, self.name, where, what, time.time() - fault.at, restart_s=restart)
        self.strikes.append(strike)
        print(f"     {len(self.strikes):>2} {strike.line()}", flush=True)
        for command in scene.told:
            print(f"        operator: {command}")
        scene.told.clear()
        if scene.stack.ended is None:
            faults.expect_kept(fault.part, before, scene.stack)
        return True

    def _compare(self, scene: Scene) -> Iterable[str]:
        """Say each thing that is as it must be; raise ValueError at the first that is not."""
        found = evidence.results(self.home)
        digest, expected = evidence.digest(found)[:12], self.campaign.expected
        if found != expected:
            raise ValueError(f"results {digest} differ from the undisturbed run's {evidence.digest(expected)[:12]}")
        yield f"results {digest}, byte for byte those of the undisturbed run"
        rows = evidence.tables(self.home)
        ends, expected_ends = (evidence.ends(each) for each in (rows, self.campaign.rows))
        if ends != expected_ends:
            raise ValueError(f"runs end at {ends}, undisturbed at {expected_ends}")
        yield f"last lineage and state digest of {len(ends)} runs are those of the undisturbed run"
        live = collections.Counter((row["run"], row["step"]) for row in rows.steps)
        if twice := [step for step, count in live.items() if count > 1]:
            raise ValueError(f"steps {twice} are more than once in the ledger")
        yield f"journal: {evidence.compare_journal(self.home, rows)}; each step once in the ledger"
        failed = [one for one in scene.histories.since(0) if one.type == "WorkflowTaskFailed" and one.failure]
        if bad := [one for one in failed if one.failure and one.failure.type != UNHANDLED_COMMAND]:
            where = f"first of {bad[0].execution.workflow}: {bad[0].failure}"
            raise ValueError(f"{len(bad)} workflow tasks failed, {where}")
        yield f"{scene.histories.count()} events followed, no workflow task failed"
        yield leftovers.check(self.home, rows, scene.regions)


@contextlib.contextmanager
def small_store(home: Path, wanted: bool) -> Iterable[None]:
    """Give the home an artifact store on a small file system of its own; take it away again, with what is in it."""
    if not wanted:
        yield
        return
    folder = home / "artifacts"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={STORE_MIB}m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


if __name__ == "__main__":
    main()
