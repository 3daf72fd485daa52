"""An expression that compiled: what it reads, and its value on given facts. Made by a `Language`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from motcua.domain.expression.convert import from_cel
from motcua.domain.expression.errors import AbsentRead, EvaluationError
from motcua.domain.expression.functions import Source
from motcua.domain.expression.plan import Filled, Plan, fill, follow
from motcua.domain.expression.reads import Reading, path, reading
from motcua.domain.expression.tree import Name, Select, Tree, checked
from motcua.domain.expression.types import Type

if TYPE_CHECKING:
    from motcua.domain.expression.language import Language

_NO_KEY = re.compile(r'Key not found in map : "(\w+)"|No value with name "(\w+)" found')


@dataclass(frozen=True)
class Expression:
    """`serialised` is the checked tree as the cache keeps it."""

    text: str
    type: Type
    serialised: bytes = field(compare=False, repr=False)
    language: Language = field(compare=False, repr=False)

    @cached_property
    def tree(self) -> Tree:
        return checked(self.serialised, self.language.described)

    @cached_property
    def _raw(self) -> Reading:
        return reading(self.tree)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every path that is read or asked for: `tre.ngay_sinh`, `nganh[].chinh`; a value as `value.x`, however it is
        written."""
        beside = (self.language.reads_of(name) for name in self.calls)
        return frozenset(map(self.language.canonical, self._raw.paths)).union(*beside)

    @cached_property
    def tests(self) -> frozenset[str]:
        """The paths within `has()`."""
        return frozenset(map(self.language.canonical, self._raw.tested))

    @property
    def calls(self) -> frozenset[str]:
        """The functions that are called, tables, lists and shared values among them."""
        return self._raw.called

    @cached_property
    def path(self) -> str | None:
        """The path, for an expression that is nothing but one."""
        node = self.tree.root
        plain = isinstance(node, Name | Select)
        found = path(node, {}) if plain else None
        return found if found is not None and "[]" not in found else None

    def evaluate(self, facts: Source | Mapping[str, Any]) -> Any:
        """The value as Python has it. Raises AbsentRead for what is not there, EvaluationError (or what a function
        raised) else."""
        source: Source = Given(facts) if isinstance(facts, Mapping) else facts
        if self.path is not None:
            return self._followed(self.path, source)
        filled = fill(self._plan, source)
        well, value, raised = self.language.runtime.run(self._program, filled.data, source)
        if well:
            return from_cel(value, self.type)
        raise self._error(str(value), filled, raised)

    def _followed(self, where: str, source: Source) -> Any:
        try:
            return follow(source, where, self.type)
        except AbsentRead as absent:
            if absent.path != where:
                raise
            raise AbsentRead(self.language.canonical(where)) from None

    @cached_property
    def _plan(self) -> Plan:
        return Plan.of(self._raw.paths, self._raw.whole, self._raw.tested, self.language.names)

    @cached_property
    def _program(self) -> Any:
        return self.language.runtime.load(self.serialised)

    def _error(self, told: str, filled: Filled, raised: list[Exception]) -> Exception:
        missing = _NO_KEY.search(told)
        key = (missing.group(1) or missing.group(2)) if missing else None
        for where in sorted(self._raw.paths) if key else ():
            if key in filled.absent_at(where):
                return filled.cause(where) or AbsentRead(self.language.canonical(where))
        if "Index error" in told:
            within = next((where for where in sorted(self._raw.paths) if "[]" in where), self.text)
            return AbsentRead(self.language.canonical(within))
        return raised[-1] if raised else EvaluationError(f"{self.text}: {told}")


@dataclass(frozen=True)
class Given:
    """Plain names as a source: for expressions that ask for no filing day and no calendar."""

    names: Mapping[str, Any]

    def get(self, name: str) -> Any:
        return self.names.get(name)

    @property
    def on(self) -> date:
        raise LookupError("these facts have no filing day")

    def working_days(self, start: date, end: date) -> int:
        raise LookupError("these facts have no calendar")
