"""The language of the screen: Vietnamese, unless the visitor chose English. Called by theme."""

from __future__ import annotations

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from motcua.domain.refusals import NotThere
from motcua.web.addresses import local_path
from motcua.web.sessions import cookie_name, set_cookie

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

pages = Blueprint("language", __name__)


def language() -> str:
    found: str | None = g.get("language")
    if found is None:
        chosen = request.cookies.get(cookie_name("lang"), "vi")
        found = g.language = chosen if chosen in LANGUAGES else "vi"
    return found


@pages.get("/language/<chosen>")
def choose(chosen: str) -> Response:
    if chosen not in LANGUAGES:
        raise NotThere()
    response = redirect(local_path(request.args.get("next")))
    set_cookie(response, cookie_name("lang"), chosen, days=365)
    return response
