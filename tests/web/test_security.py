"""Headers on every answer, forms that are not ours, cookies, and looking that changes nothing. S7, S8."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select
from tests.web.conftest import PASSWORD, Browser, token_of
from tests.web.test_access import address_of

from motcua.office import Office
from motcua.settings import Settings
from motcua.store.accounts import Account
from motcua.web import create_app
from motcua.web.current import OFFICE
from motcua.web.security import HEADERS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_every_answer_carries_every_header(app: Flask, visitor: Browser, citizen: Account) -> None:
    """Pages, files of the theme, redirects, and every kind of no."""
    app.add_url_rule("/broken", "broken", lambda: 1 // 0)
    app.testing = False
    answers = [visitor.get(address_of(rule)) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    answers += [
        visitor.get(path) for path in ("/static/motcua.css", "/static/mark.svg", "/static/khong-co", "/khong-co")
    ]
    answers += [visitor.client.post("/sign-in"), visitor.client.delete("/"), visitor.client.open("/", method="OPTIONS")]
    answers += [visitor.get("/track?number=1") for _ in range(11)]
    assert {200, 302, 400, 404, 405, 429} <= {answer.status_code for answer in answers}
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path


def test_a_form_without_token_or_with_anothers_is_refused_on_every_address(
    app: Flask, visitor: Browser, new_visitor: Callable[[], Browser], citizen: Account, office: Office
) -> None:
    """S7: no token, a stranger's, one of a session that ended, and a right one from a foreign page."""
    visitor.sign_in("0912 000 111")
    old = token_of(visitor.get("/account/password"))
    visitor.sign_out()
    visitor.sign_in("0912 000 111")
    right = token_of(visitor.get("/account/password"))
    foreign = token_of(new_visitor().get("/sign-in"))
    before = whole(office)
    for rule in app.url_map.iter_rules():
        for verb in (rule.methods or set()) - {"GET", "HEAD"}:
            for token in ("", "x", old, foreign):
                answer = visitor.client.open(address_of(rule), method=verb, data={"csrf_token": token})
                assert answer.status_code == 400, (verb, rule.rule)
            for headers in ({"Origin": "https://evil.vn"}, {"Origin": "null"}, {"Referer": "https://evil.vn/"}, CROSS):
                answer = visitor.client.open(address_of(rule), method=verb, data={"csrf_token": right}, headers=headers)
                assert answer.status_code == 400, (verb, rule.rule, headers)
    assert whole(office) == before
    assert visitor.signed_in


CROSS = {"Sec-Fetch-Site": "cross-site"}


def test_a_form_of_our_own_is_taken_from_our_own_origin(visitor: Browser, citizen: Account) -> None:
    token = token_of(visitor.get("/sign-in"))
    data = {"csrf_token": token, "name": "0912 000 111", "password": PASSWORD}
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert visitor.client.post("/sign-in", data=data, headers=headers).status_code == 302


def test_looking_changes_nothing(app: Flask, visitor: Browser, citizen: Account, office: Office) -> None:
    visitor.sign_in("0912 000 111")
    before = whole(office)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            visitor.get(address_of(rule))
            visitor.client.head(address_of(rule))
    assert whole(office) == before


def whole(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the database; that somebody tried or clicked (attempt, session.seen_at) is no change of anything."""
    tables = MetaData()
    with office.store.engine.connect() as connection:
        tables.reflect(connection)
        return {
            name: [tuple(row) for row in connection.execute(select(*(c for c in table.c if c.name != "seen_at")))]
            for name, table in tables.tables.items()
            if name != "attempt"
        }


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: Browser, citizen: Account) -> None:
    cookies = visitor.sign_in("0912 000 111").headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} >= {"motcua", "device"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_with_https_cookies_are_secure_and_bound_to_this_host(settings: Settings, citizen: Account) -> None:
    app = create_app(replace(settings, base_url="https://dichvucong.thanhhoa.example"))
    app.testing = True
    client: FlaskClient = app.test_client()
    page = client.get("/sign-in", base_url="https://dichvucong.thanhhoa.example")
    data = {"csrf_token": token_of(page), "name": "0912 000 111", "password": PASSWORD}
    answer = client.post("/sign-in", data=data, base_url="https://dichvucong.thanhhoa.example")
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} >= {"__Host-motcua", "__Host-device"}
    assert all("Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    app.extensions[OFFICE].store.close()


def test_pages_of_the_signed_in_are_kept_by_no_browser(visitor: Browser, citizen: Account) -> None:
    assert visitor.get("/").headers["Cache-Control"] == "no-cache"
    visitor.sign_in("0912 000 111")
    assert visitor.get("/").headers["Cache-Control"] == "no-store"
    assert visitor.sign_out().headers["Clear-Site-Data"] == '"cache"'


def test_a_stranger_may_not_send_much(visitor: Browser) -> None:
    answer = visitor.client.post("/sign-in", data={"name": "x" * 2_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/%00", "/track?number=%00", "/procedures/%ff%fe", "/language/%00"])
def test_unusable_bytes_are_refused(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status_code in (400, 404)
