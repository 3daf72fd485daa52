"""A citizen pays what his case owes: to the gateway and back, and the receipts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect
from werkzeug.wrappers import Response

from motcua.casework.begin_payment import begin_payment
from motcua.domain.case import Case
from motcua.domain.payment import BEGUN, MISMATCH, Order
from motcua.domain.receipt import Receipt, receipts_of
from motcua.domain.refusals import NotThere
from motcua.web.citizen.blueprint import pages
from motcua.web.current import account, office
from motcua.web.theme import render


@dataclass(frozen=True)
class Paying:
    """`owed` in đồng, and whether it can be paid here; what waits for the gateway, and what for a person."""

    owed: int
    here: bool
    begun: bool
    held: int
    receipts: tuple[Receipt, ...]


def paying(case: Case) -> Paying:
    with office().store.reading() as books:
        orders = books.payments.of_case(case.ref)
    return Paying(
        owed=sum(case.to_pay.values()),
        here=office().payment is not None,
        begun=any(order.state == BEGUN for order in orders),
        held=sum(order.received or 0 for order in orders if order.state == MISMATCH),
        receipts=tuple(receipts_of(case.events)),
    )


@pages.post("/cases/<ref>/payments")
def pay(ref: str) -> Response:
    return redirect(begin_payment(office(), ref, account().id), 303)


@pages.get("/cases/<ref>/payments/<order>")
def paid(ref: str, order: str) -> Response:
    """Where the gateway sends back to. It shows what is known; the callback alone moves anything."""
    found = _of_case(ref, order)
    with office().store.reading() as books:
        case = office().case(books.cases.get(ref))
    given = [receipt for receipt in receipts_of(case.events) if receipt.at == found.settled_at]
    return render("citizen_payment", case=case, order=found, receipts=given)


def _of_case(ref: str, order: str) -> Order:
    with office().store.reading() as books:
        found = books.payments.get(order)
    if found.case != ref:
        raise NotThere()
    return found
