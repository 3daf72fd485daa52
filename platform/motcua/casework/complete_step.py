"""An officer completes a step. Called by web/desk/officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.issuing import opened
from motcua.casework.pick_officer import at_work
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.office import Office


def complete_step(
    office: Office,
    ref: str,
    step: str,
    action: str,
    *,
    seen: int,
    by: Officer,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
    asks: Sequence[str] = (),
    picks: str = "",
    hands: bool = False,
) -> Case:
    """`seen` is the version that the officer looked at; `picks` the login of whom a head chooses; `hands` says that the
    originals which go along were given. Raises Stale (who did what meanwhile), NotOffered,
    NotAllowed, Incorrect.
    """
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by).complete(
            step,
            action,
            by=by,
            at=now,
            take=books.counters.take,
            facts=facts,
            reason=reason,
            asks=asks,
            picks=at_work(books, picks),
            hands=hands,
        )
        save(office, books, record, case)
    return case
