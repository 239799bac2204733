"""Kill -9 one of two workers in the middle of a data set, and compare with what one undisturbed worker made.

For every round: a fresh home, the real stack (`up --without triton`), a second worker process beside the supervised
one, and DatasetGeneration alone, started by its wire name through Temporal's command line. When half of the shards are
done, SIGKILL to one worker. Temporal must then still hold it for the runner of a shard; if it does not, the kill came
too late, and the round is done again. `second`: nobody starts that worker again, the supervised one must finish;
`supervised`: the supervisor starts a new one. Afterwards the manifest must equal the undisturbed run's byte for byte,
each shard must be done once and stored once, the held ones by another worker in a later attempt after a lost
heartbeat; both homes must hold the same artifacts, no other part was replaced, and nothing lives on after `down`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import evidence, generation, options, processes
from .generation import Generation
from .interrupt import Outcome
from .phases import Missed
from .two_workers import TwoWorkers, plan

PAPER = "clock,checker_move,maze,move_box,n_queens,number_slide,tower_of_hanoi,rotting_kiwi,water_jugs"
VICTIMS = ("second", "supervised")
LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Wanted:
    """What all runs make: the experiment's file, its plan, and how long one run may take."""

    file: Path
    planned: dict
    limit: float

    @property
    def dataset(self) -> str:
        return self.planned["plan"]["dataset"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="deploy/chaos/dataset", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--kill", default=",".join(VICTIMS), help="workers, one a round (default: %(default)s)")
    parser.add_argument("--families", default=PAPER, help="comma list (default: the paper's nine)")
    parser.add_argument("--items", type=int, default=2000,
                        help="of each family: 8 of 10 for training, 1 dev, 1 test (default: %(default)s)")  # fmt: skip
    parser.add_argument("--homes", type=Path, help="folder for the homes (default: a new temporary one)")
    parser.add_argument("--reference", type=Path, help="home of an undisturbed run (--keep) of the same data set")
    parser.add_argument("--attempts", type=int, default=4, help="kills to try until one meets a shard (default: 4)")
    parser.add_argument("--limit", type=float, default=1800, help="seconds that one run may take (default: 1800)")
    parser.add_argument("--keep", action="store_true", help="leave the homes where they are, also when all is well")
    given = parser.parse_args()
    victims = options.chosen(parser, "--kill", given.kill, list(VICTIMS))
    if given.items < 10:
        parser.error(f"--items: {given.items} is too few; use 10 or more")
    homes = options.homes(given)
    try:
        wanted = describe(homes / "dataset.yaml", given.families.split(","), given.items, given.limit)
    except RuntimeError as error:
        (homes / "dataset.yaml").unlink()
        options.remove(homes, [])
        parser.error(f"the data set cannot be planned: {error}")

    reference = (given.reference or homes / "undisturbed").absolute()
    outcomes = [undisturbed(reference, wanted, made=given.reference is not None)]
    print(outcomes[0].line(), flush=True)
    for victim in victims if outcomes[0].passed else ():
        outcomes.append(disturb(victim, homes / victim, wanted, reference, given.attempts))
        print(outcomes[-1].line(), flush=True)
    failed = sum(not one.passed for one in outcomes)
    if not failed and not given.keep:
        wanted.file.unlink()
        options.remove(homes, ["undisturbed", *victims])
    print("\n" + "\n".join(one.line() for one in outcomes))
    print(f"{len(outcomes) - failed} of {len(outcomes)} well" + (f"; homes left in {homes}" if failed else ""))
    sys.exit(1 if failed else 0)


def describe(file: Path, families: list[str], items: int, limit: float) -> Wanted:
    """Write the experiment whose data set is made (JSON is YAML), and plan it."""
    tenth = items // 10
    counts = {"train": items - 2 * tenth, "dev": tenth, "test": tenth}
    tree = {
        "name": "two-workers",
        "arms": [{"name": "plain", "terms": [{"term": "accuracy", "weight": 1.0}]}],
        "statistics": {"reference": "plain"},
        "dataset": {
            "imageSize": {"width": 448, "height": 448},
            "parts": [{"family": family.strip(), "counts": counts} for family in families],
        },
    }
    file.write_text(json.dumps(tree, indent=2) + "\n")
    return Wanted(file, plan(file), limit)


def undisturbed(home: Path, wanted: Wanted, made: bool) -> Outcome:
    """Let the supervised worker make the data set alone, or look at a home where that was done."""
    began = time.monotonic()
    stack = TwoWorkers(home)
    try:
        told = "made before"
        if not made:
            stack.fresh().up()
            workers = {supervised(stack): "supervised"}
            run = finish(stack, generation.start(stack, wanted.planned), wanted.limit)
            told = account(run, workers)
            stack.down()
        manifest = published(home, wanted)
        return outcome("undisturbed", True, began, manifest, f"{told}, {len(artifacts(home))} artifacts")
    except Exception as error:
        return outcome("undisturbed", False, began, None, f"{type(error).__name__}: {error}")
    finally:
        if not made:
            stack.clean_up()


def disturb(victim: str, home: Path, wanted: Wanted, reference: Path, attempts: int) -> Outcome:
    """Kill the victim half-way, let the other worker finish, compare."""
    began = time.monotonic()
    stack = TwoWorkers(home)
    told = []
    try:
        for attempt in range(1, attempts + 1):
            try:
                told = one_round(victim, stack, wanted)
                break
            except Missed as missed:
                stack.clean_up()
                print(f"     {victim}: attempt {attempt} of {attempts} missed: {missed}", flush=True)
                if attempt == attempts:
                    raise
        manifest, expected = published(home, wanted), published(reference, wanted)
        if manifest != expected:
            digests = [evidence.digest(one)[:12] for one in (manifest, expected)]
            raise ValueError(f"manifest {digests[0]} differs from the undisturbed {digests[1]}; {'; '.join(told)}")
        if artifacts(home) != artifacts(reference):
            odd = artifacts(home) ^ artifacts(reference)
            raise ValueError(f"{len(odd)} artifacts are in one home only, such as {min(odd)}; {'; '.join(told)}")
        return outcome(victim, True, began, manifest, "; ".join(told))
    except Exception as error:
        return outcome(victim, False, began, None, f"{type(error).__name__}: {error}")
    finally:
        stack.clean_up()


def one_round(victim: str, stack: TwoWorkers, wanted: Wanted) -> list[str]:
    """One generation with one kill; say what was seen."""
    stack.fresh().up()
    second = stack.start_second()
    workers = {supervised(stack): "supervised", second.pid: "second"}
    target = second if victim == "second" else stack.supervised
    assert target is not None
    workflow = generation.start(stack, wanted.planned)
    at_kill, seen = wait_for_half(stack, workflow, target.pid, wanted.limit)
    others = {name: one for name, one in processes.recorded(stack.home).items() if one != target}
    processes.kill([target])
    processes.wait_for(f"{victim} does not end after SIGKILL", lambda: not target.alive(), 30, pause=0.005)
    # From the dead: what Temporal holds it for now it will not end any more, but for an answer under way.
    left = generation.held(stack, workflow, target.pid)
    if not left:
        raise Missed(f"the worker ran {len(seen)} shards shortly before the kill and none at it")
    workers[target.pid] = f"{victim} (killed)"
    run = finish(stack, workflow, wanted.limit)
    again = [one for one in run.done if one.activity in left and one.pid != target.pid]
    if not again:
        raise Missed("the answers for all its shards were under way")
    if odd := [one.index for one in again if one.attempt < 2 or not one.failure.endswith("HEARTBEAT")]:
        raise ValueError(f"shards {odd} of the dead worker did not come by a second attempt after a lost heartbeat")
    now = processes.recorded(stack.home)
    if taken := [name for name, one in others.items() if now.get(name) != one]:
        raise RuntimeError(f"after the {victim} worker was killed, {', '.join(taken)} was replaced too")
    if victim == "supervised":
        workers[supervised(stack)] = "supervised (new)"
    told = account(run, workers)
    if target.pid not in run.by_worker() or len(run.by_worker()) < 2:
        raise ValueError(f"not both workers made shards: {told}")
    stack.down()
    held = ", ".join(str(one.index) for one in sorted(again, key=lambda one: one.index))
    return [f"killed at {at_kill} of {run.planned} shards while it ran {held}, made again by another", told]


def supervised(stack: TwoWorkers) -> int:
    one = stack.supervised
    if one is None:
        raise RuntimeError("the supervised worker does not live")
    return one.pid


def wait_for_half(stack: TwoWorkers, workflow: str, pid: int, limit: float) -> tuple[int, set[str]]:
    """Wait until half of the shards are done and the worker runs one; return how many are done, and what it runs."""
    deadline = time.monotonic() + limit
    while True:
        run = generation.history(stack, workflow)
        if run.planned and 2 * len(run.done) >= run.planned:
            if len(run.done) >= run.planned:
                raise Missed(f"all {run.planned} shards were done before the kill")
            if seen := generation.held(stack, workflow, pid):
                return len(run.done), seen
        if run.ended:
            raise RuntimeError(f"the workflow {run.ended} before the kill")
        if time.monotonic() > deadline:
            raise TimeoutError(f"half of the shards were not done within {limit:.0f} s")
        time.sleep(LOOK_EVERY_S)


def finish(stack: TwoWorkers, workflow: str, limit: float) -> Generation:
    """Wait for the workflow's end; every shard must then be done once, and stored."""
    deadline = time.monotonic() + limit
    while not (run := generation.history(stack, workflow)).ended:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the workflow has not ended within {limit:.0f} s")
        time.sleep(1)
    if run.ended != "completed":
        raise RuntimeError(f"the workflow {run.ended}")
    indices = sorted(one.index for one in run.done)
    if indices != list(range(len(run.shards))) or len(indices) < run.planned:
        raise ValueError(f"of {run.planned} planned shards these were done: {indices}")
    if len({one.artifact for one in run.done}) != len(indices):
        raise ValueError("two shards have one artifact")
    for one in run.done:
        evidence.artifact(stack.home, one.artifact)
    return run


def published(home: Path, wanted: Wanted) -> bytes:
    """Return the manifest that PostgreSQL's row names, of a stack that is down."""
    rows = [row for row in evidence.tables(home).datasets if row["digest"] == wanted.dataset]
    if [row["state"] for row in rows] != ["PUBLISHED"]:
        raise ValueError(f"{home}: data set {wanted.dataset[:12]} is {[row['state'] for row in rows]}, not PUBLISHED")
    return evidence.artifact(home, rows[0]["manifest"])


def artifacts(home: Path) -> set[str]:
    """Return the names of the artifacts; raise ValueError where one is stored in two places."""
    names = [file.name for file in (home / "artifacts").glob("??/??/*")]
    if len(set(names)) != len(names):
        raise ValueError(f"{home}: an artifact is stored twice")
    return set(names)


def account(run: Generation, workers: dict[int, str]) -> str:
    """Say how many shards each worker completed."""
    counts = run.by_worker()
    if strangers := set(counts) - set(workers):
        raise ValueError(f"shards were made by unknown workers {sorted(strangers)}")
    shares = ", ".join(f"{workers[pid]} {pid}: {counts[pid]}" for pid in workers)
    return f"{run.seconds:.0f} s for {len(run.done)} shards, by worker {shares}"


def outcome(name: str, passed: bool, began: float, manifest: bytes | None, text: str) -> Outcome:
    digest = "-" if manifest is None else evidence.digest(manifest)[:12]
    return Outcome(name, passed, time.monotonic() - began, digest, text, compared="manifest")


if __name__ == "__main__":
    main()
