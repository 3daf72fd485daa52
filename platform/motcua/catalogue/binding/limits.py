"""`time_limits:` of a procedure to `TimeLimit` nouns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from functools import partial

from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Shop
from motcua.catalogue.finding import meant
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.time_limit import After, At, Earliest, End, Overdue, TimeLimit


def bind_limits(nodes: list[Node], shop: Shop, events: frozenset[str]) -> tuple[TimeLimit, ...]:
    """`events` is the vocabulary of this procedure: what `from` and `until` may name."""
    found = []
    for node in nodes:
        within: Rows[End] | None = shop.rows(node.get("within"), partial(read_end, events=events), beside=node)
        if within is None:
            continue
        overdue = node.get("overdue")
        found.append(
            TimeLimit(
                id=str(node.value("id")),
                within=within,
                from_=names(node.get("from"), events, shop) or ("accepted",),
                until=names(node.get("until"), events, shop),
                cut_off=_hour(node.get("cut_off")),
                covers=tuple(node.value("covers") or ()),
                main=bool(node.value("main", False)),
                runs_out=node.value("runs_out"),
                overdue=Overdue(tuple(overdue.value("notify") or ()), overdue.value("slip")) if overdue else None,
                name=Text.of(node.value("name")) if "name" in node else None,
                basis=node.value("basis"),
                when=shop.condition(node.get("when")),
                in_force=shop.windows(node.get("in_force")),
            )
        )
    return tuple(found)


def names(node: Node | None, events: frozenset[str] | None, shop: Shop) -> tuple[str, ...]:
    """Event names, one or a list; each must be of the vocabulary, where there is one to judge by."""
    if node is None:
        return ()
    items = node.elements() if isinstance(node.data, list) else [node]
    for item in items:
        if events is not None and item.data not in events:
            item.error("C506", name=item.data, **meant(str(item.data), events))
    return tuple(str(item.data) for item in items)


def read_end(node: Node, shop: Shop, events: frozenset[str] | None) -> End | None:
    """An end: an amount of time, `{of, from}`, `{at}` or `{earliest}`. Without a vocabulary its events are not
    judged.
    """
    if not isinstance(node.data, Mapping):
        return shop.amount(node)
    if "at" in node:
        moment = shop.expression(node.get("at"), None)
        return At(moment) if moment is not None else None
    if "earliest" in node:
        ends = tuple(end for item in node.each("earliest") if (end := read_end(item, shop, events)) is not None)
        return Earliest(ends) if ends else None
    of = shop.amount(node.get("of"))
    return After(of, names(node.get("from"), events, shop)) if of is not None else None


def _hour(node: Node | None) -> time | None:
    if node is None:
        return None
    try:
        return time.fromisoformat(str(node.data))
    except ValueError:
        node.error("C507", value=str(node.data))
        return None
