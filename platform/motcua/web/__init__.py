"""The web: what people see in a browser. Views parse, call one function below, and render; they decide nothing.

A request, in this order: the session is recognised, what may be sent is limited, a forged form refused, the access
table asked; then one view answers. Headers are added to every answer, errors included.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from motcua.gateways.clock import Clock
from motcua.office import open_office
from motcua.settings import Settings
from motcua.web import (
    access,
    account,
    citizen,
    editor,
    errors,
    gallery,
    language,
    notices,
    payments,
    public,
    search,
    security,
    sessions,
    signin,
    signup,
    test_gateway,
    theme,
)
from motcua.web import demo as demo_pages
from motcua.web.current import OFFICE
from motcua.web.desk import cashier, officer
from motcua.web.desk import interrupts as desk_interrupts
from motcua.web.desk import waits as desk_waits

#: every blueprint of the site; its addresses are entered in access.TABLE
BLUEPRINTS: tuple[Blueprint, ...] = (
    public.pages,
    search.pages,
    language.pages,
    signin.pages,
    signup.pages,
    account.pages,
    officer.pages,
    desk_waits.pages,
    desk_interrupts.pages,
    editor.pages,
    citizen.pages,
    payments.pages,
    cashier.pages,
    notices.pages,
)
DEMO: tuple[Blueprint, ...] = (gallery.pages, demo_pages.pages, test_gateway.pages)
_A_YEAR = 365 * 86400


def create_app(settings: Settings, *, clock: Clock | None = None, demo: bool = False) -> Flask:
    """The application of one process. `clock` is a test's; `demo` adds the pages of DEMO."""
    folder = theme.folder_of(settings.root)
    app = Flask("motcua", static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        BASE_URL=settings.base_url,
        SEND_FILE_MAX_AGE_DEFAULT=_A_YEAR,  # a changed file has another address
        DEMO=demo,
    )
    app.extensions[OFFICE] = open_office(settings, app, clock, demo=demo)
    app.extensions[theme.THEME] = theme.Theme(folder)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign] # Flask's way
    security.prepare(app)
    _serve_static(app, folder / "static")
    _in_order(app)
    errors.register(app)
    for blueprint in (*BLUEPRINTS, *(DEMO if demo else ())):
        app.register_blueprint(blueprint)
    return app


def _serve_static(app: Flask, folder: Path) -> None:
    app.static_folder = str(folder)
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)


def _in_order(app: Flask) -> None:
    for step in (sessions.recognise, security.limit_size, security.refuse_forged, access.check):
        app.before_request(step)
    app.after_request(security.add_headers)
    app.after_request(sessions.note_seen)
