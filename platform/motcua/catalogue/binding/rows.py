"""Rows, wherever the catalog writes them: `[{when, in_force, is}, {else}]`, or the value itself. Used by all of
`binding`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from motcua.catalogue.binding.node import Node
from motcua.domain.expression import DATE, Expression
from motcua.domain.rows import Row, Rows
from motcua.domain.text import Text

if TYPE_CHECKING:
    from motcua.catalogue.binding.shop import Shop

T = TypeVar("T")


def is_rows(data: Any) -> bool:
    """A list is rows when one of its items says `is` or `else`."""
    return isinstance(data, list) and any(
        isinstance(item, Mapping) and ("is" in item or "else" in item) for item in data
    )


def bind_rows(
    node: Node | None, shop: Shop, item: Callable[[Node], T | None], dated_by: Expression | None = None
) -> Rows[T] | None:
    """A value, or rows of values, each read by `item`. None where something in them is wrong; all of it was told."""
    if node is None:
        return None
    if not is_rows(node.data):
        value = item(node)
        return None if value is None else Rows((Row(value),), dated_by, where(node))
    found = [_row(row, shop, item) for row in node.elements()]
    rows = tuple(row for row in found if row is not None)
    return Rows(rows, dated_by, where(node)) if len(rows) == len(found) else None


def _row(node: Node, shop: Shop, item: Callable[[Node], T | None]) -> Row[T] | None:
    is_ = node.get("is") or node.get("else")
    if is_ is None:
        return None  # the shape was told
    when = node.get("when")
    condition = shop.condition(when)
    windows = shop.windows(node.get("in_force"))
    value = item(is_)
    if value is None or (when is not None and condition is None):
        return None
    why = Text.of(node.value("why")) if "why" in node else None
    return Row(value, condition, windows, "else" in node, why, node.value("basis"))


def dated_by(node: Node | None, shop: Shop, inherited: Expression | None = None) -> Expression | None:
    """The day that `dated_by` names beside rows, else the one that holds around it."""
    said = node.get("dated_by") if node is not None else None
    return shop.expression(said, DATE) if said is not None else inherited


def where(node: Node) -> str:
    """The place of a node for people who read a log."""
    return f"{node.file}: {'.'.join(map(str, node.path))}"
