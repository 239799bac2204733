"""The arrays that advantages are compared on. All values are multiples of 1/64, which float32 holds exactly."""

import numpy as np
from formulas import Terms


def _drawn(seed: int, groups: int, size: int, spread: list[float]) -> np.ndarray:
    rng = np.random.default_rng(seed)
    scale = np.array([spread[g % len(spread)] for g in range(groups)])[:, None]
    return np.round(64 * scale * rng.random((groups, size))) / 64


def _right(seed: int, groups: int, size: int) -> np.ndarray:
    """Right or wrong; the first group is all wrong, the second all right."""
    values = np.random.default_rng(seed).integers(0, 2, (groups, size)).astype(float)
    values[0], values[1] = 0, 1
    return values


def cases() -> dict[str, Terms]:
    outlier = _right(5, 4, 8)
    outlier[2, 3] = 100
    return {
        "unequal spread, groups of 8": {"reward": (1.0, _drawn(1, 6, 8, [0.25, 1, 16]))},
        "unequal spread, groups of 2": {"reward": (1.0, _drawn(2, 6, 2, [0.25, 1, 16]))},
        "constant groups": {"reward": (1.0, _right(3, 5, 8))},
        "every group constant": {"reward": (1.0, np.repeat([[0.0], [1.0], [0.5]], 4, axis=1))},
        "one outlier": {"reward": (1.0, outlier)},
        "two terms, groups of 8": {"accuracy": (0.75, _right(6, 5, 8)), "format": (0.25, _right(7, 5, 8)[::-1])},
        "three terms, groups of 2": {
            "accuracy": (0.5, _right(8, 6, 2)),
            "facts": (0.5, _drawn(9, 6, 2, [1])),
            "length": (-0.125, _drawn(10, 6, 2, [64])),
        },
    }
