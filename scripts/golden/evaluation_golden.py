#!/usr/bin/env python3
"""Computes golden values for Tests/EvaluationTests with scikit-learn and SciPy.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn==1.9.1 scipy==1.17.1 mpmath==1.4.1
    /tmp/golden/bin/python scripts/golden/evaluation_golden.py Tests/EvaluationTests/Golden

The comparisons are random numbers with fixed seeds; they do not come from photographs.
"""
import json
import pathlib
import sys

import mpmath
import numpy as np
import scipy
import sklearn
from scipy.optimize import brentq
from scipy.special import betainc
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score, roc_curve

PROVENANCE = {
    "script": "scripts/golden/evaluation_golden.py",
    "scikit-learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "numpy": np.__version__,
    "mpmath": mpmath.__version__,
}
FAILED = -2.0  # below every cosine, because scikit-learn has no failures
RATES = [0.3, 0.29, 0.1, 0.02, 0.01]


def draw(seed, mated, impostors, decimals=None, failed=0.0):
    """Returns comparisons in ten folds, in a shuffled order."""
    rng = np.random.default_rng(seed)
    positive, negative = mated(rng), impostors(rng)
    similarity = np.concatenate([positive, negative])
    same = np.concatenate([np.ones(len(positive), bool), np.zeros(len(negative), bool)])
    if decimals is not None:
        similarity = np.round(similarity, decimals)
    similarity = np.clip(similarity, -1, 1).astype(np.float32).astype(np.float64)
    similarity[rng.random(len(similarity)) < failed] = FAILED
    fold = np.concatenate([np.arange(same.sum()) % 10, np.arange((~same).sum()) % 10])
    order = rng.permutation(len(same))
    return similarity[order], same[order], fold[order]


def normal(mean, deviation, count):
    return lambda rng: rng.normal(mean, deviation, count)


def constant(value, count):
    return lambda rng: np.full(count, value)


CASES = {
    "usual": draw(1, normal(0.55, 0.15, 300), normal(0.10, 0.12, 300)),
    "ties": draw(2, normal(0.50, 0.20, 150), normal(0.20, 0.20, 250), decimals=1),
    "failures": draw(3, normal(0.50, 0.15, 200), normal(0.15, 0.15, 200), decimals=2, failed=0.08),
    "mostlyFailed": draw(4, normal(0.50, 0.15, 100), normal(0.15, 0.15, 100), failed=0.7),
    "useless": draw(5, normal(0.30, 0.20, 120), normal(0.30, 0.20, 180)),
    "separated": draw(6, normal(0.80, 0.02, 50), normal(0.10, 0.02, 50)),
    "equal": draw(7, constant(0.25, 60), constant(0.25, 40)),
    "reversed": draw(8, normal(0.20, 0.10, 80), normal(0.40, 0.10, 80)),
}


def equal_error_rate(fpr, fnr):
    """Returns the intersection of the polyline of the operating points with the diagonal, found segment by segment."""
    for i in range(1, len(fpr)):
        before, after = fnr[i - 1] - fpr[i - 1], fnr[i] - fpr[i]
        if after <= 0:
            share = lambda t: (1 - t) * before + t * after
            t = brentq(share, 0, 1, xtol=1e-15) if after < 0 else 1.0
            return fpr[i - 1] + t * (fpr[i] - fpr[i - 1])
    raise AssertionError("the curve ends at (1, 0)")


def best_threshold(similarity, same):
    """Tries every interval between adjacent similarities. Prefers the widest of the best ones, then the lowest."""
    values = np.unique(similarity[similarity > FAILED])
    correct = lambda t: int(((similarity >= t) == same).sum())
    # Bounds (low, high]: all thresholds in it make the same decisions.
    bounds = [(-np.inf, values[0])] + list(zip(values[:-1], values[1:])) + [(values[-1], np.inf)]
    scores = [correct(high) for _, high in bounds]
    runs = []
    for (low, high), score in zip(bounds, scores):
        if runs and runs[-1][2] == score:
            runs[-1] = (runs[-1][0], high, score)
        else:
            runs.append((low, high, score))
    if len(runs) == 1:
        return 0.0
    best = max(score for _, _, score in runs)
    width = lambda run: run[1] - run[0] if np.isfinite(run[1] - run[0]) else 0
    candidates = [run for run in runs if run[2] == best]
    low, high, _ = max(candidates, key=width)
    if np.isinf(low):
        return float(high)
    if np.isinf(high):
        return float(np.nextafter(np.float32(low), np.float32(np.inf)))
    return float(np.float32((low + high) / 2))


def expectation(similarity, same, fold):
    fpr, tpr, thresholds = roc_curve(same, similarity, drop_intermediate=False)
    accuracies, cuts = [], []
    for f in range(10):
        cut = best_threshold(similarity[fold != f], same[fold != f])
        cuts.append(cut)
        accuracies.append(float(((similarity[fold == f] >= cut) == same[fold == f]).mean()))
    reachable = thresholds > FAILED  # a failed comparison never matches
    return {
        "auc": float(roc_auc_score(same, similarity)),
        "eer": float(equal_error_rate(fpr, 1 - tpr)),
        "roc": {
            "threshold": thresholds[reachable][1:].tolist(),
            "falseMatchRate": fpr[reachable][1:].tolist(),
            "trueMatchRate": tpr[reachable][1:].tolist(),
        },
        "tar": [
            {"fmr": rate, "value": float(max(tpr[reachable & (fpr <= rate)]))} for rate in RATES
        ],
        "accuracy": {
            "mean": float(np.mean(accuracies)),
            "standardError": float(np.std(accuracies, ddof=1) / np.sqrt(10)),
            "folds": accuracies,
            "thresholds": cuts,
        },
    }


def curves():
    cases = {}
    for name, (similarity, same, fold) in CASES.items():
        cases[name] = {
            "similarities": [None if s == FAILED else s for s in similarity.tolist()],
            "mated": same.tolist(),
            "folds": fold.tolist(),
            "expected": expectation(similarity, same, fold),
        }
    return {"provenance": PROVENANCE, "cases": cases}


def exact_incomplete_beta(a, b, x):
    with mpmath.workdps(60):
        return mpmath.betainc(a, b, 0, x, regularized=True)


def at_most(successes, trials, rate):
    """Returns the probability of at most this many successes, as a sum of terms; exact for few successes."""
    odds, term = rate / (1 - rate), (1 - rate) ** trials
    total = term
    for i in range(successes):
        term *= odds * (trials - i) / (i + 1)
        total += term
    return total


def solved(chance, tail, start):
    """Returns the rate at which `chance` is `tail`."""
    gap = lambda rate: mpmath.log(chance(rate) / tail)
    near = mpmath.mpf(start)
    return mpmath.findroot(gap, (near, near * (1 + mpmath.mpf(1) / 10**6)), tol=1e-30)


def clopper_pearson(successes, trials, level):
    """Refines the interval of SciPy's binomtest, whose error of 2e-12 is large for a small rate. The quantile of SciPy's beta
    distribution lies outside the interval for 269,999,000 of 270,000,000."""
    rough = binomtest(successes, trials).proportion_ci(level, method="exact")
    if successes > trials - successes:
        low, high = clopper_pearson(trials - successes, trials, level)
        low, high = 1 - high, 1 - low
    else:
        with mpmath.workdps(50):
            tail = (1 - mpmath.mpf(level)) / 2
            high = solved(lambda rate: at_most(successes, trials, rate), tail, rough.high)
            low = mpmath.mpf(0) if successes == 0 else solved(
                lambda rate: 1 - at_most(successes - 1, trials, rate), tail, rough.low)
    assert abs(low - rough.low) < 1e-9 and abs(high - rough.high) < 1e-9, (successes, trials, level)
    return low, high


def beta():
    values = []
    for a in (0.5, 1, 2.5, 30, 2970, 60_000):
        for b in (0.5, 1, 7, 31, 3000, 1_000_000):
            middle = a / (a + b)
            spread = (middle * (1 - middle) / (a + b + 1)) ** 0.5
            around = [min(max(middle + s * spread, 1e-6), 1 - 1e-6) for s in (-6, -2, 0, 1, 4)]
            for x in sorted({0.001, 0.5, 0.97, *around}):
                value = float(betainc(a, b, x))
                if a + b < 4000:
                    exact = float(exact_incomplete_beta(a, b, mpmath.mpf(x)))
                    assert abs(value - exact) <= 1e-12 * max(exact, 1e-280) + 1e-300, (a, b, x, value, exact)
                values.append({"a": a, "b": b, "x": float(x), "value": value})
    intervals = []
    for successes, trials in (
        (0, 1), (1, 1), (0, 10), (10, 10), (1, 10), (5, 10), (0, 3000), (3, 3000), (2987, 3000), (3000, 3000),
        (1500, 3000), (30, 300_000), (27, 270_000_000), (269_999_000, 270_000_000),
    ):
        for level in (0.9, 0.95, 0.99):
            with mpmath.workdps(50):
                low, high = clopper_pearson(successes, trials, level)
            intervals.append(
                {"successes": successes, "trials": trials, "level": level, "low": float(low), "high": float(high)})
    return {"provenance": PROVENANCE, "incompleteBeta": values, "clopperPearson": intervals}


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, content in (("curves", curves()), ("binomial", beta())):
        (folder / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
