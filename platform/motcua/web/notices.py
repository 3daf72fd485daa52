"""What the portal has told this person, citizen or officer. Looking changes nothing; a button says that all was read.
Called by create_app.
"""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from motcua.casework.mark_read import mark_read
from motcua.store.accounts import OFFICER
from motcua.web.current import account, office
from motcua.web.theme import render

pages = Blueprint("notices", __name__)


@pages.get("/notices")
def notices() -> Response:
    with office().store.reading() as books:
        found = books.notices.of(account().id)
    case_page = "officer.case" if account().kind == OFFICER else "citizen.case"
    return render("notices", notices=found, unread=any(notice.read_at is None for notice in found), case_page=case_page)


@pages.post("/notices/read")
def read_notices() -> Response:
    mark_read(office(), account().id)
    return redirect(url_for("notices.notices"), 303)
