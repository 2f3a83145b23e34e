"""Writes metrics.json: what scikit-learn's metrics say of true classes or numbers and predictions.

Probabilities are of single precision, as the networks have them.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m


def clean(value):
    """JSON has no NaN."""
    value = np.asarray(value)
    if value.ndim:
        return value.tolist()
    return None if np.isnan(value) else float(value)


def calibration_error(y, p, weights, bins=15):
    """Guo et al. 2017, equation 3; scikit-learn has no such metric."""
    confidence = p.max(axis=1).astype(float)
    right = p.argmax(axis=1) == y
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = index == b
        if chosen.any():
            w = weights[chosen]
            error += w.sum() / weights.sum() * abs(
                np.average(right[chosen], weights=w) - np.average(confidence[chosen], weights=w)
            ) if w.sum() > 0 else 0
    return error


def classification(name, classes, y, p, weights=None):
    """A case of `y` in 0…classes − 1 and probabilities of shape [rows, classes]."""
    y, p = np.asarray(y), np.asarray(p, dtype=np.float32)
    if classes == 2:
        positive = p[:, 1]
        p = np.stack([1 - positive, positive], axis=1)
        predicted = (positive > 0.5).astype(int)
    else:
        predicted = p.argmax(axis=1)
    w = None if weights is None else np.asarray(weights)
    labels = np.arange(classes)
    score = p[:, 1] if classes == 2 else p
    each = {"sample_weight": w}
    many = {"multi_class": "ovr", "labels": labels} if classes > 2 else {}
    truth = y if classes == 2 else np.eye(classes, dtype=int)[y]
    expected = {
        "accuracy": m.accuracy_score(y, predicted, **each),
        "balanced_accuracy": m.balanced_accuracy_score(y, predicted, **each),
        "roc_auc": m.roc_auc_score(y, score, **many, **each),
        "average_precision": m.average_precision_score(truth, score, **each),
        "log_loss": m.log_loss(y, p, labels=labels, **each),
        "brier": m.brier_score_loss(y, score, labels=labels, **each),
        "ece": calibration_error(y, p, np.ones(len(y)) if w is None else w),
        "confusion": m.confusion_matrix(y, predicted, labels=labels, **each),
    }
    for metric in ["f1", "precision", "recall"]:
        function = getattr(m, f"{metric}_score")
        if classes == 2:
            expected[metric] = function(y, predicted, **each)
        for average in ["macro", "weighted"]:
            expected[f"{metric}_{average}"] = function(y, predicted, average=average, **each)
    return {
        "name": name, "classes": classes, "truth": y.tolist(), "predicted": predicted.tolist(),
        "probabilities": [float(str(v)) for v in (p[:, 1] if classes == 2 else p.ravel())],
        "weights": None if w is None else w.tolist(),
        "expected": {key: clean(value) for key, value in expected.items()},
    }


def regression(name, y, p, weights=None):
    y, p = np.asarray(y, dtype=np.float32), np.asarray(p, dtype=np.float32)
    w = None if weights is None else np.asarray(weights)
    each = {"sample_weight": w}
    expected = {
        "r2": m.r2_score(y, p, **each), "mae": m.mean_absolute_error(y, p, **each),
        "mse": m.mean_squared_error(y, p, **each),
        "rmse": m.root_mean_squared_error(y, p, **each),
    }
    if y.ndim == 1:
        expected["max_error"] = m.max_error(y, p)
    return {
        "name": name, "outputs": 1 if y.ndim == 1 else y.shape[1],
        "truth": [float(str(v)) for v in y.ravel()],
        "predicted": [float(str(v)) for v in p.ravel()],
        "weights": None if w is None else w.tolist(),
        "expected": {key: clean(value) for key, value in expected.items()},
    }


def probabilities(random, rows, classes, digits=3):
    """Rounded, so that some are equal, with rows that sum to one."""
    p = random.dirichlet(np.ones(classes), rows).round(digits)
    return p / p.sum(axis=1, keepdims=True)


def main():
    random = np.random.default_rng(3)
    cases = []
    for classes in [2, 3, 5]:
        for weighted in [False, True]:
            p = probabilities(random, 60, classes, 2)
            y = np.where(random.random(60) < 0.6, p.argmax(axis=1), random.integers(0, classes, 60))
            weights = random.integers(0, 9, 60) / 4 if weighted else None
            cases.append(classification(
                f"{classes} classes{' weighted' if weighted else ''}", classes, y, p, weights))
    half = np.full((4, 2), 0.5)
    two = probabilities(random, 6, 2)
    three = probabilities(random, 6, 3)
    cases += [
        classification("only positives", 2, [1] * 6, two),
        classification("only negatives", 2, [0] * 6, two),
        classification("none predicted", 2, [0, 1, 0, 1], np.array([[0.9, 0.1]] * 4)),
        classification("all equal", 2, [0, 1, 1, 0], half),
        classification("certain", 2, [0, 1, 0, 1], [[1, 0], [0, 1], [0, 1], [0, 1]]),
        classification("one row", 2, [1], [[0.25, 0.75]]),
        classification("a class without rows", 3, [0, 1, 1, 0, 1, 1], three),
        classification("a single class of three", 3, [2] * 6, three),
        classification("certain of three", 3, [0, 1, 2], np.eye(3)[[0, 2, 2]]),
    ]
    numbers = random.normal(size=40).round(2)
    several = random.normal(size=(30, 3)).round(2)
    noise = random.normal(size=(30, 3)).round(2)
    weights = random.integers(0, 9, 40) / 4
    regressions = [
        regression("plain", numbers, numbers + random.normal(size=40).round(2)),
        regression("weighted", numbers, numbers + random.normal(size=40).round(2), weights),
        regression("exact", numbers, numbers),
        regression("several outputs", several, several + noise),
        regression("several outputs weighted", several, several + noise, weights[:30]),
        regression("a constant missed", [2, 2, 2], [1, 2, 3]),
        regression("a constant met", [2, 2, 2], [2, 2, 2]),
        regression("one row", [2], [3]),
        regression("a constant among outputs", [[1, 2], [3, 2]], [[1, 2], [2, 2]]),
    ]
    document = {
        "made_with": f"scikit-learn {sklearn.__version__}", "classification": cases,
        "regression": regressions,
    }
    path = pathlib.Path(__file__).with_name("metrics.json")
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    path.write_text(text.replace('{"name"', '\n{"name"') + "\n")


warnings.simplefilter("ignore")
main()
