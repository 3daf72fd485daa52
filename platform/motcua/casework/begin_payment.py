"""The applicant goes to pay what the case owes. Called by web/citizen."""

from __future__ import annotations

from datetime import timedelta

from motcua.domain.payment import BEGUN, Order
from motcua.domain.refusals import NotOffered, NotThere
from motcua.office import Office
from motcua.store.books import Books

#: A gateway that has not told by then is asked, and again after each such time.
ASK_EVERY = timedelta(minutes=10)


def begin_payment(office: Office, ref: str, account: int) -> str:
    """The address at the gateway to which the applicant is sent. Pressed twice it leads to the same order, and nobody
    pays twice. Raises NotOffered where nothing is owed or no gateway is at hand, NotThere, Unreachable.
    """
    if office.payment is None:
        raise NotOffered(step="", action="pay")
    with office.store.transaction() as books:
        record = books.cases.get(ref)
        if record.applicant != account:
            raise NotThere()
        fees = office.case(record).advance(office.now()).to_pay
        if not fees:
            raise NotOffered(step="", action="pay")
        order = _begun(books, ref, fees) or books.payments.begin(
            ref, fees, at=office.now(), ask_at=office.now() + ASK_EVERY
        )
    return office.payment.begin(order)


def _begun(books: Books, ref: str, fees: dict[str, int]) -> Order | None:
    orders = books.payments.of_case(ref)
    return next((order for order in orders if order.state == BEGUN and order.fees == fees), None)
