"""An agency confirms that the originals which came with a case are there. Called by web/desk/waits."""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.office import Office


def take_over(office: Office, ref: str, step: str, *, seen: int, by: Officer, note: str = "") -> Case:
    """`note` says what was not in order. Raises Stale, NotOffered, NotAllowed."""
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by).take(step, by=by, at=office.now(), note=note)
        save(office, books, record, case)
    return case
