"""The one clock of the whole program: everybody asks it, nobody asks the system. Chosen by office.py, moved by tests
and the demo.

Moments are aware, in the local zone. The nouns have no clock: time is an argument there.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol

from motcua.domain.working_calendar import HCM
from motcua.settings import ClockStart, Settings


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, aware, in Asia/Ho_Chi_Minh."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(HCM)


class StartedClock:
    """Began at a chosen moment and goes on at normal speed: the same moment in every process that was given the same
    start.
    """

    def __init__(self, start: ClockStart) -> None:
        self._shown = start.shown.replace(tzinfo=HCM)
        self._at = start.at

    def now(self) -> datetime:
        return self._shown + timedelta(seconds=time.time() - self._at)


class HandClock:
    """Stands still until it is moved by hand. For tests."""

    def __init__(self, now: datetime) -> None:
        self._now = now if now.tzinfo else now.replace(tzinfo=HCM)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(HCM) if now.tzinfo else now.replace(tzinfo=HCM)

    def forward(self, **amount: float) -> None:
        """`clock.forward(minutes=20)`"""
        self._now += timedelta(**amount)


def clock_of(settings: Settings) -> Clock:
    return StartedClock(settings.clock) if settings.clock else SystemClock()
