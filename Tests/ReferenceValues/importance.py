"""Importances of parameters by Optuna's PED-ANOVA, for Tests/ResultsTests/ImportanceTests.swift.

Needs optuna 5. Writes importance.json: trials, and the shares of each parameter in being among the best
tenth in `loss` (less is better), in `speed` (more is better) and on the fronts that hold a tenth."""
import json
import math
import pathlib
import random
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import PedAnovaImportanceEvaluator

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")

SPACE = {
    "x": FloatDistribution(0, 10),
    "rate": FloatDistribution(1e-5, 1e-1, log=True),
    "grid": FloatDistribution(0, 1, step=0.25),
    "width": IntDistribution(1, 8),
    "batch": IntDistribution(1, 500, log=True),
    "depth": IntDistribution(1, 200),
    "activation": CategoricalDistribution(["relu", "tanh", "logistic"]),
    "flag": CategoricalDistribution([False, True]),
    "optimizer": CategoricalDistribution(["adam", "sgd"]),
    "optimizer.beta": FloatDistribution(0.5, 1),
    "optimizer.momentum": FloatDistribution(0, 1),
}


def draw(name, domain, source):
    if isinstance(domain, CategoricalDistribution):
        return source.choice(domain.choices)
    if domain.log:
        value = math.exp(source.uniform(math.log(domain.low), math.log(domain.high)))
    elif domain.step:
        value = domain.low + domain.step * source.randint(0, round((domain.high - domain.low) / domain.step))
    else:
        value = source.uniform(domain.low, domain.high)
    return round(value) if isinstance(domain, IntDistribution) else value


def trial(source):
    params = {name: draw(name, domain, source) for name, domain in SPACE.items()}
    del params["optimizer.momentum" if params["optimizer"] == "adam" else "optimizer.beta"]
    inner = params.get("optimizer.beta", params.get("optimizer.momentum"))
    loss = (
        abs(math.log10(params["rate"]) + 3) + 0.1 * (params["x"] - 4) ** 2 + 4 / params["width"]
        + (params["activation"] == "logistic") + abs(inner - 0.9)
    )
    speed = 100 / (params["width"] + params["depth"] / 50) + math.log(params["batch"]) + params["flag"]
    return {"params": params, "loss": loss, "speed": speed}


def layers(trials, wanted):
    def dominates(a, b):
        return a["loss"] <= b["loss"] and a["speed"] >= b["speed"] and (a["loss"], a["speed"]) != (b["loss"], b["speed"])

    good, rest = [], list(range(len(trials)))
    while len(good) < wanted:
        layer = [i for i in rest if not any(dominates(trials[j], trials[i]) for j in rest)]
        good += layer
        rest = [i for i in rest if i not in layer]
    return sorted(good)


class GivenTop(PedAnovaImportanceEvaluator):
    """Optuna's evaluator with a set of best trials that is given."""

    def __init__(self, best):
        super().__init__()
        self.best = best

    def _get_top_quantile_trials(self, study, trials, quantile, target):
        return trials if quantile == 1 else [trials[i] for i in self.best]


def shares(trials, evaluator, target):
    study = optuna.create_study()
    for entry in trials:
        study.add_trial(optuna.trial.create_trial(
            params=entry["params"], distributions={name: SPACE[name] for name in entry["params"]}, value=target(entry)))
    found = optuna.importance.get_param_importances(study, evaluator=evaluator, normalize=True)
    return {name: found.get(name, 0.0) for name in SPACE}


cases = []
for seed, count in [(1, 25), (2, 60), (3, 150)]:
    source = random.Random(seed)
    trials = [trial(source) for _ in range(count)]
    cases.append({
        "trials": trials,
        "loss": shares(trials, PedAnovaImportanceEvaluator(), lambda entry: entry["loss"]),
        "speed": shares(trials, PedAnovaImportanceEvaluator(), lambda entry: -entry["speed"]),
        "front": shares(trials, GivenTop(layers(trials, math.ceil(0.1 * count))), lambda entry: entry["loss"]),
    })
path = pathlib.Path(__file__).with_name("importance.json")
path.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
