"""What `workflows/calendar.yaml` says: plain data in, rows out, every mistake named.

Called by `working_calendar.calendars`, once the shape (keys, kinds of values) was checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar

from motcua.domain.office_hours import Hours, Session
from motcua.domain.text import Text
from motcua.domain.window import Window

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_SESSION = re.compile(r"(\d{2}):(\d{2})\s*[-–]\s*(\d{2}):(\d{2})")

T = TypeVar("T")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mistake:
    """An editor's mistake and where in the data it stands."""

    path: Path
    reason: str


class CalendarMistakes(ValueError):
    """The file cannot be a calendar; `mistakes` are all of them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{'.'.join(map(str, m.path))}: {m.reason}" for m in self.mistakes))


@dataclass(frozen=True)
class Days:
    """Days off with their names, and make-up days with the day off that each makes up for."""

    off: Mapping[date, Text] = field(default_factory=dict)
    makeup: Mapping[date, date] = field(default_factory=dict)

    def and_of(self, own: Days) -> Days:
        """These days with an agency's own: where the two differ, the agency's hold."""
        off = {d: name for d, name in self.off.items() if d not in own.makeup} | dict(own.off)
        makeup = {d: instead for d, instead in self.makeup.items() if d not in own.off} | dict(own.makeup)
        return Days(off, makeup)


@dataclass(frozen=True)
class Own:
    """What differs at one agency."""

    hours: str
    days: Days


@dataclass(frozen=True)
class CalendarFile:
    hours: Mapping[str, tuple[Hours, ...]]
    default: str
    days: Days
    confirmed_years: frozenset[int]
    own: Mapping[str, Own]


def read_calendar(data: Mapping[str, Any]) -> CalendarFile:
    """Raises `CalendarMistakes`."""
    reader = _Reader()
    default = str(data.get("default", ""))
    hours = {name: reader.hours(rows, ("hours", name)) for name, rows in data.get("hours", {}).items()}
    days = reader.days(data, ())
    own = {
        agency: Own(str(said.get("hours", default)), reader.days(said, ("agencies", agency)))
        for agency, said in data.get("agencies", {}).items()
    }
    reader.known(default, hours, ("default",))
    for agency, of_agency in own.items():
        reader.known(of_agency.hours, hours, ("agencies", agency, "hours"))
    if reader.mistakes:
        raise CalendarMistakes(reader.mistakes)
    return CalendarFile(hours, default, days, frozenset(int(y) for y in data.get("confirmed_years", ())), own)


class _Reader:
    """Reads parts, collecting what is wrong; a part that is wrong is left out."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def known(self, name: str, hours: Mapping[str, object], path: Path) -> None:
        if name not in hours:
            self.mistakes.append(Mistake(path, f"không có giờ làm việc tên '{name}' / no hours of this name"))

    def hours(self, rows: list[dict[str, Any]], path: Path) -> tuple[Hours, ...]:
        read = [self._try(_hours, row, (*path, at)) for at, row in enumerate(rows)]
        if rows and "in_force" in rows[-1]:
            reason = "dòng cuối phải luôn đúng, không có in_force / the last row always holds, without in_force"
            self.mistakes.append(Mistake((*path, len(rows) - 1), reason))
        return tuple(row for row in read if row is not None)

    def days(self, said: Mapping[str, Any], path: Path) -> Days:
        off: dict[date, Text] = {}
        makeup: dict[date, date] = {}
        for at, row in enumerate(said.get("days_off", ())):
            here = (*path, "days_off", at, "date")
            if (day := self._day(row["date"], here)) is not None:
                self._once(day, off, here)
                off[day] = Text.of(row["name"])
        for at, row in enumerate(said.get("makeup_days", ())):
            here = (*path, "makeup_days", at)
            day, instead = self._day(row["date"], (*here, "date")), self._day(row["for"], (*here, "for"))
            if day is not None and instead is not None:
                self._once(day, {*off, *makeup}, (*here, "date"))
                makeup[day] = instead
        return Days(off, makeup)

    def _once(self, day: date, said: Collection[date], path: Path) -> None:
        if day in said:
            self.mistakes.append(Mistake(path, f"ngày {day:%d/%m/%Y} đã được ghi / this day is said twice"))

    def _day(self, text: str, path: Path) -> date | None:
        return self._try(read_date, text, path)

    def _try(self, read: Callable[[Any], T], said: Any, path: Path) -> T | None:
        try:
            return read(said)
        except ValueError as wrong:
            self.mistakes.append(Mistake(path, str(wrong)))
            return None


def _hours(row: Mapping[str, Any]) -> Hours:
    by_day = {day: tuple(_session(text) for text in part["open"]) for part in row["week"] for day in part["days"]}
    said = row.get("in_force", [])
    windows = [said] if isinstance(said, dict) else said
    week = tuple(by_day.get(day, ()) for day in WEEKDAYS)
    return Hours(week, tuple(Window(_end(w, "from"), _end(w, "to")) for w in windows))


def _end(window: Mapping[str, Any], key: str) -> date | None:
    return read_date(window[key]) if key in window else None


def _session(text: str) -> Session:
    found = _SESSION.fullmatch(str(text).strip())
    if found is None:
        raise ValueError(f"buổi làm việc viết như 07:30-11:30, không phải '{text}' / write a session like 07:30-11:30")
    hour, minute, hour_end, minute_end = (int(n) for n in found.groups())
    return Session(time(hour, minute), time(hour_end, minute_end))


def read_date(text: str) -> date:
    """`01/07/2024` or `2024-07-01`. Raises `ValueError`."""
    found = _DATE.fullmatch(str(text).strip())
    if found is None:
        raise ValueError(f"ngày viết như 01/07/2024, không phải '{text}' / write a day like 01/07/2024")
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"không có ngày {text} / there is no such day") from None
