"""The reward function for EasyR1 with `reward_type: batch`.

    worker.reward.reward_function=.../sightline_rewards/easyr1.py:compute_score
    worker.reward.reward_function_kwargs={"design": "mixture"}

The ground truth (the data set's answer column) is the right answer, or JSON with the item's fields.
"""

from collections.abc import Sequence
from typing import Any

from sightline_rewards.client import Client, default_client
from sightline_rewards.items import ground_truth_item
from sightline_rewards.verl import terms

REWARD_NAME = "sightline"
REWARD_TYPE = "batch"


def compute_score(
    reward_inputs: Sequence[dict[str, Any]],
    *,
    design: str,
    url: str | None = None,
    client: Client | None = None,
) -> list[dict[str, float]]:
    """`overall` is what is optimised; the other entries are metrics."""
    items = []
    for index, entry in enumerate(reward_inputs):
        item = {**ground_truth_item(entry["ground_truth"]), "id": str(index), "completion": entry["response"]}
        if "response_length" in entry:
            item["tokens"] = int(entry["response_length"])
        items.append(item)
    results = (client or default_client(url)).score(design, items)
    return [{"overall": float(result["total"]), "accuracy": float(result["A"]), **terms(result)} for result in results]
