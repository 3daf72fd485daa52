"""A draft is begun, looked at as a list of tasks, thrown away."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

import motcua.web.citizen.way as way
from motcua.casework.detach import drop_draft
from motcua.casework.expecting import changed
from motcua.casework.start_draft import start_draft
from motcua.web.citizen.blueprint import draft_of, judged, pages, sent_as
from motcua.web.citizen.story import window_of
from motcua.web.current import account, office
from motcua.web.theme import render, say


@pages.post("/procedures/<path:procedure>/drafts")
def start(procedure: str) -> Response:
    draft = start_draft(office(), procedure, account())
    return redirect(url_for("citizen.draft", draft=draft.id), 303)


@pages.get("/drafts/<draft>")
def draft(draft: str) -> Response:
    """What there is to do, in what state each part is, and what it will cost and need as the answers stand."""
    if sent := sent_as(draft_of(draft)):
        return sent
    looked = judged(draft)
    stops = way.page_stops(looked)
    return render(
        "citizen_draft",
        looked=looked,
        stops=stops,
        office_stop=way.office_stop(looked),
        papers_stop=way.papers_stop(looked),
        gates=[p for p in looked.judged.problems if not p.field],
        until=window_of(looked.case) if looked.case else None,
        next_stop=way.next_to_do(looked),
        left=sum(stop.state in ("todo", "to_fix") for stop in stops),
        changed=changed(office(), looked) if looked.case is None else None,
    )


@pages.get("/drafts/<draft>/drop")
def ask_to_drop(draft: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    return render("citizen_drop", looked=judged(draft))


@pages.post("/drafts/<draft>/drop")
def drop(draft: str) -> Response:
    drop_draft(office(), draft, account().id)
    flash(say("citizen.drop.done"))
    return redirect(url_for("citizen.cases"), 303)
