"""Folds the events of a study into its trials and reports."""

from __future__ import annotations

import json
from math import inf, isfinite
from typing import Any

from ._front import Objective, costs
from ._tables import (
    CREATED,
    DECIDED,
    ENDED,
    EXTENDED,
    FINISHED,
    INTERRUPTED,
    PROMOTED,
    REPORTED,
    RESUMED,
    STARTED,
    Event,
    Tables,
)

Row = dict[str, Any]

_AFTER = {"stop": "stopped", "pause": "paused", "continue": "running"}
_OUTCOMES = {"failed": "failed", "interrupted": "stopped"}


class History:
    """A study's definition, trials and reports, the latter in the order of their arrival."""

    def __init__(self, tables: Tables) -> None:
        self.definition: Row = {}
        self._constraints: list[tuple[Objective, float, float]] = []
        #: What reports call the resource.
        self.time_attr = "epoch"
        #: What is optimised.
        self.objectives: list[Objective] = []
        self.trials: list[Row] = []
        self.reports: list[Row] = []
        self.ended: str | None = None
        self.is_interrupted = False
        self.created = str(tables.created)
        self._tables = tables
        for event in tables.events:
            self._apply(event)

    def _define(self, definition: Row) -> None:
        self.definition = definition
        self.time_attr = str(definition["hyperband"].get("timeAttribute", "epoch"))
        self._constraints = [
            (Objective(found["metric"], "MIN"), found.get("min", -inf), found.get("max", inf))
            for found in definition.get("constraints", [])
        ]
        self.objectives = [
            Objective(found["name"], found["direction"], found.get("tolerance", 0))
            for found in definition["objectives"]
        ]

    def _apply(self, event: Event) -> None:
        detail: Any = None if event.detail is None else json.loads(event.detail)
        if event.code in (CREATED, EXTENDED):
            self._define(detail)
        elif event.code == STARTED:
            self._start(event)
        elif event.code == REPORTED:
            self._report(event)
        elif event.code == DECIDED:
            self._trial(event.trial)["state"] = _AFTER[detail[3]]
        elif event.code == PROMOTED:
            self._trial(event.trial)["state"] = "running"
        elif event.code == ENDED:
            self._end(self._trial(event.trial), detail)
        elif event.code in (FINISHED, INTERRUPTED):
            self.is_interrupted = event.code == INTERRUPTED
            self.ended = detail["reason"] if isinstance(detail, dict) else detail
        if event.code in (EXTENDED, RESUMED):
            self.ended, self.is_interrupted = None, False

    def _trial(self, number: int | None) -> Row:
        if number is None or not 1 <= number <= len(self.trials):
            raise ValueError(f"there is no trial {number}")
        return self.trials[number - 1]

    def _start(self, event: Event) -> None:
        bracket, arguments = self._tables.starts[event.number]
        if event.trial != len(self.trials) + 1:
            raise ValueError(f"trial {event.trial} starts out of turn")
        trial = {"id": event.trial, "state": "running", "bracket": bracket, "args": arguments}
        self.trials.append({**trial, "resource": 0, "reports": 0, "error": None})

    def _report(self, event: Event) -> None:
        number, resource, metrics = self._tables.reports[event.report or 0]
        row = {"trial": number, "resource": resource, self.time_attr: resource, **metrics}
        if self._constraints:
            if "feasible" in metrics:
                row["metric.feasible"] = metrics["feasible"]
            row["feasible"] = self._is_feasible(metrics)
        self.reports.append(row)
        trial = self._trial(number)
        trial["resource"], trial["reports"] = resource, trial["reports"] + 1

    def _is_feasible(self, metrics: Row) -> bool:
        if not all(map(isfinite, costs(metrics, self.objectives))):
            return False
        bounds = [objective for objective, _, _ in self._constraints]
        values = costs(metrics, bounds)
        return all(
            least <= value <= most for value, (_, least, most) in zip(values, self._constraints)
        )

    @staticmethod
    def _end(trial: Row, outcome: Row) -> None:
        # Format 1 had an object of one name, the outcome's.
        name = outcome.get("outcome") or next(iter(outcome))
        trial["state"] = _OUTCOMES.get(name, "completed")
        error = outcome.get("error", outcome.get("failed"))
        trial["error"] = error.get("_0") if isinstance(error, dict) else error
