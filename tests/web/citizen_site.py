"""A citizen at a browser, with the shipped catalog live: how the tests press his buttons."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Flask
from tests.casework.commune import PDF, PROCEDURE, Commune, ks_1
from tests.web.conftest import Browser, token_of
from tests.web.desk_site import desk_of
from werkzeug.test import TestResponse

from motcua.domain.form import Field, Kind
from motcua.gateways.clock import HandClock
from motcua.store.accounts import Account

HAM_RONG = "ubnd_phuong_ham_rong"


@dataclass(frozen=True)
class Citizen:
    """One person at one browser."""

    browser: Browser
    commune: Commune
    token: str

    def get(self, address: str) -> TestResponse:
        return self.browser.get(address)

    def post(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        data = {"csrf_token": self.token, **(fields or {}), **more}
        return self.browser.client.post(address, data=data, buffered=True)

    def start(self) -> str:
        """Press "Nộp hồ sơ" on the procedure's page; the address of the draft."""
        return str(self.post(f"/procedures/{PROCEDURE}/drafts").location)

    def fill(self, draft: str, page: str, fields: Mapping[str, Any], *, seen: str | None = None) -> TestResponse:
        """Open a page, type, and press "Lưu và tiếp tục"."""
        address = f"{draft}/pages/{page}"
        return self.post(address, {"next": "1", "seen": seen or seen_of(self.get(address)), **fields})

    def fill_all(self, draft: str, **instead: Mapping[str, Any]) -> None:
        """The example ks-1, typed page by page as it is asked, pressed until nothing new is asked."""
        for page, raw in {**ks_1(), **instead}.items():
            fields = dict(typed(self.page(page), raw, page))
            for _ in range(4):  # what an answer makes necessary comes on the same page again
                pressed = self.fill(draft, page, fields)
                if f"/pages/{page}?" not in pressed.location:
                    break

    def upload(self, draft: str, name: str = "Giấy chứng sinh.pdf", data: bytes = PDF, paper: str = "") -> TestResponse:
        file = {"file": (BytesIO(data), name), "paper": paper or "giay_chung_sinh"}
        return self.post(f"{draft}/papers", file)

    def ready(self) -> str:
        """A draft of which nothing is missing but the last button."""
        draft = self.start()
        self.fill_all(draft)
        self.post(f"{draft}/office", receives=HAM_RONG)
        self.upload(draft)
        return draft

    def ready_at_once(self) -> str:
        """The same, in one write."""
        return f"/drafts/{self.commune.draft_at_once()}"

    def submit(self, draft: str, **instead: str) -> TestResponse:
        """Look at the check page, tick the declaration and press the button."""
        return self.post(f"{draft}/submit", self.shown(draft) | {"declaration": "y"} | instead)

    def shown(self, draft: str) -> dict[str, str]:
        """What the check page says it has shown."""
        page = self.get(f"{draft}/check").text
        return {name: hidden(page, name) for name in ("edition", "seen")}

    def page(self, page: str) -> Field:
        live = self.commune.office.catalog.live[PROCEDURE].procedure
        assert live is not None
        return next(f for f in live.form.pages if f.name == page)

    def kept(self, draft: str) -> Mapping[str, Any]:
        """What the draft holds, as it was typed."""
        with self.commune.office.store.reading() as books:
            pages: Mapping[str, Any] = books.drafts.get(draft.rpartition("/")[2], self.commune.citizen.id).answers[
                "pages"
            ]
        return pages


def citizen_at(app: Flask, clock: HandClock, account: Account | None = None, commune: Commune | None = None) -> Citizen:
    """Signed in by a session of his own."""
    commune = commune or desk_of(app, clock).commune
    office, who = commune.office, account or commune.citizen
    with office.store.transaction() as books:
        cookie = books.sessions.open(who.id, now=office.now(), most=office.settings.session_most)
    client = app.test_client()
    client.set_cookie("motcua", cookie)
    browser = Browser(client)
    return Citizen(browser, commune, token_of(browser.get("/account/password")))


def typed(field: Field, raw: Any, name: str) -> Iterator[tuple[str, Any]]:
    """What a person types and ticks for answers that an example gives: a date whole, in the first of its boxes."""
    if field.kind is Kind.GROUP:
        for child in field.fields:
            if child.name in raw:
                yield from typed(child, raw[child.name], f"{name}.{child.name}")
    elif field.kind is Kind.ROWS:
        for number, row in enumerate(raw):
            for child in field.fields:
                if child.name in row:
                    yield from typed(child, row[child.name], f"{name}.{number}.{child.name}")
    elif field.kind is Kind.DATE:
        yield f"{name}.day", raw
    else:
        yield name, {True: "true", False: "false"}.get(raw, raw) if isinstance(raw, bool) else str(raw)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def seen_of(page: TestResponse) -> str:
    return hidden(page.text, "seen")


def value_of(page: TestResponse, field: str) -> str:
    """What stands in a box, by its id."""
    tag = re.search(rf'<input[^>]*\bid="{re.escape(field)}"[^>]*>', page.text)
    assert tag, field
    found = re.search(r'value="([^"]*)"', tag[0])
    return html.unescape(found[1]) if found else ""
