"""What an act said reaches people: at least once, under one key, later when a provider is down, and never blocked by
one bad message.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.racers import people_and_rules

from motcua.casework.deliver import LEASE, MOST_TRIES, Worded, deliver, pause
from motcua.gateways.clock import HandClock
from motcua.gateways.letter import Letter, Undeliverable, Unreachable
from motcua.gateways.mail import MailFolder
from motcua.gateways.sms import SmsFolder
from motcua.store import Store
from motcua.store.outbox import Message


def words(message: Message) -> Worded:
    if message.text == "wrong":
        raise KeyError(message.text)
    return Worded(f"Hồ sơ {message.params['number']}", "Hồ sơ đã được tiếp nhận.")


class Down:
    """A provider that does not answer until `back` is set, or says that an address does not exist."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        if self.error is not None:
            raise self.error
        self.letters.append(letter)


def say(store: Store, clock: HandClock, *messages: Message) -> None:
    with store.transaction() as books:
        books.outbox.put(messages, clock.now())


def email(key: str, text: str = "received") -> Message:
    return Message(key, "email", "anh@vidu.vn", text, {"number": "1"})


def test_one_act_reaches_portal_mail_and_telephone(store: Store, clock: HandClock, tmp_path: Path) -> None:
    citizen = people_and_rules(store)
    mail, sms = MailFolder(tmp_path / "mail"), SmsFolder(tmp_path / "sms")
    portal = Message("1:portal", "portal", str(citizen), "received", {"number": "1"})
    phone = Message("1:sms", "sms", "+84912345678", "received", {"number": "1"})
    say(store, clock, portal, email("1:email"), phone)
    assert deliver(store, words, mail, sms, clock) == 3
    assert deliver(store, words, mail, sms, clock) == 0
    assert [(letter.to, letter.subject) for letter in mail.letters()] == [("anh@vidu.vn", "Hồ sơ 1")]
    assert [letter.to for letter in sms.letters()] == ["+84912345678"]
    with store.reading() as books:
        (notice,) = books.notices.of(citizen)
        assert books.outbox.backlog().waiting == 0
    assert (notice.subject, notice.at) == ("Hồ sơ 1", clock.now())


def test_while_a_provider_is_down_the_message_waits_longer_each_time(store: Store, clock: HandClock) -> None:
    down = Down(Unreachable("no answer"))
    say(store, clock, email("k"))
    for seconds in (10, 20, 40):
        assert deliver(store, words, down, down, clock) == 1
        clock.forward(seconds=seconds - 1)
        assert deliver(store, words, down, down, clock) == 0
        clock.forward(seconds=1)
    down.error = None
    deliver(store, words, down, down, clock)
    assert [letter.key for letter in down.letters] == ["k"]


def test_pauses_double_up_to_six_hours() -> None:
    assert [pause(n).total_seconds() for n in (1, 2, 3, 4)] == [10, 20, 40, 80]
    assert pause(12) == timedelta(seconds=20480)
    assert pause(13) == timedelta(hours=6)


def test_an_address_that_does_not_exist_is_given_up_at_once(store: Store, clock: HandClock) -> None:
    nobody = Down(Undeliverable("no such address"))
    say(store, clock, email("k"))
    deliver(store, words, nobody, nobody, clock)
    clock.forward(days=30)
    assert deliver(store, words, nobody, nobody, clock) == 0
    with store.reading() as books:
        assert books.outbox.backlog().given_up == 1


def test_after_twelve_tries_a_message_is_given_up(store: Store, clock: HandClock) -> None:
    down = Down(Unreachable("no answer"))
    say(store, clock, email("k"))
    tries = 0
    for _ in range(20):
        tries += deliver(store, words, down, down, clock)
        clock.forward(hours=6)
    assert tries == MOST_TRIES == 12


def test_a_worker_that_dies_after_sending_makes_no_second_letter(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    """R2: sent, and not noted; the next worker sends the same key again, and there is one."""
    mail = MailFolder(tmp_path)
    say(store, clock, email("k"))
    with store.transaction() as books:
        (claimed,) = books.outbox.claim(clock.now(), lease=LEASE, most=1)
    mail.send(Letter(claimed.message.key, claimed.message.to, "s", "t", clock.now()))
    assert deliver(store, words, mail, mail, clock) == 0
    clock.forward(seconds=LEASE.total_seconds())
    assert deliver(store, words, mail, mail, clock) == 1
    assert len(mail.letters()) == 1
    with store.reading() as books:
        assert books.outbox.backlog().waiting == 0


def test_a_message_that_cannot_be_put_into_words_does_not_hold_up_the_others(
    store: Store, clock: HandClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mail = MailFolder(tmp_path)
    say(store, clock, email("1", "wrong"), email("2"), email("3"))
    with caplog.at_level(logging.WARNING):
        deliver(store, words, mail, mail, clock)
    assert sorted(letter.key for letter in mail.letters()) == ["2", "3"]
    assert "cannot be put together" in caplog.text


def test_the_log_names_no_address(store: Store, clock: HandClock, caplog: pytest.LogCaptureFixture) -> None:
    down = Down(Unreachable("anh@vidu.vn does not answer"))
    say(store, clock, email("k"))
    with caplog.at_level(logging.DEBUG):
        deliver(store, words, down, down, clock)
    assert "failed at try 1" in caplog.text
    assert "anh@vidu.vn" not in caplog.text
