"""`values:` to the `Values` noun, in the order in which they need each other; and values with arguments as functions of
the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from motcua.catalogue.binding.formulas import bind_formula
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.rows import bind_rows, dated_by, is_rows
from motcua.domain.expression import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    LIBRARY,
    MONEY,
    RATE,
    TEXT,
    AbsentRead,
    Choice,
    Expression,
    Function,
    Language,
    Type,
    fits,
)
from motcua.domain.rows import Rows
from motcua.domain.values import UNKNOWN, Content, Facts, Value, Values

if TYPE_CHECKING:
    from motcua.catalogue.binding.shop import Shop

_TYPES: Mapping[str, Type] = {
    "money": MONEY,
    "rate": RATE,
    "number": INT,
    "decimal": DECIMAL,
    "text": TEXT,
    "choice": TEXT,
    "date": DATE,
    "condition": BOOL,
}
_FORMULAS = ("money", "rate", "number")
_UNKNOWN = "unknown"
_NOT_READ = ("why", "basis", "title", "unit", "use", "type", "given", "as")


@dataclass
class _Draft:
    """A value on its way: what it needs of the others, and, once known, its type and rows."""

    name: str
    node: Node
    needs: frozenset[str]
    type: Type | None
    rows: Rows[Content] | None = None

    @property
    def kind(self) -> str | None:
        kind = self.node.value("type")
        return str(kind) if kind is not None else None

    @property
    def given(self) -> dict[str, Type]:
        given = self.node.get("given")
        return {key: _TYPES.get(str(kind.data), TEXT) for key, kind in given.items()} if given is not None else {}


def bind_named(
    node: Node | None, shop: Shop, tables: Iterable[Function], broken: Iterable[str] = ()
) -> tuple[Shop, Values]:
    """The shop whose language knows the tables and values, and the values. What is `broken`, here or among the tables,
    was told; expressions that need it are not told again."""
    language = shop.language
    if language is None:
        return shop, Values()
    language = language.extended(functions=tables, broken=broken)
    drafts = {d.name: d for d in _drafts(node, shop, language)}
    order = _ordered(drafts)
    lost = {name for name, _ in node.items()} - {d.name for d in order} if node is not None else set()
    known = [d for d in order if d.type is not None]
    language = _extended(language.extended(broken=lost), known)
    for draft in order:
        if draft.type is None:
            _infer(draft, replace(shop, language=language))
            language = _extended(language, [draft]) if draft.type else language.extended(broken=[draft.name])
    shop = replace(shop, language=language)
    for draft in known:
        draft.rows = _contents(draft, shop)
    bound = {d.name: Value(d.name, d.type, d.rows) for d in order if d.type and d.rows and not d.given}
    return shop, Values(bound)


def _drafts(node: Node | None, shop: Shop, language: Language) -> Iterator[_Draft]:
    items = {name: shop.used(raw) for name, raw in node.items()} if node is not None else {}
    for name, item in items.items():
        if "is" not in item:
            item.error("C435", name=name)
            continue
        if name in language.names or name in language.functions or name in {f.name for f in LIBRARY}:
            item.error("C418", name=name)
            continue
        needs = frozenset(items.keys() & _mentioned(item, language)) - {*_given_names(item)}
        yield _Draft(name, item, needs, _declared(item))


def _given_names(node: Node) -> tuple[str, ...]:
    given = node.get("given")
    return tuple(key for key, _ in given.items()) if given is not None else ()


def _declared(node: Node) -> Type | None:
    """The type that a value says it has; of a choice its words."""
    kind = node.value("type")
    if kind is None:
        return None
    if kind not in _TYPES:
        node.at("type").error("C419", name=str(kind))
        return None
    if kind == "choice":
        return Choice(frozenset(_words(node.at("is"))))
    return _TYPES[str(kind)]


def _words(node: Node) -> Iterator[str]:
    if is_rows(node.data):
        for row in node.elements():
            word = row.get("is") or row.get("else")
            if word is not None and word.data != _UNKNOWN:
                yield str(word.data)
    else:
        yield str(node.data)


def _mentioned(node: Node, language: Language) -> set[str]:
    """The names in every expression of a value. The words of a choice are none."""
    choice = node.value("type") == "choice"
    found: set[str] = set()

    def look(data: Any, key: str | None) -> None:
        if isinstance(data, Mapping):
            for inner, item in data.items():
                if inner not in _NOT_READ:
                    look(item, inner)
        elif isinstance(data, list):
            for item in data:
                look(item, key)
        elif isinstance(data, str) and not (choice and key in ("is", "else")):
            found.update(language.mentions(data))

    look(node.plain(), None)
    return found


def _ordered(drafts: dict[str, _Draft]) -> list[_Draft]:
    """Each after those that it needs. Values that need each other in a circle are told and left out."""
    while True:
        sorter = TopologicalSorter({name: draft.needs & drafts.keys() for name, draft in drafts.items()})
        try:
            return [drafts[name] for name in sorter.static_order()]
        except CycleError as circle:
            around = list(reversed(circle.args[1]))
            drafts[around[0]].node.error("C417", names=" → ".join(around))
            for name in set(around):
                del drafts[name]


def _extended(language: Language, drafts: list[_Draft]) -> Language:
    """The language that also knows these drafts, whose types are known."""
    values = {d.name: d.type for d in drafts if d.type is not None and not d.given}
    functions = [_function(d, d.type) for d in drafts if d.type is not None and d.given]
    return language.extended(values, functions)


def _function(draft: _Draft, gives: Type) -> Function:
    """A value with arguments. Its rows may come later than the function: they are asked for when it is called."""
    names = tuple(draft.given)

    def call(facts: Any, *given: Any) -> Any:
        if draft.rows is None:
            raise LookupError(draft.name)  # a catalog with mistakes is never evaluated
        inside: Facts = facts.only(dict(zip(names, given, strict=True)))
        found = Value(draft.name, gives, draft.rows).compute(inside)
        if found is None:
            raise AbsentRead(f"value.{draft.name}")
        return found

    return Function(draft.name, tuple(draft.given.values()), gives, call, reads=frozenset())


def _infer(draft: _Draft, shop: Shop) -> None:
    """The type of a value that says none: that of its expressions."""
    draft.rows = _contents(draft, shop)
    if draft.rows is None:
        return
    found: Type | None = None
    for row in draft.rows.rows:
        if not isinstance(row.is_, Expression):
            continue
        if found is not None and not fits(found, row.is_.type):
            draft.node.at("is").error("C415", first=found.name, second=row.is_.type.name)
            return
        found = _wider(found, row.is_.type)
    draft.type = found
    if found is None:
        draft.node.error("C414")


def _wider(one: Type | None, other: Type) -> Type:
    if one is None or one == other:
        return other
    return TEXT if isinstance(one, Choice) or isinstance(other, Choice) else one


def _contents(draft: _Draft, shop: Shop) -> Rows[Content] | None:
    here = shop.with_(**draft.given) if draft.given else shop
    dated = dated_by(draft.node, here)
    return bind_rows(draft.node.at("is"), here, _content(draft.kind, here, dated), dated)


def _content(kind: str | None, shop: Shop, dated: Expression | None) -> Callable[[Node], Content | None]:
    def content(node: Node) -> Content | None:
        if node.data == _UNKNOWN:
            return UNKNOWN
        if kind in _FORMULAS:
            return bind_formula(node, shop, kind, dated)
        if kind == "choice":
            return _word(node)
        if isinstance(node.data, Mapping | list):
            node.error("C414")
            return None
        return shop.expression(node, _TYPES.get(kind) if kind else None)

    return content


def _word(node: Node) -> str | None:
    if not isinstance(node.data, str) or not node.data.isidentifier():
        node.error("C416", name=str(node.data))
        return None
    return node.data
