"""Values: the named facts of a procedure, computed when they are asked for; and Facts, over which every rule is
evaluated.

`Facts` hold what is known of a case: answers, what officers and registers said, fees. An expression is given only what
it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from motcua.domain.expression import AbsentRead, EvaluationError, Expression, Type, Uncomputed
from motcua.domain.formula import Formula, expressions
from motcua.domain.rows import Rows


class Unknown(Enum):
    """`is: unknown`: a value that nobody can tell yet; `has(value.x)` asks."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN
Content = Expression | Formula | str | Unknown


@dataclass(frozen=True)
class Value:
    """A text is a word of a choice; a formula gives money, a whole number or a rate; an expression whatever it
    gives."""

    id: str
    type: Type
    rows: Rows[Content]

    def compute(self, facts: Facts) -> Any:
        """The value, or None while it is unknown."""
        content = self.rows.choose(facts, facts.on).value
        if isinstance(content, Expression):
            return facts.evaluate(content)
        if isinstance(content, Formula):
            return content.compute(facts, facts.on).value
        return None if content is UNKNOWN else content


@dataclass(frozen=True)
class Values:
    by_id: Mapping[str, Value] = field(default_factory=dict)

    def __contains__(self, value: str) -> bool:
        return value in self.by_id

    def __iter__(self) -> Iterator[Value]:
        return iter(self.by_id.values())

    def reads(self, paths: frozenset[str]) -> frozenset[str]:
        """The paths, with those that their values read, and so on: the facts on which they stand."""
        found, new = set(paths), set(paths)
        while new:
            named = {step for path in new if path.startswith("value.") and (step := path.split(".")[1]) in self}
            read = {path for name in named for e in expressions(self.by_id[name].rows) for path in e.reads}
            new = read - found
            found |= new
        return frozenset(found)


NO_VALUES = Values()
Calendar = Callable[[date, date], int]


@dataclass(frozen=True)
class Facts:
    """`on` is the filing day; `roots` are the other facts by their root (`case step paper known fee part agency`);
    `local` the names
    that a loop or a shared value gives. Each kind may lack anything: a read of what is not there raises AbsentRead."""

    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    roots: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    values: Values = NO_VALUES
    calendar: Calendar | None = None
    local: Mapping[str, Any] = field(default_factory=dict)
    _memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def evaluate(self, expression: Expression) -> Any:
        """Its value on these facts. Raises AbsentRead, EvaluationError, or a Hole in a value or table that it reads."""
        return expression.evaluate(self)

    def get(self, name: str) -> Any:
        """The value of a name, or None where it is absent."""
        if name in self.local:
            return self.local[name]
        if name == "value":
            return _Lazy(self)
        if name in self.roots:
            return self.roots[name]
        if name in self.values and name not in self.answers:
            return self.value(name)
        return self.answers.get(name)

    def value(self, name: str) -> Any:
        """A named value, computed once; None while it is unknown. Raises what its computing raises, every time."""
        if name not in self._memo:
            self._memo[name] = EvaluationError(f"value.{name} needs itself")
            try:
                self._memo[name] = self.values.by_id[name].compute(self._whole)
            except Uncomputed as why:
                self._memo[name] = why
        found = self._memo[name]
        if isinstance(found, Uncomputed):
            raise found
        return found

    @property
    def _whole(self) -> Facts:
        """The same facts without local names: a value is the same wherever it is read."""
        return replace(self, local={}) if self.local else self

    def read(self, path: str) -> Any:
        """The value at a dotted path, or None where nothing stands there."""
        found: Any = self
        try:
            for step in path.split("."):
                found = found.get(step) if isinstance(found, Mapping | Facts | _Lazy) else None
        except AbsentRead:
            return None
        return found

    def known(self, look_up: str) -> bool:
        """Whether a register answered this look-up."""
        return bool(self.roots.get("known", {}).get(look_up))

    def with_(self, name: str, value: Any) -> Facts:
        """With one more name, which stands before others of the same name."""
        return replace(self, local={**self.local, name: value})

    def only(self, names: Mapping[str, Any]) -> Facts:
        """With these local names in place of all others: how a shared value sees its arguments."""
        return replace(self, local=names)

    def with_answers(self, answers: Mapping[str, Any]) -> Facts:
        return replace(self, answers=answers, _memo={})

    def with_root(self, root: str, facts: Mapping[str, Any]) -> Facts:
        """With other facts under a root: `facts.with_root("agency", {...})`."""
        return replace(self, roots={**self.roots, root: facts}, _memo={})

    def working_days(self, start: date, end: date) -> int:
        """Working days after one day up to and with another, by the calendar of the case."""
        if self.calendar is None:
            raise EvaluationError("working_days: these facts have no calendar")
        return self.calendar(start, end)


class _Lazy:
    """`value.x`: computed when it is asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def get(self, name: str) -> Any:
        return self._facts.value(name) if name in self._facts.values else None
