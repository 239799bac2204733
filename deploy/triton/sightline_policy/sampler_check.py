"""How far the sampler's log-probs are from a teacher-forced pass over the same tokens."""

from __future__ import annotations

from typing import Any

import torch

from .passes import score_completions
from .payloads import RolloutRequest
from .policy_model import PolicyModel
from .progress import Progress
from .rollout import Sample

QUANTILES = (0.5, 0.9, 0.99, 1.0)
_ROWS_AT_ONCE = 64


@torch.no_grad()
def mismatch(model: PolicyModel, request: RolloutRequest, samples: list[Sample], progress: Progress) -> dict[str, Any]:
    """Score as many completions as the request says, spread evenly over all, again; return quantiles over their tokens
    of the absolute difference of log-probs. The last quantile is the largest difference."""
    count = min(request.check, len(samples))
    chosen = [samples[index * len(samples) // count] for index in range(count)]
    # Greedy tokens carry the log-probs of temperature 1.
    temperature = request.temperature or 1.0
    differences = []
    for start in range(0, count, _ROWS_AT_ONCE):
        progress("check", start, count)
        rows = chosen[start : start + _ROWS_AT_ONCE]
        shown = sorted({row.prompt for row in rows})
        prompts = [model.encoder.encode(request.prompts[index]) for index in shown]
        places = {prompt: place for place, prompt in enumerate(shown)}
        scored = score_completions(model, prompts, [(places[row.prompt], row.tokens) for row in rows], temperature)
        sampled = torch.tensor([value for row in rows for value in row.log_probs], device=model.device)
        differences.append((scored.log_probs[scored.mask] - sampled).abs().double().cpu())
    found = torch.cat(differences).sort().values
    # The smallest value that a share of the tokens does not exceed; no interpolation.
    places = [max(0, -(-round(share * 100) * len(found) // 100) - 1) for share in QUANTILES]
    return {
        "completions": count,
        "tokens": len(found),
        "quantiles": {f"{share:g}": float(found[place]) for share, place in zip(QUANTILES, places, strict=True)},
    }
