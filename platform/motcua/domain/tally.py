"""Adds up a weekly pattern with exceptions over any stretch of days, without walking through them.

Called by `WorkingCalendar`. Days are ordinals (`date.toordinal()`); each day counts as a whole
number: 1 for a working day, say, or its office minutes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate

FIRST = date.min.toordinal()  # a Monday
LAST = date.max.toordinal()


class Tally:
    """`periods`: from which day on which week holds (seven numbers, Monday first), in order, the first from `FIRST`.
    `exceptions`: what single days count instead of what their week says."""

    def __init__(self, periods: Sequence[tuple[int, Sequence[int]]], exceptions: Mapping[int, int]) -> None:
        self._starts = [start for start, _ in periods]
        self._weeks = [tuple(week) for _, week in periods]
        ends = [*self._starts[1:], LAST + 1]
        sums = (_of_week(week, a, b) for week, a, b in zip(self._weeks, self._starts, ends, strict=True))
        self._totals = list(accumulate(sums, initial=0))
        self._days = sorted(exceptions)
        changes = (exceptions[day] - self._usual(day) for day in self._days)
        self._changes = list(accumulate(changes, initial=0))

    def before(self, day: int) -> int:
        """The total of all days before one."""
        at = self._period(day)
        usual = self._totals[at] + _of_week(self._weeks[at], self._starts[at], day)
        return usual + self._changes[bisect_left(self._days, day)]

    def reach(self, total: int) -> int:
        """The day on which the total of all days up to it, itself included, first comes to `total` or more."""
        after = bisect_left(range(LAST + 2), total, lo=FIRST, key=self.before)
        if after > LAST + 1:
            raise ValueError("the end lies beyond the last day that a calendar has")
        return after - 1

    def _usual(self, day: int) -> int:
        return self._weeks[self._period(day)][_weekday(day)]

    def _period(self, day: int) -> int:
        return bisect_right(self._starts, day) - 1


def _weekday(day: int) -> int:
    return (day - FIRST) % 7


def _of_week(week: Sequence[int], first: int, end: int) -> int:
    """The sum over the days from `first` on and before `end`."""
    weeks, rest = divmod(end - first, 7)
    return weeks * sum(week) + sum(week[_weekday(first + k)] for k in range(rest))
