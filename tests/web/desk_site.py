"""The site with one commune at work: browsers for its officers, on cases that the verbs of casework have filed.

Officers are signed in by a session of their own; how one signs in is shown by test_signin.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask
from tests.casework.commune import Commune, add_people, put_catalog
from tests.web.conftest import Browser, token_of
from werkzeug.test import TestResponse

from motcua.catalogue.proving import Proof, prove_catalog
from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.settings import HOME
from motcua.web.current import OFFICE


@cache
def proof() -> Proof:
    """The shipped catalog, proven once for all tests of a process."""
    return prove_catalog(HOME)


@dataclass(frozen=True)
class Desk:
    app: Flask
    commune: Commune

    def browser(self, officer: Officer) -> Browser:
        office = self.commune.office
        with office.store.transaction() as books:
            token = books.sessions.open(officer.account, now=office.now(), most=office.settings.session_most)
        client = self.app.test_client()
        client.set_cookie("motcua", token)
        return Browser(client)

    def officer(self, name: str, login: str, agency: str, *roles: str) -> Officer:
        """One officer more."""
        with self.commune.office.store.transaction() as books:
            account = books.accounts.add(
                kind="officer",
                name=name,
                login=login,
                agency=agency,
                roles=roles,
                password_hash="x",
                at=self.commune.office.now(),
            )
        return Officer(account.id, login, name, agency, frozenset(roles))


def desk_of(app: Flask, clock: HandClock) -> Desk:
    office: Office = app.extensions[OFFICE]
    put_catalog(office, proof())
    return Desk(app, add_people(office, clock))


def press(
    browser: Browser, ref: str, step: str, action: str, *, seen: int | None = None, **fields: Any
) -> TestResponse:
    """Open the case as this officer, fill in and press a button; `seen` is what an older page had."""
    page = browser.get(f"/desk/cases/{ref}")
    data = {"csrf_token": token_of(browser.get("/account/password")), "seen": seen or version_of(page), **fields}
    return browser.client.post(f"/desk/cases/{ref}/steps/{step}/{action}", data=data)


def version_of(page: TestResponse) -> str:
    """The version that a page carries; of one without any button it is the first."""
    found = re.search(r'name="seen" value="(\d+)"', page.text)
    return found[1] if found else "1"


def words(page: TestResponse) -> str:
    """What a person reads, on one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", page.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def buttons(page: TestResponse, ref: str) -> set[str]:
    """The actions that a page offers, as `step/action`."""
    return set(re.findall(rf'formaction="/desk/cases/{re.escape(ref)}/steps/(\w+/\w+)"', page.text))
