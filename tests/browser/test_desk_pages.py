"""What officers do beside a step's actions, in a real browser, narrow and wide, scripts off: asked agencies, suspensions,
hand-overs, assignment and appointments. Nothing that axe calls serious, nothing wider than the window. B1.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from tests.browser.conftest import NARROW, WIDE, faults, overflow
from tests.web import test_desk_arranged as arranged
from tests.web import test_desk_asked as asked
from tests.web import test_desk_interrupts as interrupts
from tests.web.small_site import At, SmallSite, small_site
from werkzeug.serving import make_server

from motcua.gateways.clock import HandClock
from motcua.settings import Settings
from motcua.web import create_app
from motcua.web.current import OFFICE


@pytest.fixture
def portal(settings: Settings, clock: HandClock) -> Iterator[Flask]:
    clock.set(datetime(2026, 10, 5, 9, 0))
    made = create_app(settings, clock=clock, demo=True)
    made.testing = True
    yield made
    made.extensions[OFFICE].store.close()


@dataclass(frozen=True)
class Served:
    """A site behind a real address."""

    address: str

    def look(self, browser: Browser, who: At, *pages: str) -> list[str]:
        """What is wrong with pages, without scripts, on a phone and on a desk."""
        found = []
        cookie = who.browser.cookie() or ""
        for size in (NARROW, WIDE):
            context = browser.new_context(base_url=self.address, viewport=size)  # type: ignore[arg-type] # a TypedDict
            context.add_cookies([{"name": "motcua", "value": cookie, "url": self.address}])
            page = context.new_page()
            for address in pages:
                answer = page.goto(address)
                assert answer
                assert answer.status == 200, address
                found += [f"{address}: {fault}" for fault in faults(page)]
                found += [f"{address}: {overflow(page)} px too wide"] if overflow(page) > 0 else []
            context.close()
        return found


@pytest.fixture
def served(portal: Flask) -> Iterator[Served]:
    server = make_server("127.0.0.1", 0, portal, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield Served(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    serving.join()
    server.server_close()


Made = Callable[..., SmallSite]


@pytest.fixture
def made(portal: Flask, clock: HandClock, tmp_path: Path) -> Made:
    return lambda **files: small_site(portal, clock, tmp_path / "catalog", **files)


def test_asked_agencies(browser: Browser, served: Served, made: Made) -> None:
    site = made(form=asked.FORM, workflow=asked.WORKFLOW, agencies=asked.AGENCIES)
    ref, clerk, binh, chau = asked.asked(site)
    page = f"/desk/cases/{ref}"
    wrong = served.look(browser, binh, "/desk", page)
    assert binh.send(page, f"{page}/waits/hoi", opinion="object", reason="Sát thành cổ").status_code == 302
    wrong += served.look(browser, clerk, page, "/desk?show=waiting") + served.look(browser, chau, page)
    assert wrong == []


def test_a_suspension(browser: Browser, served: Served, made: Made) -> None:
    site = made(workflow=interrupts.WORKFLOW, procedure=interrupts.PROCEDURE)
    ref, specialist, _ = interrupts.accepted(site)
    page = f"/desk/cases/{ref}"
    wrong = served.look(browser, specialist, page, f"{page}/interrupts/ke_bien")
    assert specialist.send(f"{page}/interrupts/ke_bien", reason=interrupts.REASON).status_code == 302
    wrong += served.look(browser, specialist, page, f"{page}/lifts/ke_bien")
    wrong += served.look(browser, site.applicant(), f"/cases/{ref}", f"/cases/{ref}/withdraw")
    assert wrong == []


def test_a_hand_over_an_assignment_and_an_appointment(browser: Browser, served: Served, made: Made) -> None:
    site = made(workflow=arranged.WORKFLOW, procedure=arranged.PROCEDURE)
    people = arranged.staff(site)
    ref = site.filed()
    page, head, picked = f"/desk/cases/{ref}", people["head"], people["an"]
    wrong = served.look(browser, people["desk"], page)
    assert arranged.press(people["desk"], ref, "tiep_nhan", "nhan", hands="y") == 302
    wrong += served.look(browser, head, page)
    head.send(page, f"{page}/waits/phan_cong")
    wrong += served.look(browser, head, page)
    assert arranged.press(head, ref, "phan_cong", "giao", picks=picked.officer.login) == 302
    wrong += served.look(browser, head, page)
    assert arranged.press(picked, ref, "xem", "dat") == 302
    wrong += served.look(browser, picked, page) + served.look(browser, site.applicant(), f"/cases/{ref}")
    assert arranged.offer(picked, ref, "08/10/2026 08:30", "09/10/2026 14:00") == 302
    wrong += served.look(browser, site.applicant(), f"/cases/{ref}", "/cases")
    assert wrong == []
