"""Delivers what the outbox holds. Called again and again by the worker, in as many processes as there are.

At least once: a worker that dies between sending and noting it sends again, under the same key, and the receiver
keeps one. What fails is
tried again, each time later; what can never arrive, or failed twelve times, is given up and shown to those who run
the system.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from motcua.gateways.clock import Clock
from motcua.gateways.letter import Letter, Undeliverable, Unreachable
from motcua.gateways.mail import Mail
from motcua.gateways.sms import Sms
from motcua.store import Store
from motcua.store.outbox import EMAIL, PORTAL, Message, Outgoing

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MOST_TRIES = 12
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=6)


@dataclass(frozen=True)
class Worded:
    """A message in words, for one channel."""

    subject: str
    text: str


#: Puts a message into words; the words are the theme's.
Words = Callable[[Message], Worded]


def deliver(store: Store, words: Words, mail: Mail, sms: Sms, clock: Clock, *, most: int = 20) -> int:
    """Send what is due; answers with how many were taken in hand. Each is noted by itself, so that a crash repeats
    one and not all.
    """
    with store.transaction() as books:
        outgoing = books.outbox.claim(clock.now(), lease=LEASE, most=most)
    for one in outgoing:
        try:
            _send(store, one, words(one.message), mail, sms, clock)
        except Unreachable as error:
            _failed(store, one, clock, type(error).__name__, for_good=one.attempts >= MOST_TRIES)
        except Undeliverable as error:
            _failed(store, one, clock, type(error).__name__, for_good=True)
        except Exception as error:  # our own mistake in one message must not hold up the ones behind it
            log.exception("message %s cannot be put together", one.id)
            _failed(store, one, clock, type(error).__name__, for_good=one.attempts >= MOST_TRIES)
    return len(outgoing)


def _send(store: Store, one: Outgoing, worded: Worded, mail: Mail, sms: Sms, clock: Clock) -> None:
    message, now = one.message, clock.now()
    if message.channel != PORTAL:
        gateway = mail if message.channel == EMAIL else sms
        gateway.send(Letter(message.key, message.to, worded.subject, worded.text, now))
    with store.transaction() as books:
        if message.channel == PORTAL:
            account = int(message.to)
            books.notices.put(message.key, account, subject=worded.subject, text=worded.text, at=now, case=message.case)
        books.outbox.sent(one, now)


def _failed(store: Store, one: Outgoing, clock: Clock, error: str, *, for_good: bool) -> None:
    log.warning("message %s by %s failed at try %s: %s", one.id, one.message.channel, one.attempts, error)
    with store.transaction() as books:
        if for_good:
            books.outbox.give_up(one, clock.now(), error)
        else:
            books.outbox.again(one, clock.now() + pause(one.attempts), error)


def pause(attempts: int) -> timedelta:
    """How long after so many tries the next one comes: 10 s, 20 s, 40 s ... at most 6 hours."""
    return min(_FIRST_PAUSE * (1 << (attempts - 1)), _LONGEST_PAUSE)
