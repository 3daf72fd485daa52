"""An officer says what a case waits for: his agency's opinion where it was asked, or that another body's message has
come. Called by create_app.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from motcua.casework.answer_asked import answer_asked
from motcua.casework.note_event import note_event
from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, Stale
from motcua.web.current import office, officer
from motcua.web.desk_work import Entered
from motcua.web.officer import case_page, opened
from motcua.web.theme import say

pages = Blueprint("waits", __name__)


@pages.post("/desk/cases/<ref>/waits/<step>")
def speak(ref: str, step: str) -> Response:
    """Every "no" shows the case as it is now, why not, and all that was typed."""
    seen = request.form.get("seen", type=int)
    if seen is None:
        raise BadRequest()
    entered = Entered.of(request.form)
    try:
        done = _speak(ref, step, seen, entered)
    except Incorrect as no:
        return case_page(ref, entered, step, no, status=422)
    except (Stale, NotOffered) as no:
        return case_page(ref, entered, step, no, status=409)
    except NotAllowed as no:
        return case_page(ref, entered, step, no, status=403)
    flash(say("desk.asked.done" if done.step(step).waits_for == "agencies" else "desk.event.done", number=done.number))
    return redirect(url_for("officer.inbox"))


def _speak(ref: str, step: str, seen: int, entered: Entered) -> Case:
    known = opened(ref).procedure.workflow.steps.get(step)
    if known is not None and known.waits_for == "event":
        return note_event(office(), ref, step, seen=seen, by=officer(), text=entered.reason)
    opinion = str(request.form.get("opinion", ""))
    return answer_asked(office(), ref, step, seen=seen, by=officer(), opinion=opinion, text=entered.reason)
