"""One experiment by tctl alone: started, listed, shown, queried, paused, resumed, retried, reset, cancelled, finished.

Nothing but tctl touches Temporal; `deploy/sightline` only brings the stack up and down and writes the report. At the
end `results` must be those of a run that nobody disturbed, but for lineages and checkpoint ids, which name the branch
that a reset opened; every run must end in the same state digest, and the policy's journal must equal the ledger.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sightline_chaos import evidence, processes
from sightline_chaos.reset import Wish, check_branch, compare_states, run_command, without_branch_names
from sightline_chaos.stack import LAUNCHER, ROOT, Home, environment

EXPERIMENT = ROOT / "deploy" / "experiments" / "chaos.yaml"
QUEUE = "sightline-orchestration"
ASK_S, START_S, STOP_S = 60, 300, 120


class Failed(RuntimeError):
    """An assertion of the script, in words."""


class Stack(Home):
    """A home whose Temporal is asked by tctl."""

    def __init__(self, home: Path, tctl: str, limit: float) -> None:
        super().__init__(home)
        self.binary = tctl
        self.limit = limit
        self.commands = 0

    def tctl(self, *words: str, may_fail: bool = False) -> str:
        answer = subprocess.run(
            [self.binary, "--address", f"127.0.0.1:{self.ports()['temporal']}", *words],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ASK_S, check=False,
            env=environment() | {"NO_COLOR": "1"},
        )  # fmt: skip
        if answer.returncode != 0 and not may_fail:
            raise Failed(f"tctl {' '.join(words[:2])}: {answer.stderr.strip() or answer.stdout.strip()}")
        return answer.stdout + answer.stderr

    def start(self, kind: str, workflow: str, value: Any) -> None:
        self.tctl(
            "workflow", "start", "--taskqueue", QUEUE, "--workflow_type", kind, "--workflow_id", workflow,
            "--input", json.dumps(value),
        )  # fmt: skip

    def status(self, workflow: str) -> str:
        """Running, Completed, Failed, Canceled, Terminated; empty where there is no such workflow."""
        said = self.tctl("workflow", "describe", "--workflow_id", workflow, may_fail=True)
        try:
            return json.loads(said[said.index("{") :])["workflowExecutionInfo"]["status"]
        except ValueError:
            return ""

    def progress(self, workflow: str) -> dict[str, Any]:
        """The answer of the query; empty while the workflow cannot answer yet."""
        said = self.tctl("workflow", "query", "--workflow_id", workflow, "--query_type", "progress", may_fail=True)
        for line in said.splitlines():
            if line.startswith("[{") or line.startswith("{"):
                found = json.loads(line)
                return found[0] if isinstance(found, list) else found
        return {}

    def signal(self, workflow: str, name: str) -> None:
        self.commands += 1
        command = {"commandId": f"tctl-{self.commands}", "by": "tctl", "reason": "the test of operators"}
        self.tctl("workflow", "signal", "--workflow_id", workflow, "--name", name, "--input", json.dumps(command))

    def asked(self, *words: str) -> str:
        """What a command of `deploy/sightline` prints."""
        return run_command([str(LAUNCHER), "--home", str(self.home), *words])

    def reset(self, workflow: str, kind: str) -> None:
        self.tctl(
            "workflow", "reset", "--workflow_id", workflow, "--reset_type", kind, "--reason", "the test of operators"
        )

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + self.limit
        while not condition():
            if time.monotonic() > end:
                raise Failed(f"after {self.limit:.0f} s: {what} did not come")
            time.sleep(0.2)

    def until_state(self, workflow: str, state: str) -> None:
        self.until(f"{workflow} in state {state}", lambda: self.progress(workflow).get("state") == state)


def check(truth: bool, what: str) -> None:
    if not truth:
        raise Failed(what)


def operate(stack: Stack, plan: dict[str, Any]) -> None:
    """Do it all; every line printed is a thing that was asserted."""
    spec, experiment = plan["spec"], plan["experiment"]
    ablation = f"ablation/{experiment}"
    warm_start = f"run/{experiment}/warm-start/{spec['policy']['seed']}"
    arm = f"run/{experiment}/{spec['arms'][0]['name']}/{spec['seeds'][0]}"
    last = f"run/{experiment}/{spec['arms'][-1]['name']}/{spec['seeds'][0]}"
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"  {time.monotonic() - began:6.0f} s  {what}", flush=True)

    # Wrong input fails at once, with the command line's words; a wrong id names the right one.
    stack.start("RewardAblation", "ablation/wrong", {**spec, "seedz": [1]})
    stack.until("the end of bad input", lambda: stack.status("ablation/wrong") == "Failed")
    shown = stack.tctl("workflow", "show", "--workflow_id", "ablation/wrong", "--print_full")
    check("INVALID_SPEC" in shown and "seedz" in shown, f"bad input is not explained: {shown}")
    stack.start("RewardAblation", "ablation/other", spec)
    stack.until("the end of a wrong id", lambda: stack.status("ablation/other") == "Failed")
    shown = stack.tctl("workflow", "show", "--workflow_id", "ablation/other", "--print_full")
    check("WRONG_WORKFLOW_ID" in shown and ablation in shown, f"the right id is not named: {shown}")
    tell("bad input and a wrong id fail at once, and say what is right")

    # A stage alone, before what it needs: it waits for an operator, and goes on from there.
    stack.start("TrainingRun", warm_start, {"spec": spec, "arm": "warm-start", "seed": spec["policy"]["seed"]})
    stack.until_state(warm_start, "WAITING_FOR_OPERATOR")
    reason = stack.progress(warm_start)["reason"]
    check("DATASET_INVALID" in reason and "not published" in reason, f"it waits for something else: {reason}")
    dataset = f"dataset/{plan['plan']['dataset']}"
    stack.start("DatasetGeneration", dataset, {"spec": spec})
    stack.until("the data set", lambda: stack.status(dataset) == "Completed")
    stack.signal(warm_start, "retryStage")
    stack.until("the warm start's steps", lambda: stack.progress(warm_start).get("done", 0) > 0)
    tell(f"start, query and retryStage: the warm start waited for its data set ({reason[:60]}...), then went on")

    stack.signal(warm_start, "pause")
    stack.until_state(warm_start, "PAUSED")
    stack.signal(warm_start, "pause")  # refused: the state stays
    stack.start("RewardAblation", ablation, spec)
    stack.until("the ablation to attach to the warm start", lambda: "warm-start" in stages(stack, ablation, "RUNNING"))
    listed = stack.tctl("workflow", "list", "--query", f'SightlineExperiment="{experiment}"')
    check(ablation in listed and warm_start in listed, f"list does not show both: {listed}")
    check("RewardAblation" in stack.tctl("workflow", "list", "--open"), "list --open does not show the ablation")
    shown = stack.tctl("workflow", "show", "--workflow_id", warm_start)
    check("WorkflowExecutionSignaled" in shown, "show does not tell of the signals")
    paused_at = stack.progress(warm_start)["done"]
    time.sleep(5)
    check(stack.progress(warm_start)["done"] == paused_at, "a paused run goes on")
    stack.signal(warm_start, "resume")
    stack.until("the warm start's end", lambda: stack.status(warm_start) == "Completed")
    tell(f"pause, list, show and resume: the warm start stood still at step {paused_at}, then ended")

    # From its second round back to its first, by the line that `sightline reset --dry-run` prints for tctl; paused
    # there, so that steps are certainly behind.
    stack.until("the last arm's run", lambda: stack.status(last) == "Running")
    stack.signal(last, "pause")  # so that it is certainly open when the ablation is cancelled
    paused_at = pause_in_round(stack, arm, 1)
    line = shlex.split(json.loads(stack.asked("reset", arm, "--round", "0", "--dry-run", "--json"))["tctl"])
    stack.tctl(*line[1:])
    check(stack.progress(arm).get("state") != "PAUSED", "the reset run kept the signals that were given since")
    stack.until("the run to go on after its reset", lambda: stack.progress(arm).get("done", 0) > 0)
    stack.reset(ablation, "FirstWorkflowTask")
    # What it did not come to again it would not end either.
    stack.until("the ablation to attach again", lambda: state_of(stack, ablation, last) == "RUNNING")
    tell(f"reset: of a run from step {paused_at} to round 0, and of the ablation, while both were open")

    check(stack.progress(last).get("state") == "PAUSED", "the last arm's run did not stay paused")
    stack.tctl("workflow", "cancel", "--workflow_id", ablation)
    stack.until("the cancelled ablation's end", lambda: stack.status(ablation) == "Canceled")
    stack.until("the end of what it drove", lambda: stack.status(last) != "Running")
    check(stack.status(last) != "Completed", "the cancelled ablation's open run went on to its end")
    tell(f"cancel: the ablation is Canceled, the run that it had open {stack.status(last)}")

    stack.start("RewardAblation", ablation, spec)
    stack.until("the ablation's end", lambda: stack.status(ablation) == "Completed")
    tell("started again: Completed")
    stack.launcher("report", experiment, "--out", str(stack.home / "reports" / experiment), seconds=ASK_S)


def pause_in_round(stack: Stack, run: str, wanted: int) -> int:
    """Pause a run in a round or later, by as many pauses as that takes; return its steps so far."""
    last = 0
    while True:
        stack.until(f"a step of {run}", lambda behind=last: stack.progress(run).get("done", 0) > behind)
        stack.signal(run, "pause")
        stack.until_state(run, "PAUSED")
        found = stack.progress(run)
        last = found["done"]
        if found["round"] >= wanted:
            return last
        stack.signal(run, "resume")


def state_of(stack: Stack, ablation: str, run: str) -> str:
    """The state of the stage that is a run, as its ablation has it."""
    target = "train/" + run.split("/", 2)[2]
    return {line["target"]: line["state"] for line in stack.progress(ablation).get("stages", [])}.get(target, "")


def stages(stack: Stack, ablation: str, state: str) -> list[str]:
    """The stages in a state, by the first part of their path."""
    found = stack.progress(ablation).get("stages", [])
    return [line["target"].partition("/")[0] for line in found if line["state"] == state]


def run_undisturbed(folder: Path, file: Path, limit: float) -> None:
    """Run the experiment by the command line alone."""
    Home(folder).fresh().launcher("quickstart", "--file", str(file), "--exit", seconds=limit)


def main() -> None:
    parser = argparse.ArgumentParser(prog="operate-by-tctl", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--tctl", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, default=EXPERIMENT, help="experiment (default: chaos.yaml)")
    parser.add_argument("--reference", type=Path, metavar="HOME", help="home of an earlier undisturbed run of the file")
    parser.add_argument("--homes", type=Path, help="folder for the homes (default: a temporary one)")
    parser.add_argument("--limit", type=float, default=900, metavar="S", help="longest wait for one thing")
    options = parser.parse_args()
    folder = options.homes or Path(tempfile.mkdtemp(prefix="sightline-tctl."))
    folder.mkdir(parents=True, exist_ok=True)
    stack = Stack(folder / "tctl", options.tctl, options.limit).fresh()
    began = time.monotonic()
    try:
        undisturbed = options.reference or folder / "undisturbed"
        if options.reference is None:
            run_undisturbed(undisturbed, options.file, options.limit)
        expected = without_branch_names(evidence.results(undisturbed))
        answer = subprocess.run(
            [str(LAUNCHER), "plan", str(options.file), "--json"], capture_output=True, text=True, env=environment(),
            timeout=START_S, check=True,
        )  # fmt: skip
        plan = json.loads(answer.stdout)
        stack.launcher("up", seconds=START_S)
        print(f"{plan['experiment']} by tctl alone:", flush=True)
        operate(stack, plan)
        stack.launcher("down", seconds=STOP_S)
        found = without_branch_names(evidence.results(stack.home))
        check(found == expected, "results differ from those of the undisturbed run")
        rows = evidence.tables(stack.home)
        compare_states(rows, evidence.tables(undisturbed))
        same = evidence.compare_journal(stack.home, rows)
        # The cancelled run began its round again, which is one more branch.
        reset = check_branch(Wish(plan["spec"]["arms"][0]["name"], 0), rows, last=2)
    except (RuntimeError, ValueError, OSError, subprocess.SubprocessError) as failure:
        print(f"FAILED: {failure}\nThe home is {stack.home}", file=sys.stderr)
        sys.exit(1)
    finally:
        processes.kill_everything([], stack.home)
    print(f"results {evidence.digest(found)[:12]} equal to the undisturbed run's; {same}; {reset}")
    print(f"tctl did all of it in {time.monotonic() - began:.0f} s")
    if options.homes is None:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
