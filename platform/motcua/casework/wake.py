"""What happens to cases by itself: windows and limits that ran out. Called by the worker, again and again; safe in
several processes at once.

A stopped worker never shows a wrong state: every look advances the case first. This only writes it down, and so sends
the notices.
"""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.refusals import Stale
from motcua.office import Office


def wake(office: Office, *, most: int = 100) -> int:
    """Advance the cases whose moment has come, each in a transaction of its own; answers with how many."""
    now = office.now()
    with office.store.reading() as books:
        refs = books.inbox.waking(now, most=most)
    return sum(_wake_one(office, ref) for ref in refs)


def _wake_one(office: Office, ref: str) -> bool:
    try:
        with office.store.transaction() as books:
            record = books.cases.get(ref)
            case = opened(office, books, record)
            save(office, books, record, case)
    except Stale:
        return False  # somebody acted meanwhile; the next round looks again
    return bool(case.new_events)
