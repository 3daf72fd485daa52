"""Working days and office hours, as `workflows/calendar.yaml` says them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.catalogue.source import parse
from motcua.domain.calendar_file import CalendarMistakes
from motcua.domain.moments import read_moment
from motcua.domain.working_calendar import Calendars, WorkingCalendar, calendars


def read(text: str) -> Calendars:
    source = parse(text.encode(), "workflows/calendar.yaml")
    assert not source.problems
    return calendars(source.data)


def at(text: str) -> datetime:
    return read_moment(text)


SEASONS = """
default: mua
hours:
  mua:
    - in_force: [{from: 16/04/2026, to: 15/10/2026}, {from: 16/04/2027, to: 15/10/2027}]
      week: [{days: [mon, tue, wed, thu, fri], open: ["07:00-11:30", "13:30-17:00"]}]
    - week: [{days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}]
  cong_an:
    - week:
        - {days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}
        - {days: [sat], open: ["08:00-11:30"]}
agencies:
  cong_an_tinh: {hours: cong_an}
  bao_tang:
    days_off: [{date: 06/10/2026, name: Bảo trì}]
    makeup_days: [{date: 10/10/2026, for: 06/10/2026}, {date: 02/09/2026, for: 06/10/2026}]
confirmed_years: [2026]
days_off:
  - {date: 02/09/2026, name: {vi: Quốc khánh, en: National Day}}
  - {date: 31/08/2026, name: Nghỉ hoán đổi}
makeup_days:
  - {date: 22/08/2026, for: 31/08/2026}
"""


@pytest.fixture(scope="module")
def seasons() -> Calendars:
    return read(SEASONS)


# ---- the shipped days ----


@pytest.mark.parametrize(
    ("year", "off", "makeup"),
    [
        (2018, "31/12", ""),
        (2019, "01/01 04-08/02 15/04 29-30/04 01/05 02/09", "05/01 04/05"),
        (2020, "01/01 23-24/01 27-29/01 02/04 30/04 01/05 02/09", ""),
        (2021, "01/01 10-12/02 15-16/02 21/04 30/04 03/05 02-03/09", ""),
        (2022, "03/01 31/01 01-04/02 11/04 02-03/05 01-02/09", ""),
        (2023, "02/01 20/01 23-26/01 01-03/05 01/09 04/09", ""),
        (2024, "01/01 08-09/02 12-14/02 18/04 29-30/04 01/05 02-03/09", "04/05"),
        (2025, "01/01 27-31/01 07/04 30/04 01-02/05 01-02/09", "26/04"),
        (2026, "01-02/01 16-20/02 27/04 30/04 01/05 31/08 01-02/09", "10/01 22/08"),
    ],
)
def test_the_shipped_days_off_are_those_of_the_state_agencies(
    office: WorkingCalendar, year: int, off: str, makeup: str
) -> None:
    assert {d for d in office.days_off if d.year == year} == days(off, year)
    assert {d for d in office.makeup_days if d.year == year} == days(makeup, year)


def days(said: str, year: int) -> set[date]:
    """`04-08/02 15/04`: the days of February and April of a year."""
    found = set()
    for part in said.split():
        numbers, month = part.split("/")
        first, _, last = numbers.partition("-")
        found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return found


def test_no_shipped_day_off_is_a_weekend_and_every_make_up_day_is_one(office: WorkingCalendar) -> None:
    assert [d for d in office.days_off if d.weekday() >= 5] == []
    assert [d for d in office.makeup_days if d.weekday() < 5] == []
    assert {office.makeup_days[d] for d in office.makeup_days} <= office.days_off.keys()


def test_the_lunar_new_year_is_always_off(office: WorkingCalendar) -> None:
    """Its first day, and the working days around it."""
    first = [
        "05/02/2019",
        "25/01/2020",
        "12/02/2021",
        "01/02/2022",
        "22/01/2023",
        "10/02/2024",
        "29/01/2025",
        "17/02/2026",
    ]
    assert [day for day in first if office.is_working_day(at(day).date())] == []


def test_culture_day_2026_is_worked_until_a_notice_says_otherwise(office: WorkingCalendar) -> None:
    assert office.is_working_day(date(2026, 11, 24))


def test_a_year_without_a_notice_knows_weekends_only_and_is_only_expected(office: WorkingCalendar) -> None:
    assert office.is_confirmed(2026)
    assert not office.is_confirmed(2027)
    assert office.is_working_day(date(2031, 5, 1))
    assert not office.is_working_day(date(2031, 5, 3))
    assert office.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 1)


# ---- days ----


def test_the_working_days_around_a_long_weekend(office: WorkingCalendar) -> None:
    """Thursday 30/04 and Friday 01/05/2026 are off."""
    wednesday, saturday, monday = date(2026, 4, 29), date(2026, 5, 2), date(2026, 5, 4)
    assert office.next_working_day(wednesday) == monday
    assert office.previous_working_day(monday) == wednesday
    assert office.working_day_from(saturday) == monday
    assert office.working_day_from(monday) == monday
    assert office.working_days(wednesday, monday) == 1
    assert office.add_working_days(saturday, 0) == monday
    assert office.add_working_days(saturday, 1) == monday


def test_a_rest_day_says_why_and_has_no_opening(office: WorkingCalendar) -> None:
    assert str(office.rest(date(2026, 9, 2))) == "Quốc khánh"
    assert str(office.rest(date(2026, 9, 5))) == "Ngày nghỉ hằng tuần"
    assert office.rest(date(2026, 9, 3)) is None
    with pytest.raises(ValueError, match="not a working day"):
        office.opening(date(2026, 9, 2))


# ---- hours ----


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("05/10/2026 06:00", "05/10/2026 07:30"),
        ("05/10/2026 07:30", "05/10/2026 07:30"),
        ("05/10/2026 10:15", "05/10/2026 10:15"),
        ("05/10/2026 11:30", "05/10/2026 11:30"),
        ("05/10/2026 12:00", "05/10/2026 13:00"),
        ("05/10/2026 17:00", "05/10/2026 17:00"),
        ("05/10/2026 17:01", "06/10/2026 07:30"),
        ("10/10/2026 09:00", "12/10/2026 07:30"),
        ("22/08/2026 09:00", "22/08/2026 09:00"),  # a make-up Saturday
        ("01/09/2026 09:00", "03/09/2026 07:30"),
    ],
)
def test_out_of_hours_the_next_opening_comes(office: WorkingCalendar, moment: str, expected: str) -> None:
    assert office.next_opening(at(moment)) == at(expected)


def test_a_second_after_closing_is_out_of_hours(office: WorkingCalendar) -> None:
    assert office.next_opening(at("05/10/2026 17:00:01")) == at("06/10/2026 07:30")


@pytest.mark.parametrize(
    ("moment", "minutes", "expected"),
    [
        ("05/10/2026 07:30", 240, "05/10/2026 11:30"),  # the end of the morning, not the beginning of the afternoon
        ("05/10/2026 07:30", 241, "05/10/2026 13:01"),
        ("05/10/2026 16:59", 1, "05/10/2026 17:00"),
        ("05/10/2026 17:00", 1, "06/10/2026 07:31"),
        ("05/10/2026 12:15", 0, "05/10/2026 13:00"),
        ("09/10/2026 16:00", 480, "12/10/2026 16:00"),
    ],
)
def test_office_minutes_run_in_office_hours_alone(
    office: WorkingCalendar, moment: str, minutes: int, expected: str
) -> None:
    assert office.add_working_minutes(at(moment), minutes) == at(expected)


def test_the_first_row_of_hours_that_holds_counts_and_both_its_ends_are_in(seasons: Calendars) -> None:
    office = seasons.of("bat_ky")
    openings = {
        day: f"{office.opening(at(day).date()):%H:%M}"
        for day in ("15/04/2026", "16/04/2026", "15/10/2026", "16/10/2026")
    }
    assert openings == {"15/04/2026": "07:30", "16/04/2026": "07:00", "15/10/2026": "07:00", "16/10/2026": "07:30"}
    assert f"{office.opening(date(2027, 4, 16)):%H:%M}" == "07:00"


def test_hours_that_change_with_the_season_are_counted_each_by_their_own(seasons: Calendars) -> None:
    """Thursday 15/10/2026 16:00-17:00 (60), Friday in winter hours 07:30-11:30 (240) and from 13:00 the last 60."""
    assert seasons.of().add_working_minutes(at("15/10/2026 16:00"), 360) == at("16/10/2026 14:00")


def test_an_agency_may_work_on_saturday_mornings(seasons: Calendars) -> None:
    police = seasons.of("cong_an_tinh")
    assert police.add_working_days(date(2026, 10, 9), 1) == date(2026, 10, 10)
    assert police.closing(date(2026, 10, 10)) == at("10/10/2026 11:30")
    assert not seasons.of("bat_ky").is_working_day(date(2026, 10, 10))


def test_an_agency_s_own_days_go_before_those_of_all(seasons: Calendars) -> None:
    museum, others = seasons.of("bao_tang"), seasons.of("bat_ky")
    assert [museum.is_working_day(date(2026, 10, d)) for d in (6, 10)] == [False, True]
    assert [others.is_working_day(date(2026, 10, d)) for d in (6, 10)] == [True, False]
    assert museum.is_working_day(date(2026, 9, 2))
    assert not others.is_working_day(date(2026, 9, 2))


def test_a_make_up_day_is_worked_in_the_hours_of_the_day_it_makes_up_for() -> None:
    office = read("""
        default: a
        hours:
          a:
            - week:
                - {days: [mon], open: ["08:00-12:00"]}
                - {days: [tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}
        days_off: [{date: 31/08/2026, name: Nghỉ hoán đổi}]
        makeup_days: [{date: 22/08/2026, for: 31/08/2026}]
        """).of()
    assert office.closing(date(2026, 8, 22)) == at("22/08/2026 12:00")


# ---- mistakes ----

HOURS = 'default: a\nhours: {a: [{week: [{days: [mon], open: ["07:30-11:30"]}]}]}\n'


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (HOURS.replace("default: a", "default: b"), ("default",), "không có giờ làm việc tên 'b'"),
        (HOURS + "agencies: {x: {hours: c}}", ("agencies", "x", "hours"), "không có giờ làm việc tên 'c'"),
        (HOURS.replace("07:30-11:30", "7h-11h"), ("hours", "a", 0), "viết như 07:30-11:30"),
        (HOURS.replace("07:30-11:30", "11:30-07:30"), ("hours", "a", 0), "mở trước khi đóng"),
        (HOURS.replace("07:30-11:30", "07:30-25:30"), ("hours", "a", 0), "hour must be in"),
        (HOURS.replace('"07:30-11:30"', '"07:30-11:30", "11:00-12:00"'), ("hours", "a", 0), "không chồng nhau"),
        (HOURS.replace("[mon]", "[]"), ("hours", "a", 0), "ít nhất một ngày làm việc"),
        (
            HOURS.replace("{week:", "{in_force: {from: 01/01/2026}, week:"),
            ("hours", "a", 0),
            "dòng cuối phải luôn đúng",
        ),
        (
            HOURS + "days_off: [{date: 31/02/2026, name: x}]",
            ("days_off", 0, "date"),
            "không có ngày 31/02/2026",
        ),
        (
            HOURS + "days_off: [{date: 01/01/2026, name: x}, {date: 2026-01-01, name: y}]",
            ("days_off", 1, "date"),
            "01/01/2026 đã được ghi",
        ),
        (
            HOURS + "days_off: [{date: 02/01/2026, name: x}]\nmakeup_days: [{date: 02/01/2026, for: 02/01/2026}]",
            ("makeup_days", 0, "date"),
            "02/01/2026 đã được ghi",
        ),
        (
            HOURS + "makeup_days: [{date: 10/01/2026, for: hôm kia}]",
            ("makeup_days", 0, "for"),
            "ngày viết như 01/07/2024",
        ),
    ],
)
def test_a_mistake_in_the_calendar_is_named_with_its_place(text: str, path: tuple[str | int, ...], reason: str) -> None:
    with pytest.raises(CalendarMistakes) as found:
        read(text)
    (mistake,) = found.value.mistakes
    assert mistake.path == path
    assert reason in mistake.reason


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(CalendarMistakes) as found:
        read(HOURS.replace("07:30", "7:30") + "days_off: [{date: 31/02/2026, name: x}, {date: 30/02/2026, name: y}]")
    assert [m.path for m in found.value.mistakes] == [
        ("hours", "a", 0),
        ("days_off", 0, "date"),
        ("days_off", 1, "date"),
    ]


def test_without_a_calendar_nothing_can_be_counted() -> None:
    with pytest.raises(LookupError):
        calendars({}).of("bat_ky")


def test_beyond_the_last_day_there_is_no_end(office: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="beyond the last day"):
        office.add_working_days(date(9999, 12, 30), 5)
