"""CEL environments: the one in which expressions are checked, and the one in which they run, on plain dicts and with
our functions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from cel_expr_python import cel

from motcua.domain.expression.convert import from_cel, to_cel
from motcua.domain.expression.functions import Function, Source
from motcua.domain.expression.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    MOMENT,
    MONEY,
    NOTHING,
    TEXT,
    Choice,
    ListOf,
    Record,
    Type,
)
from motcua.domain.expression.wire import BASE, MESSAGES, Shapes


@dataclass
class _Asking:
    """An evaluation under way: functions read their facts here and leave what they raised."""

    source: Source
    raised: list[Exception] = field(default_factory=list)


_ASKING: ContextVar[_Asking] = ContextVar("asking")

_PAIRS: tuple[tuple[Type, Type], ...] = ((DECIMAL, DECIMAL), (DECIMAL, INT), (INT, DECIMAL))


def _compare(how: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    return lambda _, one, other: how(Fraction(one), Fraction(other))


#: Decimals compare exactly, with each other and with whole numbers; equality is `same`.
_ORDER = tuple(
    Function(name, takes, BOOL, _compare(how))
    for name, how in (("_<_", operator.lt), ("_<=_", operator.le), ("_>_", operator.gt), ("_>=_", operator.ge))
    for takes in _PAIRS
)


def checking(names: Mapping[str, Type], functions: Sequence[Function], shapes: Shapes) -> Any:
    """The environment that checks types of expressions over these names."""
    for of in (*names.values(), *(part for f in functions for part in (*f.takes, f.gives))):
        shapes.describe(of)  # the messages stand in the pool before CEL reads it
    variables = {name: _cel(of, shapes) for name, of in names.items()}
    extension = _extension(functions, lambda of: _cel(of, shapes), None)
    return cel.NewEnv(shapes.pool, variables=variables, extensions=[extension])


_PLAIN = {BOOL: cel.Type.BOOL, INT: cel.Type.INT, MONEY: cel.Type.INT, TEXT: cel.Type.STRING, NOTHING: cel.Type.DYN}
_STAMPS = (DATE, MOMENT)


def _cel(of: Type, shapes: Shapes | None) -> Any:
    """A type as CEL has it; without shapes, where data are plain dicts, a record is anything."""
    if isinstance(of, ListOf):
        return cel.Type.List(_cel(of.item, shapes))
    if isinstance(of, Record):
        return cel.Type.DYN if shapes is None else cel.Type(shapes.message(of))
    if isinstance(of, Choice):
        return cel.Type.STRING
    if of in _STAMPS:
        return cel.Type.TIMESTAMP
    return cel.Type(MESSAGES[of]) if of in MESSAGES else _PLAIN[of]


def _extension(
    functions: Sequence[Function], typed: Callable[[Type], Any], impl: Callable[[Function], Any] | None
) -> Any:
    by_name: dict[str, list[Function]] = {}
    for function in (*_ORDER, *functions):
        by_name.setdefault(function.name, []).append(function)
    return cel.CelExtension("motcua", list(_declared(by_name, typed, impl)))


def _declared(
    by_name: dict[str, list[Function]], typed: Callable[[Type], Any], impl: Callable[[Function], Any] | None
) -> Iterator[Any]:
    """Every function with its overloads. Their ids are the same in both environments: a checked tree refers to them."""
    for name, overloads in by_name.items():
        yield cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    f"{name}_{number}",
                    return_type=typed(function.gives),
                    parameters=[typed(of) for of in function.takes],
                    impl=impl(function) if impl else None,
                )
                for number, function in enumerate(overloads)
            ],
        )


def _kind(of: Type) -> Any:
    """A type as it is told apart when an expression runs: data are plain dicts, and a list is a list whatever it
    holds."""
    return cel.Type.LIST if isinstance(of, ListOf) else _cel(of, None)


class Runtime:
    """Runs checked trees. It knows no names: data are plain dicts, so what is absent is an error and never a zero."""

    def __init__(self, functions: Sequence[Function]) -> None:
        by_kinds: dict[str, list[Function]] = {}
        for function in functions:
            by_kinds.setdefault(f"{function.name}{[_kind(of).name() for of in function.takes]}", []).append(function)
        self._env = cel.NewEnv(
            BASE, extensions=[_extension([_one(alike) for alike in by_kinds.values()], _kind, _called)]
        )

    def load(self, serialised: bytes) -> Any:
        return self._env.deserialize(serialised)

    def run(self, program: Any, data: dict[str, Any], source: Source) -> tuple[bool, Any, list[Exception]]:
        """Whether it went well, the value or CEL's words for what went wrong, and what our functions raised
        meanwhile."""
        asking = _Asking(source)
        token = _ASKING.set(asking)
        try:
            value = program.eval(data=data)
        except RuntimeError as no:
            if "budget exceeded" not in str(no):
                raise  # a bug of ours, not of the facts
            return False, str(no), asking.raised
        finally:
            _ASKING.reset(token)
        kind = value.type()
        wrong = kind == cel.Type.ERROR or kind == cel.Type.UNKNOWN
        return not wrong, value.value() if wrong else value.plain_value(), asking.raised


def _one(alike: Sequence[Function]) -> Function:
    """Overloads that only differ in what their lists hold run as one."""
    first = alike[0]
    return (
        first
        if len(alike) == 1
        else replace(first, takes=tuple(ListOf(NOTHING) if isinstance(of, ListOf) else of for of in first.takes))
    )


def _called(function: Function) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        asking = _ASKING.get()
        try:
            given = [from_cel(arg, of) for arg, of in zip(args, function.takes, strict=True)]
            return to_cel(function.call(asking.source, *given))
        except Exception as why:  # CEL makes an error value of it; the cause is kept for whoever asked
            asking.raised.append(why)
            raise

    return call
