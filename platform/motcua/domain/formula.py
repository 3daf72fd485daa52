"""Formulas (công thức): an exact sum of money, a count, or a rate. Pure; bound from `amount`, `is`, `times`, `copies`;
computed by fees.

One base; then, always in this order, `times`, `at_least`, `at_most` and at most one rounding. Everything is an exact
fraction until
then, so nothing overflows and nothing rounds by accident (semantics 10 of the catalog). The way to the result is kept,
to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from motcua.domain.expression import EvaluationError, Expression
from motcua.domain.formula_parts import (
    Choose,
    Each,
    Evaluates,
    Exact,
    Item,
    Part,
    Read,
    Several,
    Step,
    Worked,
    bound_of,
)
from motcua.domain.rows import Rows
from motcua.domain.text import Text

__all__ = [
    "Amount",
    "Choose",
    "Each",
    "Exact",
    "Formula",
    "Item",
    "Negative",
    "Part",
    "Read",
    "Rounding",
    "Several",
    "Step",
    "expressions",
]


class Negative(EvaluationError):
    """A formula gave less than nothing."""


@dataclass(frozen=True)
class Amount:
    """The result: đồng or a count as `int`, a rate as `Fraction`. `why` and `basis` are those of the row that was
    chosen."""

    value: Any
    why: Text | None = None
    basis: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Rounding:
    """To a whole number of `unit`: half up, up, or down."""

    how: str  # round_to | round_up_to | round_down_to
    unit: int = 1

    def of(self, value: Fraction) -> Fraction:
        parts = value / self.unit
        if self.how == "round_up_to":
            whole = -(-parts.numerator // parts.denominator)
        elif self.how == "round_down_to":
            whole = parts.numerator // parts.denominator
        else:
            whole = (2 * parts.numerator + parts.denominator) // (2 * parts.denominator)
        return Fraction(whole * self.unit)


@dataclass(frozen=True)
class Formula:
    """`kind` is what it gives: money, number (both whole) or rate. As a part of another formula it gives its exact
    number."""

    of: Part
    times: tuple[Part, ...] = ()
    at_least: Part | None = None
    at_most: Part | None = None
    rounding: Rounding | None = None
    kind: str = "money"
    why: Text | None = None
    basis: str | None = None

    @property
    def exact(self) -> bool:
        """Whether only whole numbers enter, so that there is nothing to round."""
        bounds = [part for part in (self.at_least, self.at_most) if part is not None]
        return all(part.whole for part in (self.of, *self.times, *bounds))

    @property
    def whole(self) -> bool:
        return self.rounding is not None or self.exact

    @property
    def said(self) -> str:
        return self.of.said

    def work(self, facts: Evaluates, on: date) -> Worked:
        base = self.of.work(facts, on)
        value = base.value
        steps = list(base.steps) or [Step("of", self.of.said, value, base.why, base.basis)]
        for factor in self.times:
            by = factor.work(facts, on)
            value *= by.value
            steps.append(Step("times", factor.said, by.value, by.why, by.basis))
        for does, part in (("at_least", self.at_least), ("at_most", self.at_most)):
            bound = bound_of(part, facts, on)
            if bound is not None and (bound.value > value if does == "at_least" else bound.value < value):
                value = bound.value
                steps.append(Step(does, part.said if part else "", value, bound.why, bound.basis))
        if self.rounding is not None and self.rounding.of(value) != value:
            value = self.rounding.of(value)
            steps.append(Step("round", str(self.rounding.unit), value))
        return Worked(value, self.why or base.why, self.basis or base.basis, tuple(steps))

    def compute(self, facts: Evaluates, on: date) -> Amount:
        """The amount on these facts; `on` is the filing day. Raises AbsentRead, Hole, Negative or EvaluationError."""
        worked = self.work(facts, on)
        if worked.value < 0:
            raise Negative(f"{self.said}: {worked.value}")
        if self.kind == "rate":
            return Amount(worked.value, worked.why, worked.basis, worked.steps)
        if worked.value.denominator != 1:
            raise EvaluationError(f"{self.said}: {worked.value} is not whole, and no rounding is written")
        return Amount(int(worked.value), worked.why, worked.basis, worked.steps)


def expressions(part: Any) -> Iterator[Expression]:
    """Every expression in a formula, its rows' conditions included: what it may read."""
    match part:
        case Expression():
            yield part
        case Read():
            yield part.expression
        case Rows():
            for row in part.rows:
                yield from _all(row.when, row.is_)
            yield from _all(part.dated_by)
        case Choose():
            yield from expressions(part.rows)
        case Item():
            yield from _all(part.when, part.part)
        case Each():
            yield from _all(part.each, part.when, part.part)
        case Several():
            yield from _all(*part.items, part.none)
        case Formula():
            yield from _all(part.of, *part.times, part.at_least, part.at_most)


def _all(*parts: Any) -> Iterator[Expression]:
    for part in parts:
        yield from expressions(part)
