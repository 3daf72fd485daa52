"""Formulas and plain numbers to `Formula` nouns: `amount`, `is` of money and rates, `times`, bounds, `copies`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.rows import bind_rows, dated_by, is_rows
from motcua.domain.expression import DECIMAL, INT, MONEY, RATE, Expression, ListOf, Record
from motcua.domain.formula import Choose, Each, Exact, Formula, Item, Part, Read, Rounding, Several
from motcua.domain.money import Doubtful, money_of, number_of, rate_of
from motcua.domain.rows import Row, Rows
from motcua.domain.text import Text

if TYPE_CHECKING:
    from motcua.catalogue.binding.shop import Shop

_NUMBERS = (INT, MONEY, DECIMAL, RATE)
_SEVERAL = ("sum", "highest", "lowest")
_ROUNDS = ("round_to", "round_up_to", "round_down_to")
_NUMERAL = re.compile(r"\d[\d.,\s]*(?:%|[^\W\d_]+)?")  # `8.000`, `60 %`, `1.5 tỷ`, also what is wrongly written so
_READERS: Mapping[str, tuple[Callable[[str | int], int | Fraction], str]] = {
    "money": (money_of, "C401"),
    "rate": (rate_of, "C403"),
    "number": (number_of, "C404"),
}


@dataclass(frozen=True)
class _Here:
    """Where in a formula we are: what kind of number stands here, whether it is the result, and which day dates its
    rows."""

    shop: Shop
    kind: str
    result: bool = False
    dated: Expression | None = None

    def within(self, kind: str | None = None) -> _Here:
        return replace(self, kind=kind or self.kind, result=False)


def bind_formula(node: Node | None, shop: Shop, kind: str, dated: Expression | None = None) -> Formula | None:
    """A number, CEL, a formula or rows as a formula that gives `money`, a whole `number` or a `rate`."""
    if node is None:
        return None
    part = _part(node, _Here(shop, kind, result=True, dated=dated))
    if part is None:
        return None
    return replace(part, kind=kind) if isinstance(part, Formula) else Formula(part, kind=kind)


def _part(node: Node, here: _Here) -> Part | None:
    if is_rows(node.data):
        return _choose(node, here)
    if isinstance(node.data, list):
        node.error("C406")
        return None
    if isinstance(node.data, Mapping):
        return _formula(node, here)
    return _whole(node, here, _scalar(node, here))


def _whole(node: Node, here: _Here, part: Part | None) -> Part | None:
    """A result that is paid or counted is whole."""
    if part is not None and here.result and here.kind != "rate" and not part.whole:
        node.error("C408")
        return None
    return part


def _choose(node: Node, here: _Here) -> Choose | None:
    rows = bind_rows(node, here.shop, lambda item: _part(item, here), here.dated)
    return Choose(rows) if rows is not None else None


# ---- numbers and expressions ----


def _scalar(node: Node, here: _Here) -> Part | None:
    data = node.data
    if isinstance(data, int) and not isinstance(data, bool):
        return Exact(Fraction(data), str(data))
    if isinstance(data, str) and _NUMERAL.fullmatch(data.strip()):
        return _literal(node, data.strip(), here.kind)
    if data == "none":
        node.error("C411")
        return None
    return _read(node, here.shop)


def _literal(node: Node, text: str, kind: str) -> Exact | None:
    read, code = _READERS[kind]
    try:
        return Exact(Fraction(read(text)), text)
    except Doubtful as doubt:
        node.error("C402", text=text, first=doubt.first, second=doubt.second)
    except ValueError:
        node.error("C405" if kind == "money" and "%" in text else code, text=text)
    return None


def _read(node: Node, shop: Shop) -> Read | None:
    expression = shop.expression(node, None)
    if expression is None:
        return None
    if expression.type not in _NUMBERS:
        node.error("C407", found=expression.type.name)
        return None
    return Read(expression)


# ---- formulas ----


def _formula(node: Node, here: _Here) -> Formula | None:
    here = replace(here, dated=dated_by(node, here.shop, here.dated))
    base = _base(node, here)
    times = _times(node.get("times"), here)
    bounds = {key: _bound(node.at(key), here) for key in ("at_least", "at_most") if key in node}
    rounding, rounds_well = _rounding(node)
    if base is None or times is None or None in bounds.values() or not rounds_well:
        return None
    formula = Formula(
        base,
        times,
        bounds.get("at_least"),
        bounds.get("at_most"),
        rounding,
        here.kind,
        Text.of(node.value("why")) if "why" in node else None,
        node.value("basis"),
    )
    if formula.exact and rounding is not None:
        node.at(rounding.how).error("C409")
        return None
    return formula if _whole(node, here, formula) is not None else None


def _base(node: Node, here: _Here) -> Part | None:
    for key in _SEVERAL:
        if key in node:
            return _several(node, key, here.within())
    of = node.get("of")
    return _part(of, here.within()) if of is not None else None  # the shape was told


def _times(node: Node | None, here: _Here) -> tuple[Part, ...] | None:
    """One factor, rows, or a list of factors and rows."""
    if node is None:
        return ()
    factors = node.elements() if isinstance(node.data, list) and not is_rows(node.data) else [node]
    parts = [_part(factor, here.within("rate")) for factor in factors]
    found = tuple(part for part in parts if part is not None)
    return found if len(found) == len(parts) else None


def _bound(node: Node, here: _Here) -> Part | None:
    """`at_least`, `at_most`; rows may say `none`."""
    if not is_rows(node.data):
        return _part(node, here.within())
    inside = here.within()

    def item(child: Node) -> tuple[Part | None] | None:
        if child.data == "none":
            return (None,)
        part = _part(child, inside)
        return None if part is None else (part,)

    rows = bind_rows(node, here.shop, item, here.dated)
    if rows is None:
        return None
    bare: tuple[Row[Part | None], ...] = tuple(
        Row(row.is_[0], row.when, row.in_force, row.otherwise, row.why, row.basis) for row in rows.rows
    )
    return Choose(Rows(bare, rows.dated_by, rows.where))


def _several(node: Node, how: str, here: _Here) -> Several | None:
    said = node.at(how)
    items = _each(said, here) if isinstance(said.data, Mapping) else _items(said, here)
    nothing = node.get("none") or (said.get("none") if isinstance(said.data, Mapping) else None)
    none = _part(nothing, here) if nothing is not None else None
    if items is None or (nothing is not None and none is None):
        return None
    return Several(how, items, none)


def _items(node: Node, here: _Here) -> tuple[Item, ...] | None:
    found = [_item(child, here) for child in node.elements()]
    items = tuple(item for item in found if item is not None)
    return items if len(items) == len(found) else None


def _item(node: Node, here: _Here) -> Item | None:
    if isinstance(node.data, Mapping) and ("is" in node or "else" in node):
        node.error("C412")
        return None
    conditional = isinstance(node.data, Mapping)
    when = node.get("when") if conditional else None
    condition = here.shop.condition(when)
    part = _part(node, here)
    if part is None or (when is not None and condition is None):
        return None
    return Item(part, condition, here.shop.windows(node.get("in_force")) if conditional else ())


def _each(node: Node, here: _Here) -> tuple[Each] | None:
    said, amount = node.get("each"), node.get("amount")
    each = here.shop.expression(said, None)
    if each is None or said is None or amount is None:
        return None
    row = each.type.item if isinstance(each.type, ListOf) else None
    if not isinstance(row, Record):
        said.error("C413", found=each.type.name)
        return None
    as_ = str(node.value("as", "row"))
    inside = replace(here, shop=here.shop.with_(**{as_: row}))
    when = node.get("when")
    condition = inside.shop.condition(when)
    part = _part(amount, inside)
    if part is None or (when is not None and condition is None):
        return None
    return (Each(each, as_, part, condition),)


def _rounding(node: Node) -> tuple[Rounding | None, bool]:
    """The rounding, and whether it is well written."""
    how = next((key for key in _ROUNDS if key in node), None)
    if how is None:
        return None, True
    try:
        unit: Any = money_of(node.value(how))
    except ValueError:
        unit = 0
    if unit <= 0:
        node.at(how).error("C410", text=str(node.value(how)))
        return None, False
    return Rounding(how, unit), True
