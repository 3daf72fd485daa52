"""Every "no" as a page that says what happened, what it means and what to do. Registered by create_app.

The `Refused` family is mapped to HTTP here and nowhere else. What was typed is kept on the page and may be sent again.
Whatever else goes wrong is our bug: it is logged whole under a trace id, and the page shows the id alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from motcua.domain.refusals import (
    Busy,
    Closed,
    Incorrect,
    NotAllowed,
    NotOffered,
    NotThere,
    Overflow,
    Refused,
    Stale,
    Taken,
    TooManyTries,
)
from motcua.web.access import SignInFirst
from motcua.web.addresses import here
from motcua.web.language import language
from motcua.web.theme import render, say

STATUS: dict[type[Refused], int] = {
    NotAllowed: 403,
    NotThere: 404,
    NotOffered: 409,
    Stale: 409,
    Taken: 409,
    Closed: 409,
    Incorrect: 422,
    TooManyTries: 429,
    Overflow: 503,
    Busy: 503,
}
#: pages with words of their own; another 4xx is shown as 400, another 5xx as 500
_WORDED = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503}
_SECRETS = {"password", "old", "new", "code"}


@dataclass(frozen=True)
class Typed:
    """One value of a form that could not be taken: sent again as it is, and shown when a person typed it."""

    name: str
    value: str

    @property
    def readable(self) -> bool:
        return len(self.value) > 2 and not self.value.isdigit()


def register(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(SignInFirst, sign_in_first)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, refused_by_http)
    app.register_error_handler(Exception, our_bug)


def refused(no: Refused) -> Response:
    status = next(STATUS[kind] for kind in type(no).__mro__ if kind in STATUS)
    said = "" if isinstance(no, NotThere) else no.message(language())
    response = page(status, said)
    if isinstance(no, TooManyTries | Busy):
        response.headers["Retry-After"] = str(no.wait)
    return response


def refused_by_http(no: HTTPException) -> Response:
    status = no.code or 500
    if isinstance(no, RequestEntityTooLarge):
        most = (request.max_content_length or 0) // (1024 * 1024)
        return page(413, say("error.413.most", most=max(1, most - 1)), keep=False)
    response = page(status)
    if status == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(no, "valid_methods", None) or []))
    return response


def expired(no: CSRFError) -> Response:
    """The form was opened in another session, or elsewhere: nothing was done, and nothing typed is lost."""
    return _kept_page(400, signed_out=False)


def sign_in_first(no: SignInFirst) -> Answer:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("signin.sign_in", next=here()))
    return _kept_page(403, signed_out=True)


def _kept_page(status: int, *, signed_out: bool) -> Response:
    """A form with a secret in it is opened anew: secrets are never shown nor kept."""
    secret = any(_is_secret(name) for name in request.form)
    files = bool(request.files)
    return render("expired", status, typed=typed(), action=here(), files=files, secret=secret, signed_out=signed_out)


def our_bug(error: Exception) -> Response:
    trace = secrets.token_hex(4)
    current_app.logger.error("trace %s: %s %s", trace, request.method, request.url_rule, exc_info=error)
    if current_app.testing:
        raise error
    try:
        return page(500, trace=trace, keep=False)
    except Exception:  # any: the page of a fault may have the same fault, and somebody waits for an answer
        current_app.logger.exception("trace %s: and its page", trace)
        return make_response(
            f"Lỗi hệ thống / System error: {trace}\n", 500, {"Content-Type": "text/plain; charset=utf-8"}
        )


def page(status: int, said: str = "", *, trace: str = "", keep: bool = True) -> Response:
    shown = status if status in _WORDED else 500 if status >= 500 else 400
    kept = typed() if keep and status in (409, 422, 503) else []
    return render("error", status, code=shown, said=said, trace=trace, typed=kept, action=here())


def typed() -> list[Typed]:
    """What was sent, as far as it may be shown and sent again; never a secret, and a file cannot be kept."""
    if request.method != "POST":
        return []
    pairs = request.form.items(multi=True)
    return [Typed(name, value) for name, value in pairs if name != "csrf_token" and not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return name in _SECRETS
