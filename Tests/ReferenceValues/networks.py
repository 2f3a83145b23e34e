"""Writes networks.json: what scikit-learn's perceptrons compute from given weights and orders.

Every case starts from recorded weights, visits the rows in recorded orders (one for each epoch) in
single precision, and records the loss of every epoch and the weights after the last.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.neural_network import MLPClassifier, MLPRegressor

EPOCHS = 5
ACTIVATIONS = ["identity", "logistic", "tanh", "relu"]


def shortest(array):
    """The numbers of a float32 array, in as few digits as read back to the same bits."""
    return [shortest(a) if np.ndim(a) else float(str(np.float32(a))) for a in array]


def load():
    """Small data sets whose numbers have few digits; every fourth or second row of the originals."""
    iris_x, iris_y = datasets.load_iris(return_X_y=True)
    digits_x, digits_y = datasets.load_digits(return_X_y=True)
    diabetes_x, diabetes_y = datasets.load_diabetes(return_X_y=True)
    two = iris_y < 2
    return {
        "iris": (iris_x, iris_y),
        "two_irises": (iris_x[two][:, :2], iris_y[two]),
        "digits": (digits_x[:120] / 16, digits_y[:120]),
        "diabetes": (np.round(diabetes_x[::4] * 20, 2), np.round(diabetes_y[::4] / 100, 2)),
    }


def recording(base):
    """A class that keeps the weights it starts from."""

    class Recording(base):
        def _init_coef(self, fan_in, fan_out, dtype):
            coef, intercept = super()._init_coef(fan_in, fan_out, dtype)
            self.initial_coefs = getattr(self, "initial_coefs", []) + [coef.copy()]
            self.initial_intercepts = getattr(self, "initial_intercepts", []) + [intercept.copy()]
            return coef, intercept

    return Recording


def run(name, data, dataset, options, fit=False, weighted=False):
    x, y = data[dataset]
    x = x.astype(np.float32)
    regression = dataset == "diabetes"
    y = y.astype(np.float32) if regression else y
    base = recording(MLPRegressor if regression else MLPClassifier)
    model = base(random_state=7, shuffle=False, **options)
    case = {"name": name, "dataset": dataset, "options": options, "fit": fit}
    weights = None
    if weighted:
        # Few digits, and some rows that do not count.
        weights = np.random.default_rng(5).integers(0, 9, len(x)) / 4
        case["weights"] = weights.tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if fit:
            model.fit(x, y, sample_weight=weights)
        else:
            random = np.random.default_rng(11)
            case["orders"] = [random.permutation(len(x)).tolist() for _ in range(EPOCHS)]
            for order in case["orders"]:
                extra = {} if regression else {"classes": np.unique(y)}
                if weighted:
                    extra["sample_weight"] = weights[order]
                model.partial_fit(x[order], y[order], **extra)
    case["initial"] = {
        "coefs": [shortest(c) for c in model.initial_coefs],
        "intercepts": [shortest(i) for i in model.initial_intercepts],
    }
    losses = [model.loss_] if options.get("solver") == "lbfgs" else model.loss_curve_
    case["losses"] = [float(f"{loss:.9g}") for loss in losses]
    case["score"] = float(model.score(x, y, sample_weight=weights))
    if not fit:
        case["final"] = {
            "coefs": [shortest(c) for c in model.coefs_],
            "intercepts": [shortest(i) for i in model.intercepts_],
        }
    return case


def main():
    data = load()
    cases = []

    def add(name, dataset, fit=False, weighted=False, **options):
        cases.append(run(name, data, dataset, options, fit, weighted))

    for solver in ["adam", "sgd"]:
        for activation in ACTIVATIONS:
            common = {"solver": solver, "activation": activation}
            add(f"iris {solver} {activation}", "iris", hidden_layer_sizes=[10],
                batch_size=32, learning_rate_init=0.01, **common)
            add(f"digits {solver} {activation}", "digits", hidden_layer_sizes=[6, 5],
                batch_size=50, learning_rate_init=0.01, alpha=0.1, **common)
            add(f"two irises {solver} {activation}", "two_irises", hidden_layer_sizes=[17],
                learning_rate_init=0.05, **common)
            add(f"diabetes {solver} {activation}", "diabetes", hidden_layer_sizes=[8, 4],
                batch_size=16, learning_rate_init=0.005, **common)
    for activation in ACTIVATIONS:
        common = {"solver": "lbfgs", "activation": activation, "max_iter": EPOCHS}
        add(f"iris lbfgs {activation}", "iris", fit=True, hidden_layer_sizes=[10], **common)
        add(f"digits lbfgs {activation}", "digits", fit=True, hidden_layer_sizes=[6, 5],
            alpha=0.1, **common)
        add(f"two irises lbfgs {activation}", "two_irises", fit=True, hidden_layer_sizes=[17],
            **common)
        add(f"diabetes lbfgs {activation}", "diabetes", fit=True, hidden_layer_sizes=[8, 4],
            **common)
    sgd = {"solver": "sgd", "hidden_layer_sizes": [10], "batch_size": 32}
    add("no hidden layer", "iris", hidden_layer_sizes=[], learning_rate_init=0.01)
    add("betas", "iris", hidden_layer_sizes=[10], beta_1=0.3, beta_2=0.5, epsilon=0.01)
    add("plain momentum", "iris", nesterovs_momentum=False, learning_rate_init=0.02, **sgd)
    add("no momentum", "iris", momentum=0.0, learning_rate_init=0.1, **sgd)
    add("invscaling", "iris", learning_rate="invscaling", power_t=0.3, learning_rate_init=0.1, **sgd)
    add("stops by tol", "iris", fit=True, hidden_layer_sizes=[10], learning_rate_init=0.005,
        tol=0.05, n_iter_no_change=2)
    add("adaptive", "iris", fit=True, learning_rate="adaptive", learning_rate_init=0.05, tol=0.02,
        n_iter_no_change=2, max_iter=60, **sgd)

    for dataset in ["iris", "two_irises", "diabetes"]:
        common = {"hidden_layer_sizes": [7], "alpha": 0.1, "weighted": True}
        for solver in ["adam", "sgd"]:
            add(f"weighted {dataset} {solver}", dataset, solver=solver, batch_size=16,
                learning_rate_init=0.01, **common)
        add(f"weighted {dataset} lbfgs", dataset, fit=True, solver="lbfgs", max_iter=EPOCHS,
            **common)

    document = {
        "made_with": f"scikit-learn {sklearn.__version__}",
        "datasets": {
            name: {"features": shortest(x), "targets": shortest(y)} for name, (x, y) in data.items()
        },
        "cases": cases,
    }
    path = pathlib.Path(__file__).with_name("networks.json")
    path.write_text(json.dumps(document, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


main()
