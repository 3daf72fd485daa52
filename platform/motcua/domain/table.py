"""Tables (biểu): a printed tariff, called by its id like a function. Its lines are unordered, so an overlap is an
error; exact numbers.

Bound from `tables:`; called by formulas, and by conditions where it gives whole money or numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, pairwise, product
from typing import Any

from motcua.domain.interval import Interval, Point
from motcua.domain.rows import Hole

Argument = str | int | Decimal | date
_MOST_CASES = 20_000  # of discrete cases looked at for holes


@dataclass(frozen=True)
class Words:
    """A cell of words of a choice."""

    words: frozenset[str]

    def __contains__(self, value: Any) -> bool:
        return value in self.words


Cell = Words | Interval | None  # None is `*`: anything


@dataclass(frozen=True)
class Key:
    name: str
    kind: str  # choice | number | money | date


@dataclass(frozen=True)
class Line:
    """`at` is its place among the written rows, and among the columns of a matrix: for messages."""

    cells: tuple[Cell, ...]
    value: Fraction
    at: tuple[int, int] = (0, 0)

    def holds(self, values: tuple[Any, ...]) -> bool:
        return all(cell is None or value in cell for cell, value in zip(self.cells, values, strict=True))

    def overlaps(self, other: Line) -> bool:
        return all(map(_meet, self.cells, other.cells))


def _meet(one: Cell, other: Cell) -> bool:
    if one is None or other is None:
        return True
    if isinstance(one, Words) and isinstance(other, Words):
        return bool(one.words & other.words)
    return isinstance(one, Interval) and isinstance(other, Interval) and one.overlaps(other)


@dataclass(frozen=True)
class Table:
    """`read`: `row` takes the line whose cells all match; `line` draws straight lines between points, flat outside;
    `slices` charges
    each unit in its own slice. `gives` is money, a whole or decimal number, or a rate."""

    id: str
    gives: str  # money | number | rate
    by: tuple[Key, ...]
    lines: tuple[Line, ...]
    read: str = "row"

    def call(self, *given: Argument) -> Fraction:
        """The exact number for these arguments. Raises Hole when no line covers them."""
        values = tuple(_exact(value) for value in given)
        if self.read == "line":
            return self._between(values[0])
        if self.read == "slices":
            return self._sliced(values[0])
        line = next((line for line in self.lines if line.holds(values)), None)
        if line is None:
            raise Hole(self.id, **dict(zip((key.name for key in self.by), given, strict=True)))
        return line.value

    @cached_property
    def _points(self) -> tuple[tuple[Any, Fraction], ...]:
        """Of a table that is read by lines: its points from low to high."""
        return tuple(
            sorted((cell.low, line.value) for line in self.lines if isinstance(cell := line.cells[0], Interval))
        )

    def _between(self, at: Any) -> Fraction:
        points = self._points
        if at <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in pairwise(points):
            if at <= right:
                return low + (high - low) * Fraction(at - left) / Fraction(right - left)
        return points[-1][1]

    def _sliced(self, amount: Any) -> Fraction:
        if amount < 0:
            raise Hole(self.id, **{self.by[0].name: amount})
        found, covered = Fraction(0), Fraction(0)
        for line in self.lines:
            low, high = _ends(line)
            part = min(amount, high) - low if high is not None else amount - low
            if part > 0:
                found += part * line.value
                covered += part
        if covered != amount:
            raise Hole(self.id, **{self.by[0].name: amount})
        return found

    @cached_property
    def whole(self) -> bool:
        """Whether every number that it can give is whole, for whole arguments."""
        return self.read != "line" and self.gives != "rate" and all(line.value.denominator == 1 for line in self.lines)

    def overlaps(self) -> Iterator[tuple[Line, Line]]:
        """Pairs of lines that hold for the same arguments."""
        return ((one, other) for one, other in combinations(self.lines, 2) if one.overlaps(other))

    def holes(self) -> Iterator[Mapping[str, Argument]]:
        """Arguments among the printed words, and between the printed bounds, that no line covers."""
        if self.read == "line":
            return
        samples = [self._samples(number) for number in range(len(self.by))]
        for values in islice(product(*samples), _MOST_CASES):
            if not any(line.holds(values) for line in self.lines):
                yield {key.name: _shown(value) for key, value in zip(self.by, values, strict=True)}

    def _samples(self, number: int) -> list[Any]:
        """One value for every kind of argument that the cells of a key tell apart."""
        cells = [line.cells[number] for line in self.lines]
        words = sorted({word for cell in cells if isinstance(cell, Words) for word in cell.words})
        if words:
            return words
        intervals = [cell for cell in cells if isinstance(cell, Interval)]
        points = sorted({p for cell in intervals for p in (cell.low, cell.high) if p is not None})
        if not points:
            return [None]
        outside = [points[0] - _unit(points[0])] if any(cell.low is None for cell in intervals) else []
        beyond = [points[-1] + _unit(points[-1])] if any(cell.high is None for cell in intervals) else []
        return [*outside, *_with_gaps(points, whole=self.by[number].kind != "number"), *beyond]


def _ends(line: Line) -> tuple[Fraction, Fraction | None]:
    cell = line.cells[0]
    low, high = (cell.low, cell.high) if isinstance(cell, Interval) else (None, None)
    return Fraction(low) if isinstance(low, Fraction) else Fraction(0), high if isinstance(high, Fraction) else None


def _unit(point: Point) -> Any:
    return timedelta(days=1) if isinstance(point, date) else 1


def _with_gaps(points: list[Any], *, whole: bool) -> Iterator[Any]:
    """The points, and one value between every two. Days and đồng have nothing between two neighbours; neither have
    whole bounds of a
    number, which are printed for whole numbers (`từ 4 đến 15`, `từ 16`)."""
    whole = whole or all(isinstance(p, date) or p.denominator == 1 for p in points)
    yield points[0]
    for low, high in pairwise(points):
        unit = _unit(low)
        if not whole:
            yield (low + high) / 2
        elif high - low > unit:
            yield low + unit
            if high - low > 2 * unit:
                yield high - unit
        yield high


def _exact(value: Argument) -> Any:
    return Fraction(value) if isinstance(value, int | Decimal) else value


def _shown(value: Any) -> Argument:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)
    found: Argument = value
    return found


@dataclass(frozen=True)
class Tables:
    """The tables of a procedure by id."""

    by_id: Mapping[str, Table] = field(default_factory=dict)
