"""Writes precision.json: what scikit-learn's classifiers learn in double precision.

Every case starts from weights that follow from its seed and trains on the first three quarters of a data
set's rows in their order. Recorded are the loss of the last epoch and the classes of the other rows.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.neural_network import MLPClassifier

EPOCHS = 20
WIDTH = 32
SEEDS = range(1, 6)


def scaled(x):
    return np.round((x - x.mean(axis=0)) / x.std(axis=0), 2)


def load():
    """Rows in a random order, of numbers with few digits."""
    digits_x, digits_y = datasets.load_digits(return_X_y=True)
    wine_x, wine_y = datasets.load_wine(return_X_y=True)
    cancer_x, cancer_y = datasets.load_breast_cancer(return_X_y=True)
    data = {
        "digits": (digits_x.astype(int), digits_y),
        "wine": (scaled(wine_x), wine_y),
        "cancer": (scaled(cancer_x), cancer_y),
    }
    random = np.random.default_rng(7)
    chosen = {}
    for name, (x, y) in data.items():
        rows = random.permutation(len(x))[:400]
        chosen[name] = (x[rows], y[rows])
    return chosen


def weights(seed, inputs, outputs):
    """For each layer the weights [inputs][outputs] and, as one more row, the biases."""
    state = seed
    layers = []
    for fan_in, fan_out in [(inputs, WIDTH), (WIDTH, outputs)]:
        bound = (6 / (fan_in + fan_out)) ** 0.5
        values = []
        for _ in range((fan_in + 1) * fan_out):
            state = (state * 1664525 + 1013904223) % 2**32
            values.append(np.float32(bound * (2 * (state >> 8) / 2**24 - 1)))
        layers.append(np.array(values).reshape(fan_in + 1, fan_out))
    return layers


class GivenWeights(MLPClassifier):
    def _init_coef(self, fan_in, fan_out, dtype):
        layer = self.layers.pop(0).astype(dtype)
        return layer[:-1].copy(), layer[-1].copy()


def run(seed, name, x, y):
    x = x.astype(np.float32).astype(np.float64)
    split = len(x) * 3 // 4
    classes = len(np.unique(y))
    model = GivenWeights(hidden_layer_sizes=(WIDTH,), batch_size=25, shuffle=False)
    model.layers = weights(seed, x.shape[1], classes if classes > 2 else 1)
    for _ in range(EPOCHS):
        model.partial_fit(x[:split], y[:split], classes=np.unique(y))
    return {
        "dataset": name,
        "seed": seed,
        "loss": float(f"{model.loss_curve_[-1]:.9g}"),
        "predicted": model.predict(x[split:]).tolist(),
    }


def main():
    data = load()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = [run(seed, name, *data[name]) for name in data for seed in SEEDS]
    content = {
        "version": sklearn.__version__,
        "epochs": EPOCHS,
        "width": WIDTH,
        "datasets": {
            name: {"features": x.tolist(), "classes": y.tolist()} for name, (x, y) in data.items()
        },
        "cases": cases,
    }
    file = pathlib.Path(__file__).with_suffix(".json")
    file.write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
