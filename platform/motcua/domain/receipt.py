"""Receipts (biên lai): for money that came, phí and lệ phí each have their own; and for money that was given back.

Decree 123/2020/NĐ-CP, articles 30 to 38: number, who collects, who pays, for what, how much, when. What stands on one
is kept with the event of the case as it was issued, and printed by `gateways/printing` as slips are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain.money import money_text
from motcua.domain.money_words import money_words
from motcua.domain.numbering import Take, number
from motcua.domain.slip import Slip
from motcua.domain.slip_content import head, moment

if TYPE_CHECKING:
    from motcua.domain.case import Case
    from motcua.domain.event import Event

#: the receipt for money that goes back; of money that comes the kind is the fee's
BACK = "refund"
#: the theme's form for all of them: `form_receipt.typ`
_FORM = "receipt"


@dataclass(frozen=True)
class Receipt:
    """`kind`: phi | le_phi | thue | gia | refund; `amount` in đồng; `seq` is the event that issued it."""

    seq: int
    number: str
    kind: str
    amount: int
    at: datetime
    content: Mapping[str, Any]


def receipts(case: Case, fees: Mapping[str, int], *, at: datetime, take: Take, how: str) -> list[dict[str, Any]]:
    """For these amounts, in đồng by fee: one for each kind of fee. `how` the money came, in a few words."""
    known = {item.id: item for item in case.procedure.fees}
    return [
        _issued(case, kind, {fee: n for fee, n in fees.items() if known[fee].kind == kind}, at, take, how=how)
        for kind in dict.fromkeys(known[fee].kind for fee in fees)
    ]


def refund_receipt(
    case: Case, fees: Mapping[str, int], amount: int, *, at: datetime, take: Take, how: str, reason: str
) -> dict[str, Any]:
    """For money that goes back; without `fees` it was money that had come for nothing."""
    return _issued(case, BACK, fees, at, take, amount=amount, how=how, reason=reason)


def _issued(
    case: Case,
    kind: str,
    fees: Mapping[str, int],
    at: datetime,
    take: Take,
    *,
    how: str,
    amount: int | None = None,
    reason: str = "",
) -> dict[str, Any]:
    by = case.province.agencies[case.state.positions["receives"]]
    printed, amount = case.stationery.receipts[kind], sum(fees.values()) if amount is None else amount
    names = {item.id: item.name.vi for item in case.procedure.fees}
    given = number(printed.number, by, at.date(), take)
    content = {
        **head(case, by, at),
        "number": given,
        "at": moment(at),
        "lines": [{"name": names[fee], "amount": money_text(n)} for fee, n in fees.items()],
        "amount": money_text(amount),
        "words": money_words(amount),
        "how": how,
        "reason": reason,
        "back": kind == BACK,
    }
    return {
        "number": given,
        "kind": kind,
        "title": printed.title,
        "agency": by.id,
        "payer": case.stationery.applicant.name,
        "at": at.isoformat(),
        "fees": dict(fees),
        "amount": amount,
        "content": content,
    }


def receipts_of(events: Iterable[Event]) -> list[Receipt]:
    """The oldest first."""
    return [
        Receipt(event.seq, kept["number"], kept["kind"], kept["amount"], event.at, kept["content"])
        for event in events
        for kept in event.data.get("receipts", ())
    ]


def on_paper(case: Case, number: str) -> Slip | None:
    """A receipt as it is printed; None for a number that this case has not."""
    for event in case.events:
        for kept in event.data.get("receipts", ()):
            if kept["number"] == number:
                return Slip(event.seq, kept["kind"], _FORM, kept["title"], number, event.at, kept["content"])
    return None
