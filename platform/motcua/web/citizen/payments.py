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
from motcua.web.downloads import receipt_printed
from motcua.web.theme import render


@dataclass(frozen=True)
class Back:
    """Money that goes back to the applicant, in đồng; by the gateway's `order`, or at the desk without one."""

    amount: int
    why: str
    order: str | None


@dataclass(frozen=True)
class Paying:
    """`owed` now and `later`, in đồng, and whether it can be paid here; what waits for the gateway, what for a person,
    and what goes back.
    """

    owed: int
    later: int
    here: bool
    begun: bool
    held: tuple[Order, ...]
    back: tuple[Back, ...]
    receipts: tuple[Receipt, ...]


def paying(case: Case) -> Paying:
    with office().store.reading() as books:
        orders, refunds = books.payments.of_case(case.ref), books.refunds.of_case(case.ref)
    back = [Back(due.amount, due.why, due.order) for due in case.refunds_due]
    back += [Back(refund.amount, refund.why, refund.order) for refund in refunds if refund.seq is None]
    return Paying(
        owed=sum(case.to_pay.values()),
        later=sum(line.owed for line in case.fees if not line.due) if case.open else 0,
        here=office().payment is not None,
        begun=any(order.state == BEGUN for order in orders),
        held=tuple(order for order in orders if order.state == MISMATCH),
        back=tuple(back),
        receipts=tuple(receipts_of(case.events)),
    )


@pages.post("/cases/<ref>/payments")
def pay(ref: str) -> Response:
    return redirect(begin_payment(office(), ref, account().id), 303)


@pages.get("/cases/<ref>/payments/<order>")
def paid(ref: str, order: str) -> Response:
    """Where the gateway sends back to. It shows what is known; the callback alone moves anything."""
    found = _of_case(ref, order)
    case = _case(ref)
    seqs = {event.seq for event in case.events if event.data.get("order") == order and event.kind == "paid"}
    given = [receipt for receipt in receipts_of(case.events) if receipt.seq in seqs]
    receives = case.province.agencies[case.state.positions["receives"]]
    return render("citizen_payment", case=case, order=found, receipts=given, paying=paying(case), receives=receives)


@pages.get("/cases/<ref>/receipts/<number>.pdf")
def money_receipt(ref: str, number: str) -> Response:
    return receipt_printed(_case(ref), number)


def _case(ref: str) -> Case:
    with office().store.reading() as books:
        return office().case(books.cases.get(ref)).advance(office().now())


def _of_case(ref: str, order: str) -> Order:
    with office().store.reading() as books:
        found = books.payments.get(order)
    if found.case != ref:
        raise NotThere()
    return found
