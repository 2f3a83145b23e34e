"""Reads the tables of a study's file. `docs/studies.md` says what they hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from .errors import Error

# What the column `code` of events says. The events that matter here have kept their numbers.
CREATED, REPORTED, DECIDED, STARTED, ENDED, PROMOTED = range(6)
RETRIED, EXTENDED, INTERRUPTED, FINISHED, RESUMED = range(6, 11)

Named = dict[str, Any]


class Event(NamedTuple):
    """An event that counts."""

    number: int
    code: int
    trial: int | None
    report: int | None
    detail: str | None


class Tables:
    """All rows of a study at one moment."""

    def __init__(self, database: sqlite3.Connection) -> None:
        (self.format,) = database.execute("PRAGMA user_version").fetchone()
        note = database.execute("SELECT name, created, program, script FROM study").fetchone()
        if note is None:
            raise Error("it says nothing about itself: it is damaged, or was never begun")
        self.name, self.created, self.program, self.script = note
        self.events = _effective(database)
        self.reports: dict[int, tuple[int, int, Named]] = {
            key: (fixed[0], fixed[1], named)
            for key, fixed, named in _named_rows(database, "reports", "sequence", "trial, resource")
        }
        self.starts: dict[int, tuple[int, Named]] = {
            key: (fixed[0], named)
            for key, fixed, named in _named_rows(database, "starts", "number", "bracket")
        }
        self._check_counts(database)

    def _check_counts(self, database: sqlite3.Connection) -> None:
        """Notice rows that are missing at the end."""
        table = "kept" if self.format == 1 else "row_counts"
        row = database.execute(f"SELECT events, reports FROM {table}").fetchone()  # noqa: S608
        (events,) = database.execute("SELECT count(*) FROM events").fetchone()
        if row is None or events < row[0] or len(self.reports) < row[1]:
            raise sqlite3.DatabaseError("malformed: rows are missing")


def _effective(database: sqlite3.Connection) -> list[Event]:
    """Return the events in their order, without those that a resumption has superseded."""
    rows = database.execute(
        "SELECT number, code, trial, report, detail FROM events ORDER BY number"
    )
    kept: list[Event] = []
    for row in rows:
        event = Event(*row)
        if event.code == RESUMED:
            first = json.loads(event.detail or "{}").get("from", event.number)
            while kept and kept[-1].number >= first:
                kept.pop()
        kept.append(event)
    return kept


def _named_rows(
    database: sqlite3.Connection, table: str, key: str, fixed: str
) -> Iterator[tuple[int, tuple[Any, ...], Named]]:
    """Yield each row's key, its fixed columns, and its metrics or parameters by name."""
    kinds: dict[str, str] = dict(
        database.execute("SELECT name, kind FROM columns WHERE owner = ? ORDER BY id", (table,))
    )
    layouts: dict[int, list[str]] = {
        number: json.loads(names)
        for number, names in database.execute(
            "SELECT number, names FROM layouts WHERE owner = ?", (table,)
        )
    }
    names = ", ".join(_quoted(name) for name in kinds)
    head = f"{key}, layout, more, {fixed}"
    count = head.count(",") + 1
    columns = {name: count + place for place, name in enumerate(kinds)}
    sql = f"SELECT {head}{', ' if names else ''}{names} FROM {table} ORDER BY {key}"  # noqa: S608
    for row in database.execute(sql):
        more = json.loads(row[2]) if row[2] else {}
        named: Named = {}
        for name in layouts[row[1]]:
            cell = row[columns[name]] if name in columns else None
            named[name] = _value(more[name]) if cell is None else _cell(cell, kinds[name])
        yield row[0], row[3:count], named


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cell(value: Any, kind: str) -> Any:
    """Return what a column holds. SQLite has neither NaN nor booleans."""
    if kind == "boolean":
        return bool(value)
    if kind == "text":
        return value
    return float("nan") if value == "nan" else value


def _value(found: Any) -> Any:
    """Return a value of the event format. What is no boolean, integer or text names its kind."""
    if not isinstance(found, dict) or len(found) != 1:
        return found
    ((kind, content),) = found.items()
    if kind == "real":
        return float(content)
    if kind == "list":
        return [_value(item) for item in content]
    if kind == "map":
        return {name: _value(item) for name, item in content.items()}
    if kind == "bytes":
        return bytes(content)
    return content
