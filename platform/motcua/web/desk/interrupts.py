"""What a role may do to a case at any time: suspend it or stop it, and lift a suspension. Each is asked once more, with
its reason, on a page of its own. Called by create_app.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from motcua.casework.interrupt_case import interrupt_case, lift
from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotOffered, Refused, Stale
from motcua.domain.workflow import Interrupt
from motcua.web.controls import Wrong
from motcua.web.current import office, officer
from motcua.web.desk.officer import case_page, looked
from motcua.web.desk.work import Entered
from motcua.web.language import language
from motcua.web.theme import render, say

pages = Blueprint("interrupts", __name__)


@pages.get("/desk/cases/<ref>/interrupts/<interrupt>")
def ask(ref: str, interrupt: str) -> Response:
    return _ask(ref, interrupt, lifting=False)


@pages.post("/desk/cases/<ref>/interrupts/<interrupt>")
def do(ref: str, interrupt: str) -> Response:
    return _do(ref, interrupt, lifting=False)


@pages.get("/desk/cases/<ref>/lifts/<interrupt>")
def ask_to_lift(ref: str, interrupt: str) -> Response:
    return _ask(ref, interrupt, lifting=True)


@pages.post("/desk/cases/<ref>/lifts/<interrupt>")
def do_lift(ref: str, interrupt: str) -> Response:
    return _do(ref, interrupt, lifting=True)


def _do(ref: str, interrupt: str, *, lifting: bool) -> Response:
    seen = request.form.get("seen", type=int)
    if seen is None:
        raise BadRequest()
    entered = Entered.of(request.form)
    act = lift if lifting else interrupt_case
    try:
        done = act(office(), ref, interrupt, seen=seen, by=officer(), reason=entered.reason)
    except Incorrect as no:
        return _ask(ref, interrupt, entered, no, lifting=lifting, status=422)
    except (Stale, NotOffered) as no:
        return _ask(ref, interrupt, entered, no, lifting=lifting, status=409)
    name = next(i.name.in_(language()) for i in done.procedure.workflow.interrupts if i.id == interrupt)
    what = say("desk.history.lifted", name=name) if lifting else name
    flash(say("desk.done", number=done.number, what=what))
    return redirect(url_for("officer.case", ref=ref))


def _ask(
    ref: str,
    interrupt: str,
    entered: Entered | None = None,
    no: Refused | None = None,
    *,
    lifting: bool,
    status: int = 200,
) -> Response:
    """The page that asks once more, with what was typed; where the act is offered no more, the case as it is now."""
    entered, now = entered or Entered(), office().now()
    page = looked(ref, no=no)
    case: Case = page.shown.case
    offered = case.lifts_of(officer(), now) if lifting else case.interrupts_of(officer(), now)
    chosen = next((one for one in offered if one.id == interrupt), None)
    if chosen is None:
        no = no or NotOffered(step="", action=interrupt)
        return case_page(ref, entered, None, no, status=409)
    problems = no.problems if isinstance(no, Incorrect) else ()
    return render(
        "desk_confirm",
        status,
        shown=page.shown,
        desk=page.desk,
        quicker=page.quicker,
        no=no,
        chosen=chosen,
        lifting=lifting,
        consequence=_consequence(case, chosen, lifting=lifting),
        entered=entered,
        errors=[Wrong(problem.field, problem.message(language())) for problem in problems],
    )


def _consequence(case: Case, chosen: Interrupt, *, lifting: bool) -> str:
    """What the act leads to, in a sentence."""
    if lifting:
        return say("desk.then.lifted")
    if chosen.does == "suspend":
        return say("desk.then.suspended")
    to = case.step(chosen.to or "")
    return say(
        f"desk.then.{'ended' if to.ends else 'onward'}", name=to.name.in_(language()), names=to.name.in_(language())
    )
