"""Rows (dòng): the one way to choose. The first row that holds, by its condition and its dates; no row is a hole, and
loud.

Bound from any key of the catalog that has a value; chosen by fees, limits, papers, positions, steps, values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from motcua.domain.expression import Expression, Uncomputed
from motcua.domain.text import Text
from motcua.domain.window import Window, in_force

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Hole(Uncomputed):
    """No row, no line of a table, no item covers these facts: an error of the catalog, never a zero."""

    def __init__(self, where: str, **given: Any) -> None:
        super().__init__(where)
        self.where, self.given = where, given

    def __str__(self) -> str:
        said = ", ".join(f"{name} = {value}" for name, value in self.given.items())
        return f"{self.where}: nothing holds{f' for {said}' if said else ''}"


class Evaluates(Protocol):
    """Facts, as far as choosing needs them."""

    def evaluate(self, expression: Expression, /) -> Any: ...


@dataclass(frozen=True)
class Row(Generic[T_co]):
    """`otherwise` marks the last row, which holds where none before did."""

    is_: T_co
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()
    otherwise: bool = False
    why: Text | None = None
    basis: str | None = None

    def holds(self, facts: Evaluates, on: date) -> bool:
        return in_force(self.in_force, on) and (self.when is None or bool(facts.evaluate(self.when)))


@dataclass(frozen=True)
class Chosen(Generic[T_co]):
    value: T_co
    row: Row[T_co]


@dataclass(frozen=True)
class Rows(Generic[T_co]):
    """`dated_by` names the day on which `in_force` is judged, in place of the filing day. `where` tells a hole's
    place."""

    rows: tuple[Row[T_co], ...]
    dated_by: Expression | None = field(default=None)
    where: str = ""

    @staticmethod
    def one(value: T) -> Rows[T]:
        """The value itself, with nothing to choose."""
        return Rows((Row(value),))

    def choose(self, facts: Evaluates, on: date) -> Chosen[T_co]:
        """The first row that holds. Raises Hole when none does, AbsentRead when its conditions read what is not
        known."""
        day = on if self.dated_by is None else facts.evaluate(self.dated_by)
        for row in self.rows:
            if row.holds(facts, day):
                return Chosen(row.is_, row)
        raise Hole(self.where or "rows", on=day)

    @property
    def values(self) -> tuple[T_co, ...]:
        """Everything that may be chosen."""
        return tuple(row.is_ for row in self.rows)
