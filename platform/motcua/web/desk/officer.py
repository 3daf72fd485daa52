"""The officer's desk: an inbox by role and agency, a case with what may be done now, and doing it. Called by
create_app.

An agency sees only its own cases (access.own_agencys_case); what may be done is the case's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as Answer

from motcua.casework.complete_step import complete_step
from motcua.domain.case import Case
from motcua.domain.event import Event
from motcua.domain.people import Officer
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, Refused, Stale
from motcua.domain.text import Text
from motcua.store.books import Books
from motcua.store.cases import CaseRecord, alone
from motcua.store.inbox import MOST, Page
from motcua.web import downloads
from motcua.web.current import office, officer
from motcua.web.desk.case import DeskCase, desk_case
from motcua.web.desk.rows import case_rows, inbox_rows
from motcua.web.desk.work import PREFIX, Entered, allowed_asks, step_page, superfluous
from motcua.web.history import Entry, entry, names_of
from motcua.web.language import language
from motcua.web.lateness import Lateness, Watch
from motcua.web.theme import render, say

pages = Blueprint("officer", __name__)


# ---- the inbox ----


@pages.get("/desk")
def inbox() -> Response:
    """The most urgent first; `show` narrows it to one lateness, `after` goes on where the last page ended."""
    me, show, after = officer(), request.args.get("show", ""), request.args.get("after")
    watch = _watch(me)
    with office().store.reading() as books:
        counts = books.inbox.counts(office().held_by(me.agency), _roles_of(me), now=watch.now, near=watch.near)
    page = _lines(me, show, watch, after)
    rows = inbox_rows(office(), page.lines, watch, waiting=show == Lateness.WAITING)
    more = {"next": page.next, "later": after is not None}
    cashier = office().catalog.province.cashier in me.roles
    head = desk_head(me)
    return render("desk_inbox", counts=counts, most=MOST, show=show, rows=rows, more=more, cashier=cashier, desk=head)


def _lines(me: Officer, show: str, watch: Watch, after: str | None) -> Page:
    spans = {
        Lateness.LATE: (None, watch.now),
        Lateness.NEAR: (watch.now, watch.near),
        Lateness.ON_TIME: (watch.near, None),
    }
    held = office().held_by(me.agency)
    with office().store.reading() as books:
        if show == Lateness.WAITING:
            return books.inbox.waiting(held, after=after)
        since, until = next((span for lateness, span in spans.items() if lateness == show), (None, None))
        return books.inbox.tasks(held, _roles_of(me), since=since, until=until, after=after)


@pages.get("/desk/cases")
def search() -> Response:
    """By the end of the number, or a part of the applicant's name with or without marks."""
    me, text = officer(), " ".join(request.args.get("q", "").split())[:100]
    watch = _watch(me)
    with office().store.reading() as books:
        lines = books.inbox.of_agencies(office().seen_by(me.agency), text) if text else ()
    return render("desk_search", q=text, rows=case_rows(office(), lines, watch), desk=desk_head(me))


# ---- a case ----


@pages.get("/desk/cases/<ref>")
def case(ref: str) -> Response:
    return case_page(ref, Entered())


@pages.post("/desk/cases/<ref>/steps/<step>/<action>")
def act(ref: str, step: str, action: str) -> Answer:
    """Every "no" shows the case as it is now, why not, and all that was typed."""
    seen = request.form.get("seen", type=int)
    if seen is None:
        raise BadRequest()
    entered = Entered.of(request.form)
    try:
        done = _act(ref, step, action, seen, entered)
    except Incorrect as no:
        return case_page(ref, entered, step, no, status=422)
    except (Stale, NotOffered) as no:
        return case_page(ref, entered, step, no, status=409)
    except NotAllowed as no:
        return case_page(ref, entered, step, no, status=403)
    happened = _what(done, done.new_events[-1] if done.new_events else done.events[-1])
    flash(say("desk.done", number=done.number, what=happened))
    return redirect(url_for("officer.inbox"))


def _act(ref: str, step: str, action: str, seen: int, entered: Entered) -> Case:
    """Reads the step's own form as it was sent; the case judges it."""
    looked = opened(ref)
    known = looked.procedure.workflow.steps.get(step)
    if known is None:
        raise NotOffered(step=step, action=action)
    facts = None
    if known.form is not None:
        page = step_page(looked, known, entered, language())
        facts = page.raw()
        if looked.state.at_step(step) and (problems := superfluous(looked, known.form, page)):
            raise Incorrect(problems)
    doing = known.action(action)
    asks = allowed_asks(looked, entered.asks) if doing and doing.does == "ask_supplement" else ()
    return complete_step(
        office(),
        ref,
        step,
        action,
        seen=seen,
        by=officer(),
        facts=facts,
        reason=entered.reason,
        asks=asks,
        picks=entered.picks,
        hands=entered.hands,
    )


@pages.get("/desk/cases/<ref>/files/<upload>")
def file(ref: str, upload: str) -> Response:
    """A paper, always as a download: nobody's file is shown as a page of this site."""
    with office().store.reading() as books:
        found = books.uploads.get(upload)
    return downloads.attachment(found)


@pages.get("/desk/cases/<ref>/slips/<slip>.pdf")
def slip(ref: str, slip: str) -> Response:
    with office().store.reading() as books:
        record = books.cases.get(ref)
    return downloads.slip_printed(_open(record).slips, slip)


@dataclass(frozen=True)
class Looked:
    """A case as this officer sees it now; after a "no", who was quicker."""

    shown: DeskCase
    quicker: Entry | None
    desk: dict[str, object]


def looked(ref: str, entered: Entered | None = None, step: str | None = None, no: Refused | None = None) -> Looked:
    me = officer()
    with office().store.reading() as books:
        record = books.cases.get(ref)
        found = _open(record)
        shown = desk_case(
            office(), books, record, found, me, entered=entered or Entered(), at_step=step, lang=language()
        )
        quicker = _quicker(books, record, found, no) if isinstance(no, Stale) else None
    return Looked(shown, quicker, desk_head(me))


def opened(ref: str) -> Case:
    """The case as it stands at this moment."""
    with office().store.reading() as books:
        return _open(books.cases.get(ref))


def case_page(
    ref: str, entered: Entered, step: str | None = None, no: Refused | None = None, *, status: int = 200
) -> Response:
    """The case as it is now; after a "no" with the reason, and with what was typed: in its place, or to be copied."""
    page = looked(ref, entered, step, no)
    shown, form = page.shown, page.shown.form_of(step)
    if isinstance(no, Incorrect) and form is not None:
        form.show(no.problems, language())
    kept = _kept(shown.case, step, entered) if form is None else []
    errors = form.wrongs if form else []
    return render(
        "desk_case", status, shown=shown, no=no, quicker=page.quicker, errors=errors, kept=kept, desk=page.desk
    )


def _quicker(books: Books, record: CaseRecord, opened: Case, no: Stale) -> Entry:
    """Who did what, and when, while this officer was looking."""
    event = next((e for e in reversed(opened.events) if (e.by, e.at) == (no.by, no.at)), opened.events[-1])
    return entry(opened, event, names_of(books.accounts, record, [event]), language())


def _kept(opened: Case, step: str | None, entered: Entered) -> list[tuple[str, str]]:
    """What was typed where it can be sent no more: title and text."""
    if entered.sent is None:
        return []
    known = opened.procedure.workflow.steps.get(step or "")
    fields = known.form.walk() if known and known.form else ()
    titles = {f"{PREFIX}{field.dotted}": field.title.in_(language()) for field in fields}
    typed = entered.sent.items(multi=True)
    found = [(titles[name], value) for name, value in typed if name in titles and value.strip()]
    return [*found, *([(say("desk.reason"), entered.reason)] if entered.reason else [])]


def _open(record: CaseRecord) -> Case:
    """The case as it stands at this moment."""
    return office().case(record).advance(office().now())


def _what(done: Case, event: Event) -> str:
    step = done.procedure.workflow.steps.get(str(event.data.get("step")))
    action = step.action(str(event.data.get("action"))) if step else None
    return action.name.in_(language()) if action else ""


# ---- who is at the desk ----


def _roles_of(me: Officer) -> frozenset[str]:
    """For what the inbox holds: his roles, and what is his alone."""
    return me.roles | {alone(me.login)}


def _watch(me: Officer) -> Watch:
    return Watch.of(office().now(), office().catalog.province.calendars.of(me.agency))


def desk_head(me: Officer) -> dict[str, object]:
    """Name, agency and roles, for the head of every page of the desk."""
    province = office().catalog.province
    agency = province.agencies.by_id.get(me.agency)
    return {"name": me.name, "agency": agency.name if agency else Text(me.agency), "roles": _roles(me.roles)}


def _roles(roles: Iterable[str]) -> list[Text]:
    names = office().catalog.province.roles
    return [names.get(role, Text(role)) for role in names if role in roles]
