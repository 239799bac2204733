"""Checks of report.json: that the parts worked together, never that one reward beat another."""

import argparse
import json
import re
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Above the best constant description: the policy looks at the board. Seen: P +0.25 to +0.91 and facts +0.31 to +0.59,
# by how sums are rounded, which differs between machines.
PERCEPTION_MARGIN = 0.1
FACTS_MARGIN = 0.2
# Mean reward of the last steps minus that of the first rollout, which no step has changed yet. Seen: +0.65, -0.30.
WINDOW = 5
PLANTED_RISE = 0.3
SHUFFLED_RISE = 0.15

VOLATILE_KEY = re.compile(
    r"time|duration|host|address|attempt|elapsed|started|finished|submitted|worker", re.IGNORECASE
)
VOLATILE_TEXT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:|\b\d+\.\d+\.\d+\.\d+\b|localhost")


class Checks:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def that(self, holds: bool, what: str) -> None:
        print(f"   {'ok' if holds else 'NOT'}: {what}")
        if not holds:
            self.problems.append(what)


def leaves(tree: Any, path: str = "results") -> Iterator[tuple[str, Any]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from leaves(value, f"{path}[{index}]")
    else:
        yield path, tree


def nothing_volatile(results: dict[str, Any], checks: Checks) -> None:
    host = socket.gethostname()
    bad = [
        path
        for path, value in leaves(results)
        if VOLATILE_KEY.search(path.rpartition(".")[2])
        or (isinstance(value, str) and (VOLATILE_TEXT.search(value) or host in value))
    ]
    checks.that(not bad, f"results hold no times, attempts or hosts {bad[:3] or ''}")


def evaluated(results: dict[str, Any], spec: dict[str, Any], checks: Checks) -> None:
    """Every arm and seed has every mode of the test split, with all its items."""
    count, modes = spec["dataset"]["counts"]["test"], spec["evaluation"]["testModes"]
    wanted = {(arm["name"], int(seed)) for arm in spec["arms"] for seed in spec["seeds"]}
    found = {(run["arm"], int(run["seed"])) for run in results["arms"]}
    checks.that(found == wanted, f"all arms and seeds are there: {sorted(found)}")
    for run in [*results["arms"], {"arm": "start", "evaluations": results["baseline"]}]:
        seen = {e["mode"]: e["n"] for e in run["evaluations"] if e["split"] == "test"}
        checks.that(seen == dict.fromkeys(modes, count), f"{run['arm']} is evaluated on {count} test items: {seen}")
    for run in results["arms"]:
        checks.that(run["missing"] is None and bool(run["stateDigest"]), f"{run['arm']} ended with a checkpoint")


def curves(results: dict[str, Any]) -> dict[str, list[float]]:
    """The optimised mean reward of each step, by arm."""
    return {
        run["arm"]: [step["reward"] for step in run["steps"]]
        for run in results["training"]
        if run["arm"] != "warm-start"
    }


def steps_are_complete(results: dict[str, Any], spec: dict[str, Any], checks: Checks) -> None:
    wanted = spec["training"]["steps"]
    for arm, rewards in curves(results).items():
        numbers = [step["step"] for run in results["training"] if run["arm"] == arm for step in run["steps"]]
        checks.that(
            len(rewards) == wanted and len(set(numbers)) == wanted and None not in rewards,
            f"{arm} has {wanted} steps with a reward",
        )


def constant_reward_moves_nothing(results: dict[str, Any], path: Path, start: str, checks: Checks) -> None:
    """Equal rewards give advantages of exactly 0; with `skip` the arm ends with the weights that it began with."""
    checkpoints = path.parent.parent.parent / "data" / "policy" / "checkpoints"
    end = next(run for run in results["arms"] if run["arm"] == "constant")["checkpoint"]
    began, ended = (json.loads((checkpoints / name / "checkpoint.json").read_text("utf-8")) for name in (start, end))
    weights = "model.safetensors"
    checks.that(
        ended["base"]["checkpoint"] == start
        and ended["stateDigest"] == ended["baseStateDigest"]
        and ended["files"][weights] == began["files"][weights],
        f"constant ends with the start's weights and no optimizer state: {ended['stateDigest'][:12]}",
    )


def smoke(report: dict[str, Any], path: Path, checks: Checks) -> None:
    results = report["results"]
    start = next(e for e in results["baseline"] if (e["template"], e["mode"], e["split"]) == ("probe", "image", "test"))
    constant = next(c for c in results["constants"] if c["split"] == "test")
    checks.that(
        start["perception"] >= constant["bestConstantDescriptionExact"] + PERCEPTION_MARGIN,
        f"the warm start sees: P {start['perception']:.3f}, constant {constant['bestConstantDescriptionExact']:.3f}",
    )
    checks.that(
        start["facts"] >= constant["bestConstantDescriptionFacts"] + FACTS_MARGIN,
        f"the warm start sees: facts {start['facts']:.3f}, constant {constant['bestConstantDescriptionFacts']:.3f}",
    )
    constant_reward_moves_nothing(results, path, start["checkpoint"], checks)
    html = (path.parent / "report.html").read_text(encoding="utf-8").lower()
    checks.that("mechanism demonstration" in html, 'report.html says "mechanism demonstration"')


def planted(report: dict[str, Any], path: Path, checks: Checks) -> None:
    rewards = curves(report["results"])
    rise = {arm: sum(r[-WINDOW:]) / WINDOW - r[0] for arm, r in rewards.items()}
    first = {arm: r[0] for arm, r in rewards.items()}
    print(f"   curves: { {arm: [round(v, 2) for v in r] for arm, r in rewards.items()} }")
    checks.that(len(set(first.values())) == 1, f"both arms start from the same rollout: {first}")
    checks.that(rise["planted"] >= PLANTED_RISE, f"the planted reward rises: {rise['planted']:+.3f}")
    checks.that(rise["shuffled"] <= SHUFFLED_RISE, f"the shuffled one does not: {rise['shuffled']:+.3f}")


KINDS: dict[str, Callable[[dict[str, Any], Path, Checks], None]] = {"smoke": smoke, "planted": planted}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("report", type=Path)
    arguments = parser.parse_args()
    report = json.loads(arguments.report.read_text(encoding="utf-8"))
    checks = Checks()
    spec = report["experiment"]["spec"]
    nothing_volatile(report["results"], checks)
    evaluated(report["results"], spec, checks)
    steps_are_complete(report["results"], spec, checks)
    KINDS[arguments.kind](report, arguments.report, checks)
    for problem in checks.problems:
        print(f"{arguments.report}: not so: {problem}", file=sys.stderr)
    return 1 if checks.problems else 0


if __name__ == "__main__":
    sys.exit(main())
