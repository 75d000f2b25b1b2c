#!/usr/bin/env python3
"""Computes golden values for Tests/EvaluationTests with scikit-learn, SciPy and statsmodels: identification,
classification, tests of differences and calibration, on random cases with fixed seeds.

    python3 -m venv /tmp/golden
    /tmp/golden/bin/pip install scikit-learn==1.9.1 scipy==1.17.1 statsmodels==0.15.0
    /tmp/golden/bin/python scripts/golden/protocols_golden.py Tests/EvaluationTests/Golden

The numbers are random; they do not come from photographs.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import optimize, special, stats
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.meta_analysis import combine_effects

PROVENANCE = {
    "script": "scripts/golden/protocols_golden.py",
    "scikit-learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "statsmodels": statsmodels.__version__,
    "numpy": np.__version__,
}
NAMES = [
    "yaw", "pitch", "roll", "darkest", "brightest", "contrast", "illuminationDifference", "underexposed",
    "overexposed", "logSharpness", "logSize", "confidence", "masked", "bothMasked",
]


def single(values):
    """Rounds to single precision, like similarities."""
    return np.asarray(values, np.float32).astype(np.float64)


def identification(seed, decimals):
    """Returns searches of 12 people. A fifth of the probes shows strangers."""
    rng = np.random.default_rng(seed)
    people, probes = 12, 240
    subjects = np.where(rng.random(probes) < 0.2, -1, rng.integers(0, people, probes))
    similarity = rng.normal(0.2, 0.15, (probes, people))
    rows = np.flatnonzero(subjects >= 0)
    similarity[rows, subjects[rows]] += rng.normal(0.25, 0.15, len(rows))
    similarity = single(np.round(np.clip(similarity, -1, 1), decimals))
    # People with an equal similarity come first.
    ranks = [int(stats.rankdata(-similarity[r], method="max")[subjects[r]]) for r in rows]
    cmc = [float(np.mean([rank <= k for rank in ranks])) for k in range(1, people + 1)]
    if decimals > 6:
        for k in range(1, people):
            top = metrics.top_k_accuracy_score(subjects[rows], similarity[rows], k=k, labels=np.arange(people))
            assert abs(top - cmc[k - 1]) < 1e-12
    strangers = similarity[subjects < 0].max(axis=1)
    points = []
    for limit in (1, 3):
        mates = np.where(np.array(ranks) <= limit, similarity[rows, subjects[rows]], -2.0)
        truth = np.concatenate([np.ones(len(mates)), np.zeros(len(strangers))])
        scores = np.concatenate([mates, strangers])
        fpir, found, thresholds = metrics.roc_curve(truth, scores, drop_intermediate=False)
        for rate in (0.1, 0.25, 0.5):
            allowed = (fpir <= rate) & (thresholds > -2)
            points.append({"rank": limit, "fpir": rate, "fnir": float(1 - found[allowed].max())})
    return {
        "people": [f"p{p}" for p in range(people)],
        "subjects": [f"p{s}" if s >= 0 else f"stranger{i}" for i, s in enumerate(subjects)],
        "similarities": similarity.tolist(), "ranks": ranks, "cmc": cmc, "points": points,
    }


def classification(seed, classes, samples, decimals):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, samples)
    scores = rng.normal(0, 1, (samples, classes))
    scores[np.arange(samples), truth] += 1
    scores = single(np.round(scores, decimals))
    predicted = scores.argmax(axis=1)
    labels = np.arange(classes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        precision, recall, f1, _ = metrics.precision_recall_fscore_support(
            truth, predicted, labels=labels, average="macro", zero_division=0)
    binary = metrics.multilabel_confusion_matrix(truth, predicted, labels=labels).astype(float)
    tn, fp, fn, tp = binary[:, 0, 0], binary[:, 0, 1], binary[:, 1, 0], binary[:, 1, 1]
    areas = [metrics.roc_auc_score(truth == c, scores[:, c]) for c in labels if 0 < (truth == c).sum() < samples]
    return {
        "classes": [f"c{c}" for c in labels], "truth": truth.tolist(), "scores": scores.tolist(),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=labels).tolist(),
        "accuracy": float(metrics.accuracy_score(truth, predicted)),
        "precision": float(precision), "recall": float(recall), "f1": float(f1),
        "specificity": float(np.mean(tn / (tn + fp))), "falsePositiveRate": float(np.mean(fp / (tn + fp))),
        "falseNegativeRate": float(np.mean(np.where(tp + fn > 0, fn / np.maximum(tp + fn, 1), 0))),
        "negativePredictiveValue": float(np.mean(tn / (tn + fn))),
        "areaUnderCurve": float(np.mean(areas)),
        "matthews": float(metrics.matthews_corrcoef(truth, predicted)),
        "microSpecificity": float(tn.sum() / (tn.sum() + fp.sum())),
        "microF1": float(metrics.f1_score(truth, predicted, average="micro")),
    }


def softmax(seed, classes, samples, dimension, ridge):
    """Fits multinomial logistic regression with a ridge: classes of different sizes, an intercept without a ridge."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), rng.integers(0, rng.integers(1, classes + 1, samples - classes))])
    means = rng.normal(0, 1, (classes, dimension))
    inputs = np.array(single(means[labels] + rng.normal(0, 1, (samples, dimension))))
    probes = np.array(single(rng.normal(0, 1.5, (20, dimension))))
    model = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(inputs, labels)
    scores = probes @ model.coef_.T + model.intercept_
    return {
        "classes": classes, "ridge": ridge, "labels": labels.tolist(), "inputs": inputs.tolist(),
        "probes": probes.tolist(), "logProbabilities": special.log_softmax(scores, axis=1).tolist(),
    }


def binary(seed):
    rng = np.random.default_rng(seed)
    tp, fp, tn, fn = (int(n) for n in rng.integers(1, 5000, 4))
    truth = np.repeat([1, 0, 0, 1], [tp, fp, tn, fn])
    taken = np.repeat([1, 1, 0, 0], [tp, fp, tn, fn])
    return {
        "counts": [tp, fp, tn, fn],
        "accuracy": float(metrics.accuracy_score(truth, taken)),
        "precision": float(metrics.precision_score(truth, taken)),
        "recall": float(metrics.recall_score(truth, taken)),
        "specificity": float(metrics.recall_score(truth, taken, pos_label=0)),
        "negativePredictiveValue": float(metrics.precision_score(truth, taken, pos_label=0)),
        "f1": float(metrics.f1_score(truth, taken)),
        "matthews": float(metrics.matthews_corrcoef(truth, taken)),
    }


def difference(b, c):
    exact = float(mcnemar([[0, b], [c, 0]], exact=True).pvalue)
    fewer, coin = min(b, c), stats.binom(b + c, 0.5)
    return {
        "onlyFirst": b, "onlySecond": c, "exact": min(1.0, exact),
        "mid": float(min(1, 2 * coin.cdf(fewer) - coin.pmf(fewer))),
    }


def summary(seed, count):
    rng = np.random.default_rng(seed)
    values = rng.normal(0.9, 0.05, count)
    deviation = float(np.std(values, ddof=1))
    low, high = stats.t.interval(0.95, count - 1, loc=values.mean(), scale=deviation / np.sqrt(count))
    return {
        "values": values.tolist(), "best": float(values.max()), "worst": float(values.min()),
        "mean": float(values.mean()), "median": float(np.median(values)), "deviation": deviation,
        "low": float(low), "high": float(high),
    }


def heterogeneity(seed, count):
    rng = np.random.default_rng(seed)
    effects, variances = rng.normal(0.1, 0.3, count), rng.uniform(0.005, 0.1, count)
    return {
        "effects": effects.tolist(), "variances": variances.tolist(),
        "between": float(max(0, combine_effects(effects, variances, method_re="dl").tau2)),
    }


def protocols():
    grid = [1e-300, 1e-100, 1e-20, 1e-6, 0.001, 0.02, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999, 1 - 1e-9]
    return {
        "provenance": PROVENANCE,
        "identification": [identification(s, d) for s, d in ((1, 9), (2, 9), (3, 1), (4, 2))],
        "classification": [
            classification(s, c, n, d) for s, c, n, d in ((1, 3, 80, 9), (2, 7, 200, 9), (3, 5, 60, 0), (4, 2, 90, 1))],
        "softmax": [softmax(*c) for c in ((1, 3, 60, 4, 1.0), (2, 7, 150, 5, 0.05), (3, 6, 40, 9, 10.0))],
        "binary": [binary(s) for s in range(8)],
        "mcNemar": [difference(*p) for p in ((0, 0), (1, 0), (5, 5), (10, 3), (3, 10), (25, 60), (480, 520), (0, 40))],
        "summaries": [summary(s, n) for s, n in ((1, 2), (2, 5), (3, 10), (4, 50))],
        "heterogeneity": [heterogeneity(s, n) for s, n in ((1, 2), (2, 5), (3, 12), (4, 30))],
        "normal": [{"probability": p, "quantile": float(stats.norm.ppf(p))} for p in grid],
    }


def platt(similarity, mated):
    """Minimizes Platt's cost until its gradient is 0."""
    positive, negative = mated.sum(), (~mated).sum()
    target = np.where(mated, (positive + 1) / (positive + 2), 1 / (negative + 2))
    inputs = np.column_stack([np.ones_like(similarity), similarity])

    def gradient(w):
        return inputs.T @ (special.expit(inputs @ w) - target)

    def curvature(w):
        p = special.expit(inputs @ w)
        return (inputs * (p * (1 - p))[:, None]).T @ inputs

    start = optimize.minimize(
        lambda w: float(np.sum(np.logaddexp(0, inputs @ w) - target * (inputs @ w))), np.zeros(2), jac=gradient,
        hess=curvature, method="trust-exact", options={"gtol": 1e-10}).x
    found = optimize.root(gradient, start, jac=curvature, tol=1e-15).x
    return float(found[1]), float(found[0])


def logistic(inputs, mated, strength):
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(inputs, mated)
    return float(model.intercept_[0]), model.coef_[0].tolist()


def beta(similarity, mated):
    """Follows Kull, Silva Filho and Flach: terms that would make the function decrease are left out."""
    u = np.clip((1 + similarity) / 2, 1e-6, 1 - 1e-6)
    inputs = np.column_stack([np.log(u), -np.log(1 - u)])
    c, (a, b) = logistic(inputs, mated, np.inf)
    if a < 0:
        c, (b,) = logistic(inputs[:, 1:], mated, np.inf)
        a = 0.0
    elif b < 0:
        c, (a,) = logistic(inputs[:, :1], mated, np.inf)
        b = 0.0
    return {"a": a, "b": b, "c": c}


def conditions(rng, count):
    rows = np.column_stack([
        rng.uniform(0, 40, count), rng.uniform(0, 30, count), rng.uniform(0, 20, count), rng.uniform(0.1, 0.5, count),
        rng.uniform(0.3, 0.8, count), rng.uniform(0.05, 0.3, count), rng.uniform(0, 0.5, count),
        rng.uniform(0, 0.4, count), rng.uniform(0, 0.4, count), rng.uniform(1, 4, count), rng.uniform(3, 6, count),
        rng.uniform(0.6, 1, count), rng.random(count), np.zeros(count)])
    return np.round(rows, 3)


def quality(probability, mated, bins):
    def error(place):
        total = 0.0
        for bin in np.unique(place):
            inside = place == bin
            total += inside.mean() * abs(probability[inside].mean() - mated[inside].mean())
        return float(total)

    count = len(probability)
    ranked = np.sort(probability)
    edges = np.array([ranked[k * count // bins - 1] for k in range(1, bins)])
    return {
        "bins": bins,
        "equalWidth": error(np.minimum((probability * bins).astype(int), bins - 1)),
        "equalMass": error(np.searchsorted(edges, probability, side="left")),
        "brier": float(metrics.brier_score_loss(mated, probability)),
        "logLoss": float(metrics.log_loss(mated, probability)),
    }


def ratio_cost(ratio, mated):
    def cost(llr):
        with np.errstate(over="ignore"):
            own = np.logaddexp(0, -llr[mated]).mean()
            others = np.logaddexp(0, llr[~mated]).mean()
        return float((own + others) / 2 / np.log(2))

    best = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(ratio, mated).predict(ratio)
    with np.errstate(divide="ignore"):
        llr = np.log(best) - np.log1p(-best) - special.logit(mated.mean())
    return {"cllr": cost(ratio), "minCllr": cost(llr)}


def calibration(seed, mated_count, impostor_count, spread, decimals):
    rng = np.random.default_rng(seed)
    mated = np.concatenate([np.ones(mated_count, bool), np.zeros(impostor_count, bool)])
    if spread is None:  # both terms of beta calibration then increase
        raw = np.where(mated, rng.beta(4, 1.5, len(mated)), rng.beta(1.5, 4, len(mated))) * 2 - 1
    else:
        raw = np.where(mated, rng.normal(0.5, spread, len(mated)), rng.normal(0.1, 0.12, len(mated)))
    similarity = single(np.round(np.clip(raw, -1, 1), decimals))
    rows = conditions(rng, len(mated))
    scaler = StandardScaler().fit(rows)
    x = scaler.transform(rows)
    intercept, weights = logistic(np.column_stack([similarity, x, x * similarity[:, None]]), mated, 1.0)
    slope, offset = platt(similarity, mated)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(similarity, mated)
    probes = single(np.linspace(-0.4, 1, 57))
    said = special.expit(slope * similarity + offset)
    return {
        "similarities": similarity.tolist(), "mated": mated.tolist(),
        "conditions": [dict(zip(NAMES, row), traits=[]) for row in rows.tolist()],
        "platt": {"slope": slope, "intercept": offset},
        "beta": beta(similarity, mated),
        "isotonic": {"probes": probes.tolist(), "probabilities": isotonic.predict(probes).tolist()},
        "contextual": {"intercept": intercept, "weights": weights},
        "quality": [quality(said, mated, bins) for bins in (1, 10, 15)]
        + [quality(isotonic.predict(similarity), mated, 15)],
        "cost": ratio_cost(slope * similarity + offset - special.logit(mated.mean()), mated),
    }


def main():
    folder = pathlib.Path(sys.argv[1])
    cases = [
        calibration(*case) for case in ((1, 100, 150, 0.18, 9), (2, 60, 140, 0.25, 2), (3, 150, 150, None, 9))]
    for name, content in (("protocols", protocols()), ("calibration", {"provenance": PROVENANCE, "cases": cases})):
        (folder / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
