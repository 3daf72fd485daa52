"""A session ends on the server, so that no copy of its cookie lives on (S10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.store.racers import MONDAY, people_and_rules

from motcua.store import Store
from motcua.store.sessions import SignedIn

IDLE, MOST = timedelta(minutes=30), timedelta(hours=12)


def signed_in(store: Store, account: int) -> str:
    with store.transaction() as books:
        return books.sessions.open(account, now=MONDAY, most=MOST, agent="Firefox")


def look(store: Store, token: str, after: timedelta = timedelta()) -> SignedIn | None:
    with store.reading() as books:
        return books.sessions.get(token, now=MONDAY + after, idle=IDLE)


def test_a_token_stands_for_its_account(store: Store) -> None:
    hue = people_and_rules(store)
    found = look(store, signed_in(store, hue))
    assert found is not None
    assert (found.account.id, found.agent) == (hue, "Firefox")


def test_every_sign_in_has_a_token_and_a_secret_of_its_own(store: Store) -> None:
    hue = people_and_rules(store)
    first, second = look(store, signed_in(store, hue)), look(store, signed_in(store, hue))
    assert first is not None
    assert second is not None
    assert first.csrf != second.csrf


def test_a_copied_token_is_dead_after_sign_out(store: Store) -> None:
    token = signed_in(store, people_and_rules(store))
    with store.transaction() as books:
        books.sessions.close(token)
    assert look(store, token) is None


def test_a_disabled_account_is_out_at_once(store: Store) -> None:
    hue = people_and_rules(store)
    token = signed_in(store, hue)
    with store.transaction() as books:
        books.accounts.change(hue, disabled_at=MONDAY)
    assert look(store, token) is None


def test_a_changed_role_counts_at_the_next_click(store: Store) -> None:
    with store.transaction() as books:
        an = books.accounts.add(
            kind="officer", name="An", login="an.xa_a", roles=["leader"], password_hash="x", at=MONDAY
        )
    token = signed_in(store, an.id)
    with store.transaction() as books:
        books.accounts.change(an.id, roles=["one_stop"])
    found = look(store, token)
    assert found is not None
    assert found.account.roles == ("one_stop",)


@pytest.mark.parametrize(
    ("after", "alive"),
    [
        (timedelta(minutes=30), True),
        (timedelta(minutes=31), False),
    ],
)
def test_without_a_click_a_session_ends_after_half_an_hour(store: Store, after: timedelta, alive: bool) -> None:
    token = signed_in(store, people_and_rules(store))
    assert (look(store, token, after) is not None) == alive


def test_clicks_keep_a_session_alive_but_not_beyond_its_most(store: Store) -> None:
    token = signed_in(store, people_and_rules(store))
    for minutes in range(20, 12 * 60, 20):
        found = look(store, token, timedelta(minutes=minutes))
        assert found is not None
        assert found.seen_long_ago(MONDAY + timedelta(minutes=minutes))
        with store.transaction() as books:
            books.sessions.seen(token, MONDAY + timedelta(minutes=minutes))
    assert look(store, token, MOST) is None


def test_a_new_password_ends_every_other_session(store: Store) -> None:
    hue = people_and_rules(store)
    here, elsewhere = signed_in(store, hue), signed_in(store, hue)
    with store.transaction() as books:
        books.sessions.close_all(hue, but=here)
    assert look(store, here) is not None
    assert look(store, elsewhere) is None
    with store.transaction() as books:
        books.sessions.close_all(hue)
    assert look(store, here) is None


def test_the_database_has_no_token_in_it(store: Store) -> None:
    token = signed_in(store, people_and_rules(store))
    with store.engine.connect() as connection:
        assert token not in str(connection.execute(text("SELECT * FROM session")).all())


def test_an_unknown_token_stands_for_nobody(store: Store) -> None:
    assert look(store, "guessed") is None


def test_old_sessions_are_swept(store: Store) -> None:
    signed_in(store, people_and_rules(store))
    with store.transaction() as books:
        books.sessions.sweep(MONDAY + MOST)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM session")).scalar() == 0
