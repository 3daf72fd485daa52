"""Office hours (giờ làm việc): the sessions of each weekday, and when they hold.

Called by `WorkingCalendar` and by the reader of its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from motcua.domain.window import Window, in_force


@dataclass(frozen=True, order=True)
class Session:
    """One stretch in which the office is open (buổi làm việc), to the minute, within one day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("buổi làm việc phải mở trước khi đóng / a session opens before it closes")

    @property
    def first(self) -> int:
        """Minutes from midnight to the opening."""
        return self.opens.hour * 60 + self.opens.minute

    @property
    def last(self) -> int:
        """Minutes from midnight to the closing."""
        return self.closes.hour * 60 + self.closes.minute


Sessions = tuple[Session, ...]
Week = tuple[Sessions, ...]  # seven of them, Monday first; a rest day has none


@dataclass(frozen=True)
class Hours:
    """A week's sessions and when they hold: in any of the windows, or always where there is none."""

    week: Week
    in_force: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("tuần phải có ít nhất một ngày làm việc / a week has seven days, one of them worked")
        if any(a.closes > b.opens for day in self.week for a, b in pairwise(day)):
            raise ValueError("các buổi trong một ngày phải lần lượt, không chồng nhau / sessions follow one another")

    def holds(self, day: date) -> bool:
        return in_force(self.in_force, day)


def periods(rows: Sequence[Hours]) -> list[tuple[int, Week]]:
    """From which day (its ordinal) on which week holds: on each day, the first of the rows that holds."""
    if not rows or rows[-1].in_force:
        raise ValueError("dòng giờ làm việc cuối cùng phải luôn đúng / the last row of office hours always holds")
    found: list[tuple[int, Week]] = []
    for day in sorted({date.min, *_turns(rows)}):
        week = next(row.week for row in rows if row.holds(day))
        if not found or found[-1][1] != week:
            found.append((day.toordinal(), week))
    return found


def _turns(rows: Sequence[Hours]) -> Iterator[date]:
    """The days on which another row may begin to hold."""
    for window in (window for row in rows for window in row.in_force):
        if window.since is not None:
            yield window.since
        if window.until is not None and window.until < date.max:
            yield window.until + timedelta(days=1)
