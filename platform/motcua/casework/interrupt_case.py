"""An officer suspends or stops a case, as its workflow lets his role do at any time, or lifts a suspension. Called by
web/desk/interrupts.
"""

from __future__ import annotations

from collections.abc import Sequence

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.refusals import NotOffered
from motcua.domain.workflow import Interrupt
from motcua.office import Office


def interrupt_case(office: Office, ref: str, interrupt: str, *, seen: int, by: Officer, reason: str = "") -> Case:
    """Raises Stale, NotOffered, Incorrect (a reason is asked for)."""
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        chosen = _one(case.interrupts_of(by, now), interrupt)
        case = case.interrupt(interrupt, who=chosen.by, by=f"officer:{by.login}", at=now, reason=reason)
        save(office, books, record, case)
    return case


def lift(office: Office, ref: str, interrupt: str, *, seen: int, by: Officer, reason: str = "") -> Case:
    """The clock goes on, and everybody may act again. Raises Stale, NotOffered."""
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        chosen = _one(case.lifts_of(by, now), interrupt)
        case = case.lift(interrupt, who=chosen.by, by=f"officer:{by.login}", at=now, reason=reason)
        save(office, books, record, case)
    return case


def _one(offered: Sequence[Interrupt], interrupt: str) -> Interrupt:
    found = next((one for one in offered if one.id == interrupt), None)
    if found is None:
        raise NotOffered(step="", action=interrupt)
    return found
