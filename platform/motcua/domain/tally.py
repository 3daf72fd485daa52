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
END = date.max.toordinal() + 1


class Tally:
    """`periods`: from which day on which week holds (seven numbers, Monday first), in order, the first from `FIRST`.

    `exceptions`: what single days count instead of what their week says.
    """

    def __init__(self, periods: Sequence[tuple[int, Sequence[int]]], exceptions: Mapping[int, int]) -> None:
        self._starts = [start for start, _ in periods]
        self._sums = [list(accumulate((*week, *week), initial=0)) for _, week in periods]  # two weeks: any seven days
        self._totals = [0]
        for end in self._starts[1:]:
            self._totals.append(self._usual_before(end, len(self._totals) - 1))
        self._days = sorted(exceptions)
        changes = (exceptions[day] - self._usual(day) for day in self._days)
        self._changes = list(accumulate(changes, initial=0))

    def before(self, day: int) -> int:
        """The total of all days before one."""
        return self._usual_before(day, self._period(day)) + self._changes[bisect_left(self._days, day)]

    def reach(self, total: int, since: int = FIRST) -> int:
        """The day, from `since` on, on which the total of all days up to it, itself included, comes to `total`."""
        step = 8
        while since + step < END and self.before(since + step) < total:
            step *= 2
        after = bisect_left(range(END + 1), total, lo=since, hi=min(since + step, END) + 1, key=self.before)
        if after > END:
            raise ValueError("the end lies beyond the last day that a calendar has")
        return after - 1

    def _usual_before(self, day: int, period: int) -> int:
        start, sums = self._starts[period], self._sums[period]
        weeks, rest = divmod(day - start, 7)
        first = (start - FIRST) % 7
        return self._totals[period] + weeks * sums[7] + sums[first + rest] - sums[first]

    def _usual(self, day: int) -> int:
        sums, weekday = self._sums[self._period(day)], (day - FIRST) % 7
        return sums[weekday + 1] - sums[weekday]

    def _period(self, day: int) -> int:
        return bisect_right(self._starts, day) - 1
