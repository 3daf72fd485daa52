"""An officer notes that another body's message has come, for which a case waited. Called by web/desk/waits."""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.office import Office


def note_event(office: Office, ref: str, step: str, *, seen: int, by: Officer, text: str) -> Case:
    """`text` says which message: number, day, sender. Raises Stale, NotOffered, NotAllowed, Incorrect."""
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        case = case.note(step, by=by, at=now, text=text)
        save(office, books, record, case)
    return case
