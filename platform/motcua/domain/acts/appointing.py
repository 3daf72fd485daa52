"""An appointment: the office offers times, the applicant takes one of them, and where he is silent the first stands.
Called by `Case`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain import case_facts
from motcua.domain.acts import moving, speaking
from motcua.domain.case_state import Active
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered
from motcua.domain.working_calendar import to_minute

if TYPE_CHECKING:
    from motcua.domain.case import Case


def offer(case: Case, step: str, slots: Sequence[datetime], *, by: Officer, at: datetime) -> Case:
    """Times to choose from; offered anew they replace the old ones. Raises NotOffered, NotAllowed, or Incorrect for
    times that are past, out of the agency's hours, or too many.
    """
    here = _here(case, step)
    if not speaking.speaks(case, by, here, at):
        raise NotAllowed()
    wanted = sorted({to_minute(slot) for slot in slots})
    if problem := _wrong(case, here, wanted, at):
        raise Incorrect([problem])
    data = {"offered": {"step": step, "slots": [slot.isoformat() for slot in wanted]}}
    return moving.happen(case, "offered", f"officer:{by.login}", at, [f"step.{step}.offered"], data, None)


def _wrong(case: Case, here: Active, slots: list[datetime], at: datetime) -> Problem | None:
    most, hours = case.step(here.step).offers, case_facts.calendar(case, here.agency)
    if not slots:
        return Problem("slots", "no_slot")
    if len(slots) > most:
        return Problem("slots", "too_many_slots", {"most": most})
    if slots[0] <= at:
        return Problem("slots", "slot_past")
    if any(hours.next_opening(slot) != slot for slot in slots):
        return Problem("slots", "slot_closed")
    return None


def choose(case: Case, step: str, slot: datetime, *, by: str, at: datetime) -> Case:
    """The applicant takes one of the times, and the case goes on; he may while it is suspended, since his time runs on
    (semantics 8). Raises NotOffered.
    """
    here, offered = _here(case, step), case.state.offers.get(step)
    if offered is None or to_minute(slot) not in offered.slots:
        raise NotOffered(step=step, action="slot")
    return _agreed(case, here, to_minute(slot), by=by, at=at)


def stands(case: Case, step: str, at: datetime) -> Case:
    """Nobody chose in time: the first of the offered times stands."""
    return _agreed(case, _here(case, step), case.state.offers[step].slots[0], by="clock", at=at)


def _agreed(case: Case, here: Active, slot: datetime, *, by: str, at: datetime) -> Case:
    return moving.go_on(case, here, kind="agreed", by=by, at=at, data={"facts": {"slot": slot.isoformat()}})


def _here(case: Case, step: str) -> Active:
    here = case.state.at_step(step)
    if here is None or case.step(step).waits_for != "appointment":
        raise NotOffered(step=step, action="slot")
    return here
