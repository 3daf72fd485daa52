"""Date arithmetic of expressions: months that end on the same number, else on the month's last day (Bộ luật Dân sự,
điều 148)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

_UNITS = {
    "ngày": "days", "ngay": "days", "day": "days", "days": "days",
    "tuần": "weeks", "tuan": "weeks", "week": "weeks", "weeks": "weeks",
    "tháng": "months", "thang": "months", "month": "months", "months": "months",
    "năm": "years", "nam": "years", "year": "years", "years": "years",
}  # fmt: skip
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_SPAN = re.compile(r"(\d{1,5})\s+(\w+)")
_ONE_DAY = timedelta(days=1)
_DAYS_OF_A_MONTH = 30  # Bộ luật Dân sự, điều 147.1: a month whose days do not follow each other


def read_day(text: str) -> date:
    """A day as the catalog writes it: `15/10/1993` or `1993-10-15`. Raises ValueError, also for a day that does not
    exist."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))


def read_span(text: str) -> tuple[int, int]:
    """`6 tháng`, `30 ngày`, `2 năm`, `1 week` as (months, days). Raises ValueError for anything else, working days
    included."""
    match = _SPAN.fullmatch(text.strip())
    unit = _UNITS.get(match.group(2)) if match else None
    if match is None or unit is None:
        raise ValueError(text)
    number = int(match.group(1))
    return {"days": (0, number), "weeks": (0, 7 * number), "months": (number, 0), "years": (12 * number, 0)}[unit]


def add(start: date, months: int, days: int = 0) -> date:
    """The day so much later (earlier for negative numbers)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)) + timedelta(days=days)


def months(start: date, end: date) -> int:
    """Completed months from one day to another; negative when the end comes first."""
    if end < start:
        return -months(end, start)
    found = (end.year - start.year) * 12 + end.month - start.month
    return found if add(start, found) <= end else found - 1


def months_begun(start: date, end: date) -> int:
    """Months of which at least a day has passed."""
    if end < start:
        return -months_begun(end, start)
    found = months(start, end)
    return found if add(start, found) == end else found + 1


def years(start: date, end: date) -> int:
    found = months(start, end)
    return found // 12 if found >= 0 else -(-found // 12)


def years_begun(start: date, end: date) -> int:
    if end < start:
        return -years_begun(end, start)
    found = years(start, end)
    return found if add(start, 12 * found) == end else found + 1


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


Periods = Sequence[Sequence[date]]


def _stretches(periods: Periods) -> list[tuple[date, date]]:
    """The days that the periods cover (both ends included), joined where they touch or overlap; a reversed period
    covers none."""
    joined: list[tuple[date, date]] = []
    for start, end in sorted((p[0], p[1]) for p in periods if p[0] <= p[1]):
        if joined and start <= joined[-1][1] + _ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def months_in(periods: Periods) -> int:
    """Whole months covered, each day once: per unbroken stretch in calendar months, what is left over in months of
    thirty days."""
    found = left = 0
    for start, end in _stretches(periods):
        after = end + _ONE_DAY
        whole = months(start, after)
        found += whole
        left += (after - add(start, whole)).days
    return found + left // _DAYS_OF_A_MONTH


def no_gap(periods: Periods) -> bool:
    """Whether the periods cover every day from the first to the last."""
    return len(_stretches(periods)) <= 1 and not _reversed(periods)


def no_overlap(periods: Periods) -> bool:
    """Whether no day is covered twice."""
    ordered = sorted((p[0], p[1]) for p in periods)
    return not _reversed(periods) and all(one[1] < other[0] for one, other in pairwise(ordered))


def _reversed(periods: Periods) -> bool:
    return any(p[1] < p[0] for p in periods)
