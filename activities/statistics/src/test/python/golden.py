"""Writes what scipy, statsmodels and brute force say about random and about odd cases, for the Java tests.

$(./peers) golden.py > ../resources/dev/sightline/statistics/golden.json   # committed: seed 1
$(./peers) golden.py 2                                                     # LivePeersTest: other cases, at each run
"""

import itertools
import json
import math
import sys

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from statsmodels.formula.api import ols
from statsmodels.stats.contingency_tables import mcnemar as sm_mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint, test_proportions_2indep
from statsmodels.stats.weightstats import DescrStatsW

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 1
rng = np.random.default_rng(SEED)


def proportions() -> list[tuple[int, int, float]]:
    drawn = [
        (int(rng.integers(0, n + 1)), n, float(rng.uniform(0.8, 0.995))) for n in map(int, rng.integers(1, 999, 6))
    ]
    return [(0, 10, 0.95), (10, 10, 0.95), (1, 29, 0.99), (128, 256, 0.95), (140, 900, 0.95), *drawn]


def proportion(k: int, n: int, confidence: float) -> dict:
    wilson = proportion_confint(k, n, 1 - confidence, method="wilson")
    exact = stats.binomtest(k, n).proportion_ci(confidence, method="exact")
    return {
        "k": k,
        "n": n,
        "confidence": confidence,
        "wilson": list(map(float, wilson)),
        "clopperPearson": [exact.low, exact.high],
    }


def mcnemar(b: int, c: int) -> dict:
    p = 1.0 if b + c == 0 else float(sm_mcnemar([[3, b], [c, 5]], exact=True).pvalue)
    return {"b": b, "c": c, "p": min(1.0, p)}


def student(values: list[float], confidence: float) -> dict:
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


def equivalence(values: list[float], delta: float) -> dict:
    p, lower, upper = DescrStatsW(np.array(values)).ttost_mean(-delta, delta)
    return {"values": values, "delta": delta, "p": float(p), "lower": float(lower[1]), "upper": float(upper[1])}


def clustered() -> dict:
    groups = rng.integers(0, 12, 60)
    values = rng.integers(0, 2, 60) + 0.3 * groups
    errors = [
        sm.OLS(values, np.ones(60)).fit(
            cov_type="cluster", cov_kwds={"groups": groups, "use_correction": corrected, "df_correction": True}
        )
        for corrected in (False, True)
    ]
    interval = errors[1].get_robustcov_results("cluster", groups=groups, use_correction=True, use_t=True).conf_int()[0]
    return {
        "clusters": [str(group) for group in groups],
        "values": values.tolist(),
        "mean": float(errors[0].params[0]),
        "cr0": float(errors[0].bse[0]),
        "cr1": float(errors[1].bse[0]),
        "interval": interval.tolist(),
    }


def t_power(effect: float, n: int) -> dict:
    return {"effect": effect, "n": n, "power": float(TTestPower().power(effect, n, 0.05, alternative="two-sided"))}


def t_seeds(deviation: float, difference: float) -> dict:
    n = next(n for n in range(2, 5000) if TTestPower().power(difference / deviation, n, 0.05) >= 0.8)
    return {"deviation": deviation, "difference": difference, "seeds": n}


def mcnemar_power(discordance: float, difference: float, items: int) -> dict:
    """Over all counts of a trinomial: one answer only, the other only, neither."""
    total = 0.0
    first = (discordance + difference) / 2
    second = (discordance - difference) / 2
    for b in range(items + 1):
        c = np.arange(items - b + 1)
        p = np.minimum(1, 2 * stats.binom.cdf(np.minimum(b, c), b + c, 0.5))
        counts = np.stack([np.full_like(c, b), c, items - b - c], axis=1)
        chance = stats.multinomial.pmf(counts, items, [first, second, 1 - discordance])
        total += float(np.sum(chance[p <= 0.05]))
    return {"discordance": discordance, "difference": difference, "items": items, "power": total}


def pass_at_k(n: int, c: int, k: int) -> dict:
    """Over all subsets: the share that holds a right sample."""
    subsets = list(itertools.combinations(range(n), k))
    return {
        "n": n,
        "c": c,
        "k": k,
        "value": sum(any(i < c for i in s) for s in subsets) / len(subsets),
    }


def adjusted(p: list[float]) -> dict:
    return {
        "p": p,
        "holm": multipletests(p, method="holm")[1].tolist(),
        "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist(),
    }


def run_scores(runs: int, tasks: int) -> dict:
    first = np.round(rng.normal(0.5, 0.1, (runs, tasks)), 2)
    second = np.round(rng.normal(0.45, 0.1, (runs + 1, tasks)), 2)
    wins = [stats.mannwhitneyu(first[:, t], second[:, t]).statistic / (runs * (runs + 1)) for t in range(tasks)]
    thresholds = [0.3, 0.45, 0.5, 0.62]
    drawn = [
        stats.trim_mean(np.stack([rng.choice(first[:, t], runs) for t in range(tasks)]), 0.25, axis=None)
        for _ in range(4000)
    ]
    return {
        "first": first.tolist(),
        "second": second.tolist(),
        "interquartileMean": float(stats.trim_mean(first, 0.25, axis=None)),
        "interval": np.quantile(drawn, [0.025, 0.975]).tolist(),
        "improvement": float(np.mean(wins)),
        "thresholds": thresholds,
        "profile": [float(np.mean(first > t)) for t in thresholds],
    }


def crossed(seeds: int, items: int) -> dict:
    """Balanced, so that the two-way analysis of variance is the definition."""
    y = (
        rng.normal(0, 0.05, (seeds, 1))
        + rng.choice([-1.0, 0.0, 1.0], (1, items), p=[0.1, 0.7, 0.2])
        + rng.choice([-1.0, 0.0, 1.0], (seeds, items))
    )
    frame = pd.DataFrame(
        {"y": y.ravel(), "seed": np.repeat(np.arange(seeds), items), "item": np.tile(np.arange(items), seeds)}
    )
    table = sm.stats.anova_lm(ols("y ~ C(seed) + C(item)", frame).fit())
    squares = [float(table["mean_sq"][row]) / (seeds * items) for row in ("C(seed)", "C(item)", "Residual")]
    jackknife = [np.delete(y, s, 0).mean() for s in range(seeds)], [np.delete(y, i, 1).mean() for i in range(items)]
    cubes = power = 0.0
    for left_out in jackknife:
        n = len(left_out)
        u = (n - 1) * (np.mean(left_out) - np.array(left_out)) / n
        cubes += np.sum(u**3)
        power += np.sum(u**2)
    return {
        "values": y.tolist(),
        "seeds": squares[0],
        "clusters": squares[1],
        "interaction": squares[2],
        "acceleration": float(cubes / (6 * power**1.5)),
    }


def one_run(items: int) -> dict:
    values = rng.choice([-1.0, 0.0, 1.0], items, p=[0.05, 0.6, 0.35]) * rng.choice([0.2, 1.0], items)
    bounds = {
        method: stats.bootstrap(
            (values,), np.mean, n_resamples=40_000, confidence_level=0.95, method=method, rng=rng
        ).confidence_interval
        for method in ("percentile", "BCa")
    }
    return {"values": values.tolist(), **{name: [b.low, b.high] for name, b in bounds.items()}}


def unpaired(categories: int) -> dict:
    n = rng.integers(20, 120, (2, categories))
    k = rng.binomial(n, rng.uniform(0.05, 0.9, (2, categories)))
    if categories == 1:
        z = float(
            test_proportions_2indep(*(int(x) for x in (k[0, 0], n[0, 0], k[1, 0], n[1, 0])), method="wald").statistic
        )
    else:
        p = k / n
        z = float((p[0] - p[1]).mean() / math.sqrt((p * (1 - p) / n).sum()) * categories)
    return {"k": k.tolist(), "n": n.tolist(), "z": z, "p": float(2 * stats.norm.sf(abs(z)))}


def bayes_factor(t: float, n: int) -> float:
    """The noncentral t density mixed over effects of variance 4, over the central one: no closed form is used."""
    mixed = integrate.quad(
        lambda d: stats.nct.pdf(t, n - 1, d * math.sqrt(n)) * stats.norm.pdf(d, 0, 2), -12, 12, limit=400, points=[0]
    )[0]
    return mixed / stats.t.pdf(t, n - 1)


def sequence_of_student(n: int) -> dict:
    values = rng.normal(0.1, 0.3, n)
    t = optimize.brentq(lambda t: bayes_factor(t, n) - 20, 0.5, 60, xtol=1e-10)
    half = t * values.std(ddof=1) / math.sqrt(n)
    return {"values": values.tolist(), "alpha": 0.05, "low": values.mean() - half, "high": values.mean() + half}


def sequence_of_bounded(n: int) -> dict:
    """Theorem 2 of Waudby-Smith and Ramdas, written down with whole arrays."""
    raw = rng.choice([-1.0, 0.0, 1.0], n, p=[0.1, 0.6, 0.3])
    x = (raw + 1) / 2
    t = np.arange(1, n + 1)
    mean = (0.5 + np.cumsum(x)) / (t + 1)
    before = np.concatenate([[0.5], mean[:-1]])
    variance = (0.25 + np.cumsum((x - mean) ** 2)) / (t + 1)
    variance_before = np.concatenate([[0.25], variance[:-1]])
    bet = np.minimum(0.5, np.sqrt(2 * np.log(2 / 0.05) / (variance_before * t * np.log(1 + t))))
    psi = (-np.log(1 - bet) - bet) / 4
    half = (np.log(2 / 0.05) + np.cumsum(4 * (x - before) ** 2 * psi)) / np.cumsum(bet)
    center = np.cumsum(bet * x) / np.cumsum(bet)
    low = np.maximum(0, np.maximum.accumulate(center - half))
    high = np.minimum(1, np.minimum.accumulate(center + half))
    return {"values": raw.tolist(), "alpha": 0.05, "low": (2 * low - 1).tolist(), "high": (2 * high - 1).tolist()}


def rank_sum(first: list[int], second: list[int]) -> dict:
    test = stats.mannwhitneyu(first, second, method="asymptotic", use_continuity=True)
    p = float(test.pvalue)
    return {
        "first": first,
        "second": second,
        "larger": float(test.statistic) / (len(first) * len(second)),
        "p": 1.0 if math.isnan(p) else min(1.0, p),
    }


def lengths(n: int, mean: float) -> list[int]:
    """Whole numbers with many ties, as lengths of completions are."""
    return (1 + rng.poisson(mean, n)).tolist()


SEEDS = [
    [0.012, -0.004, 0.03],
    [0.05, 0.04, 0.06, 0.055, 0.02],
    [-0.1, 0.1],
    [0.3, 0.1, 0.2, 0.0],
    rng.normal(0.02, 0.03, 7).tolist(),
]

print(
    json.dumps(
        {
            "proportions": [proportion(*case) for case in proportions()],
            "mcnemar": [
                mcnemar(b, c)
                for b, c in [
                    (0, 0),
                    (0, 5),
                    (5, 0),
                    (6, 6),
                    (10, 3),
                    (121, 59),
                    (1, 1),
                    *rng.integers(0, 70, (4, 2)).tolist(),
                ]
            ],
            "student": [student(v, c) for v in SEEDS for c in (0.95, 0.9)],
            "signFlip": [sign_flip(v) for v in SEEDS],
            "equivalence": [equivalence(v, d) for v in SEEDS for d in (0.02, 0.1)],
            "clustered": [clustered() for _ in range(3)],
            "power": [t_power(e, n) for e, n in [(0.5, 5), (1.0, 5), (2.0, 3), (0.0, 8), (1.3, 10), (3.0, 5)]],
            "seedsNeeded": [t_seeds(sd, d) for sd, d in [(0.01, 0.02), (0.04, 0.0556), (0.02, 0.01)]],
            "itemPower": [mcnemar_power(q, d, n) for q, d, n in [(0.1, 0.05, 100), (0.3, 0.1, 150), (0.2, -0.06, 200)]],
            "passAtK": [
                pass_at_k(n, c, k) for n, c, k in [(4, 0, 2), (4, 4, 1), (8, 3, 4), (10, 1, 5), (12, 9, 3), (6, 4, 3)]
            ],
            "adjusted": [
                adjusted(p)
                for p in ([0.01, 0.04, 0.03, 0.005], [0.2, 0.9, 0.0001, 0.04, 0.04, 0.5], [1.0], rng.random(9).tolist())
            ],
            "runScores": [run_scores(5, 3), run_scores(4, 9)],
            "crossed": [crossed(5, 40), crossed(3, 12)],
            "oneRun": [one_run(60), one_run(200)],
            "unpaired": [unpaired(1), unpaired(9)],
            "studentSequence": [sequence_of_student(n) for n in (4, 8, 20)],
            "boundedSequence": [sequence_of_bounded(300)],
            "rankSum": [
                rank_sum(first, second)
                for first, second in [
                    ([3], [5]),
                    ([4, 4, 4], [4, 4]),
                    ([1, 2, 3, 4], [5, 6, 7]),
                    (lengths(9, 6), lengths(7, 6)),
                    (lengths(120, 20), lengths(90, 23)),
                    (lengths(64, 30), lengths(64, 30)),
                ]
            ],
        },
        indent=None,
    )
)
