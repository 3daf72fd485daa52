"""`papers:` of a procedure to `Paper` nouns."""

from __future__ import annotations

from motcua.catalogue.binding import sums
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Shop
from motcua.domain.expression import ListOf, Record
from motcua.domain.paper import Alternative, Paper
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, Unit

_DATED = (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.YEAR)


def bind_papers(nodes: list[Node], shop: Shop) -> tuple[Paper, ...]:
    return tuple(_paper(shop.used(node), shop) for node in nodes)


def paper_ids(nodes: list[Node], shop: Shop) -> list[str]:
    """Every paper's id, those within alternatives too."""
    found = []
    for raw in nodes:
        node = shop.used(raw)
        found.append(str(node.value("id")))
        for way in node.each("one_of"):
            found += paper_ids(way.each("all_of"), shop)
    return found


def _paper(node: Node, shop: Shop) -> Paper:
    each = shop.expression(node.get("each"), None)
    here = shop
    as_ = str(node.value("as", "row"))
    if each is not None:
        item = each.type.item if isinstance(each.type, ListOf) else None
        if isinstance(item, Record):
            here = shop.with_(**{as_: item})
        else:
            node.at("each").error("C505")
    return Paper(
        id=str(node.value("id")),
        name=Text.of(node.value("name"), str(node.value("id"))),
        original=sums.bind_number(node.get("original"), here, node),
        copies=sums.bind_number(node.get("copies"), here, node),
        when=here.condition(node.get("when")),
        in_force=here.windows(node.get("in_force")),
        each=each,
        as_=as_,
        files=tuple(node.value("files") or ()),
        basis=node.value("basis"),
        from_form=bool(node.value("from_form", False)),
        shown=bool(node.value("shown", False)),
        optional=bool(node.value("optional", False)),
        skip_if_known=node.value("skip_if_known"),
        issued_within=here.rows(node.get("issued_within"), lambda item, _: _days(item, here), node),
        one_of=tuple(
            Alternative(here.condition(way.get("when")), bind_papers(way.each("all_of"), here))
            for way in node.each("one_of")
        ),
        note=Text.of(node.value("note")) if "note" in node else None,
    )


def _days(node: Node, shop: Shop) -> Amount | None:
    """How old a paper may be: in days, months or years, for it bears a date and no hour."""
    amount = shop.amount(node)
    if amount is not None and amount.unit not in _DATED:
        node.error("C508", value=str(node.data))
        return None
    return amount
