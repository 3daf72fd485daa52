"""A site of its own for each test, people who may sign in, and browsers for them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.kept_templates import keep_templates
from werkzeug.test import TestResponse

from motcua.casework.hashing import hash_password
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.settings import Settings
from motcua.store.accounts import Account
from motcua.web import create_app
from motcua.web.current import OFFICE

PASSWORD = "Sông Mã 14 nhịp cầu"
_HASHED = hash_password(PASSWORD)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Each request has a context of its own, as it has when the site runs: pytest-flask would lend one to the test."""


@pytest.fixture
def app(settings: Settings, clock: HandClock) -> Iterator[Flask]:
    made = keep_templates(create_app(settings, clock=clock, demo=True))
    made.testing = True
    yield made
    made.extensions[OFFICE].store.close()


@pytest.fixture
def office(app: Flask) -> Office:
    found: Office = app.extensions[OFFICE]
    return found


@dataclass
class Browser:
    """A browser that keeps its cookies and sends the token of the page where it stands."""

    client: FlaskClient

    def get(self, address: str, **how: Any) -> TestResponse:
        return self.client.get(address, buffered=True, **how)

    def send(self, page: str, address: str | None = None, **fields: str) -> TestResponse:
        """Open a page, fill in its form and press the button."""
        shown = self.get(page)
        token = token_of(shown)
        return self.client.post(address or page, data={"csrf_token": token, **fields}, buffered=True)

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.send("/sign-in", name=name, password=password, **more)

    def sign_out(self) -> TestResponse:
        return self.send("/account/password", "/sign-out")

    @property
    def signed_in(self) -> bool:
        return self.get("/account/password").status_code == 200

    def cookie(self, name: str = "motcua") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app.test_client())


@pytest.fixture
def new_visitor(app: Flask) -> Callable[[], Browser]:
    return lambda: Browser(app.test_client())


def token_of(page: TestResponse) -> str:
    found = _TOKEN.search(page.text)
    assert found, page.text
    return html.unescape(found[1])


@pytest.fixture
def citizen(office: Office) -> Account:
    return add_citizen(office, "Đặng Thị Oanh", phone="+84912000111", email="oanh@vidu.vn", number="038198000111")


@pytest.fixture
def clerk(office: Office) -> Account:
    return add_officer(office, "nguyenthilan.hamrong", "ubnd_phuong_ham_rong", "one_stop")


def add_citizen(
    office: Office, name: str, *, phone: str, email: str | None = None, number: str | None = None
) -> Account:
    with office.store.transaction() as books:
        return books.accounts.add(
            kind="citizen",
            name=name,
            phone=phone,
            email=email,
            identity_number=number,
            password_hash=_HASHED,
            at=office.now(),
        )


def add_officer(office: Office, login: str, agency: str, *roles: str, must_change: bool = False) -> Account:
    with office.store.transaction() as books:
        return books.accounts.add(
            kind="officer",
            name="Nguyễn Thị Lan",
            login=login,
            agency=agency,
            roles=roles,
            password_hash=_HASHED,
            at=office.now(),
            must_change_password=must_change,
        )
