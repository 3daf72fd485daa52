"""The applicant answers where the workflow waits for his word. Called by web/citizen."""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.refusals import NotThere
from motcua.office import Office


def reply(office: Office, ref: str, step: str, account: int, *, seen: int, action: str = "", reason: str = "") -> Case:
    """`action` is one of the answers that the step names, if it names any. Raises Stale, NotOffered, NotThere,
    Incorrect.
    """
    now, by = office.now(), f"citizen:{account}"
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        if record.applicant != account:
            raise NotThere()
        case = opened(office, books, record).reply(step, action, by=by, at=now, reason=reason)
        save(office, books, record, case)
    return case
