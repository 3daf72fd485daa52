"""An officer says what a case waits for: his agency's opinion where it was asked, that another body's message has come,
times for an appointment, that the originals are there; and a head gives a step to another. Called by create_app.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from motcua.casework.answer_asked import answer_asked
from motcua.casework.note_event import note_event
from motcua.casework.offer_times import offer_times
from motcua.casework.pick_officer import pick_officer
from motcua.casework.take_over import take_over
from motcua.domain.acts import handing
from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, Stale
from motcua.web.current import office, officer
from motcua.web.desk.officer import case_page, opened
from motcua.web.desk.says import TAKES, read_slots
from motcua.web.desk.work import Entered
from motcua.web.theme import say

pages = Blueprint("waits", __name__)

#: an act on a case as an officer has entered it, on the version that he saw
Act = Callable[[Entered, int], Case]


@pages.post("/desk/cases/<ref>/waits/<step>")
def speak(ref: str, step: str) -> Response:
    kind = _kind(opened(ref), step)

    def act(entered: Entered, seen: int) -> Case:
        me = officer()
        if kind == "event":
            return note_event(office(), ref, step, seen=seen, by=me, text=entered.reason)
        if kind == TAKES:
            return take_over(office(), ref, step, seen=seen, by=me, note=entered.reason)
        if kind == "appointment":
            slots, unread = read_slots(entered)
            if unread:
                raise Incorrect(unread)
            return offer_times(office(), ref, step, seen=seen, by=me, slots=slots)
        opinion = str(request.form.get("opinion", ""))
        return answer_asked(office(), ref, step, seen=seen, by=me, opinion=opinion, text=entered.reason)

    stays = kind == TAKES  # and goes on with the step that he has just opened
    return _done(ref, step, act, f"desk.says.done.{kind}", url_for("officer.case", ref=ref) if stays else None)


@pages.post("/desk/cases/<ref>/picks/<step>")
def pick(ref: str, step: str) -> Response:
    def act(entered: Entered, seen: int) -> Case:
        return pick_officer(office(), ref, step, entered.picks, seen=seen, by=officer())

    return _done(ref, step, act, "desk.picks.done", url_for("officer.case", ref=ref))


def _kind(case: Case, step: str) -> str:
    """What is said at the step; of one where nothing is, it is refused as an opinion that nobody asked for."""
    if handing.waiting(case, step):
        return TAKES
    known = case.procedure.workflow.steps.get(step)
    return known.waits_for if known and known.waits_for in ("event", "appointment") else "agencies"


def _done(ref: str, step: str, act: Act, word: str, then: str | None) -> Response:
    """Every "no" shows the case as it is now, why not, and all that was typed."""
    seen = request.form.get("seen", type=int)
    if seen is None:
        raise BadRequest()
    entered = Entered.of(request.form)
    try:
        done = act(entered, seen)
    except Incorrect as no:
        return case_page(ref, entered, step, no, status=422)
    except (Stale, NotOffered) as no:
        return case_page(ref, entered, step, no, status=409)
    except NotAllowed as no:
        return case_page(ref, entered, step, no, status=403)
    flash(say(word, number=done.number))
    return redirect(then or url_for("officer.inbox"))
