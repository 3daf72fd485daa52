"""Deadlines of real cases, counted by hand: from the regulation, and from procedures whose limits are of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from motcua.catalogue.source import parse
from motcua.domain.deadline import Deadline, Stop
from motcua.domain.moments import read_moment
from motcua.domain.time_limit import Amount
from motcua.domain.working_calendar import WorkingCalendar, calendars

AFTERNOON_AT_HALF_PAST_ONE = b"""
default: bay_gio_ruoi
hours:
  bay_gio_ruoi: [{week: [{days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:30-17:00"]}]}]
"""
CUT_OFF = time(15)


@pytest.fixture(scope="module")
def shorter_office(office: WorkingCalendar) -> WorkingCalendar:
    """Seven and a half hours a day, with the shipped days off."""
    hours = calendars(parse(AFTERNOON_AT_HALF_PAST_ONE, "calendar.yaml").data).of().hours
    return replace(office, hours=hours)


def due(office: WorkingCalendar, start: str, amount: str, **how: Any) -> str:
    found = Deadline.count(read_moment(start), Amount.parse(amount), office, outside=True, **how)
    assert found.due is not None
    return f"{found.due:%a %d/%m/%Y %H:%M}"


@pytest.mark.parametrize(
    ("accepted", "limit", "expected"),
    [
        ("26/04/2019 09:00", "3 ngày làm việc", "Sat 04/05/2019 17:00"),  # a make-up day
        ("26/04/2024 09:00", "3 ngày làm việc", "Sat 04/05/2024 17:00"),  # a make-up day
        ("24/04/2025 09:00", "5 ngày làm việc", "Mon 05/05/2025 17:00"),
        ("31/12/2025 09:00", "1 ngày làm việc", "Mon 05/01/2026 17:00"),
        ("08/01/2026 09:00", "2 ngày làm việc", "Sat 10/01/2026 17:00"),  # a make-up day
        ("13/02/2026 09:00", "2 ngày làm việc", "Tue 24/02/2026 17:00"),
        ("01/03/2024 16:00", "8 giờ làm việc", "Mon 04/03/2024 16:30"),
        ("02/03/2024 09:00", "8 giờ làm việc", "Tue 05/03/2024 08:00"),  # a Saturday
        ("04/03/2024 12:00", "8 giờ làm việc", "Tue 05/03/2024 14:00"),  # at noon
        ("04/03/2024 07:30", "8 giờ làm việc", "Tue 05/03/2024 08:00"),  # 7.5 hours a day
    ],
)
def test_the_law_s_own_examples(shorter_office: WorkingCalendar, accepted: str, limit: str, expected: str) -> None:
    assert due(shorter_office, accepted, limit) == expected


def test_five_working_days_from_a_decision_before_the_reunification_holiday(office: WorkingCalendar) -> None:
    """Friday 26/04/2019 is day 0; off until 01/05; 02 (1), 03 (2), Saturday 04/05 makes up (3), 06 (4), 07/05 (5)."""
    assert due(office, "26/04/2019 08:00", "5 ngày làm việc") == "Tue 07/05/2019 17:00"


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        # births, residence, health insurance and identity card in one
        ("06/10/2026 09:30", "24 giờ", "Wed 07/10/2026 09:30"),
        ("07/10/2026 09:30", "2 ngày làm việc", "Fri 09/10/2026 17:00"),
        ("06/10/2026 09:30", "3 ngày làm việc", "Fri 09/10/2026 17:00"),
        ("12/10/2026 10:00", "5 ngày làm việc", "Mon 19/10/2026 17:00"),
        ("15/10/2026 08:00", "24 giờ", "Fri 16/10/2026 08:00"),
        ("16/10/2026 08:00", "2 ngày làm việc", "Tue 20/10/2026 17:00"),
        ("20/10/2026 17:00", "5 ngày làm việc", "Tue 27/10/2026 17:00"),
        ("07/10/2026 09:00", "7 ngày làm việc", "Fri 16/10/2026 17:00"),
        # certified copies
        ("14/05/2024 09:00", "trong ngày", "Tue 14/05/2024 17:00"),
        ("20/05/2024 10:00", "2 ngày làm việc", "Wed 22/05/2024 17:00"),
        # business household
        ("11/03/2024 10:00", "3 ngày làm việc", "Thu 14/03/2024 17:00"),
        ("16/04/2024 16:30", "3 ngày làm việc", "Mon 22/04/2024 17:00"),  # 18/04 is off
        ("05/06/2024 09:00", "3 ngày làm việc", "Mon 10/06/2024 17:00"),
        ("10/06/2024 08:00", "3 ngày làm việc", "Thu 13/06/2024 17:00"),
        ("15/06/2024 09:00", "3 ngày làm việc", "Thu 20/06/2024 17:00"),  # by post, on a Saturday
        # building permit
        ("05/10/2026 08:00", "7 ngày làm việc", "Wed 14/10/2026 17:00"),
        ("06/10/2026 10:00", "7 ngày làm việc", "Thu 15/10/2026 17:00"),
        ("09/10/2026 10:00", "2 ngày làm việc", "Tue 13/10/2026 17:00"),
        ("08/10/2026 10:00", "2 ngày làm việc", "Mon 12/10/2026 17:00"),
        ("12/10/2026 09:00", "1 ngày làm việc", "Tue 13/10/2026 17:00"),
        # transfer of land
        ("10/03/2026 08:30", "8 ngày làm việc", "Fri 20/03/2026 17:00"),
        # criminal record
        ("11/09/2024 09:00", "10 ngày", "Mon 23/09/2024 17:00"),  # 21/09 is a Saturday
        ("08/10/2024 14:00", "15 ngày", "Wed 23/10/2024 17:00"),
        ("14/10/2024 08:00", "10 ngày", "Thu 24/10/2024 17:00"),
        ("15/09/2026 15:30", "8 giờ làm việc", "Wed 16/09/2026 15:30"),
        # social allowance
        ("06/05/2024 08:00", "20 ngày làm việc", "Mon 03/06/2024 17:00"),
        ("09/07/2024 09:00", "20 ngày làm việc", "Tue 06/08/2024 17:00"),
        ("05/08/2024 10:00", "20 ngày làm việc", "Wed 04/09/2024 17:00"),  # 02-03/09 are off
        ("13/05/2024 09:00", "10 ngày làm việc", "Mon 27/05/2024 17:00"),
        ("27/05/2024 17:00", "13 ngày làm việc", "Thu 13/06/2024 17:00"),
        ("04/09/2024 14:00", "17 ngày làm việc", "Fri 27/09/2024 17:00"),
        # licence of a doctor
        ("04/03/2024 09:00", "30 ngày", "Wed 03/04/2024 17:00"),
        ("15/04/2024 09:00", "12 tháng", "Tue 15/04/2025 17:00"),
        ("04/09/2024 09:00", "30 ngày", "Fri 04/10/2024 17:00"),
        # language centre: days until 19/11/2024, working days after
        ("07/10/2024 09:00", "15 ngày", "Tue 22/10/2024 17:00"),
        ("15/10/2024 14:00", "15 ngày", "Wed 30/10/2024 17:00"),
        ("18/11/2024 08:00", "5 ngày làm việc", "Mon 25/11/2024 17:00"),
        ("25/11/2024 17:00", "3 ngày", "Thu 28/11/2024 17:00"),
        ("21/11/2024 09:00", "15 ngày làm việc", "Thu 12/12/2024 17:00"),
        # environmental permit
        ("06/05/2024 09:00", "30 ngày", "Wed 05/06/2024 17:00"),
        ("15/05/2024 08:00", "20 ngày", "Tue 04/06/2024 17:00"),
        ("17/06/2024 10:00", "12 tháng", "Tue 17/06/2025 17:00"),
        # food safety
        ("14/09/2026 08:30", "15 ngày làm việc", "Mon 05/10/2026 17:00"),
        ("02/10/2026 10:00", "5 ngày làm việc", "Fri 09/10/2026 17:00"),
        ("16/10/2026 09:00", "5 ngày làm việc", "Fri 23/10/2026 17:00"),
        ("21/09/2026 09:00", "30 ngày", "Wed 21/10/2026 17:00"),
        ("01/10/2026 09:00", "1 ngày làm việc", "Fri 02/10/2026 17:00"),
        # work permit
        ("03/06/2024 09:00", "5 ngày làm việc", "Mon 10/06/2024 17:00"),
        ("12/06/2024 15:30", "5 ngày làm việc", "Wed 19/06/2024 17:00"),
        ("13/06/2024 09:00", "3 ngày làm việc", "Tue 18/06/2024 17:00"),
        ("15/06/2024 10:00", "5 ngày làm việc", "Mon 24/06/2024 17:00"),  # online, on a Saturday
        # advertising
        ("14/10/2024 10:00", "5 ngày làm việc", "Mon 21/10/2024 17:00"),
        ("11/03/2026 16:45", "5 ngày làm việc", "Wed 18/03/2026 17:00"),
        # car registration fee
        ("28/02/2025 16:00", "1 ngày làm việc", "Mon 03/03/2025 17:00"),
        ("04/12/2024 09:00", "3 ngày làm việc", "Mon 09/12/2024 17:00"),
    ],
)
def test_the_due_dates_of_real_procedures(office: WorkingCalendar, start: str, limit: str, expected: str) -> None:
    assert due(office, start, limit) == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("07/10/2026 16:20", "3 ngày làm việc", "Tue 13/10/2026 17:00"),
        ("26/04/2024 15:10", "trong ngày", "Thu 02/05/2024 17:00"),  # 29/04-01/05 are off
        ("07/07/2025 14:59", "trong ngày", "Mon 07/07/2025 17:00"),
        ("07/07/2025 15:00", "trong ngày", "Tue 08/07/2025 17:00"),
        ("04/07/2026 16:00", "trong ngày", "Mon 06/07/2026 17:00"),  # a Saturday: Monday, not the day after it
    ],
)
def test_what_comes_from_three_o_clock_on_counts_from_the_next_working_day(
    office: WorkingCalendar, start: str, limit: str, expected: str
) -> None:
    assert due(office, start, limit, cut_off=CUT_OFF) == expected


@pytest.mark.parametrize(
    ("start", "limit", "at", "until", "mode", "expected"),
    [
        # land: four days used on 13/03, four left from 25/03
        (
            "09/03/2026 09:00",
            "8 ngày làm việc",
            "13/03/2026 10:00",
            "25/03/2026 10:00",
            "resume",
            "Tue 31/03/2026 17:00",
        ),
        # land: paid on the day of the notice
        (
            "11/03/2026 08:00",
            "8 ngày làm việc",
            "18/03/2026 09:00",
            "18/03/2026 15:00",
            "resume",
            "Mon 23/03/2026 17:00",
        ),
        # building permit: three days used, four left
        (
            "05/10/2026 08:00",
            "7 ngày làm việc",
            "08/10/2026 10:00",
            "12/10/2026 09:00",
            "resume",
            "Fri 16/10/2026 17:00",
        ),
        # environmental permit: 14 days used, 16 left from 16/09
        ("03/06/2024 09:00", "30 ngày", "17/06/2024 09:00", "16/09/2024 09:00", "resume", "Wed 02/10/2024 17:00"),
        # doctor: a new thirty days, ending on Saturday 20/07
        ("01/04/2024 09:00", "30 ngày", "15/04/2024 09:00", "20/06/2024 10:00", "restart", "Mon 22/07/2024 17:00"),
    ],
)
def test_the_due_dates_of_real_procedures_that_waited_for_the_citizen(
    office: WorkingCalendar, start: str, limit: str, at: str, until: str, mode: str, expected: str
) -> None:
    assert due(office, start, limit, stops=[Stop(read_moment(at), read_moment(until), mode)]) == expected


def test_a_seized_plot_has_no_due_date_until_the_order_is_lifted(office: WorkingCalendar) -> None:
    """Friday 13/03/2026 is day 0, Monday 1, Tuesday 17/03 2: six of eight working days are left."""
    seizure = Stop(read_moment("17/03/2026 09:00"), None)
    found = Deadline.count(read_moment("13/03/2026 16:00"), Amount.parse("8 ngày làm việc"), office, stops=[seizure])
    assert (found.due, str(found.left), str(found.used)) == (None, "6 ngày làm việc", "2 ngày làm việc")
