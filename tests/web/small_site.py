"""The site with a small catalog that a test states in a few lines of YAML, its officers and one applicant at their
browsers. Officers and applicant are signed in by a session of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from tests.casework.commune import put_catalog
from tests.small_catalog import named, told, write
from tests.web.conftest import Browser, token_of
from werkzeug.test import TestResponse

from motcua.casework.complete_step import complete_step
from motcua.casework.deliver import deliver
from motcua.casework.submit import submit
from motcua.casework.wake import wake
from motcua.catalogue.proving import prove_catalog
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.cases import CaseRecord
from motcua.web.current import OFFICE
from motcua.web.letters import in_words
from motcua.web.theme import THEME

PROCEDURE = "cap_giay"


@dataclass(frozen=True)
class At:
    """Somebody at a browser."""

    browser: Browser
    token: str
    officer: Officer

    def get(self, address: str) -> TestResponse:
        return self.browser.get(address)

    def post(self, address: str, **fields: Any) -> TestResponse:
        return self.browser.client.post(address, data={"csrf_token": self.token, **fields}, buffered=True)

    def send(self, page: str, address: str = "", **fields: Any) -> TestResponse:
        """Open a page, and send its form as it was seen."""
        found = re.search(r'name="seen" value="(\d+)"', self.get(page).text)
        return self.post(address or page, seen=found[1] if found else "0", **fields)


@dataclass(frozen=True)
class SmallSite:
    app: Flask
    office: Office
    clock: HandClock
    citizen: Account

    def officer(self, name: str, *roles: str, agency: str = "xa_an") -> At:
        login = f"{re.sub('[^a-z]', '', name.lower()) or 'x'}.{agency.replace('_', '')}"
        with self.office.store.transaction() as books:
            account = books.accounts.add(
                kind="officer",
                name=name,
                login=login,
                agency=agency,
                roles=roles,
                password_hash="x",
                at=self.office.now(),
            )
        return self._at(account, Officer(account.id, login, name, agency, frozenset(roles)))

    def applicant(self) -> At:
        return self._at(self.citizen, Officer(self.citizen.id, "", "", "", frozenset()))

    def again(self, who: At) -> At:
        """The same person, signed in anew: days have passed."""
        with self.office.store.reading() as books:
            return self._at(books.accounts.get(who.officer.account), who.officer)

    def _at(self, account: Account, officer: Officer) -> At:
        with self.office.store.transaction() as books:
            cookie = books.sessions.open(account.id, now=self.office.now(), most=self.office.settings.session_most)
        client = self.app.test_client()
        client.set_cookie("motcua", cookie)
        browser = Browser(client)
        return At(browser, token_of(browser.get("/account/password")), officer)

    def filed(self, **pages: Any) -> str:
        edition = str(self.office.catalog.live[PROCEDURE].edition)
        entered = {"pages": pages, "picked": {}, "changed": {}}
        with self.office.store.transaction() as books:
            draft = books.drafts.start(
                self.citizen.id, PROCEDURE, edition, channel="online", now=self.office.now(), answers=entered
            )
        return submit(self.office, draft.id, self.citizen, declared=True).ref

    def act(self, by: At, ref: str, step: str, action: str, **more: Any) -> Case:
        return complete_step(self.office, ref, step, action, seen=self.record(ref).version, by=by.officer, **more)

    def record(self, ref: str) -> CaseRecord:
        with self.office.store.reading() as books:
            return books.cases.get(ref)

    def seen(self, ref: str) -> Case:
        """The case as a look shows it now."""
        return self.office.case(self.record(ref)).advance(self.office.now())

    def deliver(self) -> int:
        """The outbox is emptied: notices lie under their accounts."""
        words = in_words(self.app.extensions[THEME].words)
        return deliver(self.office.store, words, self.office.mail, self.office.sms, self.clock)

    def wake(self) -> int:
        """The worker writes down what time has done."""
        return wake(self.office)


def small_site(app: Flask, clock: HandClock, root: Path, **files: str) -> SmallSite:
    """`procedure=`, `form=`, `workflow=`, `agencies=` as in tests.small_catalog."""
    proof = prove_catalog(write(root, named(files)))
    assert proof.reading.diagnostics == (), told(root)
    office: Office = app.extensions[OFFICE]
    put_catalog(office, proof)
    with office.store.transaction() as books:
        citizen = books.accounts.add(
            kind="citizen",
            name="Đỗ Thị Hạnh",
            password_hash="x",
            phone="+84912000101",
            at=office.now(),
        )
    return SmallSite(app, office, clock, citizen)
