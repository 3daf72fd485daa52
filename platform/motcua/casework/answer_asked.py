"""An agency that was asked gives its opinion. Called by web/desk/waits."""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.office import Office


def answer_asked(office: Office, ref: str, step: str, *, seen: int, by: Officer, opinion: str, text: str = "") -> Case:
    """`opinion` is `agree` or `object`. Raises Stale, NotOffered (answered already, or silence has spoken), NotAllowed,
    Incorrect.
    """
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        case = case.answer(step, by=by, at=now, opinion=opinion, text=text)
        save(office, books, record, case)
    return case
