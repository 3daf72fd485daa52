"""What every answer carries and every form must: headers, the size of what is sent, and proof that a form is ours.
Called by create_app.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest

from motcua.web.access import takes_files
from motcua.web.current import office, visitor

#: nothing from elsewhere, nothing inline; what a page needs is added here and nowhere else
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
_SMALL = 1024 * 1024
#: what no browser sends: a signature over the whole body guards these, not a form's token
SIGNED = frozenset({"payments.callback"})

csrf = CSRFProtect()


def prepare(app: Flask) -> None:
    https = office_is_https(app)
    app.config.update(
        SESSION_COOKIE_NAME="__Host-page" if https else "page",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # checked by `refuse_forged`, at its place in the order
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # `_refuse_foreign` looks at the origin, on http too
        PROVIDE_AUTOMATIC_OPTIONS=False,
        MAX_FORM_PARTS=2000,
    )
    csrf.init_app(app)


def office_is_https(app: Flask) -> bool:
    return bool(app.config["BASE_URL"].startswith("https://"))


def limit_size() -> None:
    """Before anything is read: only a signed-in person, and only where files are taken, may send much."""
    many = request.url_rule is not None and takes_files(request.url_rule.rule) and visitor() is not None
    request.max_content_length = office().settings.upload_bytes + _SMALL if many else _SMALL
    if "\x00" in request.path or "\ufffd" in request.path:
        raise BadRequest()


def refuse_forged() -> None:
    """A form must come from a page of ours, opened in this very session."""
    if request.method in _UNSAFE and request.endpoint is not None and request.endpoint not in SIGNED:
        _refuse_foreign()
        csrf.protect()


def _refuse_foreign() -> None:
    """What the browser itself says about where a form came from. Old ones say nothing: then the token alone decides."""
    origin = request.headers.get("Origin")
    came_from = origin if origin is not None else request.headers.get("Referer")
    if came_from is not None and urlsplit(came_from).netloc not in _own_hosts():
        raise CSRFError("foreign origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise CSRFError("foreign site")


def _own_hosts() -> set[str]:
    return {request.host, urlsplit(office().settings.base_url).netloc}


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a file that goes out is held more tightly by whoever sends it
    if office().settings.base_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if visitor() else "no-cache")
    return response
