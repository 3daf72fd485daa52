"""How an end stands now: over, near, in time, or with its clock standing. Called by the officers' pages.

Near is what half a working day (four office hours) or less is left for, by the agency's own calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.domain.time_limit import HALF_DAY
from motcua.domain.working_calendar import WorkingCalendar


class Lateness(StrEnum):
    LATE = "late"
    NEAR = "near"
    ON_TIME = "on_time"
    WAITING = "waiting"


@dataclass(frozen=True)
class Watch:
    """What is due before `now` is late, what is due before `near` is near."""

    now: datetime
    near: datetime

    @staticmethod
    def of(now: datetime, calendar: WorkingCalendar) -> Watch:
        return Watch(now, calendar.add_working_minutes(calendar.next_opening(now), HALF_DAY))

    def lateness(self, *ends: datetime | None) -> Lateness:
        """By whichever end comes first; what has no end is in time."""
        soonest = min((end for end in ends if end is not None), default=None)
        if soonest is None or soonest >= self.near:
            return Lateness.ON_TIME
        return Lateness.LATE if soonest < self.now else Lateness.NEAR
