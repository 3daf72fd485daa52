"""Deadlines against a slow second counting, and the laws that hold for every calendar, amount and stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.domain import oracle_time as slow

from motcua.domain.deadline import Deadline, Stop
from motcua.domain.ledger import What
from motcua.domain.office_hours import Hours, Session
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, Unit
from motcua.domain.window import Window
from motcua.domain.working_calendar import HCM, WorkingCalendar

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
MINUTE = timedelta(minutes=1)
QUICK = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
SOAK = settings(max_examples=20_000, suppress_health_check=[HealthCheck.too_slow])

MORNING, AFTERNOON, LATE = (450, 690), (780, 1020), (810, 1035)
DAYS = st.dates(FIRST, LAST)
MOMENTS = st.datetimes(datetime(2026, 1, 5), datetime(2026, 3, 20)).map(lambda m: m.replace(second=0, microsecond=0))
SESSIONS = st.sampled_from(
    [(), (MORNING,), (MORNING, AFTERNOON), (MORNING, LATE), ((420, 690), AFTERNOON, (1080, 1200))]
)
WEEKS = st.one_of(
    st.just(((MORNING, AFTERNOON),) * 5 + ((), ())),
    st.lists(SESSIONS, min_size=7, max_size=7).map(tuple).filter(any),
)
NUMBERS = {
    Unit.SAME_DAY: st.just(1),
    Unit.WORKING_DAY: st.integers(1, 25),
    Unit.DAY: st.integers(1, 40),
    Unit.MONTH: st.integers(1, 14),
    Unit.YEAR: st.integers(1, 2),
    Unit.WORKING_MINUTE: st.integers(1, 1500),
    Unit.MINUTE: st.integers(1, 4000),
}
ALL = tuple(NUMBERS)
#: Whose amount is the sum of what their stretches count; months and years become days at a stop.
SUMS = (Unit.WORKING_DAY, Unit.DAY, Unit.WORKING_MINUTE, Unit.MINUTE)


@dataclass(frozen=True)
class Counted:
    """One deadline to count, in the words of the oracle."""

    office: slow.Office
    start: datetime
    amount: Amount
    pauses: tuple[slow.Pause, ...]
    outside: bool
    posting: bool

    def quick(self) -> Deadline:
        return Deadline.count(
            here(self.start),
            self.amount,
            calendar(self.office),
            stops=[stop(pause) for pause in self.pauses],
            outside=self.outside,
            posting=self.posting,
        )


@st.composite
def offices(draw: st.DrawFn) -> slow.Office:
    always = (date.min, date.max, draw(WEEKS))
    season = [(a, b, draw(WEEKS)) for a, b in [sorted((draw(DAYS), draw(DAYS)))] if draw(st.booleans())]
    off = draw(st.frozensets(DAYS, max_size=12))
    makeup = draw(st.dictionaries(DAYS, DAYS, max_size=4))
    return slow.Office((*season, always), off, tuple((d, f) for d, f in makeup.items() if d not in off))


@st.composite
def pauses(draw: st.DrawFn, start: datetime, modes: tuple[str, ...]) -> tuple[slow.Pause, ...]:
    """Up to three stops that follow one another; the last may still stand."""
    found, moment = [], start - timedelta(days=2)
    for _ in range(draw(st.integers(0, 3))):
        at = moment + draw(st.integers(0, 8 * 1440)) * MINUTE
        until = at + draw(st.sampled_from([0, 1, 90, 1440, 3 * 1440, 9 * 1440 + 17])) * MINUTE
        found.append(slow.Pause(at, until, draw(st.sampled_from(modes)), draw(st.booleans())))
        moment = until
    if found and draw(st.integers(0, 4)) == 0:
        found[-1] = replace(found[-1], until=None)
    return tuple(found)


@st.composite
def counted(
    draw: st.DrawFn, units: tuple[Unit, ...] = ALL, modes: tuple[str, ...] = ("resume", "resume", "restart")
) -> Counted:
    start, unit = draw(MOMENTS), draw(st.sampled_from(units))
    amount = Amount(draw(NUMBERS[unit]), unit)
    stops = draw(pauses(start, modes))
    return Counted(draw(offices()), start, amount, stops, draw(st.booleans()), draw(st.booleans()))


def here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HCM)


def stop(pause: slow.Pause) -> Stop:
    return Stop(here(pause.at), pause.until and here(pause.until), pause.mode, pause.outside)


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def calendar(office: slow.Office) -> WorkingCalendar:
    rows = [
        Hours(
            tuple(tuple(Session(clock(a), clock(b)) for a, b in day) for day in week),
            () if (since, until) == (date.min, date.max) else (Window(since, until),),
        )
        for since, until, week in office.rows
    ]
    return WorkingCalendar(tuple(rows), {d: Text("Nghỉ") for d in office.off}, dict(office.makeup))


def due(office: WorkingCalendar, start: datetime, amount: Amount, *stops: Stop) -> datetime:
    found = Deadline.count(start, amount, office, stops=stops).due
    assert found is not None
    return found


def agrees(case: Counted) -> None:
    found = case.quick()
    expected, left, unit = slow.count(
        case.office,
        case.start,
        case.amount.number,
        case.amount.unit.value,
        list(case.pauses),
        outside=case.outside,
        posting=case.posting,
    )
    assert found.due == (expected and here(expected))
    assert found.left == Amount(left, Unit(unit))


@QUICK
@given(counted())
def test_the_deadline_is_the_one_that_a_clerk_counts_by_hand(case: Counted) -> None:
    agrees(case)


@pytest.mark.soak
@SOAK
@given(counted())
def test_the_deadline_is_the_one_that_a_clerk_counts_by_hand_twenty_thousand_times(case: Counted) -> None:
    agrees(case)


@QUICK
@given(counted(), DAYS)
def test_one_more_day_off_never_makes_a_deadline_earlier(case: Counted, day: date) -> None:
    assume(day not in dict(case.office.makeup))
    more = replace(case, office=replace(case.office, off=case.office.off | {day}))
    before, after = case.quick().due, more.quick().due
    assert after is None or (before is not None and after >= before)


@QUICK
@given(counted(SUMS, ("resume",)))
def test_the_ledger_of_a_clock_that_only_resumes_counts_exactly_the_amount(case: Counted) -> None:
    found = case.quick()
    lines = [line.amount.number for line in found.ledger if line.what is What.COUNTED and line.amount]
    left = found.left.number if found.due is None and found.left else 0
    assert sum(lines) + left == case.amount.number


@QUICK
@given(counted(SUMS, ("resume",)))
def test_what_was_used_and_what_is_left_make_the_amount(case: Counted) -> None:
    found = case.quick()
    assert found.used is not None
    assert found.left is not None
    assert found.used.number + found.left.number == case.amount.number


@QUICK
@given(offices(), MOMENTS, st.integers(1, 1500), st.integers(0, 5 * 1440), st.integers(0, 20 * 1440))
def test_a_pause_adds_exactly_the_office_minutes_it_took(
    office: slow.Office, moment: datetime, minutes: int, wait: int, length: int
) -> None:
    days, start, amount = calendar(office), here(moment), Amount(minutes, Unit.WORKING_MINUTE)
    at, until = start + wait * MINUTE, start + (wait + length) * MINUTE
    whole, held = due(days, start, amount), due(days, start, amount, Stop(at, until))
    assert days.working_minutes(whole, held) == (days.working_minutes(at, until) if at <= whole else 0)


@QUICK
@given(offices(), DAYS, st.integers(1, 25), st.integers(0, 30), st.integers(0, 30))
def test_a_pause_adds_exactly_the_working_days_it_took(
    office: slow.Office, day: date, number: int, wait: int, length: int
) -> None:
    """Stopped and answered as the office opens."""
    days, amount = calendar(office), Amount(number, Unit.WORKING_DAY)
    start = days.opening(days.working_day_from(day))
    at = days.opening(days.add_working_days(start.date(), min(wait, number)))
    until = days.opening(days.add_working_days(at.date(), length))
    whole, held = due(days, start, amount), due(days, start, amount, Stop(at, until))
    assert days.working_days(whole.date(), held.date()) == length


@QUICK
@given(offices(), DAYS, st.integers(1, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_pause_adds_exactly_the_days_it_took(
    office: slow.Office, day: date, number: int, wait: int, length: int
) -> None:
    """Seen on a posting, whose end is not moved; stopped and answered at midnight, the beginning of a day."""
    days, amount = calendar(office), Amount(number, Unit.DAY)
    start = here(slow.midnight(day))
    at = start + timedelta(days=min(wait, number))
    stop = Stop(at, at + timedelta(days=length), outside=False)
    held = Deadline.count(start, amount, days, stops=[stop], posting=True).due
    assert held is not None
    assert held.date() == day + timedelta(days=number + length)


@QUICK
@given(counted(), st.integers(0, 5 * 1440), st.integers(0, 9 * 1440), st.integers(0, 9 * 1440), st.booleans())
def test_splitting_a_pause_changes_nothing(case: Counted, wait: int, first: int, second: int, outside: bool) -> None:
    office, start = calendar(case.office), here(case.start)
    at = start + wait * MINUTE
    middle, end = at + first * MINUTE, at + (first + second) * MINUTE

    halves = [Stop(at, middle, outside=outside), Stop(middle, end, outside=outside)]
    assert due(office, start, case.amount, *halves) == due(office, start, case.amount, Stop(at, end, outside=outside))


@QUICK
@given(offices(), MOMENTS, st.integers(1, 3000))
def test_adding_office_minutes_and_counting_them_are_one_another_s_reverse(
    office: slow.Office, moment: datetime, minutes: int
) -> None:
    found = calendar(office).add_working_minutes(here(moment), minutes)
    assert calendar(office).working_minutes(here(moment), found) == minutes
    assert calendar(office).working_minutes(here(moment), found - MINUTE) == minutes - 1


@QUICK
@given(offices(), DAYS, st.integers(1, 400))
def test_adding_working_days_and_counting_them_are_one_another_s_reverse(
    office: slow.Office, day: date, number: int
) -> None:
    found = calendar(office).add_working_days(day, number)
    assert calendar(office).is_working_day(found)
    assert calendar(office).working_days(day, found) == number
