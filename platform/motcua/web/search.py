"""Finding a procedure by everyday words: open to everybody, works by its address alone. Called by create_app.

What somebody looks for is nobody's business: it is not logged and not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from motcua.domain.procedure import Procedure
from motcua.domain.text import Text
from motcua.search.words import LONGEST
from motcua.web.current import office
from motcua.web.language import language
from motcua.web.published import at_a_glance
from motcua.web.theme import render, say

MOST = 20
pages = Blueprint("search", __name__)


@dataclass(frozen=True)
class Hit:
    """A procedure of the list, in the language of the screen."""

    id: str
    name: str
    sector: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Narrowing:
    """One way to narrow the list: its name in the address, what is chosen, and what there is to choose."""

    key: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


@pages.get("/search")
def search() -> Response:
    catalog = office().catalog
    asked = " ".join(request.args.get("q", "").split())[:LONGEST]
    serving = {live.id: live.procedure for live in catalog.procedures(office().now()) if live.procedure}
    narrowings = _narrowings(serving.values())
    chosen = {narrowing.key: narrowing.chosen for narrowing in narrowings if narrowing.chosen}
    found = catalog.search.find(asked, **chosen, most=len(catalog.live))
    hits = [_hit(serving[entry.id]) for entry in found.hits if entry.id in serving]
    return render(
        "search",
        asked=asked,
        hits=hits[:MOST],
        more=len(hits) > MOST,
        meant=found.meant,
        narrowings=narrowings,
        chosen=chosen,
    )


def _hit(procedure: Procedure) -> Hit:
    lang, province = language(), office().catalog.province
    levels = ", ".join(province.levels.get(level, Text(level)).in_(lang) for level in procedure.levels)
    facts = (*at_a_glance(procedure, office().now().date()), levels)
    sector = province.sectors.get(procedure.sector, Text(procedure.sector)).in_(lang)
    return Hit(procedure.id, procedure.name.in_(lang), sector, tuple(fact for fact in facts if fact))


def _narrowings(serving: Iterable[Procedure]) -> tuple[Narrowing, ...]:
    """By what there is today; one choice is none."""
    procedures = tuple(serving)
    if not procedures:
        return ()
    lang, province = language(), office().catalog.province
    audiences = {who: say(f"search.audiences.{who}") for procedure in procedures for who in procedure.audience}
    sectors = {procedure.sector for procedure in procedures}
    levels = {level for procedure in procedures for level in procedure.levels}
    return (
        _narrowing("sector", {key: name.in_(lang) for key, name in province.sectors.items() if key in sectors}),
        _narrowing("level", {key: name.in_(lang) for key, name in province.levels.items() if key in levels}),
        _narrowing("audience", audiences),
    )


def _narrowing(key: str, names: Mapping[str, str]) -> Narrowing:
    chosen = request.args.get(key, "")
    return Narrowing(key, chosen if chosen in names else "", tuple(names.items()))
