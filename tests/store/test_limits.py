"""Attempts are counted by purpose and key over a sliding window, in all workers together (S12)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.store.racers import MONDAY

from motcua.domain.refusals import TooManyTries
from motcua.store import Store
from motcua.store.limits import Limit

SIGN_IN = Limit("sign_in", most=5, within=timedelta(minutes=15))
TRACKING = Limit("tracking", most=2, within=timedelta(minutes=1))


def attempt(store: Store, limit: Limit, key: str, after: timedelta = timedelta()) -> int:
    """Seconds to wait; 0: it was let through."""
    try:
        with store.transaction() as books:
            books.limits.take(limit, key, MONDAY + after)
    except TooManyTries as refused:
        return refused.wait
    return 0


def test_the_sixth_try_waits_until_the_first_is_old_enough(store: Store) -> None:
    minutes = [attempt(store, SIGN_IN, "hue", timedelta(minutes=m)) for m in range(5)]
    assert minutes == [0] * 5
    assert attempt(store, SIGN_IN, "hue", timedelta(minutes=5)) == 10 * 60
    assert attempt(store, SIGN_IN, "hue", timedelta(minutes=15)) == 0
    assert attempt(store, SIGN_IN, "hue", timedelta(minutes=15)) == 60


def test_a_refused_try_is_not_counted(store: Store) -> None:
    for _ in range(2):
        attempt(store, TRACKING, "10.0.0.1")
    for second in range(50):
        assert attempt(store, TRACKING, "10.0.0.1", timedelta(seconds=second)) == 60 - second
    assert attempt(store, TRACKING, "10.0.0.1", timedelta(seconds=60)) == 0


def test_keys_and_purposes_are_counted_apart(store: Store) -> None:
    for _ in range(2):
        attempt(store, TRACKING, "10.0.0.1")
    assert attempt(store, TRACKING, "10.0.0.2") == 0
    assert attempt(store, SIGN_IN, "10.0.0.1") == 0


def test_a_success_forgives_the_slips_before_it(store: Store) -> None:
    for _ in range(5):
        attempt(store, SIGN_IN, "hue")
    with store.transaction() as books:
        assert books.limits.used(SIGN_IN, "hue", MONDAY) == 5
        books.limits.forget(SIGN_IN, "hue")
    assert attempt(store, SIGN_IN, "hue") == 0


def test_guesses_from_many_workers_at_once_get_no_more_than_the_limit(store: Store) -> None:
    through: list[int] = []

    def guess() -> None:
        through.extend(attempt(store, SIGN_IN, "hue") for _ in range(10))

    workers = [threading.Thread(target=guess) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert through.count(0) == 5


def test_the_table_shows_neither_addresses_nor_names_and_is_swept(store: Store) -> None:
    attempt(store, SIGN_IN, "hue@vidu.vn")
    with store.engine.connect() as connection:
        assert "hue" not in str(connection.execute(text("SELECT * FROM attempt")).all())
    with store.transaction() as books:
        books.limits.sweep(MONDAY + timedelta(seconds=1))
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM attempt")).scalar() == 0


def test_the_message_says_minutes() -> None:
    assert TooManyTries(61).message("en") == "Too many tries. Try again in 2 minutes."
    with pytest.raises(TooManyTries, match="too_many_tries"):
        raise TooManyTries(1)
