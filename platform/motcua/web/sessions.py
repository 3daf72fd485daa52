"""Who is asking: the session cookie is recognised once a request, begun at sign-in and ended at sign-out. Called by
create_app, signin, signup and account.

The cookie carries a random token; everything else lies in the database, so a copied cookie dies at sign-out, and a
disabled account or a changed role counts at the next click. The token against forged forms is the session's own; a
stranger's lies in Flask's signed cookie.
"""

from __future__ import annotations

from flask import Response, current_app, g, request, session
from werkzeug.wrappers import Response as Answer

from motcua.domain.refusals import Busy
from motcua.web.current import office, signed_in

_CSRF, _BOUND = "csrf_token", "bound"


def cookie_name(name: str = "motcua") -> str:
    """With https no neighbouring site can set it."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def recognise() -> None:
    """Before every request but those for files of the theme: one query."""
    if request.endpoint == "static":
        return
    g.signed_in = None
    token = request.cookies.get(cookie_name())
    if token:
        with office().store.reading() as books:
            g.signed_in = books.sessions.get(token, now=office().now(), idle=office().settings.session_idle)
    _bind_csrf()


def _bind_csrf() -> None:
    here = signed_in()
    if here is None and session.get(_BOUND):
        session.clear()  # the session ended: forms that were opened in it are old
    elif here is not None and session.get(_CSRF) != here.csrf:
        session[_CSRF], session[_BOUND] = here.csrf, True


def note_seen(response: Response) -> Response:
    """The moment of the last click is written after the answer has gone out: looking never waits for a writer."""
    here, desk, now = signed_in(), office(), office().now()
    if here is None or not here.seen_long_ago(now):
        return response
    token = request.cookies[cookie_name()]

    def write() -> None:
        try:
            with desk.store.transaction() as books:
                books.sessions.seen(token, now)
        except Busy:
            pass  # the next click notes it

    response.call_on_close(write)
    return response


def begin(response: Answer, token: str) -> None:
    """A new token, and a new one against forged forms: nothing of the stranger's stays."""
    session.clear()
    set_cookie(response, cookie_name(), token)


def end(response: Answer) -> None:
    session.clear()
    response.delete_cookie(cookie_name(), secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True)
    response.headers["Clear-Site-Data"] = '"cache"'


def set_cookie(response: Answer, name: str, value: str, *, days: int | None = None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=days * 86400 if days else None,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
