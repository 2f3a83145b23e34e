"""Stored studies in the files and services of other tools."""

from __future__ import annotations

import importlib
from datetime import datetime
from types import ModuleType
from typing import Any

from .._stored import StoredStudy
from ..errors import Error


def required(name: str, target: str) -> Any:
    """Import a module of a tool, or say what to install."""
    try:
        module: ModuleType = importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        found = "" if error.name == package else f" ({error})"
        raise Error(f"--to {target}: needs {package}; pip install {package}{found}") from None
    return module


def number(value: object) -> float | None:
    """Return a metric as a number, or None for a text."""
    return float(value) if isinstance(value, (bool, int, float)) else None


def numbers(row: dict[str, Any]) -> dict[str, float]:
    """Return the numbers of a report by name, without the trial and without texts."""
    found = {name: number(value) for name, value in metrics(row).items()}
    return {name: value for name, value in found.items() if value is not None}


def metrics(row: dict[str, Any]) -> dict[str, Any]:
    """Return a report without the trial and the resource, which it has by its own name as well."""
    return {name: value for name, value in row.items() if name not in ("trial", "resource")}


def steps(rows: list[dict[str, Any]]) -> list[int]:
    """Return the steps of a trial's reports: the resources; 1, 2, ... where some are not whole."""
    resources = [row["resource"] for row in rows]
    if all(isinstance(resource, int) for resource in resources):
        return resources
    return list(range(1, len(rows) + 1))


def by_trial(study: StoredStudy) -> dict[int, list[dict[str, Any]]]:
    """Return the reports of each trial."""
    found: dict[int, list[dict[str, Any]]] = {trial["id"]: [] for trial in study.trials}
    for row in study.reports:
        found[row["trial"]].append(row)
    return found


def timestamp(study: StoredStudy) -> float:
    """Return when the study was first run, in seconds since 1970."""
    return datetime.fromisoformat(study.created.replace("Z", "+00:00")).timestamp()
