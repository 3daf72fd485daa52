"""One clock: aware, local, and the same in every process that was given the same start."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import HandClock, StartedClock, SystemClock, clock_of
from motcua.settings import ClockStart, clock_start, clock_text, read_settings


def test_the_systems_clock_is_aware_and_local() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=7)
    assert abs(now.timestamp() - time.time()) < 5


def test_a_started_clock_goes_on_from_its_start_at_normal_speed() -> None:
    ninety_seconds_ago = time.time() - 90
    now = StartedClock(ClockStart(datetime(2026, 10, 5, 8, 0), ninety_seconds_ago)).now()
    assert timedelta() <= now - datetime(2026, 10, 5, 8, 1, 30, tzinfo=HCM) < timedelta(seconds=5)


def test_a_worker_that_is_handed_its_parents_start_shows_the_same_moment() -> None:
    parent = clock_start("2026-10-05 08:00")
    child = clock_start(clock_text(parent))
    assert child == parent


def test_the_settings_choose_the_clock(tmp_path: Path) -> None:
    assert isinstance(clock_of(read_settings({"DATA": str(tmp_path)})), SystemClock)
    assert clock_of(read_settings({"DATA": str(tmp_path), "CLOCK": "2026-10-05 08:00"})).now().year == 2026


def test_a_clock_in_the_hand_stands_until_it_is_moved() -> None:
    clock = HandClock(datetime(2026, 10, 5, 8, 0))
    assert clock.now() == clock.now() == datetime(2026, 10, 5, 8, 0, tzinfo=HCM)
    clock.forward(minutes=20)
    assert clock.now() == datetime(2026, 10, 5, 8, 20, tzinfo=HCM)
    clock.set(datetime(2026, 12, 31, 17, 0))
    assert clock.now().isoformat() == "2026-12-31T17:00:00+07:00"
