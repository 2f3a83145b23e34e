"""The Pareto front of reports."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

Row = dict[str, Any]
Costs = tuple[float, ...]


class Objective(NamedTuple):
    """What is optimised: a metric, its direction, and how much of its value is noise."""

    name: str
    direction: str
    tolerance: float = 0.0


def costs(row: Row, objectives: Sequence[Objective]) -> Costs:
    """Return a report's objectives, where less is better; NaN for one that is no number."""
    found = []
    for objective in objectives:
        value = row.get(objective.name)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        number = float(value) if is_number and value is not None else math.nan
        found.append(-number if objective.direction == "MAX" else number)
    return tuple(found)


def front(rows: Sequence[Row], objectives: Sequence[Objective]) -> list[Row]:
    """Return the rows on the front, best in the first objective first.

    A row goes when another is no worse in all objectives and better in one; of equal rows the
    first stays. With a tolerance a row joins only if, against every row of the front, it is better
    in some objective by more than that share of the other's value. Two objectives take
    O(log front) comparisons for a row, others O(front).
    """
    shares = [objective.tolerance for objective in objectives]
    archive: _Archive = _Staircase(shares) if len(objectives) == 2 else _Archive(shares)
    for index, row in enumerate(rows):
        new = costs(row, objectives)
        if all(map(math.isfinite, new)):
            archive.insert(new, index)
    return [rows[index] for index in archive.indices()]


class _Archive:
    """Points that do not dominate each other, searched from end to end."""

    def __init__(self, shares: Sequence[float]) -> None:
        self.shares = shares
        self.points: list[tuple[Costs, int]] = []

    def insert(self, new: Costs, index: int) -> None:
        if any(self._covers(old, new) for old, _ in self.points):
            return
        self.points = [point for point in self.points if not _dominates(new, point[0])]
        self.points.append((new, index))

    def indices(self) -> list[int]:
        found = sorted(self.points, key=lambda point: (point[0][0], point[1]))
        return [index for _, index in found]

    def _covers(self, old: Costs, new: Costs) -> bool:
        return all(reach(own, share) <= other for own, other, share in zip(old, new, self.shares))


class _Staircase(_Archive):
    """The points of two objectives: first costs rise, second costs fall."""

    def __init__(self, shares: Sequence[float]) -> None:
        super().__init__(shares)
        # What the points still cover in the first objective rises with it.
        self.firsts: list[float] = []
        self.reaches: list[float] = []

    def insert(self, new: Costs, index: int) -> None:
        within = bisect_right(self.reaches, new[0])
        # Of all points as good in the first objective, the last is best in the second.
        if within and reach(self.points[within - 1][0][1], self.shares[1]) <= new[1]:
            return
        start = end = bisect_left(self.firsts, new[0])
        while end < len(self.points) and self.points[end][0][1] >= new[1]:
            end += 1
        self.points[start:end] = [(new, index)]
        self.firsts[start:end] = [new[0]]
        self.reaches[start:end] = [reach(new[0], self.shares[0])]


def reach(cost: float, share: float) -> float:
    """Return the least cost that a point of this cost still covers."""
    return cost - share * abs(cost)


def _dominates(one: Costs, other: Costs) -> bool:
    return all(a <= b for a, b in zip(one, other)) and one != other
