"""Time between two moments as people count it: whole days where they count days, else hours. What a step has used, what
is left until an end, by how much it is late. Called by `share` and by the pages that show clocks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.domain.time_limit import Amount, Unit
from motcua.domain.working_calendar import WorkingCalendar, to_minute

_MINUTE = timedelta(minutes=1)


def elapsed(since: datetime, until: datetime, unit: Unit, calendar: WorkingCalendar) -> Amount:
    """From one moment to a later one, in the unit in which its limit is written. The first day is day 0, as the law
    counts; within one day, and for limits in hours, to the minute.
    """
    since, until = to_minute(since), to_minute(until)
    if unit is Unit.MINUTE:
        return Amount((until - since) // _MINUTE, Unit.MINUTE)
    if unit in (Unit.WORKING_DAY, Unit.SAME_DAY) and (days := calendar.working_days(since.date(), until.date())):
        return Amount(days, Unit.WORKING_DAY)
    if unit in (Unit.DAY, Unit.MONTH, Unit.YEAR) and (days := (until.date() - since.date()).days):
        return Amount(days, Unit.DAY)
    return Amount(calendar.working_minutes(since, until), Unit.WORKING_MINUTE)
