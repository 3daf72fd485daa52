"""A gateway's word is taken: once, however often and in whatever order it comes. Called by web/payments and by
reconcile.

What fits the order moves the case, with its receipts, in the same transaction. What does not fit waits for a person
and moves nothing.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.payment import MISMATCH, PAID, Order, Outcome, Verdict, judge, receipts
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord

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
            save(office, books, record, _paid(books, record, case, order, said, now))
        return _settled(books, order, said, verdict, now)


def _paid(books: Books, record: CaseRecord, case: Case, order: Order, said: Outcome, now: datetime) -> Case:
    agency = case.province.agencies[record.receives]
    given = receipts(case, order.fees, agency, record.applicant_name, now, books.counters.take)
    proof = {"order": order.id, "gateway_ref": said.gateway_ref, "receipts": given}
    return case.pay(order.fees, by=f"citizen:{record.applicant}", at=now, proof=proof)


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
