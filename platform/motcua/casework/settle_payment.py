"""A gateway's word is taken: once, however often and in whatever order it comes. Called by web/payments and by
reconcile.

What fits the order moves the case, with its receipts, in the same transaction. What does not fit waits for a person
and moves nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.payment import MISMATCH, PAID, Order, Outcome, Verdict, judge
from motcua.domain.receipt import receipts
from motcua.office import Office
from motcua.store.books import Books

#: on the receipt: how the money came
ONLINE = "Thanh toán trực tuyến"
log = logging.getLogger(__name__)


def settle_payment(office: Office, said: Outcome) -> Order:
    """The order as it stands afterwards; `said` was verified before. Raises NotThere for an order that is not ours."""
    now = office.now()
    with office.store.transaction() as books:
        order = books.payments.get(said.order)
        if books.payments.knows(said.gateway_ref):
            return order
        record = books.cases.get(order.case)
        case = opened(office, books, record)
        verdict = judge(order, said, case.to_pay)
        if verdict is None:
            return order
        if verdict.state == PAID:
            proof = {"gateway_ref": said.gateway_ref}
            save(office, books, record, paid(books, case, order, order.fees, f"citizen:{record.applicant}", now, proof))
        return _settled(books, order, said, verdict, now)


def paid(
    books: Books, case: Case, order: Order, fees: Mapping[str, int], by: str, now: datetime, proof: Mapping[str, str]
) -> Case:
    """The case with the money of an order, and its receipts."""
    given = receipts(case, fees, at=now, take=books.counters.take, how=ONLINE)
    return case.pay(fees, by=by, at=now, proof={**proof, "order": order.id, "receipts": given})


def _settled(books: Books, order: Order, said: Outcome, verdict: Verdict, now: datetime) -> Order:
    settled = replace(order, state=verdict.state, why=verdict.why, settled_at=now)
    if said.state == PAID:
        settled = replace(settled, gateway_ref=said.gateway_ref, received=said.amount)
    if verdict.state == MISMATCH:
        log.warning("payment %s waits for a person: %s", order.id, verdict.why)
    if verdict.again:
        books.payments.beside(settled)
        return order
    return books.payments.settle(settled)
