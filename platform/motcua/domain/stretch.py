"""One stretch of counting without a stop: where it ends, what is left of it, and why. Called by `Deadline` alone.

The rules are those of the Civil Code 2015, articles 147 and 148: the day of the event is day 0, a limit in days
ends when the office closes, an end on a rest day moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from motcua.domain.ledger import OUT_OF_HOURS, LedgerLine, What
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, Unit
from motcua.domain.working_calendar import HCM, WorkingCalendar

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stretch:
    """An amount that is counted from a moment (to the minute) on. `posting`: an end in days stays on a rest day.
    `extends`: it was given in addition.
    """

    start: datetime
    amount: Amount
    calendar: WorkingCalendar
    posting: bool = False
    extends: bool = False

    def extended(self, by: Amount) -> Stretch:
        """What follows when more time is given: it counts from the end."""
        return Stretch(self.due, by, self.calendar, self.posting, extends=True)

    @cached_property
    def due(self) -> datetime:
        match self.amount.unit:
            case Unit.WORKING_MINUTE:
                return self.calendar.add_working_minutes(self.start, self.amount.number)
            case Unit.MINUTE:
                return self.calendar.next_opening(self._last_minute)
            case _:
                end = self._close(self.last_day)
                return end if end >= self.start else self._close(self.last_day + _DAY)

    @cached_property
    def last_day(self) -> date:
        """The day on which the amount is counted up, before any move."""
        day, amount = self.start.date(), self.amount
        match amount.unit:
            case Unit.WORKING_DAY if amount.number:
                return self.calendar.add_working_days(day, amount.number)
            case Unit.DAY | Unit.MONTH | Unit.YEAR:
                return amount.after(day)
            case _:
                return day

    @property
    def _last_minute(self) -> datetime:
        return self.start + self.amount.number * _MINUTE

    def _close(self, day: date) -> datetime:
        """When a limit in days ends that is counted up on a day; a posting stays on a rest day."""
        if not self.posting:
            return self.calendar.closing(self.calendar.working_day_from(day))
        if self.calendar.is_working_day(day):
            return self.calendar.closing(day)
        return datetime.combine(day, self.calendar.usual_closing(day), HCM)

    @property
    def measure(self) -> Amount:
        """The amount in the unit that a stop leaves: months and years as the days to their end."""
        if self.amount.unit in (Unit.MONTH, Unit.YEAR):
            return Amount((self.last_day - self.start.date()).days, Unit.DAY)
        return self.amount

    def left(self, at: datetime) -> Amount:
        """What remains when the clock stops: days less the number that the stop's day bears, hours to the minute."""
        whole = self.measure
        return Amount(max(0, whole.number - self.borne(at)), whole.unit)

    def borne(self, at: datetime) -> int:
        """What had been counted by a moment, in the unit of `measure`; it may be more than the whole."""
        match self.amount.unit:
            case Unit.SAME_DAY:
                return 0
            case Unit.WORKING_DAY:
                return self.calendar.working_days(self.start.date(), at.date())
            case Unit.WORKING_MINUTE:
                return self.calendar.working_minutes(self.start, at)
            case Unit.MINUTE:
                return (at - self.start) // _MINUTE
            case _:
                return (at.date() - self.start.date()).days

    # ---- why ----

    def lines(self, until: datetime | None = None) -> Iterator[LedgerLine]:
        """What was counted up to a stop, or up to the end and what moved it."""
        yield LedgerLine(What.EXTENDED if self.extends else What.STARTED, self.start, self.start, self.amount)
        match self.amount.unit:
            case Unit.SAME_DAY:
                pass
            case Unit.WORKING_DAY:
                yield from self._working_days(min(until.date(), self.last_day) if until else self.last_day)
            case Unit.WORKING_MINUTE:
                yield from self._sessions(until or self.due)
            case Unit.MINUTE:
                yield from self._counted(self.start, min(until or self._last_minute, self._last_minute))
            case _:
                yield from self._days(min(until.date(), self.last_day) if until else None)
        if until is None:
            yield from self._moved()

    def _working_days(self, last: date) -> Iterator[LedgerLine]:
        days = (self.start.date() + n * _DAY for n in range(1, (last - self.start.date()).days + 1))
        for (rest, makeup), run in groupby(days, self._kind):
            stretch = list(run)
            if rest is not None:
                yield LedgerLine(What.DAY_OFF, stretch[0], stretch[-1], why=rest)
            else:
                counted = Amount(len(stretch), Unit.WORKING_DAY)
                yield LedgerLine(What.COUNTED, stretch[0], stretch[-1], counted, makeup)

    def _kind(self, day: date) -> tuple[Text | None, Text | None]:
        """Why a day rests, and which day it makes up for when it is worked."""
        instead = self.calendar.makeup_days.get(day)
        said = None if instead is None else f"{instead:%d/%m/%Y}"
        return self.calendar.rest(day), Text(f"làm bù ngày {said}", f"makes up for {said}") if said else None

    def _sessions(self, until: datetime) -> Iterator[LedgerLine]:
        seen = self.start.date()
        for since, end in self.calendar.open_between(self.start, until):
            for rest, run in groupby(self._rest_days(seen, since.date()), self.calendar.rest):
                stretch = list(run)
                yield LedgerLine(What.DAY_OFF, stretch[0], stretch[-1], why=rest)
            seen = since.date()
            yield from self._counted(since, end)

    def _rest_days(self, after: date, before: date) -> Iterator[date]:
        days = (after + n * _DAY for n in range((before - after).days))
        return (day for day in days if not self.calendar.is_working_day(day))

    def _counted(self, since: datetime, until: datetime) -> Iterator[LedgerLine]:
        if until > since:
            unit = self.amount.unit
            yield LedgerLine(What.COUNTED, since, until, Amount((until - since) // _MINUTE, unit))

    def _days(self, stop: date | None) -> Iterator[LedgerLine]:
        """Whole months and years are counted as such up to the end, as days up to a stop."""
        first, last = self.start.date() + _DAY, stop or self.last_day
        if last >= first:
            days = Amount((last - first).days + 1, Unit.DAY)
            yield LedgerLine(What.COUNTED, first, last, days if stop else self.amount)

    def _moved(self) -> Iterator[LedgerLine]:
        match self.amount.unit:
            case Unit.WORKING_MINUTE:
                return
            case Unit.MINUTE:
                if self.due != self._last_minute:
                    yield LedgerLine(What.MOVED, self._last_minute, self.due, why=OUT_OF_HOURS)
            case _:
                if self.due.date() != self.last_day:
                    why = self.calendar.rest(self.last_day) or OUT_OF_HOURS
                    yield LedgerLine(What.MOVED, self.last_day, self.due.date(), why=why)
