"""Stored studies as runs of Weights & Biases."""

from __future__ import annotations

from .._stored import StoredStudy
from . import by_trial, metrics, required, steps


def export(study: StoredStudy, *, project: str | None = None) -> str:
    """Write a run for each trial, in a group for the study.

    `WANDB_MODE=offline` writes files that `wandb sync` sends later. Returns what was written.
    """
    wandb = required("wandb", "wandb")
    name = project or study.name
    on_front = {row["trial"] for row in study.front}
    reports = by_trial(study)
    for trial in study.trials:
        run = wandb.init(
            project=name,
            group=study.path.stem,
            name=f"trial {trial['id']}",
            config=trial["args"],
            tags=[trial["state"], *(["front"] if trial["id"] in on_front else [])],
            reinit="finish_previous",
        )
        rows = reports[trial["id"]]
        for row, step in zip(rows, steps(rows)):
            run.log(metrics(row), step=step)
        run.finish(exit_code=1 if trial["state"] == "failed" else 0)
    return f"{len(study.trials)} runs in the project {name}, group {study.path.stem}"
