"""Time limits (thời hạn): an amount of time as the law prints it, and what a procedure promises with it.

`Amount` and `TimeLimit` are bound from the catalog; which end a limit has for one case is chosen and counted by the
case's clocks with `Deadline`.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from motcua.domain.text import Text
from motcua.domain.window import Window

if TYPE_CHECKING:
    from motcua.domain.expression import Expression
    from motcua.domain.rows import Rows


class Unit(Enum):
    """What an amount counts. Hours are counted in minutes: in office hours, or by the wall clock."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WORKING_MINUTE = "working_minute"
    MINUTE = "minute"


#: Each unit as the law writes it, in Vietnamese and English, and how many of it one word means.
_WORDS: dict[str, tuple[Unit, int]] = {
    "ngày làm việc": (Unit.WORKING_DAY, 1),
    "ngày": (Unit.DAY, 1),
    "tháng": (Unit.MONTH, 1),
    "năm": (Unit.YEAR, 1),
    "giờ làm việc": (Unit.WORKING_MINUTE, 60),
    "giờ": (Unit.MINUTE, 60),
    "phút làm việc": (Unit.WORKING_MINUTE, 1),
    "phút": (Unit.MINUTE, 1),
    "working day": (Unit.WORKING_DAY, 1),
    "day": (Unit.DAY, 1),
    "month": (Unit.MONTH, 1),
    "year": (Unit.YEAR, 1),
    "working hour": (Unit.WORKING_MINUTE, 60),
    "hour": (Unit.MINUTE, 60),
    "working minute": (Unit.WORKING_MINUTE, 1),
    "minute": (Unit.MINUTE, 1),
}
_SAME_DAY = ("trong ngày", "same day")
_NAMES = {
    Unit.WORKING_DAY: Text("ngày làm việc", "working day"),
    Unit.DAY: Text("ngày", "day"),
    Unit.MONTH: Text("tháng", "month"),
    Unit.YEAR: Text("năm", "year"),
}
_MINUTE_NAMES = {
    (Unit.WORKING_MINUTE, 60): Text("giờ làm việc", "working hour"),
    (Unit.WORKING_MINUTE, 1): Text("phút làm việc", "working minute"),
    (Unit.MINUTE, 60): Text("giờ", "hour"),
    (Unit.MINUTE, 1): Text("phút", "minute"),
}
#: No law promises more than a century; what is longer is a slip of the pen.
_MOST = {
    Unit.WORKING_DAY: 26_000,
    Unit.DAY: 36_525,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
    Unit.WORKING_MINUTE: 26_000 * 480,
    Unit.MINUTE: 36_525 * 1_440,
}
HALF_DAY = 240  # office minutes: half a working day is four hours, whatever the office's sessions
_WRITTEN = re.compile(r"(\d{1,6})(?:[.,](\d+))?\s+(\D+)")
_EXAMPLES = "5 ngày làm việc, 8 giờ làm việc, 24 giờ, 30 phút, 15 ngày, 2 tháng, 7 năm, trong ngày"


@dataclass(frozen=True)
class Amount:
    """An amount of time. Only a rest (what a stopped clock has left) may be 0."""

    number: int
    unit: Unit

    @staticmethod
    def parse(text: str) -> Amount:
        """`5 ngày làm việc`, `24 giờ`, `trong ngày`, `0,5 ngày làm việc`, `2 months`. Raises `ValueError` with why."""
        said = " ".join(unicodedata.normalize("NFC", str(text)).casefold().split())
        if said in _SAME_DAY:
            return Amount(1, Unit.SAME_DAY)
        found = _WRITTEN.fullmatch(said)
        word = _word(found[3]) if found else None
        if found is None or word is None:
            raise ValueError(f"không hiểu thời gian '{text}', viết như / write a time like: {_EXAMPLES}")
        amount = _amount(int(found[1]), found[2], *_WORDS[word])
        if not 0 < amount.number <= _MOST[amount.unit]:
            raise ValueError(f"'{text}': phải lớn hơn 0 và không quá 100 năm / must be above 0 and at most 100 years")
        return amount

    def text(self, lang: str = "vi") -> str:
        if self.unit is Unit.SAME_DAY:
            return _SAME_DAY[lang == "en"]
        number, name = self.number, _NAMES.get(self.unit)
        if name is None:
            size = 1 if number % 60 else 60
            number, name = number // size, _MINUTE_NAMES[self.unit, size]
        plural = "s" if lang == "en" and number != 1 else ""
        return f"{number} {name.in_(lang)}{plural}"

    def __str__(self) -> str:
        return self.text()

    def after(self, day: date) -> date:
        """The day so many days, months or years after one, whatever the calendar. Other units raise `ValueError`."""
        return self._from(day, 1)

    def before(self, day: date) -> date:
        """The day so many days, months or years before one."""
        return self._from(day, -1)

    def _from(self, day: date, way: int) -> date:
        if self.unit is Unit.DAY:
            return day + timedelta(days=way * self.number)
        if self.unit in (Unit.MONTH, Unit.YEAR):
            return add_months(day, way * self.number * (12 if self.unit is Unit.YEAR else 1))
        raise ValueError(f"'{self}' không cộng được vào một ngày / cannot be added to a day")


def _word(said: str) -> str | None:
    return next((word for word in (said, said.removesuffix("s")) if word in _WORDS), None)


def _amount(whole: int, fraction: str | None, unit: Unit, size: int) -> Amount:
    """A number may end in a half where half of it is something: a working day, an hour."""
    if fraction is None:
        return Amount(whole * size, unit)
    if fraction != "5" or (unit is not Unit.WORKING_DAY and size == 1):
        reason = "chỉ ngày làm việc và giờ được lẻ, và chỉ lẻ nửa / only working days and hours have halves"
        raise ValueError(f"'{whole},{fraction}': {reason}")
    if unit is Unit.WORKING_DAY:
        return Amount((2 * whole + 1) * HALF_DAY, Unit.WORKING_MINUTE)
    return Amount(whole * size + size // 2, unit)


def add_months(day: date, months: int) -> date:
    """The same number in another month, or the month's last day without such a number (Civil Code 2015 art. 148.4)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


# ---- what a procedure promises ----


@dataclass(frozen=True)
class After:
    """An end so long after the last of some events; without events, after the limit's own `from`."""

    of: Amount
    from_: tuple[str, ...] = ()


@dataclass(frozen=True)
class At:
    """An end at a moment, or on a day, that an answer or an officer fixes."""

    moment: Expression


@dataclass(frozen=True)
class Earliest:
    """Whichever end comes first."""

    ends: tuple[End, ...]


End = Amount | After | At | Earliest


@dataclass(frozen=True)
class Overdue:
    """What a limit does when it becomes late: whom it tells, and the slip it prepares."""

    notify: tuple[str, ...] = ()
    slip: str | None = None


@dataclass(frozen=True)
class TimeLimit:
    """A promise that is watched, from the last of `from_` until the last of `until`; its rows choose the end.

    Without `until` it runs until every result is issued, else until the case ends. `cut_off`: what comes from
    outside from that hour on counts from the next working day. `covers`: the parts it promises. `runs_out`: the
    step that silence leads to.
    """

    id: str
    within: Rows[End]
    from_: tuple[str, ...] = ("accepted",)
    until: tuple[str, ...] = ()
    cut_off: time | None = None
    covers: tuple[str, ...] = ()
    main: bool = False
    runs_out: str | None = None
    overdue: Overdue | None = None
    name: Text | None = None
    basis: str | None = None
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()
