"""Every address of the site, with every verb, as everybody: what is not entered is refused, and so is who is not meant.

S4 (its beginning). The list of addresses is the site's own, so a new one without an entry fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from flask import Flask
from tests.web.conftest import Browser, add_citizen, add_officer, token_of
from werkzeug.routing import Rule

from motcua.office import Office
from motcua.store.accounts import Account
from motcua.web.access import TABLE, Entry, entry_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
#: would end the session in hand; test_signin has it
ENDS_THE_SESSION = {"/sign-out": {"POST"}}

People = dict[str, tuple[Browser, Account | None]]


@pytest.fixture
def people(office: Office, new_visitor: Callable[[], Browser]) -> People:
    """Everybody, signed in."""
    accounts = {
        "citizen": add_citizen(office, "Đặng Thị Oanh", phone="+84912000111"),
        "other citizen": add_citizen(office, "Lê An", phone="+84912000222"),
        "officer": add_officer(office, "nguyenthilan.hamrong", "ubnd_phuong_ham_rong", "one_stop"),
        "other agency's officer": add_officer(office, "phamthihoa.thoxuan", "ubnd_xa_tho_xuan", "one_stop"),
        "editor": add_officer(office, "buithuhang.sotuphap", "so_tu_phap_thanh_hoa", "editor"),
        "admin": add_officer(office, "vothanhdat.ubndtinh", "ubnd_tinh_thanh_hoa", "admin"),
    }
    found: People = {"stranger": (new_visitor(), None)}
    for name, account in accounts.items():
        browser = new_visitor()
        browser.sign_in(account.login or account.phone or "")
        found[name] = browser, account
    return found


def rules(app: Flask) -> Iterator[Rule]:
    yield from app.url_map.iter_rules()


def address_of(rule: Rule) -> str:
    """With something in each gap that is nowhere in the database."""
    return re.sub(r"<[^>]+>", "khong-co", rule.rule)


def token_for(browser: Browser, account: Account | None) -> str:
    return token_of(browser.get("/account/password" if account else "/sign-up"))


def ask(browser: Browser, verb: str, rule: Rule, token: str) -> int:
    """With a token that is right, so that only the table decides."""
    data = {} if verb in ("GET", "HEAD") else {"csrf_token": token}
    return browser.client.open(address_of(rule), method=verb, data=data, buffered=True).status_code


def test_every_address_and_verb_has_an_entry(app: Flask) -> None:
    verbs = [(rule.rule, verb) for rule in rules(app) for verb in (rule.methods or ())]
    assert [(address, verb) for address, verb in verbs if entry_of(address, verb) is None] == []


def test_every_entry_has_its_address(app: Flask) -> None:
    there = {(rule.rule, verb) for rule in rules(app) for verb in (rule.methods or ())}
    entered = {(entry.address, verb) for entry in TABLE for verb in entry.verbs.split()}
    assert entered - there == set()


def test_an_address_without_an_entry_is_refused_to_everybody(app: Flask, request: pytest.FixtureRequest) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "a view that nobody entered")
    people = request.getfixturevalue("people")
    assert {browser.get("/forgotten").status_code for browser, _ in people.values()} == {404}


def test_a_verb_without_an_entry_is_refused(app: Flask, visitor: Browser) -> None:
    app.add_url_rule("/track", "tracked", lambda: "a view that nobody entered", methods=["DELETE"])
    token = token_of(visitor.get("/sign-in"))
    answer = visitor.client.delete("/track", data={"csrf_token": token})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


def test_everybody_tries_every_verb_of_every_address(app: Flask, people: People) -> None:
    """Nobody gets more than the table says; what is meant for others, and what is another's, answers as said below."""
    wrong = []
    for name, (browser, account) in people.items():
        token = token_for(browser, account)
        for rule in rules(app):
            for verb in (rule.methods or set()) - ENDS_THE_SESSION.get(rule.rule, set()):
                status = ask(browser, verb, rule, token)
                if status not in allowed(rule, verb, account):
                    wrong.append((name, verb, rule.rule, status))
    assert wrong == []


@pytest.mark.parametrize("name", ["stranger", "admin"])
def test_every_other_verb_is_refused(app: Flask, people: People, name: str) -> None:
    browser, account = people[name]
    token = token_for(browser, account)
    there = {(rule.rule, verb) for rule in rules(app) for verb in (rule.methods or ())}
    tried = [(rule, verb) for rule in rules(app) for verb in VERBS if (rule.rule, verb) not in there]
    assert [(rule.rule, verb) for rule, verb in tried if ask(browser, verb, rule, token) != 405] == []


def allowed(rule: Rule, verb: str, account: Account | None) -> set[int]:
    entry = entry_of(rule.rule, verb)
    if entry is None:
        return set()
    if not entry.who.includes(account):
        return refused(entry, verb, account)
    if entry.whose is not None:
        return {404}
    return {200, 302, 303, 400, 404, 409, 422}


def refused(entry: Entry, verb: str, account: Account | None) -> set[int]:
    """A stranger is shown the way in; a form of his that ended up here is kept; others are told no."""
    if account is not None:
        return {403}
    return {302} if verb in ("GET", "HEAD") else {403}


def test_not_yours_and_not_there_are_the_same_answer(app: Flask, people: People) -> None:
    """Byte for byte, but for the token: two people, one address that is nobody's."""
    oanh, an = people["citizen"][0], people["other citizen"][0]
    for rule in rules(app):
        entry = entry_of(rule.rule, "GET")
        if entry and entry.whose and entry.who.includes(people["citizen"][1]):
            pages = [plain(browser.get(address_of(rule)).text) for browser in (oanh, an)]
            assert all(left == right for left, right in pairwise(pages)), rule.rule


def plain(page: str) -> str:
    return re.sub(r'value="[^"]{40,}"', "", page).replace("Đặng Thị Oanh", "").replace("Lê An", "")
