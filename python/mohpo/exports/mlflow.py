"""Stored studies as runs of MLflow."""

from __future__ import annotations

from typing import Any

from .._stored import StoredStudy
from . import by_trial, numbers, required, steps, timestamp

# What one call of MLflow's client may bring.
_BATCH = 1000


def export(study: StoredStudy, *, uri: str | None = None, experiment: str | None = None) -> str:
    """Write a run for the study, and a run below it for each trial.

    `uri` is MLflow's tracking URI, by default what MLflow itself takes. Returns what was written.
    """
    mlflow = required("mlflow", "mlflow")
    client = mlflow.tracking.MlflowClient(tracking_uri=uri)
    name = experiment or study.name
    found = client.get_experiment_by_name(name)
    place = client.create_experiment(name) if found is None else found.experiment_id
    start = int(timestamp(study) * 1000)
    parent = client.create_run(place, start_time=start, run_name=study.name).info.run_id
    client.log_batch(parent, params=_params(mlflow, _definition(study)))
    client.set_tag(parent, "mohpo.study", str(study.path))
    client.set_tag(parent, "mohpo.state", study.state)
    on_front = {row["trial"] for row in study.front}
    reports = by_trial(study)
    for trial in study.trials:
        tags = {
            "mlflow.parentRunId": parent,
            "mohpo.trial": str(trial["id"]),
            "mohpo.state": trial["state"],
            "mohpo.on_front": str(trial["id"] in on_front).lower(),
        }
        if trial["error"]:
            tags["mohpo.error"] = trial["error"][:5000]
        run = client.create_run(
            place, start_time=start, tags=tags, run_name=f"trial {trial['id']}"
        ).info.run_id
        client.log_batch(run, params=_params(mlflow, trial["args"]))
        metrics = _metrics(mlflow, reports[trial["id"]], start)
        for first in range(0, len(metrics), _BATCH):
            client.log_batch(run, metrics=metrics[first : first + _BATCH])
        client.set_terminated(run, _status(trial["state"]))
    client.set_terminated(parent, "RUNNING" if study.state == "running" else "FINISHED")
    return f"{len(study.trials)} runs in the experiment {name} of {client.tracking_uri}"


def _status(state: str) -> str:
    names = {"failed": "FAILED", "running": "RUNNING", "paused": "SCHEDULED", "stopped": "KILLED"}
    return names.get(state, "FINISHED")


def _definition(study: StoredStudy) -> dict[str, Any]:
    objectives = {f"objective {name}": goal for name, goal in study.objectives.items()}
    return {"max_t": study.max_t, "seed": study.definition.get("seed"), **objectives}


def _params(mlflow: Any, values: dict[str, Any]) -> list[Any]:
    return [mlflow.entities.Param(name, str(value)[:6000]) for name, value in values.items()]


def _metrics(mlflow: Any, reports: list[dict[str, Any]], start: int) -> list[Any]:
    return [
        mlflow.entities.Metric(name, found, start + step, step)
        for row, step in zip(reports, steps(reports))
        for name, found in numbers(row).items()
    ]
