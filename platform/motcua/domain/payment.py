"""Paying (thanh toán): an order for what a case owes, what a gateway says about it, and what that comes to. Called by
casework and by the gateways.

Money never moves a case by mistake: what does not fit an order exactly is a mismatch, and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.domain.agency import Agency
from motcua.domain.case import Case
from motcua.domain.numbering import Take, number

BEGUN, PAID, FAILED, CANCELLED, MISMATCH = "begun", "paid", "failed", "cancelled", "mismatch"
#: how an order stands; the last is for a person to settle
STATES = (BEGUN, PAID, FAILED, CANCELLED, MISMATCH)
#: what a gateway may say of an order
ENDS = (PAID, FAILED, CANCELLED)
CURRENCY = "VND"
#: one series for each agency and year, without a gap
_RECEIPT = "BL-{agency.code}-{year}-{serial:6}"


@dataclass(frozen=True)
class Order:
    """`fees` in đồng, by the procedure's fee. `received` is the money that came, in đồng; `why` says what did not fit:
    `amount case late not_owed twice`, or `expired` for an order that nobody paid.
    """

    id: str
    case: str
    fees: Mapping[str, int]
    amount: int
    created_at: datetime
    state: str = BEGUN
    settled_at: datetime | None = None
    gateway_ref: str | None = None
    received: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a gateway says became of an order: `state` is one of ENDS, `gateway_ref` its own number of that money."""

    order: str
    case: str
    amount: int
    currency: str
    state: str
    gateway_ref: str
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """How the order stands from now on. `again`: the order is settled already, and this is other money beside it."""

    state: str
    why: str = ""
    again: bool = False


def judge(order: Order, said: Outcome, owed: Mapping[str, int]) -> Verdict | None:
    """What a gateway's word comes to; None when it changes nothing. The word is the gateway's own, its signature was
    looked at before.
    """
    if said.state != PAID:
        fits = order.state == BEGUN and said.case == order.case
        return Verdict(said.state) if fits else None
    if order.gateway_ref is not None:
        return None if order.gateway_ref == said.gateway_ref else Verdict(MISMATCH, "twice", again=True)
    why = _unfit(order, said, owed)
    return Verdict(MISMATCH, why) if why else Verdict(PAID)


def _unfit(order: Order, said: Outcome, owed: Mapping[str, int]) -> str:
    if said.case != order.case:
        return "case"
    if (said.amount, said.currency) != (order.amount, CURRENCY):
        return "amount"
    if order.state != BEGUN:
        return "late"
    return "" if all(owed.get(fee) == amount for fee, amount in order.fees.items()) else "not_owed"


def receipts(case: Case, fees: Mapping[str, int], agency: Agency, payer: str, at: datetime, take: Take) -> list[Any]:
    """The electronic receipts (biên lai điện tử) for this money, as they are kept with the event: phí and lệ phí each
    have their own (decree 123/2020, articles 30 to 38).
    """
    kinds = {item.id: item.kind for item in case.procedure.fees}
    return [
        {
            "number": number(_RECEIPT, agency, at.date(), take),
            "kind": kind,
            "agency": agency.id,
            "payer": payer,
            "at": at.isoformat(),
            "fees": {fee: amount for fee, amount in fees.items() if kinds[fee] == kind},
            "amount": sum(amount for fee, amount in fees.items() if kinds[fee] == kind),
        }
        for kind in dict.fromkeys(kinds[fee] for fee in fees)
    ]
