"""The way through a draft: which pages there are, in what state, and what comes next. Called by the draft's views."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from motcua.casework.judged_draft import JudgedDraft
from motcua.domain import positions
from motcua.domain.expression import Uncomputed
from motcua.domain.form import Field
from motcua.web.current import office


@dataclass(frozen=True)
class Stop:
    """A line of the task list. `state` is a word of the theme: todo, to_fix, done, optional, prefilled (from the
    account, not looked at yet); `n` how much is to fix.
    """

    name: str
    title: object
    address: str
    state: str
    n: int = 0


def page_stop(looked: JudgedDraft, page: Field) -> Stop:
    wrong = sum(problem.stops for problem in looked.problems_of(page.name))
    saved = page.name in looked.entered.changed
    known = "prefilled" if looked.entered.pages.get(page.name) else "optional"
    untouched = "todo" if wrong or looked.case is not None else known
    state = ("to_fix" if wrong else "done") if saved else untouched
    address = url_for("citizen.question", draft=looked.draft.id, page=page.name)
    return Stop(page.name, page.title, address, state, wrong)


def page_stops(looked: JudgedDraft) -> list[Stop]:
    return [page_stop(looked, page) for page in looked.pages]


def office_stop(looked: JudgedDraft) -> Stop | None:
    """Where to send it, if the citizen may choose."""
    if not offices(looked):
        return None
    missing = any(problem.field.startswith("agency.") for problem in looked.judged.problems)
    state = "todo" if missing else "done" if looked.entered.picked else "proposed"
    return Stop("office", None, url_for("citizen.receiving_office", draft=looked.draft.id), state)


def papers_stop(looked: JudgedDraft) -> Stop | None:
    if not looked.papers:
        return None
    missing = sum(problem.field.startswith("paper.") for problem in looked.judged.problems)
    state = "papers_missing" if missing else "done"
    return Stop("papers", None, url_for("citizen.papers", draft=looked.draft.id), state, missing)


def offices(looked: JudgedDraft) -> dict[str, list[str]]:
    """By position, the agencies among which the applicant may pick; none while an answer that decides it is missing."""
    found: dict[str, list[str]] = {}
    if looked.case is not None:
        return found
    catalog, facts = office().catalog.province.agencies, looked.judged.settled.facts
    for name in looked.procedure.positions:
        try:
            among = positions.offered(looked.procedure.positions, name, facts, catalog, looked.at.date())
        except Uncomputed:
            continue
        if among:
            found[name] = among
    return found


def next_to_do(looked: JudgedDraft) -> Stop | None:
    """The first part that still lacks something."""
    stops = [*page_stops(looked), office_stop(looked), papers_stop(looked)]
    return next((stop for stop in stops if stop and stop.state in ("todo", "to_fix", "papers_missing")), None)


def after(looked: JudgedDraft, page: str) -> str:
    """The address that follows a page: the next page, then the office, the papers, and the check of everything."""
    names = [stop.name for stop in page_stops(looked)]
    here = names.index(page) if page in names else len(names)
    stops = [*page_stops(looked)[here + 1 :], office_stop(looked), papers_stop(looked)]
    return next((stop.address for stop in stops if stop), url_for("citizen.check", draft=looked.draft.id))


def after_office(looked: JudgedDraft) -> str:
    stop = papers_stop(looked)
    return stop.address if stop else url_for("citizen.check", draft=looked.draft.id)


def address_of(looked: JudgedDraft, dotted: str) -> str:
    """Where a problem is mended: `#tre.ngay_sinh` on its page, a paper, the office; else the task list."""
    top = dotted.partition(".")[0]
    if top == "paper":
        return url_for("citizen.papers", draft=looked.draft.id, _anchor=dotted)
    if top == "agency":
        return url_for("citizen.receiving_office", draft=looked.draft.id)
    if any(page.name == top for page in looked.pages):
        return url_for("citizen.question", draft=looked.draft.id, page=top, show="problems", _anchor=dotted)
    return f"#{top}" if top else "#main"
