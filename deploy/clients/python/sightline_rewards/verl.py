"""Reward functions for verl: `compute_score` for one completion, `compute_scores` for its batch reward manager.

    custom_reward_function.path=.../sightline_rewards/verl.py custom_reward_function.name=compute_score
    +custom_reward_function.reward_kwargs.design=mixture

The ground truth is the right answer, or an object (or its JSON) with the item's fields; extra_info may hold them too.
"""

from collections.abc import Sequence
from typing import Any

from sightline_rewards.client import Client, default_client
from sightline_rewards.items import ground_truth_item


def compute_score(
    data_source: Any,
    solution_str: str,
    ground_truth: Any,
    extra_info: Any = None,
    *,
    design: str,
    url: str | None = None,
    client: Client | None = None,
    **_: Any,
) -> dict[str, Any]:
    """`score` is what is optimised; the other entries are metrics."""
    return compute_scores(
        [data_source], [solution_str], [ground_truth], [extra_info], design=design, url=url, client=client
    )[0]


def compute_scores(
    data_sources: Sequence[Any],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Any],
    extra_infos: Sequence[Any] | None = None,
    *,
    design: str,
    url: str | None = None,
    client: Client | None = None,
    **_: Any,
) -> list[dict[str, Any]]:
    """The same for a batch, in one request."""
    extras = [None] * len(solution_strs) if extra_infos is None else extra_infos
    items = [
        {**ground_truth_item(truth, extra), "id": str(index), "completion": text}
        for index, (text, truth, extra) in enumerate(zip(solution_strs, ground_truths, extras, strict=True))
    ]
    results = (client or default_client(url)).score(design, items)
    return [{"score": float(result["total"]), "acc": float(result["A"]), **terms(result)} for result in results]


def terms(result: dict[str, Any]) -> dict[str, float]:
    """Raw values of the terms that apply, as `term/NAME`."""
    return {f"term/{name}": float(term["raw"]) for name, term in result["terms"].items() if term["raw"] is not None}
