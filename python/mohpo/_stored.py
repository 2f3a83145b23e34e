"""A stored study, to look at."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from . import _database
from ._front import front
from ._history import History
from ._rows import Rows
from ._tables import Tables
from .errors import Error


def load(
    study: str | os.PathLike[str], *, folder: str | os.PathLike[str] = "studies"
) -> StoredStudy:
    """Read a stored study: a path, or a name, of which the newest in `folder` is read.

    A study that is being written is read as it is at this moment. The writer is not disturbed.
    """
    path = _database.find(os.fspath(study), Path(folder))
    # Asked first: a writer that ends meanwhile has not abandoned the study.
    is_written = _database.is_written(path)
    try:
        history = History(_database.read(path, Tables))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise Error(
            f"{path}: damaged ({reason}); `mohpo-lua report {path}` shows what is intact"
        ) from None
    if not history.definition:
        raise Error(f"{path}: expected a study that has begun, got one without events")
    return StoredStudy(path, history, is_written)


class StoredStudy:
    """What a study's file held when it was read."""

    def __init__(self, path: Path, history: History, is_written: bool) -> None:
        self._history, self._is_written = history, is_written
        #: The file.
        self.path = path
        #: The definition as the study's events have it.
        self.definition: dict[str, Any] = history.definition
        #: The experiment's name.
        self.name = str(history.definition["name"])
        #: When it was first run, in UTC: `2026-11-28T13:21:03Z`.
        self.created: str = history.created
        #: Why the study ended; None while it has not.
        self.ended: str | None = history.ended
        #: Each trial: `id`, `state`, `bracket`, `args` by path, `resource`, `reports`, `error`.
        self.trials = Rows(history.trials)
        #: Each report, by trial and resource: `trial`, `resource`, the resource by its own name,
        #: and the metrics.
        self.reports = Rows(
            sorted(history.reports, key=lambda row: (row["trial"], row["resource"]))
        )

    def __repr__(self) -> str:
        count = f"{len(self.trials)} trials, {len(self.reports)} reports"
        return f"<mohpo.StoredStudy {self.name}: {count}, {self.state}>"

    @property
    def state(self) -> str:
        """`running`, `finished`, `interrupted` or `abandoned`."""
        if self._history.is_interrupted:
            return "interrupted"
        return "finished" if self.ended else "running" if self._is_written else "abandoned"

    @property
    def time_attr(self) -> str:
        """What reports call the resource."""
        return self._history.time_attr

    @property
    def max_t(self) -> int:
        """The resource at which a trial is complete.

        It is a float only where it is no whole number, which needs `resolution`.
        """
        found: int = self.definition["hyperband"]["maxResource"]
        return found

    @property
    def objectives(self) -> dict[str, str]:
        """`"MIN"` or `"MAX"` by name."""
        return {objective.name: objective.direction for objective in self._history.objectives}

    @cached_property
    def front(self) -> Rows:
        """The reports on the front, best in the first objective first, each with its `args`."""
        feasible = [row for row in self._history.reports if row.get("feasible", True)]
        points = front(feasible, self._history.objectives)
        return Rows([{**row, "args": self._trial(row)["args"]} for row in points])

    def to_pandas(self) -> Any:
        """Return all reports as a `pandas.DataFrame`, with their trials' states and arguments."""
        points = {(row["trial"], row["resource"]) for row in self.front}
        rows = Rows()
        for row in self.reports:
            trial = self._trial(row)
            on_front = (row["trial"], row["resource"]) in points
            fields = {"on_front": on_front, "state": trial["state"], "args": trial["args"]}
            rows.append({**row, **fields})
        return rows.to_pandas()

    def _trial(self, report: dict[str, Any]) -> dict[str, Any]:
        trial: dict[str, Any] = self.trials[report["trial"] - 1]
        return trial
