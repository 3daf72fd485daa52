"""The applicant does what the workflow lets him do at any time, such as withdraw. Called by web/citizen."""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.refusals import NotThere
from motcua.office import Office


def interrupt(office: Office, ref: str, interrupt: str, account: int, *, seen: int, reason: str = "") -> Case:
    """Raises Stale, NotOffered, NotThere."""
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        if record.applicant != account:
            raise NotThere()
        case = opened(office, books, record)
        case = case.interrupt(interrupt, who="applicant", by=f"citizen:{account}", at=now, reason=reason)
        save(office, books, record, case)
    return case
