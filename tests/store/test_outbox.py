"""What an act has to say is written with it or not at all, and each message is in one hand at a time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from tests.store.racers import MONDAY, note, people_and_rules

from motcua.domain.refusals import Closed
from motcua.store import Store
from motcua.store.outbox import Message

LEASE = timedelta(seconds=60)


def speak(store: Store, key: str, *, fail: bool) -> None:
    with store.transaction() as books:
        books.outbox.put([note(key)], MONDAY)
        if fail:
            raise Closed()


def claim(store: Store, after: timedelta = timedelta(), most: int = 100) -> list[str]:
    with store.transaction() as books:
        return [one.message.key for one in books.outbox.claim(MONDAY + after, lease=LEASE, most=most)]


def test_a_thousand_rolled_back_acts_say_nothing_and_a_thousand_done_say_a_thousand(store: Store) -> None:
    """R3."""
    for number in range(1000):
        with pytest.raises(Closed):
            speak(store, f"rolled back {number}", fail=True)
        speak(store, f"done {number}", fail=False)
    assert sorted(claim(store, most=5000)) == sorted(f"done {number}" for number in range(1000))


def test_the_same_key_is_said_once(store: Store) -> None:
    for _ in range(3):
        speak(store, "k", fail=False)
    assert claim(store) == ["k"]


def test_a_claimed_message_is_in_nobody_elses_hand_until_its_lease_ends(store: Store) -> None:
    speak(store, "k", fail=False)
    assert claim(store) == ["k"]
    assert claim(store, after=LEASE - timedelta(seconds=1)) == []
    assert claim(store, after=LEASE) == ["k"]


def test_three_workers_share_three_hundred_messages_and_none_is_taken_twice(store: Store) -> None:
    with store.transaction() as books:
        books.outbox.put([note(str(n)) for n in range(300)], MONDAY)
    taken: list[str] = []

    def work() -> None:
        while keys := claim(store, most=7):
            taken.extend(keys)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rest = claim(store, most=1000)  # a worker that met only locked rows may have stopped early
    assert sorted([*taken, *rest]) == sorted(str(n) for n in range(300))


def test_what_is_due_later_waits_and_what_is_sent_or_given_up_is_done(store: Store) -> None:
    people_and_rules(store)
    with store.transaction() as books:
        later = Message("later", "sms", "+84912345678", "received", due_at=MONDAY + timedelta(hours=1))
        books.outbox.put([later, note("sent"), note("given up"), note("again")], MONDAY)
        for one in books.outbox.claim(MONDAY, lease=LEASE, most=10):
            if one.message.key == "sent":
                books.outbox.sent(one, MONDAY)
            elif one.message.key == "given up":
                books.outbox.give_up(one, MONDAY, "no such address")
            else:
                books.outbox.again(one, MONDAY + timedelta(minutes=1), "down")
    assert claim(store, after=timedelta(seconds=59)) == []
    assert claim(store, after=timedelta(minutes=60)) == ["again", "later"]
    with store.reading() as books:
        backlog = books.outbox.backlog()
    assert (backlog.waiting, backlog.oldest, backlog.given_up) == (2, MONDAY + timedelta(minutes=1), 1)


def test_a_message_counts_its_tries(store: Store) -> None:
    speak(store, "k", fail=False)
    for attempt in (1, 2, 3):
        with store.transaction() as books:
            (one,) = books.outbox.claim(MONDAY + attempt * LEASE, lease=LEASE, most=1)
            assert one.attempts == attempt


def test_a_message_in_a_log_shows_nobodys_address() -> None:
    assert "anh@vidu.vn" not in repr(note("k"))
