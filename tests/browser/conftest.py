"""The site, served, and a real browser in front of it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.casework.commune import Commune
from tests.web.desk_site import desk_of
from werkzeug.serving import make_server

from motcua.gateways.clock import HandClock
from motcua.settings import Settings
from motcua.web import create_app
from motcua.web.current import OFFICE

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Site:
    """`page` is signed in as the commune's citizen; its browser runs no script."""

    address: str
    commune: Commune
    cookie: str


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    """One kind of database is enough for a browser."""
    shutil.copy(request.getfixturevalue("_migrated_file"), tmp_path / "motcua.sqlite3")
    return f"sqlite:///{tmp_path / 'motcua.sqlite3'}"


@pytest.fixture
def site(settings: Settings, clock: HandClock) -> Iterator[Site]:
    clock.set(datetime(2026, 10, 6, 9, 30))
    app = create_app(settings, clock=clock, demo=True)
    commune = desk_of(app, clock).commune
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    office = commune.office
    with office.store.transaction() as books:
        cookie = books.sessions.open(commune.citizen.id, now=office.now(), most=office.settings.session_most)
    yield Site(f"http://127.0.0.1:{server.server_port}", commune, cookie)
    server.shutdown()
    serving.join()
    server.server_close()
    app.extensions[OFFICE].store.close()


def open_page(browser: Browser, site: Site, *, scripts: bool, size: dict[str, int] = WIDE) -> Page:
    context = browser.new_context(java_script_enabled=scripts, base_url=site.address, viewport=size)  # type: ignore[arg-type] # a TypedDict
    context.add_cookies([{"name": "motcua", "value": site.cookie, "url": site.address}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical on a page."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {n['html']}" for v in found if v["impact"] in ("serious", "critical") for n in v["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
