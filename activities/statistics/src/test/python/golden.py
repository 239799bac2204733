"""Writes golden.json: numbers of scipy 1.17 and of brute force, for the Java tests.

Run, in a virtual environment that has scipy 1.17.1:
    python golden.py > ../resources/dev/sightline/statistics/golden.json
"""

import itertools
import json
import math

import numpy as np
from scipy import stats


def wilson(k: int, n: int, confidence: float) -> dict:
    interval = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
    return {"k": k, "n": n, "confidence": confidence, "low": interval.low, "high": interval.high}


def mcnemar(b: int, c: int) -> dict:
    p = 1.0 if b + c == 0 else stats.binomtest(b, b + c, 0.5).pvalue
    return {"b": b, "c": c, "p": p}


def t_interval(values: list[float], confidence: float) -> dict:
    result = stats.ttest_1samp(values, 0)
    interval = result.confidence_interval(confidence)
    return {
        "values": values,
        "confidence": confidence,
        "low": interval.low,
        "high": interval.high,
        "p": result.pvalue,
    }


def sign_flip(values: list[float]) -> dict:
    result = stats.permutation_test(
        (np.array(values),),
        lambda x, axis: np.mean(x, axis=axis),
        permutation_type="samples",
        n_resamples=np.inf,
        vectorized=True,
    )
    return {"values": values, "p": float(result.pvalue)}


def t_power(effect: float, n: int) -> dict:
    critical = stats.t.ppf(0.975, n - 1)
    shift = effect * math.sqrt(n)
    power = stats.nct.sf(critical, n - 1, shift) + stats.nct.cdf(-critical, n - 1, shift)
    return {"effect": effect, "n": n, "power": float(power)}


def pass_at_k(n: int, c: int, k: int) -> dict:
    """Over all subsets: the share that holds a right sample."""
    subsets = list(itertools.combinations(range(n), k))
    return {
        "n": n,
        "c": c,
        "k": k,
        "value": sum(any(i < c for i in s) for s in subsets) / len(subsets),
    }


P_VALUES = [
    [0.01, 0.04, 0.03, 0.005],
    [0.2, 0.9, 0.0001, 0.04, 0.04, 0.5, 0.012],
    [1.0],
]


def holm(p: list[float]) -> list[float]:
    """By closed testing with Bonferroni on every intersection: the definition, not the shortcut."""
    n = len(p)
    adjusted = []
    for i in range(n):
        worst = 0.0
        for mask in range(1, 1 << n):
            if mask >> i & 1:
                members = [p[j] for j in range(n) if mask >> j & 1]
                worst = max(worst, min(1.0, len(members) * min(members)))
        adjusted.append(worst)
    return adjusted


SEEDS = [[0.012, -0.004, 0.03], [0.05, 0.04, 0.06, 0.055, 0.02], [-0.1, 0.1], [0.3, 0.1, 0.2, 0.0]]

print(
    json.dumps(
        {
            "wilson": [
                wilson(k, n, c)
                for k, n, c in [(0, 10, 0.95), (10, 10, 0.95), (81, 263, 0.95), (15, 148, 0.9),
                                (183, 256, 0.95), (1, 29, 0.99), (128, 256, 0.95)]
            ],
            "mcnemar": [
                mcnemar(b, c)
                for b, c in [(0, 0), (0, 5), (5, 0), (6, 6), (10, 3), (121, 59), (1, 1), (40, 61)]
            ],
            "t": [t_interval(v, c) for v in SEEDS for c in (0.95, 0.9)],
            "signFlip": [sign_flip(v) for v in SEEDS],
            "power": [
                t_power(e, n)
                for e, n in [(0.5, 5), (1.0, 5), (2.0, 3), (4.0, 2), (0.0, 8), (1.3, 10), (3.0, 5)]
            ],
            "passAtK": [pass_at_k(n, c, k) for n, c, k in
                        [(4, 0, 2), (4, 4, 1), (8, 3, 4), (10, 1, 5), (12, 9, 3), (6, 4, 3)]],
            "adjusted": [
                {
                    "p": p,
                    "holm": holm(p),
                    "benjaminiHochberg": list(stats.false_discovery_control(p, method="bh")),
                }
                for p in P_VALUES
            ],
        },
        indent=1,
    )
)
