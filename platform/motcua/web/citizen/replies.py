"""The applicant answers where the workflow waits for him: with one of the answers that it names, that it is done, with
one of the times that an office has offered.
"""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from motcua.casework.choose_time import choose_time
from motcua.casework.reply import reply as send_reply
from motcua.domain.refusals import Incorrect, NotOffered
from motcua.web import formats
from motcua.web.citizen.awaited import Replied
from motcua.web.citizen.blueprint import pages
from motcua.web.citizen.cases import case_page
from motcua.web.current import account, office
from motcua.web.language import language
from motcua.web.theme import say


@pages.post("/cases/<ref>/replies/<step>")
def reply(ref: str, step: str) -> Response:
    reason = request.form.get("reason", "").replace("\x00", "").strip()[:1000]
    try:
        done = send_reply(
            office(),
            ref,
            step,
            account().id,
            seen=_seen(),
            action=request.form.get("action", ""),
            reason=reason,
        )
    except Incorrect as no:
        wrong = tuple(problem.message(language()) for problem in no.problems)
        return case_page(ref, Replied(step, reason, wrong), 422)
    flash(say("citizen.reply.sent", number=done.number))
    return redirect(url_for("citizen.case", ref=ref), 303)


@pages.post("/cases/<ref>/times/<step>")
def choose(ref: str, step: str) -> Response:
    try:
        slot = datetime.fromisoformat(request.form.get("slot", ""))
    except ValueError:
        raise NotOffered(step=step, action="slot") from None
    if slot.tzinfo is None:
        raise NotOffered(step=step, action="slot")
    choose_time(office(), ref, step, account().id, seen=_seen(), slot=slot)
    flash(say("citizen.times.chosen", slot=formats.moment(slot, language())))
    return redirect(url_for("citizen.case", ref=ref), 303)


def _seen() -> int:
    """The version that the page had; what is no number is no version."""
    seen = request.form.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else 0
