"""What anyone may look at: what can be done here, one procedure, where a case stands. Reads only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, jsonify, request

from motcua.domain.case import Case
from motcua.domain.procedure import Procedure
from motcua.domain.refusals import NotThere
from motcua.domain.text import Text
from motcua.web import limits
from motcua.web.current import office
from motcua.web.language import language
from motcua.web.plan_shown import planned
from motcua.web.published import published
from motcua.web.theme import render

#: every answer about a case number takes this long, so that time does not tell whether there is such a case
_STEADY_SECONDS = 0.08

pages = Blueprint("public", __name__)


@dataclass(frozen=True)
class Sector:
    name: Text
    procedures: tuple[Procedure, ...]


@dataclass(frozen=True)
class Tracked:
    """All that a case number tells: nothing about a person."""

    number: str
    procedure: Text
    steps: tuple[Text, ...]
    outcome: str | None
    filed: datetime
    due: datetime | None
    stopped: bool


@pages.get("/")
def home() -> Response:
    return render("home", sectors=sectors())


@pages.get("/procedures/<procedure>")
def procedure(procedure: str) -> Response:
    live = office().catalog.live.get(procedure)
    if live is None or live.procedure is None:
        raise NotThere()
    today, province = office().now().date(), office().catalog.province
    return render(
        "procedure",
        procedure=live.procedure,
        known=published(live.procedure, province, today),
        course=planned(live.procedure, province, language(), shares=False),
        open=live.procedure.effective(today),
    )


@pages.get("/track")
def track() -> Response:
    """By the number as it is on the slip; spaces and small letters do not matter."""
    asked = request.args.get("number", "")
    number = "".join(asked.split()).upper()[:60]
    if not number:
        return render("track", asked="", found=None, searched=False)
    limits.take(limits.TRACKING)
    with _steadily():
        found = tracked(number)
    return render("track", 200 if found else 404, asked=asked, found=found, searched=True)


@pages.get("/health")
def health() -> Response:
    """For whoever watches over the machine: the database answers. Raises Busy (503) when it does not."""
    with office().store.reading() as books:
        waiting = books.outbox.backlog().waiting
    return jsonify(ok=True, procedures=len(office().catalog.live), messages_waiting=waiting)


def sectors() -> tuple[Sector, ...]:
    """What can be filed today, by field of work."""
    names = office().catalog.province.sectors if office().catalog.live else {}
    found: dict[str, list[Procedure]] = {}
    for live in office().catalog.procedures(office().now()):
        if live.procedure is not None:
            found.setdefault(live.procedure.sector, []).append(live.procedure)
    order = [*names, *(sector for sector in found if sector not in names)]
    return tuple(Sector(names.get(key, Text(key)), tuple(found[key])) for key in order if key in found)


def tracked(number: str) -> Tracked | None:
    try:
        with office().store.reading() as books:
            record = books.cases.by_number(number)
    except NotThere:
        return None
    return _public(office().case(record).advance(office().now()))


def _public(case: Case) -> Tracked:
    main = case.main_limit(office().now())
    return Tracked(
        number=case.number,
        procedure=case.procedure.name,
        steps=tuple(case.step(active.step).name for active in case.state.active),
        outcome=case.state.outcome,
        filed=case.events[0].at,
        due=main.due if main else None,
        stopped=main is not None and main.due is None and case.open,
    )


@contextmanager
def _steadily() -> Iterator[None]:
    began = time.monotonic()
    yield
    time.sleep(max(0.0, began + _STEADY_SECONDS - time.monotonic()))
