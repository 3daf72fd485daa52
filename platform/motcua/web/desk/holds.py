"""A suspended case: since when, why, by whom. Called by desk_case and by the citizen's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.acts import interrupting
from motcua.domain.case import Case
from motcua.domain.text import Text
from motcua.domain.workflow import Interrupt


@dataclass(frozen=True)
class Hold:
    """`who` suspended it, an officer's name; `agency` is his."""

    interrupt: Interrupt
    since: datetime
    reason: str
    who: str
    agency: Text | None
    may_lift: bool = False


def holds(
    case: Case, now: datetime, names: Mapping[str, str] | None = None, lifts: frozenset[str] = frozenset()
) -> tuple[Hold, ...]:
    """What suspends the case now; `lifts` are the interrupts that whoever looks may lift."""
    known = {interrupt.id: interrupt for interrupt in case.procedure.workflow.interrupts}
    began = {event.data["suspends"]: event for event in case.events if "suspends" in event.data}
    return tuple(
        Hold(
            interrupt=known[name],
            since=began[name].at,
            reason=str(began[name].data.get("reason", "")),
            who=(names or {}).get(began[name].by, ""),
            agency=_agency(case, known[name], now),
            may_lift=name in lifts,
        )
        for name in case.state.suspended
    )


def _agency(case: Case, interrupt: Interrupt, now: datetime) -> Text | None:
    agency = interrupting.place(case, interrupt, now)
    return case.province.agencies[agency].name if agency else None
