"""What each kind of job does to its run."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import torch

from .canonical import sha256_hex, step_lineage
from .checkpoints import CheckpointStore
from .errors import ErrorType, PolicyError
from .export import export
from .jobs import Job
from .journal import Journal
from .payloads import read_fit, read_rollout, read_score, read_train
from .rollout import roll_out
from .runs import Run
from .sampler_check import mismatch
from .train import StepMetrics, fit_step, grpo_step, score

KINDS = ("rollout", "score", "train", "fit", "checkpoint", "restore", "reset", "export")
NEEDS_PAYLOAD = frozenset({"rollout", "score", "train", "fit"})
NEEDS_LINEAGE = frozenset({"rollout", "train", "fit"})
STEPS = frozenset({"train", "fit"})
JUMPS = frozenset({"restore", "reset"})
PARAMETERS = {"checkpoint": ("name",), "restore": ("checkpoint",), "export": ("directory",)}
# What a parameter is where a request leaves it out.
DEFAULTS = {"export": {"layout": "merged"}}


class Executor:
    """Runs jobs on the job thread. `forget` lets go of a run whose state can no longer be trusted."""

    def __init__(self, journal: Journal, checkpoints: CheckpointStore, forget: Callable[[str], None]) -> None:
        self._journal = journal
        self._checkpoints = checkpoints
        self._forget = forget
        self.counters: Counter[str] = Counter()

    def execute(self, job: Job, run: Run) -> dict[str, Any]:
        run.ranks.agreed(job.progress)("start", 0, 0)
        with run.model.active():
            return self._execute(job, run)

    def _execute(self, job: Job, run: Run) -> dict[str, Any]:
        match job.kind:
            case "rollout":
                return self._rollout(job, run)
            case "score":
                return self._score(job, run)
            case "train" | "fit":
                return self._step(job, run)
            case "checkpoint":
                return self._checkpoint(job, run)
            case "restore" | "reset":
                return self._jump(job, run)
            case "export":
                run.expect(job.expected_lineage)
                with run.ranks.whole(run.model) as model:
                    if not run.ranks.lead:
                        return {}
                    return export(run, model, job.parameters["directory"], job.parameters["layout"])
        raise AssertionError(job.kind)

    def _rollout(self, job: Job, run: Run) -> dict[str, Any]:
        run.expect(job.expected_lineage)
        request = read_rollout(_payload(job))
        part = run.ranks.part(len(request.prompts))
        with run.at_start() if request.at_start else nullcontext(), run.ranks.whole(run.model) as model:
            shares = run.ranks.each(lambda progress: roll_out(model, request, progress, part, job.watch), job.progress)
            samples, prompt_tokens = [row for rows, _ in shares for row in rows], shares[0][1]
            generated = sum(len(sample.tokens) for sample in samples)
            metrics: dict[str, Any] = {"promptTokens": prompt_tokens, "completionTokens": generated}
            if request.check:
                # Every rank does all of it; the first one's word counts.
                checked = run.ranks.each(lambda progress: mismatch(model, request, samples, progress), job.progress)
                metrics["mismatch"] = checked[0]
        self.counters["promptTokens"] += prompt_tokens
        self.counters["sampledTokens"] += generated
        end = run.model.tokenizer.end_of_turn
        return {
            "completions": [
                {
                    "prompt": request.prompts[row.prompt].id,
                    "sample": row.sample,
                    "text": run.model.tokenizer.decode([token for token in row.tokens if token != end]),
                    "tokens": row.tokens,
                    "logProbs": row.log_probs,
                    "finish": row.finish,
                }
                for row in samples
            ],
            "lineage": run.lineage,
            "stateDigest": run.standing.state if request.at_start else run.state_digest,
            "metrics": metrics,
        }

    def _score(self, job: Job, run: Run) -> dict[str, Any]:
        run.expect(job.expected_lineage)
        request = read_score(_payload(job))
        part = run.ranks.part(len(request.completions))
        with run.at_start() if request.at_start else nullcontext(), run.ranks.whole(run.model) as model:
            shares = run.ranks.each(lambda progress: score(model, request, progress, part), job.progress)
        rows = [row for share in shares for row in share]
        names = [request.prompts[completion.prompt].id for completion in request.completions]
        return {"completions": [{"prompt": n, "logProbs": r} for n, r in zip(names, rows, strict=True)]}

    def _step(self, job: Job, run: Run) -> dict[str, Any]:
        data = _payload(job)
        request = read_train(data, run.id) if job.kind == "train" else read_fit(data, run.id)
        batch, parent = sha256_hex(data), job.expected_lineage
        assert parent is not None
        stored = run.stored_step(parent, batch, request.identity)
        if stored is not None:
            return stored
        try:
            metrics, skipped = self._optimize(job, run, request)
        except PolicyError:
            raise
        except BaseException as error:
            run.ranks.abandon(error)
            # An update that broke off half-way leaves neither the old nor the new state.
            if run.digest_now() != run.state_digest:
                self._forget(run.id)
            raise
        after = step_lineage(parent, batch, request.identity)
        digest = run.digest_now()
        result = {
            "lineageBefore": parent,
            "lineage": after,
            "batchDigest": batch,
            "stateDigest": digest,
            "skipped": skipped,
            "metrics": metrics.as_json(request.learning_rate),
        }
        try:
            self._journal.append(
                "step", run.id, kind=job.kind, identity=request.identity, lineageBefore=parent, lineage=after,
                batchDigest=batch, stateDigest=digest, skipped=skipped,
            )  # fmt: skip
        except BaseException:
            self._forget(run.id)
            raise
        run.arrive(after, digest, result, request.identity)
        self.counters["optimizerSteps"] += 1
        self.counters["trainedTokens"] += metrics.tokens
        return result

    @staticmethod
    def _optimize(job: Job, run: Run, request: Any) -> tuple[StepMetrics, bool]:
        step = grpo_step if job.kind == "train" else fit_step
        return step(run.model, run.optimizer, request, run.ranks.agreed(job.progress))

    def _checkpoint(self, job: Job, run: Run) -> dict[str, Any]:
        run.expect(job.expected_lineage)
        run.ranks.agreed(job.progress)("write", 0, 1)
        with run.gathered():
            if not run.ranks.lead:
                return {}
            written = self._checkpoints.write(run, job.progress)
        self._journal.append(
            "checkpoint", run.id, checkpoint=written["checkpoint"], name=job.parameters["name"],
            lineage=run.lineage, stateDigest=run.state_digest,
        )  # fmt: skip
        return written

    def _jump(self, job: Job, run: Run) -> dict[str, Any]:
        try:
            if job.kind == "restore":
                name = job.parameters["checkpoint"]
                if run.ranks.count > 1:
                    # The lead fetches; the others read what it has then.
                    run.ranks.each(lambda progress: self._checkpoints.bring_here(name, progress), job.progress)
                self._checkpoints.restore(run, name, job.progress)
            else:
                run.return_to_base()
            self._journal.append(job.kind, run.id, lineage=run.lineage, stateDigest=run.state_digest)
        except PolicyError:
            raise
        except BaseException:
            self._forget(run.id)
            raise
        return {"lineage": run.lineage, "stateDigest": run.state_digest}


def peak_memory_bytes() -> int:
    """Highest resident memory of this process so far, plus the GPU's where there is one."""
    gpu = torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + gpu


def _payload(job: Job) -> bytes:
    if job.payload is None:
        raise PolicyError(ErrorType.PAYLOAD_MISSING, "The payload is gone; upload it again", digests=[job.input])
    return job.payload
