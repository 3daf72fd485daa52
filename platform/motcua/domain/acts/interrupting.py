"""What may come at any time: the applicant withdraws, a role of an agency stops a case, or suspends it and lifts that.
Called by `Case`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain import asking
from motcua.domain.acts import moving
from motcua.domain.case_state import office_at
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotOffered
from motcua.domain.workflow import Interrupt

if TYPE_CHECKING:
    from motcua.domain.case import Case


def interrupts(case: Case, who: str) -> list[Interrupt]:
    """What this side may do now: the `applicant`, or a role wherever it is held."""
    reached = {*case.state.passed, *(a.step for a in case.state.active)}
    return [
        one
        for one in case.procedure.workflow.interrupts
        if case.open
        and one.by == who
        and (one.before is None or one.before not in reached)
        and asking.judge(one.when, case.facts)
    ]


def interrupts_of(case: Case, by: Officer, at: datetime) -> list[Interrupt]:
    """What this officer may do now: suspend, while nothing is, or stop."""
    offered = [one for role in sorted(by.roles) for one in interrupts(case, role) if place(case, one, at) == by.agency]
    return [one for one in offered if one.does != "suspend" or not case.state.suspended]


def lifts_of(case: Case, by: Officer, at: datetime) -> list[Interrupt]:
    """The suspensions that this officer may lift: whoever may suspend may lift it."""
    held = [one for one in case.procedure.workflow.interrupts if one.id in case.state.suspended and case.open]
    return [one for one in held if one.by in by.roles and place(case, one, at) == by.agency]


def place(case: Case, interrupt: Interrupt, at: datetime) -> str | None:
    """The agency whose officers may interrupt. Who took over from an agency that has ended acts in its place
    (semantics 4).
    """
    agency = office_at(case.state, interrupt.at)
    return case.province.agencies.today(agency, at.date()).id if agency else None


def interrupt(case: Case, interrupt: str, *, who: str, by: str, at: datetime, reason: str) -> Case:
    """Raises NotOffered, or Incorrect where a reason is asked for."""
    chosen = next((one for one in interrupts(case, who) if one.id == interrupt), None)
    if chosen is not None and chosen.asks_reason and not reason.strip():
        raise Incorrect([Problem("reason", "reason")])
    if chosen is not None and chosen.does == "suspend" and not case.state.suspended:
        return moving.suspend(case, chosen, by=by, at=at, reason=reason)
    if chosen is None or chosen.to is None:
        raise NotOffered(step="", action=interrupt)
    return moving.interrupt(case, chosen, by=by, at=at, reason=reason)


def lift(case: Case, interrupt: str, *, who: str, by: str, at: datetime, reason: str) -> Case:
    """The clock goes on, and everybody may act again. Raises NotOffered."""
    held = next((one for one in case.procedure.workflow.interrupts if one.id == interrupt and one.by == who), None)
    if held is None or not case.open or interrupt not in case.state.suspended:
        raise NotOffered(step="", action=interrupt)
    return moving.lift(case, interrupt, by=by, at=at, reason=reason)
