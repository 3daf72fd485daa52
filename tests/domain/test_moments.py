"""Days and moments as people read and write them, and that no date ever shifts."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.domain.calendar_file import read_date
from motcua.domain.moments import day_text, due_text, read_moment
from motcua.domain.time_limit import Amount
from motcua.domain.working_calendar import HCM, WorkingCalendar


def test_a_due_moment_is_read_with_its_weekday() -> None:
    moment = datetime(2026, 10, 14, 17, 0, tzinfo=HCM)
    assert due_text(moment, "vi") == "thứ Tư, 14/10/2026, 17:00"
    assert due_text(moment, "en") == "Wednesday, 14/10/2026, 17:00"


def test_a_moment_of_another_zone_is_shown_in_the_local_one() -> None:
    assert due_text(datetime(2026, 10, 14, 18, 30, tzinfo=UTC)) == "thứ Năm, 15/10/2026, 01:30"


@pytest.mark.parametrize(
    "written", ["05/10/2026 08:00", "2026-10-05 08:00", "2026-10-05T08:00:00+07:00", "2026-10-05T01:00:00+00:00"]
)
def test_a_moment_is_read_as_people_and_machines_write_it(written: str) -> None:
    assert read_moment(written) == datetime(2026, 10, 5, 8, 0, tzinfo=HCM)


def test_a_day_without_an_hour_begins_at_midnight() -> None:
    assert read_moment("05/10/2026") == datetime(2026, 10, 5, tzinfo=HCM)


@pytest.mark.parametrize("written", ["", "hôm nay", "05/10", "31/02/2026 08:00", "05/10/2026 25:00", "10/05/26 8h"])
def test_what_is_no_moment_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="05/10/2026 08:00"):
        read_moment(written)


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"])
def _process_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_process_zone")
def test_no_date_from_1900_to_2026_ever_shifts(office: WorkingCalendar) -> None:
    """Local time was eight hours ahead in 1960-1975: a date that passed through a moment would show it."""
    day, tomorrow = date(1900, 1, 1), timedelta(days=1)
    while day <= date(2026, 12, 31):
        assert read_date(f"{day:%d/%m/}{day.year}") == read_date(day.isoformat()) == day
        assert day_text(day).endswith(f"{day.day:02}/{day.month:02}/{day.year}")
        assert read_moment(f"{day.isoformat()} 07:30").date() == day
        assert Amount.parse("1 ngày").after(day) == day + tomorrow
        if office.is_working_day(day):
            assert office.opening(day).date() == office.closing(day).date() == day
        day += tomorrow


@pytest.mark.usefixtures("_process_zone")
def test_office_hours_are_local_whatever_the_zone_of_the_process(office: WorkingCalendar) -> None:
    assert office.opening(date(2026, 10, 5)).isoformat() == "2026-10-05T07:30:00+07:00"
    assert office.opening(date(1970, 1, 5)).isoformat() == "1970-01-05T07:30:00+08:00"
