"""SMAC's ask-and-tell example. Run it beside rosenbrock.lua."""

import mohpo


def rosenbrock(x0: float, x1: float) -> float:
    return 100.0 * (x1 - x0**2.0) ** 2.0 + (1 - x0) ** 2.0


with mohpo.open("rosenbrock.lua") as study:
    for trial in study:
        trial.report(epoch=1, cost=rosenbrock(trial.x0, trial.x1))
    print(f"Default cost: {rosenbrock(-3, -4)}")
    print(f"Incumbent cost: {study.front()[0]['cost']}")
