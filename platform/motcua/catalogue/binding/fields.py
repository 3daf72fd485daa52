"""Form files to `Form` nouns, in two looks: first what is asked and of which type, then, when all names are known,
the conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.schema import json_schema, resolved
from motcua.catalogue.binding.shop import Shop
from motcua.catalogue.finding import meant
from motcua.domain.answers import read_group
from motcua.domain.expression import BOOL, DATE, DECIMAL, INT, MOMENT, TEXT, Choice, ListOf, Record, Type
from motcua.domain.form import Check, Choices, Field, Form, Kind, Path
from motcua.domain.text import Text

_PLAIN = {"integer": Kind.NUMBER, "number": Kind.DECIMAL, "boolean": Kind.YES_NO}
_TYPES = {
    Kind.TEXT: TEXT,
    Kind.CHOICE: TEXT,
    Kind.NUMBER: INT,
    Kind.DECIMAL: DECIMAL,
    Kind.DATE: DATE,
    Kind.MOMENT: MOMENT,
    Kind.YES_NO: BOOL,
}


@dataclass(frozen=True)
class Sketch:
    """A field before its conditions are read."""

    node: Node
    name: str
    path: Path
    kind: Kind
    required: bool
    children: tuple[Sketch, ...] = ()

    @property
    def type(self) -> Type:
        if self.kind is Kind.CHOICE and "enum" in self.node:
            return Choice(frozenset(map(str, self.node.value("enum"))))
        if self.kind is Kind.CHOICES or (self.kind is Kind.ROWS and not self.children):
            return ListOf(TEXT)
        if self.kind in (Kind.GROUP, Kind.ROWS):
            record = Record({child.name: child.type for child in self.children})
            return ListOf(record) if self.kind is Kind.ROWS else record
        return _TYPES[self.kind]


def sketch(form: Node, shop: Shop) -> tuple[Sketch, ...]:
    """Every field of a form file, typed."""
    return tuple(_sketches(form, (), shop))


def _sketches(group: Node, path: Path, shop: Shop) -> Iterator[Sketch]:
    required = group.value("required") or []
    properties = group.get("properties")
    for name, child in properties.items() if properties else ():
        node = resolved(child, shop.file)
        here = (*path, name)
        kind, inside = _kind(node, shop)
        children = tuple(_sketches(inside, here, shop)) if inside is not None else ()
        yield Sketch(node, name, here, kind, name in required, children)


def _kind(node: Node, shop: Shop) -> tuple[Kind, Node | None]:
    """The kind of a schema, and where its children stand."""
    of = node.value("type")
    if of == "object":
        return Kind.GROUP, node
    if of == "array":
        items = node.get("items")
        item = resolved(items, shop.file) if items else None
        if item is not None and ("enum" in item or "choices" in item):
            return Kind.CHOICES, None
        return Kind.ROWS, item if item is not None and "properties" in item else None
    if of in _PLAIN:
        return _PLAIN[of], None
    if node.value("format") == "date":
        return Kind.DATE, None
    if node.value("format") == "date-time":
        return Kind.MOMENT, None
    return (Kind.CHOICE if "enum" in node or "choices" in node else Kind.TEXT), None


def bind_form(form: Node, form_id: str, sketches: tuple[Sketch, ...], shop: Shop) -> Form:
    """The form with its conditions, once the shop knows all names."""
    whole = Record({s.name: s.type for s in sketches})
    fields = tuple(_field(s, shop, whole) for s in sketches)
    checks = tuple(bind_checks(form.each("checks"), shop, sketches))
    return Form(form_id, Text.of(form.value("title"), form_id), fields, json_schema(form, shop.file), checks)


def _field(sketch: Sketch, shop: Shop, this: Record | None) -> Field:
    node, record = sketch.node, sketch.type
    inner = record.item if isinstance(record, ListOf) else record
    below = inner if isinstance(inner, Record) else this
    required_when = node.value("required_when")
    bare = Field(sketch.name, sketch.path, sketch.kind, Text(sketch.name), format=node.value("format"))
    return Field(
        name=sketch.name,
        path=sketch.path,
        kind=sketch.kind,
        title=Text.of(node.value("title"), sketch.name),
        hint=Text.of(node.value("description")) if "description" in node else None,
        required=sketch.required,
        required_if_shown=sketch.required or required_when == "shown",
        required_when=None if required_when in (None, "shown") else shop.condition(node.at("required_when"), this),
        when=shop.condition(node.get("when"), this),
        computed=shop.expression(node.get("computed"), _TYPES.get(sketch.kind), this),
        not_after=shop.expression(node.get("not_after"), DATE, this),
        not_before=shop.expression(node.get("not_before"), DATE, this),
        choices=_choices(sketch, shop, this),
        default=_default(node.get("default"), bare),
        max_length=node.value("maxLength"),
        format=node.value("format"),
        widget=node.value("widget"),
        unit=node.value("unit"),
        decimals=node.value("decimals"),
        prefill=node.value("prefill"),
        secret=bool(node.value("secret", False)),
        min_items=node.value("minItems", 0),
        max_items=node.value("maxItems"),
        unique_by=tuple(node.value("unique_by") or ()),
        fields=tuple(_field(child, shop, below) for child in sketch.children),
    )


def _default(node: Node | None, field: Field) -> Any:
    """What an answer is where nobody said anything: read as an answer is, so a date is a date."""
    if node is None:
        return None
    value, problems = read_group(field, node.data)
    for problem in problems:
        node.error("C509", problem=Text(problem.message(), problem.message("en")))
    return value


def _choices(sketch: Sketch, shop: Shop, this: Record | None) -> Choices | None:
    node = sketch.node
    if sketch.kind is Kind.CHOICES:
        node = resolved(node.at("items"), shop.file)
    elif sketch.kind is not Kind.CHOICE:
        return None
    filters = node.get("filter") or sketch.node.get("filter")
    bound = {name: shop.expression(child, TEXT, this) for name, child in filters.items()} if filters else {}
    if "choices" in node:
        return Choices(code_list=shop.code_list(node.value("choices")), filter={n: e for n, e in bound.items() if e})
    labels = node.value("labels") or sketch.node.value("labels") or {}
    return Choices({word: Text.of(labels.get(word), word) for word in node.value("enum") or ()})


def bind_checks(nodes: list[Node], shop: Shop, sketches: tuple[Sketch, ...]) -> Iterator[Check]:
    """`checks:` of a form or of a procedure."""
    for node in nodes:
        node = shop.used(node)
        rule = shop.condition(node.get("rule"), None)
        at = node.value("at")
        if isinstance(at, str) and not _stands(at, sketches):
            node.at("at").error("C502", name=at, **meant(at, [".".join(s.path) for s in _all(sketches)]))
        if rule is not None:
            offer: Any = node.get("offer")
            yield Check(
                rule,
                Text.of(node.value("message")),
                at,
                node.value("level", "error"),
                node.value("basis"),
                offer.value("procedure") if offer else None,
                shop.condition(node.get("when")),
                shop.windows(node.get("in_force")),
            )


def _all(sketches: tuple[Sketch, ...]) -> Iterator[Sketch]:
    for one in sketches:
        yield one
        yield from _all(one.children)


def _stands(dotted: str, sketches: tuple[Sketch, ...]) -> bool:
    return any(".".join(s.path) == dotted for s in _all(sketches))
