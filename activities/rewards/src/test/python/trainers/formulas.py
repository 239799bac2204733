"""What TRL 1.16.0 and verl 0.9.1 make of rewards, in formulas of our own with NumPy alone.

Rewards are arrays [group, completion]; several terms stand in a dict name -> (weight, array). All is float64, where
both trainers compute in float32. live.py holds these functions against the trainers' own code.
"""

import numpy as np

TRL = {"version": "1.16.0", "ddof": 1, "epsilon": 1e-4, "where": "trl.GRPOTrainer, _generate_and_score_completions"}
VERL = {
    "version": "0.9.1",
    "ddof": 1,
    "epsilon": 1e-6,
    "whiteningEpsilon": 1e-8,
    "where": "verl.trainer.ppo.core_algos, compute_*_outcome_advantage",
}

Terms = dict[str, tuple[float, np.ndarray]]


def total(terms: Terms) -> np.ndarray:
    return sum(weight * values for weight, values in terms.values())


def off_group(values: np.ndarray) -> np.ndarray:
    return values - values.mean(axis=1, keepdims=True)


def group_scaled(values: np.ndarray, epsilon: float) -> np.ndarray:
    return off_group(values) / (values.std(axis=1, ddof=1, keepdims=True) + epsilon)


def term_by_term(terms: Terms, epsilon: float) -> np.ndarray:
    return sum(weight * group_scaled(values, epsilon) for weight, values in terms.values())


def trl_advantages(terms: Terms) -> dict[str, np.ndarray]:
    """By our names. dr-grpo: scale_rewards none; batch-normalised: scale_rewards batch; gdpo: normalize_then_sum."""
    rewards = total(terms)
    summed = term_by_term(terms, TRL["epsilon"])
    return {
        "grpo": group_scaled(rewards, TRL["epsilon"]),
        "dr-grpo": off_group(rewards),
        "batch-normalised": off_group(rewards) / (rewards.std(ddof=1) + TRL["epsilon"]),
        "gdpo": (summed - summed.mean()) / (summed.std(ddof=1) + TRL["epsilon"]),
    }


def verl_advantages(terms: Terms) -> dict[str, np.ndarray]:
    """By our names, for completions of one token: its gdpo weighs every completion by its length."""
    rewards = total(terms)
    size = rewards.shape[1]
    summed = term_by_term(terms, VERL["epsilon"])
    return {
        "grpo": group_scaled(rewards, VERL["epsilon"]),
        "dr-grpo": off_group(rewards),
        "rloo": np.stack([(size * row - row.sum()) / (size - 1) for row in rewards]),
        "gdpo": (summed - summed.mean()) / np.sqrt(summed.var(ddof=1) + VERL["whiteningEpsilon"]),
    }


def verl_deviation(terms: Terms) -> float:
    """Of what verl's gdpo whitens."""
    return float(term_by_term(terms, VERL["epsilon"]).std(ddof=1))
