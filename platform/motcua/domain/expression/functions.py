"""The functions of the language, as the guides list them. A `Function` may also be a money table, a code list or a
shared value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from motcua.domain import money
from motcua.domain.expression import dates
from motcua.domain.expression.errors import AbsentRead
from motcua.domain.expression.types import BOOL, DATE, DECIMAL, INT, TEXT, ListOf, Type
from motcua.domain.folding import fold


class Source(Protocol):
    """What an expression is evaluated over. Plain mappings of names will do where no function asks for more."""

    @property
    def on(self) -> date:
        """The filing day."""
        ...

    def get(self, name: str, /) -> Any:
        """The value of a name, or None where it is absent."""
        ...

    def working_days(self, start: date, end: date, /) -> int:
        """Working days after one day up to and with another."""
        ...


@dataclass(frozen=True)
class Function:
    """`call` takes the source of facts, then the arguments. `literal` names the arguments that must stand in quotes,
    with their reader:
    it raises ValueError for what it cannot read, and `example` shows what it can. `reads` are facts read beside the
    arguments."""

    name: str
    takes: tuple[Type, ...]
    gives: Type
    call: Callable[..., Any] = field(compare=False)
    literal: Mapping[int, Callable[[str], Any]] = field(default_factory=dict, compare=False)
    example: str = field(default="", compare=False)
    reads: frozenset[str] = frozenset()

    @property
    def signature(self) -> str:
        return f"{self.name}({','.join(map(str, self.takes))}):{self.gives}"


_PERIODS = ListOf(ListOf(DATE))
_DATES = ListOf(DATE)


def _of(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A function that needs no facts beside its arguments."""
    return lambda _, *args: plain(*args)


def _plus(_: Source, day: date, span: str) -> date:
    return dates.add(day, *dates.read_span(span))


def _minus(_: Source, day: date, span: str) -> date:
    months, days = dates.read_span(span)
    return dates.add(day, -months, -days)


def _working_days(facts: Source, start: date, end: date) -> int:
    return facts.working_days(start, end)


def _picked(choose: Callable[[list[date]], date]) -> Callable[[Source, list[date]], date]:
    def call(_: Source, items: list[date]) -> date:
        if not items:
            raise AbsentRead("[]")
        return choose(items)

    return call


def _distinct(_: Source, items: list[Any]) -> list[Any]:
    return list(dict.fromkeys(items))


def _decimal(text: str) -> Decimal:
    money.number_of(text.removeprefix("-"))
    return Decimal(text)


def _same(_: Source, one: Decimal, other: Decimal | str) -> bool:
    return one == Decimal(other)


def _times(_: Source, one: Decimal | int, factor: str) -> Decimal:
    return exact_decimal(Fraction(one) * Fraction(factor))


def exact_decimal(value: Fraction) -> Decimal:
    """A fraction that ends as a decimal, exactly."""
    digits = 0
    while value.denominator != 1:
        value, digits = value * 10, digits + 1
    return Decimal(f"{value.numerator}E-{digits}")


def _total_decimal(_: Source, items: list[Decimal]) -> Decimal:
    return exact_decimal(sum((Fraction(item) for item in items), Fraction(0)))


def _overloads(
    name: str, call: Callable[..., Any], *shapes: tuple[tuple[Type, ...], Type], **more: Any
) -> tuple[Function, ...]:
    return tuple(Function(name, takes, gives, call, **more) for takes, gives in shapes)


LIBRARY: tuple[Function, ...] = (
    Function("date", (TEXT,), DATE, _of(dates.read_day), {0: dates.read_day}, 'date("15/10/1993")'),
    Function("days", (DATE, DATE), INT, _of(lambda start, end: (end - start).days)),
    Function("months", (DATE, DATE), INT, _of(dates.months)),
    Function("years", (DATE, DATE), INT, _of(dates.years)),
    Function("months_begun", (DATE, DATE), INT, _of(dates.months_begun)),
    Function("years_begun", (DATE, DATE), INT, _of(dates.years_begun)),
    Function("plus", (DATE, TEXT), DATE, _plus, {1: dates.read_span}, 'plus(case.filed_on, "6 tháng")'),
    Function("minus", (DATE, TEXT), DATE, _minus, {1: dates.read_span}, 'minus(case.filed_on, "30 ngày")'),
    Function("working_days", (DATE, DATE), INT, _working_days),
    Function("earliest", (_DATES,), DATE, _picked(min)),
    Function("latest", (_DATES,), DATE, _picked(max)),
    Function("month_start", (DATE,), DATE, _of(dates.month_start)),
    Function("month_end", (DATE,), DATE, _of(dates.month_end)),
    Function("total", (ListOf(INT),), INT, _of(sum)),
    Function("total_decimal", (ListOf(DECIMAL),), DECIMAL, _total_decimal),
    Function("same", (DECIMAL, TEXT), BOOL, _same, {1: _decimal}, 'same(x, "100")'),
    Function("same", (DECIMAL, DECIMAL), BOOL, _same),
    *_overloads("distinct", _distinct, *(((ListOf(item),), ListOf(item)) for item in (INT, TEXT, DATE))),
    Function("months_in", (_PERIODS,), INT, _of(dates.months_in)),
    Function("no_gap", (_PERIODS,), BOOL, _of(dates.no_gap)),
    Function("no_overlap", (_PERIODS,), BOOL, _of(dates.no_overlap)),
    Function("money", (TEXT,), INT, _of(money.money_of), {0: money.money_of}, 'money("10 tỷ")'),
    *_overloads(
        "times",
        _times,
        ((DECIMAL, TEXT), DECIMAL),
        ((INT, TEXT), DECIMAL),
        literal={1: _decimal},
        example='times(x, "1.5")',
    ),
    Function("fold", (TEXT,), TEXT, _of(fold)),
)

#: CEL's own functions and macros that editors may use beside the library.
OWN = frozenset({"size", "contains", "startsWith", "endsWith", "matches"})
MACROS = frozenset({"has", "all", "exists", "exists_one", "filter", "map"})

#: Words that no field, value, step or paper may be called: CEL's, our functions' and the roots of facts (principle 7).
RESERVED = frozenset(
    (
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop"),
        *("namespace", "null", "package", "return", "true", "var", "void", "while"),
        *("case", "step", "paper", "known", "fee", "part", "agency", "value"),
    )
)
