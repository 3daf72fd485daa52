"""Deadlines (hạn): from a start, an amount of time and the stops of its clock to the moment it is due, and why then.

Pure: the calendar and every moment are arguments. Called by the case's clocks and by the command `deadline`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from motcua.domain.ledger import CUT_OFF, OUT_OF_HOURS, LedgerLine, What
from motcua.domain.stretch import Stretch
from motcua.domain.time_limit import Amount, Unit
from motcua.domain.working_calendar import HCM, WorkingCalendar, to_minute

Ledger = tuple[LedgerLine, ...]
_NEVER = datetime.max.replace(tzinfo=HCM)


def received(moment: datetime, calendar: WorkingCalendar, cut_off: time | None = None) -> datetime:
    """When clocks start for what came from outside: at once in office hours, else at the next opening.

    What came from `cut_off` on counts from the next working day's opening.
    """
    local = moment.astimezone(HCM)
    if cut_off is not None and local.time() >= cut_off:
        return calendar.opening(calendar.next_working_day(local.date()))
    return calendar.next_opening(local)


@dataclass(frozen=True)
class Stop:
    """The clock stands from `at` until `until`, or still does. Then it counts the rest (`resume`) or all (`restart`).

    `outside`: what ended the stop came from outside, as an answer does, and counts at the next opening when out of
    hours; what an officer or a clock did counts on its own day.
    """

    at: datetime
    until: datetime | None
    mode: str = "resume"
    outside: bool = True

    def __post_init__(self) -> None:
        if self.mode not in ("resume", "restart"):
            raise ValueError(f"a clock resumes or restarts, it cannot {self.mode!r}")
        if self.until is not None and self.until < self.at:
            raise ValueError(f"a stop that began at {self.at} cannot end at {self.until}")


@dataclass(frozen=True)
class Deadline:
    """When something is due, and why; `due` is None while its clock stands.

    `used` is what had been counted when the clock last stopped, `left` what was, or is, to count from then on.
    `confirmed`: the days off of its years are announced.
    """

    due: datetime | None
    amount: Amount | None
    used: Amount | None
    left: Amount | None
    ledger: Ledger
    confirmed: bool

    @staticmethod
    def count(
        start: datetime,
        amount: Amount,
        calendar: WorkingCalendar,
        *,
        stops: Iterable[Stop] = (),
        outside: bool = False,
        cut_off: time | None = None,
        posting: bool = False,
        extensions: Iterable[Amount] = (),
    ) -> Deadline:
        """The day of `start` is day 0. `outside`: it came from outside; `posting`: its end stays on a rest day.

        Stops that were over before the start, or that began after the due moment, change nothing. When the amount
        changes on the way, count again: the same stops then give the new length less the days used. Each extension
        counts from the end before it, and its clock stops like that of the amount.
        """
        begin, ledger = _begin(start, calendar, outside, cut_off)
        now, used, whole = Stretch(begin, amount, calendar, posting), 0, tuple(extensions)
        more = whole
        for stop in _apart(stops):
            again = stop.mode == "restart"
            if stop.until is not None and to_minute(stop.until) <= now.start:
                now, used, more = (replace(now, amount=amount), 0, whole) if again else (now, used, more)
                continue
            at = max(to_minute(stop.at), now.start)
            while at > now.due and more:
                ledger += tuple(now.lines())
                now, used, more = now.extended(more[0]), 0, more[1:]
            if at > now.due:
                break
            rest = now.left(at)
            left, used = (amount, 0) if again else (rest, used + now.measure.number - rest.number)
            more = whole if again else more
            if stop.until is None:
                left = _with(left, more)
                ledger += (*now.lines(at), LedgerLine(What.STOPPED, at, None, left))
                return _deadline(None, amount, left, used, ledger, calendar)
            ledger += (*now.lines(at), LedgerLine(What.STOPPED, at, to_minute(stop.until), left))
            begin, moved = _begin(stop.until, calendar, stop.outside)
            now = Stretch(begin, left, calendar, posting)
            ledger += moved
        for extension in more:
            ledger += tuple(now.lines())
            now, used = now.extended(extension), 0
        ledger += (*now.lines(), LedgerLine(What.DUE, now.due, now.due))
        return _deadline(now.due, amount, now.amount, used, ledger, calendar)

    @staticmethod
    def at(moment: datetime | date, calendar: WorkingCalendar) -> Deadline:
        """A moment that was agreed, or the closing of a day that was; of the next working day, if that day rests."""
        moved: Ledger = ()
        if isinstance(moment, datetime):
            due = to_minute(moment)
        else:
            due = calendar.closing(calendar.working_day_from(moment))
            if due.date() != moment:
                moved = (LedgerLine(What.MOVED, moment, due.date(), why=calendar.rest(moment)),)
        ledger = (*moved, LedgerLine(What.DUE, due, due))
        return Deadline(due, None, None, None, ledger, calendar.is_confirmed(due.year))


def earliest(deadlines: Iterable[Deadline]) -> Deadline:
    """The first to be due; one whose clock stands is taken only where all stand. None at all raises `ValueError`."""
    return min(deadlines, key=lambda d: d.due or _NEVER)


def _begin(
    moment: datetime, calendar: WorkingCalendar, outside: bool, cut_off: time | None = None
) -> tuple[datetime, Ledger]:
    """When counting starts, and the line that says why it is not the moment itself."""
    said = to_minute(moment)
    begin = to_minute(received(moment, calendar, cut_off)) if outside else said
    if begin == said:
        return begin, ()
    late = cut_off is not None and begin > calendar.next_opening(moment)
    return begin, (LedgerLine(What.MOVED, said, begin, why=CUT_OFF if late else OUT_OF_HOURS),)


def _apart(stops: Iterable[Stop]) -> list[Stop]:
    """In order, stops that overlap made one; a restart among them rules."""
    found: list[Stop] = []
    for stop in sorted(stops, key=lambda s: s.at):
        before = found[-1] if found else None
        if before is not None and (before.until is None or stop.at < before.until):
            later = max(before, stop, key=lambda s: s.until or _NEVER)
            mode = "restart" if "restart" in (before.mode, stop.mode) else "resume"
            found[-1] = replace(later, at=before.at, mode=mode)
        else:
            found.append(stop)
    return found


def _with(left: Amount, extensions: Iterable[Amount]) -> Amount:
    """What is left while a clock stands, extensions in the same unit included."""
    return Amount(left.number + sum(more.number for more in extensions if more.unit is left.unit), left.unit)


def _deadline(
    due: datetime | None, amount: Amount, left: Amount, used: int, ledger: Ledger, calendar: WorkingCalendar
) -> Deadline:
    unit = Unit.DAY if amount.unit in (Unit.MONTH, Unit.YEAR) else amount.unit
    first, last = ledger[0].since.year, (ledger[-1].until or ledger[-1].since).year
    confirmed = all(calendar.is_confirmed(year) for year in range(first, last + 1))
    return Deadline(due, amount, Amount(used, unit), left, ledger, confirmed)
