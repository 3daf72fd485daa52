"""Working time (lịch làm việc): which days are worked, in which hours, and how long is between two moments.

A calendar belongs to an agency (or to all that have none of their own) and is read from `workflows/calendar.yaml`.
Called by `Deadline` and by whoever shows office hours. Counting walks through no days: any stretch costs the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from motcua.domain.calendar_file import CalendarFile, Days, read_calendar
from motcua.domain.office_hours import Hours, Sessions, Week, periods
from motcua.domain.tally import Tally
from motcua.domain.text import Text

#: The local zone. It was eight hours ahead of UTC in 1960-1975: a date never passes through a moment.
HCM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKLY_REST = Text("Ngày nghỉ hằng tuần", "Weekly rest")
_MINUTE = timedelta(minutes=1)


def to_minute(moment: datetime) -> datetime:
    """The moment in the local zone, to the minute, as slips print it. Without a zone it is our bug: `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no zone")
    return moment.astimezone(HCM).replace(second=0, microsecond=0)


@dataclass(frozen=True)
class WorkingCalendar:
    """Office hours (the first row that holds), days off by name, make-up days and the day off that each makes up for.

    A make-up day is worked in the hours of the weekday it makes up for. `confirmed_years` are those whose days off are
    announced; in other years only the weekly rest is known.
    """

    hours: tuple[Hours, ...]
    days_off: Mapping[date, Text] = field(default_factory=dict)
    makeup_days: Mapping[date, date] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := sorted(self.days_off.keys() & self.makeup_days.keys()):
            raise ValueError(f"both a day off and a make-up day: {both[0]}")

    # ---- one day ----

    def sessions(self, day: date) -> Sessions:
        """The stretches in which the office is open on a day; none on a rest day."""
        if day in self.days_off:
            return ()
        return self._week(day)[self.makeup_days.get(day, day).weekday()]

    def _week(self, day: date) -> Week:
        return self._periods[bisect_right(self._starts, day.toordinal()) - 1][1]

    def is_working_day(self, day: date) -> bool:
        return bool(self.sessions(day))

    def is_confirmed(self, year: int) -> bool:
        """Whether the year's days off are announced; dates in another year are shown as expected (dự kiến)."""
        return year in self.confirmed_years

    def rest(self, day: date) -> Text | None:
        """Why nobody works on a day; None on a working day."""
        return None if self.is_working_day(day) else self.days_off.get(day, WEEKLY_REST)

    def opening(self, day: date) -> datetime:
        """When a working day begins. A rest day is our mistake: `ValueError`."""
        return datetime.combine(day, self._worked(day)[0].opens, HCM)

    def closing(self, day: date) -> datetime:
        """When a working day ends. A rest day is our mistake: `ValueError`."""
        return datetime.combine(day, self._worked(day)[-1].closes, HCM)

    def usual_closing(self, day: date) -> time:
        """When the office would close if a day were worked: as on its weekday, or on the last one that is worked."""
        week = self._week(day)
        return next(s[-1].closes for back in range(7) if (s := week[(day.weekday() - back) % 7]))

    def _worked(self, day: date) -> Sessions:
        if not (found := self.sessions(day)):
            raise ValueError(f"{day} is not a working day")
        return found

    # ---- from day to day ----

    def working_day_from(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return self._reach_day(self._days.before(day.toordinal()) + 1, day)

    def next_working_day(self, day: date) -> date:
        """The first working day after a day."""
        return self.add_working_days(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before a day."""
        return self._reach_day(self._days.before(day.toordinal()))

    def add_working_days(self, day: date, number: int) -> date:
        """The day that bears a number when `day` is day 0 (Civil Code 2015 article 147: the day itself is not counted).

        Number 0 is the day itself, or the next working day when it is a rest day.
        """
        if number == 0:
            return self.working_day_from(day)
        return self._reach_day(self._days.before(day.toordinal() + 1) + number, day)

    def working_days(self, since: date, until: date) -> int:
        """Working days after `since` up to `until`: the number that `until` bears when `since` is day 0."""
        return self._days.before(until.toordinal() + 1) - self._days.before(since.toordinal() + 1)

    def _reach_day(self, total: int, since: date = date.min) -> date:
        return date.fromordinal(self._days.reach(total, since.toordinal()))

    # ---- moments ----

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself when the office is open (its last minute sharp included), else the next opening."""
        moment = moment.astimezone(HCM)
        day = moment.date()
        for session in self.sessions(day):
            if moment.time() <= session.closes:
                return max(moment, datetime.combine(day, session.opens, HCM))
        return self.opening(self.next_working_day(day))

    def add_working_minutes(self, moment: datetime, minutes: int) -> datetime:
        """When that many office minutes have passed; 0 is the moment itself, or the next opening when out of hours."""
        if minutes == 0:
            return to_minute(self.next_opening(moment))
        moment = to_minute(moment)
        total = self._minutes_before(moment) + minutes
        day = self._minutes.reach(total, moment.toordinal())
        return self._at_minute(date.fromordinal(day), total - self._minutes.before(day))

    def working_minutes(self, since: datetime, until: datetime) -> int:
        """Office minutes from one moment to another, both taken to the minute."""
        return self._minutes_before(to_minute(until)) - self._minutes_before(to_minute(since))

    def open_between(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches between two moments in which the office is open, in order."""
        day = since.date()
        while day <= until.date():
            for session in self.sessions(day):
                start = max(since, datetime.combine(day, session.opens, HCM))
                end = min(until, datetime.combine(day, session.closes, HCM))
                if start < end:
                    yield start, end
            day = self.next_working_day(day)

    def _minutes_before(self, moment: datetime) -> int:
        day = moment.date()
        now = moment.hour * 60 + moment.minute
        today = sum(max(0, min(now, session.last) - session.first) for session in self.sessions(day))
        return self._minutes.before(day.toordinal()) + today

    def _at_minute(self, day: date, minutes: int) -> datetime:
        """When that many office minutes of a day have passed: the end of a session, not the beginning of the next."""
        for session in self.sessions(day):
            length = session.last - session.first
            if minutes <= length:
                return datetime.combine(day, session.opens, HCM) + minutes * _MINUTE
            minutes -= length
        raise AssertionError("a day has as many minutes as its sessions")

    # ---- what is prepared once ----

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._periods]

    @cached_property
    def _periods(self) -> list[tuple[int, Week]]:
        return periods(self.hours)

    @cached_property
    def _days(self) -> Tally:
        return self._tally(lambda sessions: int(bool(sessions)))

    @cached_property
    def _minutes(self) -> Tally:
        return self._tally(lambda sessions: sum(session.last - session.first for session in sessions))

    def _tally(self, measure: Callable[[Sessions], int]) -> Tally:
        weeks = [(start, [measure(sessions) for sessions in week]) for start, week in self._periods]
        exceptions = self.days_off.keys() | self.makeup_days.keys()
        return Tally(weeks, {day.toordinal(): measure(self.sessions(day)) for day in exceptions})


@dataclass(frozen=True)
class Calendars:
    """The calendar of each agency: its own where the file says so, else the one of all."""

    of_all: WorkingCalendar | None
    own: Mapping[str, WorkingCalendar] = field(default_factory=dict)

    def of(self, agency: str | None = None) -> WorkingCalendar:
        """Without any calendar nothing can be counted: `LookupError`."""
        found = self.own.get(agency or "", self.of_all)
        if found is None:
            raise LookupError("workflows/calendar.yaml says nothing")
        return found


def calendars(data: Mapping[str, Any]) -> Calendars:
    """From the parsed `workflows/calendar.yaml`. Raises `CalendarMistakes` (a `ValueError`) with their places."""
    if not data:
        return Calendars(None)
    file = read_calendar(data)
    of_all = _calendar(file, file.default, Days())
    return Calendars(of_all, {agency: _calendar(file, own.hours, own.days) for agency, own in file.own.items()})


def _calendar(file: CalendarFile, hours: str, own: Days) -> WorkingCalendar:
    days = file.days.and_of(own)
    return WorkingCalendar(file.hours[hours], days.off, days.makeup, file.confirmed_years)
