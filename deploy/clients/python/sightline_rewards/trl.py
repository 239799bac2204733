"""Reward functions for TRL's trainers (GRPOTrainer and its kin).

    GRPOTrainer(model=..., reward_funcs=reward_funcs("mixture"), train_dataset=...)

The data set needs the columns that the design needs: answer and answer_type, and for rewards on what is seen family,
asked and scene, as `sightline dataset export` writes them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sightline_rewards.client import Client, default_client
from sightline_rewards.items import item_of, text_of

RewardFunction = Callable[..., list[float]]


def reward_funcs(design: str, *, client: Client | None = None, url: str | None = None) -> list[RewardFunction]:
    """The design's total as TRL's `reward_funcs`. Terms and D, P, S, A go to TRL's metrics as their means."""
    asked = client or default_client(url)

    def reward(
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids: Sequence[Sequence[int]] | None = None,
        trainer_state: Any = None,
        log_metric: Callable[[str, float], None] | None = None,
        **columns: Any,
    ) -> list[float]:
        """One number a completion."""
        items = []
        for index, completion in enumerate(completions):
            row = {name: values[index] for name, values in columns.items() if _is_column(values, len(completions))}
            item = {"id": str(index), **item_of(row), "completion": text_of(completion)}
            if completion_ids is not None:
                item["tokens"] = len(completion_ids[index])
            if trainer_state is not None:
                item["step"] = int(trainer_state.global_step)
            items.append(item)
        if log_metric is None:
            return asked.rewards(design, items)
        results = asked.score(design, items)
        for name, mean in means(results).items():
            log_metric(f"sightline/{name}", mean)
        return [float(result["total"]) for result in results]

    reward.__name__ = design if design.isidentifier() else "sightline_reward"
    return [reward]


def means(results: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Mean raw value of each term, and of P, S and A, over the completions for which they exist."""
    values: dict[str, list[float]] = {}
    for result in results:
        for name, term in result["terms"].items():
            if term["raw"] is not None:
                values.setdefault(name, []).append(float(term["raw"]))
        for name in ("P", "S", "A"):
            if result[name] is not None:
                values.setdefault(name, []).append(float(result[name]))
    return {name: sum(found) / len(found) for name, found in values.items()}


def _is_column(values: Any, rows: int) -> bool:
    return isinstance(values, list | tuple) and len(values) == rows
