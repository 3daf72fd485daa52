"""The answer to a supplement begins: a draft of the case, with only the ticked parts open."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from motcua.casework.start_draft import start_supplement
from motcua.web.citizen.blueprint import pages
from motcua.web.current import account, office


@pages.post("/cases/<ref>/supplement")
def start_answer(ref: str) -> Response:
    """Begun once; a second press finds the same draft."""
    draft = start_supplement(office(), ref, account())
    return redirect(url_for("citizen.draft", draft=draft.id), 303)
