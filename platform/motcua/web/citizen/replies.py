"""The applicant answers where the workflow waits for his word: one of the answers that it names, or that it is done."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from motcua.casework.reply import reply as send_reply
from motcua.domain.refusals import Incorrect
from motcua.web.citizen.awaited import Replied
from motcua.web.citizen.blueprint import pages
from motcua.web.citizen.cases import case_page
from motcua.web.current import account, office
from motcua.web.language import language
from motcua.web.theme import say


@pages.post("/cases/<ref>/replies/<step>")
def reply(ref: str, step: str) -> Response:
    seen = request.form.get("seen", "")
    reason = request.form.get("reason", "").replace("\x00", "").strip()[:1000]
    try:
        done = send_reply(
            office(),
            ref,
            step,
            account().id,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            action=request.form.get("action", ""),
            reason=reason,
        )
    except Incorrect as no:
        wrong = tuple(problem.message(language()) for problem in no.problems)
        return case_page(ref, Replied(step, reason, wrong), 422)
    flash(say("citizen.reply.sent", number=done.number))
    return redirect(url_for("citizen.case", ref=ref), 303)
