"""The blueprint of the citizen's pages, and what every draft page begins with."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from motcua.casework.judged_draft import JudgedDraft, judge_draft
from motcua.store.drafts import Draft
from motcua.web.current import account, office

pages = Blueprint("citizen", __name__)


def draft_of(draft: str) -> Draft:
    """Raises NotThere for another's."""
    with office().store.reading() as books:
        return books.drafts.get(draft, account().id)


def judged(draft: str) -> JudgedDraft:
    """A draft that is not sent yet, as its answers stand."""
    return judge_draft(office(), draft_of(draft))


def sent_as(draft: Draft) -> Response | None:
    """Where a draft leads that was sent already: to the receipt, or to the case that it supplied."""
    if draft.case is None:
        return None
    page = "citizen.case" if draft.supplements else "citizen.receipt"
    return redirect(url_for(page, ref=draft.case), 303)
