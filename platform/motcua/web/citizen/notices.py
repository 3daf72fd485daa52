"""What the portal has told this person. Looking changes nothing; a button says that all was read."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from motcua.casework.mark_read import mark_read
from motcua.web.citizen.blueprint import pages
from motcua.web.current import account, office
from motcua.web.theme import render


@pages.get("/notices")
def notices() -> Response:
    with office().store.reading() as books:
        found = books.notices.of(account().id)
    return render("citizen_notices", notices=found, unread=any(n.read_at is None for n in found))


@pages.post("/notices/read")
def read_notices() -> Response:
    mark_read(office(), account().id)
    return redirect(url_for("citizen.notices"), 303)
