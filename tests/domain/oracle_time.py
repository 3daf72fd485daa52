"""A second, slow and simple counting of deadlines, against which the real one is compared.

It shares no code with it: it walks from minute to minute and from day to day, as a clerk with a printed calendar would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
Week = tuple[tuple[tuple[int, int], ...], ...]  # seven weekdays, each with its sessions in minutes from midnight


@dataclass(frozen=True)
class Office:
    """The first of the rows (from, to, week) that holds, days off, and make-up days with the day each makes up for."""

    rows: tuple[tuple[date, date, Week], ...]
    off: frozenset[date]
    makeup: tuple[tuple[date, date], ...]

    def week(self, day: date) -> Week:
        for since, until, week in self.rows:
            if since <= day <= until:
                return week
        raise AssertionError(day)

    def sessions(self, day: date) -> tuple[tuple[int, int], ...]:
        if day in self.off:
            return ()
        return self.week(day)[dict(self.makeup).get(day, day).weekday()]

    def works(self, day: date) -> bool:
        return len(self.sessions(day)) > 0

    def closing(self, day: date) -> datetime:
        return midnight(day) + MINUTE * max(end for _, end in self.sessions(day))

    def usual_closing(self, day: date) -> datetime:
        week, weekday = self.week(day), day.weekday()
        while not week[weekday]:
            weekday = 6 if weekday == 0 else weekday - 1
        return midnight(day) + MINUTE * max(end for _, end in week[weekday])

    def door_open(self, moment: datetime) -> bool:
        minute = moment.hour * 60 + moment.minute
        return any(start <= minute <= end for start, end in self.sessions(moment.date()))

    def next_opening(self, moment: datetime) -> datetime:
        while not self.door_open(moment):
            moment = moment + MINUTE if self.works(moment.date()) else midnight(moment.date() + DAY)
        return moment

    def minutes(self, start: datetime) -> Iterator[datetime]:
        """The ends of all office minutes after a moment."""
        moment = start
        while True:
            sessions = self.sessions(moment.date())
            if not sessions:
                moment = midnight(moment.date() + DAY)
                continue
            minute = moment.hour * 60 + moment.minute
            moment += MINUTE
            if any(start <= minute < end for start, end in sessions):
                yield moment


@dataclass(frozen=True)
class Pause:
    at: datetime
    until: datetime | None
    mode: str
    outside: bool


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def working_end(office: Office, start: date, number: int) -> date:
    day = start
    while number > 0:
        day += DAY
        number -= office.works(day)
    return day


def month_end(start: date, months: int) -> date:
    """Walks day by day into the month, and there as far as its number goes."""
    day = start
    for _ in range(months):
        month = day.month
        while day.month == month:
            day += DAY
    month = day.month
    while day.day < start.day and (day + DAY).month == month:
        day += DAY
    return day


def close(office: Office, day: date, posting: bool) -> datetime:
    if posting:
        return office.closing(day) if office.works(day) else office.usual_closing(day)
    while not office.works(day):
        day += DAY
    return office.closing(day)


def last_day(office: Office, start: datetime, number: int, unit: str) -> date:
    day = start.date()
    if unit == "working_day":
        return working_end(office, day, number)
    if unit in ("month", "year"):
        return month_end(day, number * (12 if unit == "year" else 1))
    return day + DAY * number if unit == "day" else day


def due(office: Office, start: datetime, number: int, unit: str, posting: bool) -> datetime:
    if unit == "working_minute":
        if number == 0:
            return office.next_opening(start)
        minutes = office.minutes(start)
        for _ in range(number - 1):
            next(minutes)
        return next(minutes)
    if unit == "minute":
        return office.next_opening(start + MINUTE * number)
    day = last_day(office, start, number, unit)
    end = close(office, day, posting)
    while end < start:
        day += DAY
        end = close(office, day, posting)
    return end


def rest(office: Office, start: datetime, number: int, unit: str, at: datetime) -> tuple[int, str]:
    """What is left when the clock stops: day by day, the number that the stop's day bears."""
    if unit == "same_day":
        return number, unit
    if unit == "working_minute":
        used = sum(1 for _ in takewhile(lambda moment: moment <= at, office.minutes(start)))
    elif unit == "minute":
        used = int((at - start).total_seconds()) // 60
    else:
        if unit in ("month", "year"):
            number, unit = (last_day(office, start, number, unit) - start.date()).days, "day"
        used, day = 0, start.date()
        while day < at.date():
            day += DAY
            used += unit == "day" or office.works(day)
    return max(0, number - used), unit


def count(
    office: Office, start: datetime, number: int, unit: str, pauses: list[Pause], *, outside: bool, posting: bool
) -> tuple[datetime | None, int, str]:
    """When it is due (None while it stands), and what was left at the last start or stop. Pauses follow one another."""
    begin = office.next_opening(start) if outside else start
    left, left_unit = number, unit
    for pause in pauses:
        again = pause.mode == "restart"
        if pause.until is not None and pause.until <= begin:
            left, left_unit = (number, unit) if again else (left, left_unit)
            continue
        at = max(begin, pause.at)
        if at > due(office, begin, left, left_unit, posting):
            break
        left, left_unit = (number, unit) if again else rest(office, begin, left, left_unit, at)
        if pause.until is None:
            return None, left, left_unit
        begin = office.next_opening(pause.until) if pause.outside else pause.until
    return due(office, begin, left, left_unit, posting), left, left_unit
