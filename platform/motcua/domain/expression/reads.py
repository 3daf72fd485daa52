"""What an expression reads: dotted paths, from its tree. A loop's variable stands for the items of its list:
`nganh[].chinh`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.domain.expression.tree import Call, Loop, Name, Node, Select, Tree, children

Scope = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Reading:
    """`paths` are read or asked for, `whole` those whose whole value is needed, `tested` those in `has()`, `called` the
    functions."""

    paths: frozenset[str]
    whole: frozenset[str]
    tested: frozenset[str]
    called: frozenset[str]


def path(node: Node, scope: Scope) -> str | None:
    """Where a node's value stands, or None for one that is computed."""
    match node:
        case Name():
            return scope.get(node.name, node.name)
        case Select(test=False):
            return asked(node, scope)
        case Call(function="_[_]"):
            return _item(path(node.args[0], scope))
        case Loop(kind="filter"):
            return path(node.over, scope)
        case Loop(kind="map"):
            inner = path(node.body, within(node, scope))
            return inner.removesuffix("[]") if inner is not None and inner.endswith("[]") else None
    return None


def asked(node: Select, scope: Scope) -> str | None:
    """The path that a selection names, also where `has()` only asks for it."""
    of = path(node.of, scope)
    return None if of is None else f"{of}.{node.field}"


def _item(of: str | None) -> str | None:
    return None if of is None else f"{of}[]"


def within(loop: Loop, scope: Scope) -> dict[str, str | None]:
    """The scope of a loop's body."""
    return {**scope, loop.variable: _item(path(loop.over, scope))}


def reading(tree: Tree) -> Reading:
    reader = _Reader()
    reader.read(tree.root, {}, used=True)
    touched = {p for p in reader.touched if not any(other.startswith((f"{p}.", f"{p}[]")) for other in reader.all)}
    return Reading(
        frozenset(reader.used | touched), frozenset(reader.used), frozenset(reader.tested), frozenset(reader.called)
    )


class _Reader:
    """`used` are paths whose whole value is needed; `touched` the ones that are only passed through, counted or asked
    for."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.touched: set[str] = set()
        self.tested: set[str] = set()
        self.called: set[str] = set()

    @property
    def all(self) -> set[str]:
        return self.used | self.touched

    def read(self, node: Node, scope: Scope, *, used: bool) -> None:
        here = path(node, scope)
        if here is not None:
            (self.used if used else self.touched).add(here)
        elif isinstance(node, Select) and (wanted := asked(node, scope)) is not None:
            self.touched.add(wanted)
            self.tested.add(wanted)
        match node:
            case Loop():
                self.read(node.over, scope, used=False)
                for child in (node.where, node.body):
                    if child is not None:
                        self.read(child, within(node, scope), used=True)
            case Select():
                self.read(node.of, scope, used=False)
            case Call(function="_[_]"):
                self.read(node.args[0], scope, used=False)
                self.read(node.args[1], scope, used=True)
            case _:
                if isinstance(node, Call) and node.function[0].isalpha():
                    self.called.add(node.function)
                for child in children(node):
                    self.read(child, scope, used=True)
