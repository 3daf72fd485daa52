"""What an expression is given: only the facts that it reads, as CEL takes them, and why something is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.domain.expression.convert import to_cel
from motcua.domain.expression.errors import AbsentRead, Uncomputed
from motcua.domain.expression.functions import Source
from motcua.domain.expression.types import ListOf, Record, Type, at

_STEP = re.compile(r"\w+|\[\]")


def steps(path: str) -> list[str]:
    """`nganh[].chinh` -> `["nganh", "[]", "chinh"]`."""
    return _STEP.findall(path)


@dataclass
class Plan:
    """A tree of what is read: `whole` needs the value as it stands, else only the `parts`."""

    type: Type | None
    whole: bool = False
    tested: bool = False
    parts: dict[str, Plan] = field(default_factory=dict)

    @staticmethod
    def of(paths: Iterable[str], whole: Iterable[str], tested: frozenset[str], names: Mapping[str, Type]) -> Plan:
        """The plan of all paths; of `whole` ones everything below is needed."""
        root, everything = Plan(None), set(whole)
        for path in paths:
            plan = root
            for step in steps(path):
                kind = names.get(step) if plan is root else at(plan.type, step)
                plan = plan.parts.setdefault(step, Plan(kind))
            plan.whole = plan.whole or path in everything
            plan.tested = plan.tested or path in tested
        return root


@dataclass
class Filled:
    """Data for CEL; `causes` says why a value that was asked for could not be computed, by its path."""

    data: dict[str, Any]
    causes: dict[str, Uncomputed]

    def cause(self, path: str) -> Uncomputed | None:
        parts = steps(path)
        return next(
            (self.causes[p] for n in range(len(parts), 0, -1) if (p := ".".join(parts[:n])) in self.causes), None
        )

    def absent_at(self, path: str) -> set[str]:
        """The steps of a path at which nothing stands (in a list: of any row)."""
        return _absent(self.data, steps(path))


def fill(plan: Plan, source: Source) -> Filled:
    """A question whether something is there, whose answer could not be computed, raises at once: `false` would be a
    guess."""
    filled = Filled({}, {})
    for name, part in plan.parts.items():
        value = _get(source, name, name, part, filled)
        if value is None and isinstance(part.type, Record):
            value = {}
        if value is not None or isinstance(part.type, ListOf):
            filled.data[name] = _fill(value, part, name, filled)
    return filled


def _get(container: Any, key: str, path: str, part: Plan, filled: Filled) -> Any:
    try:
        return container.get(key)
    except Uncomputed as why:
        if part.tested:
            raise
        filled.causes[path] = why
        return None


def _fill(value: Any, plan: Plan, path: str, filled: Filled) -> Any:
    if isinstance(plan.type, ListOf) and value is None:
        return []
    if plan.whole or not (plan.parts or isinstance(plan.type, Record)):
        return to_cel(value)
    if "[]" in plan.parts:
        return [_fill(item, plan.parts["[]"], f"{path}[]", filled) for item in value]
    found = {}
    for key, part in plan.parts.items():
        item = _get(value, key, f"{path}.{key}", part, filled)
        if item is not None or isinstance(part.type, ListOf):
            found[key] = _fill(item, part, f"{path}.{key}", filled)
    return found


def _absent(value: Any, path: list[str]) -> set[str]:
    if not path:
        return set()
    step, rest = path[0], path[1:]
    if step == "[]":
        return set().union(*(_absent(item, rest) for item in value)) if isinstance(value, list) else set()
    if not isinstance(value, Mapping):
        return set()
    return _absent(value[step], rest) if step in value else {step}


def follow(source: Source, path: str, of: Type) -> Any:
    """The value at a plain path. Raises AbsentRead; an absent list is an empty one."""
    value: Any = source
    for step in steps(path):
        value = value.get(step)
        if value is None:
            if isinstance(of, ListOf):
                return []
            raise AbsentRead(path)
    return value
