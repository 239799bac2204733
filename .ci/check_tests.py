"""Counts what surefire and failsafe really ran: a test that did not run must not look like one that passed."""

import argparse
import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Runs only where a container engine answers.
NEEDS_ENGINE = "ContainerStoresIT"


def reason_of(mark: ElementTree.Element) -> str:
    """The message, or of a failed assumption, which has none, the first line of its stack trace."""
    lines = (mark.text or "").strip().splitlines()
    return mark.get("message") or (lines[0].partition(": ")[2] if lines else "no reason given")


def modules() -> list[Path]:
    return sorted(pom.parent for pom in ROOT.rglob("pom.xml") if "target" not in pom.parts)


def suites(module: Path, kind: str, since: float) -> list[tuple[str, int, list[str]]]:
    """Class, number of tests, and the reason of each skipped one, of each report that this run wrote."""
    found = []
    for report in sorted((module / "target" / f"{kind}-reports").glob("TEST-*.xml")):
        if os.stat(report).st_mtime < since:
            continue
        suite = ElementTree.parse(report).getroot()
        cases = suite.findall("testcase")
        reasons = [reason_of(mark) for case in cases for mark in case.findall("skipped")]
        found.append((suite.get("name", report.stem), len(cases), reasons))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--since", type=Path, required=True, help="a file that is older than the run")
    parser.add_argument("--engine", choices=["yes", "no"], required=True)
    arguments = parser.parse_args()
    since = arguments.since.stat().st_mtime
    problems = []
    totals = {"surefire": [0, 0], "failsafe": [0, 0]}
    for module in modules():
        tests = module / "src" / "test" / "java"
        for kind in totals:
            for name, run, reasons in suites(module, kind, since):
                totals[kind][0] += run
                totals[kind][1] += len(reasons)
                for reason in sorted(set(reasons)):
                    print(f"   skipped: {reasons.count(reason)} of {name.rpartition('.')[2]}: {reason}")
        ran = suites(module, "failsafe", since)
        for source in sorted(tests.rglob("*IT.java")):
            mine = [s for s in ran if s[0].rpartition(".")[2].split("$")[0] == source.stem]
            run, skipped = sum(s[1] for s in mine), sum(len(s[2]) for s in mine)
            print(f"   {source.stem}: {run - skipped} ran, {skipped} skipped")
            if run > skipped or (source.stem == NEEDS_ENGINE and arguments.engine == "no"):
                continue
            problems.append(f"{source.relative_to(ROOT)} did not run")
        if any(tests.rglob("*Test.java")) and not suites(module, "surefire", since):
            problems.append(f"{module.relative_to(ROOT)} has tests, and surefire ran none of them")
    for kind, (run, skipped) in totals.items():
        print(f"   {kind}: {run - skipped} tests ran, {skipped} skipped")
    ran, skips = (sum(total[i] for total in totals.values()) for i in (0, 1))
    # Maven has failed before this line when any test had failed.
    print(f"Java: {ran - skips} passed, 0 failed, {skips} skipped")
    for problem in problems:
        print(f"   PROBLEM: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
