"""An office offers the applicant times for an appointment. Called by web/desk/waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.office import Office


def offer_times(office: Office, ref: str, step: str, *, seen: int, by: Officer, slots: Sequence[datetime]) -> Case:
    """Offered anew they replace the old ones. Raises Stale, NotOffered, NotAllowed, Incorrect."""
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by).offer(step, slots, by=by, at=office.now())
        save(office, books, record, case)
    return case
