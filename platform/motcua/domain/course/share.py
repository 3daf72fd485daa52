"""What a stay has used of its own time: the office's share of the whole, or the window of a wait. Called by
web/flow_shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain import case_facts
from motcua.domain.case_clock import window
from motcua.domain.course.elapsed import elapsed
from motcua.domain.course.stay import Stay
from motcua.domain.time_limit import Amount, Unit

if TYPE_CHECKING:
    from motcua.domain.case import Case


@dataclass(frozen=True)
class Share:
    """`of` is the amount as the workflow writes it; None where an end was agreed, or nothing is said.

    `due` is when it ends, `over` by how much it is, or was, exceeded.
    """

    of: Amount | None
    used: Amount
    due: datetime | None = None
    over: Amount | None = None


def share(case: Case, stay: Stay, now: datetime) -> Share:
    """Until the stay ended, else until now."""
    until = stay.until or now
    within, calendar = stay.step.within, case_facts.calendar(case, stay.agency)
    end = case.chosen(within)
    of = end if isinstance(end, Amount) else None
    unit = of.unit if of else Unit.WORKING_DAY
    since = min(until, calendar.next_opening(stay.since)) if stay.begun.outside else stay.since
    due = window(case, stay.active)
    over = elapsed(due, until, unit, calendar) if due is not None and until > due else None
    return Share(of, elapsed(since, until, unit, calendar), due, over)
