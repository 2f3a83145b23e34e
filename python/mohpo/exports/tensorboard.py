"""Stored studies as event files of TensorBoard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .._stored import StoredStudy
from . import by_trial, numbers, required, steps, timestamp


def export(study: StoredStudy, *, folder: str | None = None) -> str:
    """Write a folder for each trial, with its metrics and its parameters.

    By default below `runs/NAME`. Returns what was written.
    """
    tools = {
        name: required(f"tensorboard.{path}", "tensorboard")
        for name, path in {
            "writer": "summary.writer.event_file_writer",
            "event": "compat.proto.event_pb2",
            "summary": "compat.proto.summary_pb2",
            "hparams": "plugins.hparams.summary_v2",
        }.items()
    }
    place = Path(folder or Path("runs") / study.name)
    start = timestamp(study)
    reports = by_trial(study)
    for trial in study.trials:
        name = f"trial-{trial['id']:0{len(str(len(study.trials)))}d}"
        writer = tools["writer"].EventFileWriter(str(place / name))
        try:
            parameters = {key: _plain(value) for key, value in trial["args"].items()}
            summary = tools["hparams"].hparams_pb(parameters, trial_id=name, start_time_secs=start)
            writer.add_event(tools["event"].Event(wall_time=start, step=0, summary=summary))
            rows = reports[trial["id"]]
            for row, step in zip(rows, steps(rows)):
                writer.add_event(_event(tools, row, start, step))
        finally:
            writer.close()
    return f"{len(study.trials)} runs below {place}; tensorboard --logdir {place}"


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _event(tools: dict[str, Any], row: dict[str, Any], start: float, step: int) -> Any:
    values = [
        tools["summary"].Summary.Value(tag=name, simple_value=found)
        for name, found in numbers(row).items()
    ]
    summary = tools["summary"].Summary(value=values)
    return tools["event"].Event(wall_time=start + step, step=step, summary=summary)
