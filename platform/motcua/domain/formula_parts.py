"""What formulas are made of: numbers, expressions, rows, sums and extremes of several. Each gives an exact number and
how it came about.

Used by `formula`, and by `binding/formulas`, which makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from motcua.domain.expression import INT, MONEY, EvaluationError, Expression
from motcua.domain.expression.convert import checked_size
from motcua.domain.rows import Hole, Row, Rows
from motcua.domain.text import Text
from motcua.domain.window import Window, in_force


class Evaluates(Protocol):
    """Facts, as far as formulas need them."""

    def evaluate(self, expression: Expression, /) -> Any: ...

    def with_(self, name: str, value: Any, /) -> Evaluates: ...


@dataclass(frozen=True)
class Step:
    """One step of the way to a sum: `does` is `of times at_least at_most round` or an addend's `sum highest lowest`;
    `said` is how the
    catalog writes it. `value` is what it brings: the base, the factor, the bound, the rounded result."""

    does: str
    said: str
    value: Fraction
    why: Text | None = None
    basis: str | None = None


@dataclass(frozen=True)
class Worked:
    """An exact number and how it came about."""

    value: Fraction
    why: Text | None = None
    basis: str | None = None
    steps: tuple[Step, ...] = ()


class Part(Protocol):
    """Anything that a formula is made of. `whole` tells that it can only give whole numbers."""

    @property
    def whole(self) -> bool: ...

    @property
    def said(self) -> str: ...

    def work(self, facts: Evaluates, on: date) -> Worked: ...


@dataclass(frozen=True)
class Exact:
    """A number as it is written: `8.000`, `60 %`."""

    value: Fraction
    said: str

    @property
    def whole(self) -> bool:
        return self.value.denominator == 1

    def work(self, facts: Evaluates, on: date) -> Worked:
        return Worked(self.value)


@dataclass(frozen=True)
class Read:
    """An expression: an answer, a named value, a call of a table."""

    expression: Expression

    @property
    def whole(self) -> bool:
        return self.expression.type in (INT, MONEY)

    @property
    def said(self) -> str:
        return self.expression.text

    def work(self, facts: Evaluates, on: date) -> Worked:
        value: int | Decimal | Fraction = facts.evaluate(self.expression)
        return Worked(Fraction(checked_size(value) if isinstance(value, Decimal) else value))


@dataclass(frozen=True)
class Choose:
    """Rows; what they give may be None (`none`) in a bound."""

    rows: Rows[Part | None]

    @property
    def whole(self) -> bool:
        return all(part is None or part.whole for part in self.rows.values)

    @property
    def said(self) -> str:
        return ""

    def bound(self, facts: Evaluates, on: date) -> Worked | None:
        chosen = self.rows.choose(facts, on)
        if chosen.value is None:
            return None
        worked = chosen.value.work(facts, on)
        return _told(worked, chosen.row)

    def work(self, facts: Evaluates, on: date) -> Worked:
        worked = self.bound(facts, on)
        if worked is None:
            raise EvaluationError("`none` stands where a number is needed")
        return worked


def _told(worked: Worked, row: Row[Any]) -> Worked:
    return replace(worked, why=row.why or worked.why, basis=row.basis or worked.basis)


@dataclass(frozen=True)
class Item:
    """One of several parts: it is not there unless it holds."""

    part: Part
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()

    def works(self, facts: Evaluates, on: date) -> Iterator[Worked]:
        if in_force(self.in_force, on) and (self.when is None or facts.evaluate(self.when)):
            yield self.part.work(facts, on)

    @property
    def part_said(self) -> str:
        return self.part.said


@dataclass(frozen=True)
class Each:
    """One part for every row of a list, which it calls `as_`."""

    each: Expression
    as_: str
    part: Part
    when: Expression | None = None

    def works(self, facts: Evaluates, on: date) -> Iterator[Worked]:
        for row in facts.evaluate(self.each):
            here = facts.with_(self.as_, row)
            if self.when is None or here.evaluate(self.when):
                yield self.part.work(here, on)

    @property
    def part_said(self) -> str:
        return self.part.said


@dataclass(frozen=True)
class Several:
    """The sum of parts, or the highest or lowest of them. The sum of nothing is nothing; else `none` says what nothing
    gives."""

    how: str  # sum | highest | lowest
    items: tuple[Item | Each, ...]
    none: Part | None = None

    @property
    def whole(self) -> bool:
        return all(item.part.whole for item in self.items) and (self.none is None or self.none.whole)

    @property
    def said(self) -> str:
        return self.how

    def work(self, facts: Evaluates, on: date) -> Worked:
        works = [(item.part_said, worked) for item in self.items for worked in item.works(facts, on)]
        steps = tuple(Step(self.how, said, worked.value, worked.why, worked.basis) for said, worked in works)
        if self.how == "sum":
            return Worked(sum((worked.value for _, worked in works), Fraction(0)), steps=steps)
        if not works:
            if self.none is None:
                raise Hole(self.how)
            return self.none.work(facts, on)
        choose = max if self.how == "highest" else min
        best = choose((worked for _, worked in works), key=lambda worked: worked.value)
        return replace(best, steps=steps)


def bound_of(part: Part | None, facts: Evaluates, on: date) -> Worked | None:
    if part is None:
        return None
    return part.bound(facts, on) if isinstance(part, Choose) else part.work(facts, on)
