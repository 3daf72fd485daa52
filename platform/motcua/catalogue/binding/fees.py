"""`fees:` of a procedure to `Fee` nouns."""

from __future__ import annotations

from motcua.catalogue.binding import sums
from motcua.catalogue.binding.limits import names
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Shop
from motcua.domain.fee import Fee
from motcua.domain.text import Text


def bind_fees(nodes: list[Node], shop: Shop, events: frozenset[str]) -> tuple[Fee, ...]:
    found = []
    for node in nodes:
        amount = sums.bind_money(node.get("amount"), shop, node)
        if amount is None:
            continue
        found.append(
            Fee(
                id=str(node.value("id")),
                name=Text.of(node.value("name"), str(node.value("id")).replace("_", " ").capitalize()),
                kind=str(node.value("kind")),
                amount=amount,
                due=names(node.get("due"), events, shop) or ("received",),
                when=shop.condition(node.get("when")),
                in_force=shop.windows(node.get("in_force")),
                basis=node.value("basis"),
                note=Text.of(node.value("note")) if "note" in node else None,
                if_refused=node.value("if_refused", "keep"),
                if_less=node.value("if_less", "refund"),
            )
        )
    return tuple(found)
