"""Paying (thanh toán): an order for what a case owes, what a gateway says about it, and what that comes to. Called by
casework and by the gateways.

Money never moves a case by mistake: what does not fit an order exactly is a mismatch, and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

BEGUN, PAID, FAILED, CANCELLED, MISMATCH = "begun", "paid", "failed", "cancelled", "mismatch"
#: what a person made of money that did not fit: it pays something after all (then `paid`), or it goes back
RETURNED = "returned"
#: how an order stands; a mismatch is for a person to settle
STATES = (BEGUN, PAID, FAILED, CANCELLED, MISMATCH, RETURNED)
#: what a gateway may say of an order
ENDS = (PAID, FAILED, CANCELLED)
CURRENCY = "VND"
#: how money comes at a desk
DESK_WAYS = ("cash", "transfer")


@dataclass(frozen=True)
class Order:
    """`fees` in đồng, by the procedure's fee. `received` is the money that came, in đồng; `why` says what did not fit:
    `amount currency case late not_owed twice`, or `expired` for an order that nobody paid.
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
    if said.currency != CURRENCY:
        return "currency"
    if said.amount != order.amount:
        return "amount"
    if order.state != BEGUN:
        return "late"
    return "" if all(owed.get(fee) == amount for fee, amount in order.fees.items()) else "not_owed"


def what_it_pays(order: Order, owed: Mapping[str, int]) -> dict[str, int]:
    """Of what a case owes, in đồng by fee, that which money that did not fit pays exactly: the fees that it was meant
    for, else all. Nothing where no amount is equal, or the money is not đồng.
    """
    meant = {fee: owed[fee] for fee in order.fees if fee in owed}
    fitting = (dict(fees) for fees in (meant, owed) if fees and sum(fees.values()) == order.received)
    return {} if order.why == "currency" else next(fitting, {})
