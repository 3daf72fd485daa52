"""The applicant takes one of the times that an office has offered. Called by web/citizen."""

from __future__ import annotations

from datetime import datetime

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.refusals import NotThere
from motcua.office import Office


def choose_time(office: Office, ref: str, step: str, account: int, *, seen: int, slot: datetime) -> Case:
    """Raises Stale, NotThere, NotOffered (offered no more, or the time to choose is over)."""
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        if record.applicant != account:
            raise NotThere()
        case = opened(office, books, record).choose(step, slot, by=f"citizen:{account}", at=office.now())
        save(office, books, record, case)
    return case
