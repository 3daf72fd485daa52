"""The electronic receipts of a case, for its pages. Called by the citizen's and the officers' pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case


@dataclass(frozen=True)
class Receipt:
    """`kind`: phi | le_phi | thue | gia; `amount` in đồng."""

    number: str
    kind: str
    amount: int
    at: datetime


def receipts(case: Case) -> tuple[Receipt, ...]:
    """The oldest first."""
    return tuple(
        Receipt(given["number"], given["kind"], given["amount"], event.at)
        for event in case.events
        for given in event.data.get("receipts", ())
    )
