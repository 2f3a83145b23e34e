"""Optuna's ask-and-tell example of a batched objective. Run it beside square.lua."""

import numpy as np

import mohpo


def batched_objective(xs):
    return xs**2 + 1


with mohpo.open("square.lua") as study:
    for _ in range(3):
        trials = [study.ask() for _ in range(10)]
        for trial, value in zip(trials, batched_objective(np.array([t.x for t in trials]))):
            trial.report(epoch=1, value=value)
    print(f"Value: {study.front()[0]['value']}")
