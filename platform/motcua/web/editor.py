"""The editors' pages: the state of every procedure, each mistake like a colleague's note in the margin. Reads only.
Called by create_app.
"""

from __future__ import annotations

from flask import Blueprint, Response

from motcua.domain.refusals import NotThere
from motcua.domain.text import Text
from motcua.web import catalog_shown
from motcua.web.current import office
from motcua.web.language import language
from motcua.web.plan_shown import planned
from motcua.web.theme import render, say

pages = Blueprint("editor", __name__)


@pages.get("/editor")
def catalog() -> Response:
    """Wrong ones first, then by name."""
    lang, library = language(), office().catalog
    states = [
        catalog_shown.state(live, live.procedure.name if live.procedure else Text(live.id), lang)
        for live in library.live.values()
    ]
    shared = library.shared and catalog_shown.state(library.shared, Text(say("editor.shared")), lang)
    states.sort(key=lambda state: (not state.wrong, state.name.in_(lang)))
    wrong = [state for state in ([shared] if shared else []) + states if state.wrong]
    return render("editor_catalog", states=states, shared=shared, wrong=wrong, root=str(office().settings.root))


@pages.get("/editor/procedures/<path:procedure>")
def procedure(procedure: str) -> Response:
    """As it serves now, laid out as tables. Raises NotThere while there was no good edition."""
    live = office().catalog.live.get(procedure)
    if live is None or live.procedure is None:
        raise NotThere()
    shown, lang = live.procedure, language()
    return render(
        "editor_procedure",
        state=catalog_shown.state(live, shown.name, lang),
        procedure=shown,
        pages=catalog_shown.form_pages(shown.form),
        course=planned(shown, office().catalog.province, lang, shares=True),
        steps=catalog_shown.step_rows(shown, office().catalog.province, lang),
        fees=[(fee, catalog_shown.fee_rows(fee)) for fee in shown.fees],
    )
