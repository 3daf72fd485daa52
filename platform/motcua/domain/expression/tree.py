"""The syntax tree of an expression in our own words: what checks, the reading of paths and the prover walk over. No
protobuf beyond here.

Macros are folded back: a `Loop` is one of `all exists exists_one filter map`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from motcua.domain.expression.types import Type
from motcua.domain.expression.wire import Any_, Checked, Parsed, Shapes

_ACCU = "@result"


@dataclass(frozen=True)
class Literal:
    id: int
    at: int
    value: bool | int | float | str | None
    kind: str  # bool int float text null, or another of CEL's (`uint`, `bytes`)


@dataclass(frozen=True)
class Name:
    id: int
    at: int
    name: str


@dataclass(frozen=True)
class Select:
    """`of.field`, or with `test` the question `has(of.field)`."""

    id: int
    at: int
    of: Node
    field: str
    test: bool


@dataclass(frozen=True)
class Call:
    """A function or an operator (`_&&_`, `_?_:_`, `_[_]`, `@in`); of a member call (`x.size()`) the target comes
    first."""

    id: int
    at: int
    function: str
    args: tuple[Node, ...]
    member: bool = False


@dataclass(frozen=True)
class Items:
    """A list written out."""

    id: int
    at: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Loop:
    """A macro over a list. Of a `map` with three arguments `where` is the second."""

    id: int
    at: int
    kind: str
    variable: str
    over: Node
    body: Node
    where: Node | None = None


@dataclass(frozen=True)
class Other:
    """Syntax of CEL that is not part of our language."""

    id: int
    at: int


Node: TypeAlias = Literal | Name | Select | Call | Items | Loop | Other


@dataclass(frozen=True)
class Tree:
    """`types` gives the checked type of a node by its id; it is empty for a tree that was only parsed."""

    root: Node
    types: Mapping[int, Type | None] = field(default_factory=dict)

    def type(self, node: Node) -> Type | None:
        return self.types.get(node.id)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Select():
            return (node.of,)
        case Call():
            return node.args
        case Items():
            return node.items
        case Loop():
            return (node.over, node.body) if node.where is None else (node.over, node.where, node.body)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def parsed(serialised: bytes) -> Tree:
    """The tree of a parsed, not yet checked expression."""
    message = Parsed.FromString(Any_.FromString(serialised).value)
    return Tree(_Decoder(message.source_info).node(message.expr))


def checked(serialised: bytes, shapes: Shapes) -> Tree:
    """The tree of a checked expression, typed."""
    message = Checked.FromString(Any_.FromString(serialised).value)
    types = {entry.key: shapes.read(entry.value) for entry in message.type_map}
    return Tree(_Decoder(message.source_info).node(message.expr), types)


class _Decoder:
    def __init__(self, source: Any) -> None:
        self.at = {position.key: position.value for position in source.positions}

    def node(self, expr: Any) -> Node:
        id_, at = expr.id, self.at.get(expr.id, 0)
        if expr.HasField("const_expr"):
            return _literal(id_, at, expr.const_expr)
        if expr.HasField("ident_expr"):
            return Name(id_, at, expr.ident_expr.name)
        if expr.HasField("select_expr"):
            select = expr.select_expr
            return Select(id_, at, self.node(select.operand), select.field, select.test_only)
        if expr.HasField("call_expr"):
            return self._call(id_, at, expr.call_expr)
        if expr.HasField("list_expr"):
            return Items(id_, at, tuple(map(self.node, expr.list_expr.elements)))
        if expr.HasField("comprehension_expr"):
            return self._loop(id_, at, expr.comprehension_expr)
        return Other(id_, at)

    def _call(self, id_: int, at: int, call: Any) -> Node:
        member = call.HasField("target")
        args = [call.target, *call.args] if member else call.args
        return Call(id_, at, call.function, tuple(map(self.node, args)), member)

    def _loop(self, id_: int, at: int, loop: Any) -> Node:
        step = self.node(loop.loop_step)
        found = _macro(step, loop.iter_var)
        if found is None or loop.accu_var != _ACCU:
            return Other(id_, at)
        kind, body, where = found
        return Loop(id_, at, kind, loop.iter_var, self.node(loop.iter_range), body, where)


def _macro(step: Node, variable: str) -> tuple[str, Node, Node | None] | None:
    """The macro, its body and perhaps its condition, from the step that CEL expands it to."""
    match step:
        case Call(function="_&&_", args=(Name(name="@result"), body)):
            return "all", body, None
        case Call(function="_||_", args=(Name(name="@result"), body)):
            return "exists", body, None
        case Call(function="_?_:_", args=(body, Call(function="_+_", args=(Name(), Literal(value=1))), Name())):
            return "exists_one", body, None
        case Call(function="_?_:_", args=(where, Call(function="_+_", args=(Name(), Items(items=(item,)))), Name())):
            if isinstance(item, Name) and item.name == variable:
                return "filter", where, None
            return "map", item, where
        case Call(function="_+_", args=(Name(name="@result"), Items(items=(item,)))):
            return "map", item, None
    return None


def _literal(id_: int, at: int, constant: Any) -> Node:
    for key, kind in (
        ("bool_value", "bool"),
        ("int64_value", "int"),
        ("double_value", "float"),
        ("string_value", "text"),
    ):
        if constant.HasField(key):
            return Literal(id_, at, getattr(constant, key), kind)
    return Literal(id_, at, None, "null" if constant.HasField("null_value") else "bytes")
