"""A cashier gives money back: through the gateway by which it came, or by hand with the number of a document. Called by
web/desk/cashier; what a gateway did not confirm is asked again by the worker.

Once, never twice: before a gateway is asked the refund is marked, and it is asked under one key until it answers.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from motcua.casework.issuing import opened, stationery
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.receipt import refund_receipt
from motcua.domain.refund import BY_HAND, DONE, DUE, SENT, Refund
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered
from motcua.gateways.letter import Unreachable
from motcua.gateways.payment import NotReturned
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord

log = logging.getLogger(__name__)
#: A gateway that did not answer is asked again after this, and again after each such time.
ASK_EVERY = timedelta(minutes=10)
_ONLINE = "Qua cổng thanh toán, giao dịch số {document}"
_AT_DESK = "Tại nơi tiếp nhận, chứng từ số {document}"


def give_back(office: Office, refund: str, *, seen: int, by: Officer, document: str = "") -> Refund:
    """With a document's number it was given back by hand; without one the gateway is asked now. Given back already it
    stays so. `seen` is the amount, in đồng, that the officer looked at. Raises NotAllowed, NotOffered when that is not
    owed any more or was begun the other way, Incorrect without a document where only that is left, Unreachable.
    """
    if document.strip():
        return _by_hand(office, refund, seen, by, document.strip())
    with office.store.transaction() as books:
        found = _open(office, books, refund, by, seen)[0]
        if found.state == BY_HAND:
            raise Incorrect([Problem("document", "no_document")])
        if found.state == DUE:
            books.refunds.mark(refund, SENT, by=by.login, at=office.now())
    return found if found.state == DONE else _by_gateway(office, replace(found, by=by.login))


def finish_refunds(office: Office, *, most: int = 20) -> int:
    """What a gateway was asked for and did not confirm; answers with how many were settled. Safe in several processes
    at once.
    """
    with office.store.reading() as books:
        waiting = books.refunds.sent(office.now() - ASK_EVERY, most=most)
    return sum(_again(office, refund) for refund in waiting)


def _again(office: Office, refund: Refund) -> bool:
    try:
        return _by_gateway(office, refund).state == DONE
    except Unreachable as error:
        log.warning("the gateway cannot be asked to give back %s: %s", refund.id, error)
        with office.store.transaction() as books:
            if books.refunds.get(refund.id).state == SENT:
                books.refunds.mark(refund.id, SENT, by=refund.by, at=office.now())
        return False


def _by_gateway(office: Office, refund: Refund) -> Refund:
    with office.store.reading() as books:
        money = books.payments.get(str(refund.order)).gateway_ref
    try:
        if office.payment is None or money is None:
            raise NotReturned(refund.id)
        document = office.payment.refund(money, refund.amount, refund.id)
    except NotReturned:
        return _left_to_a_person(office, refund)
    with office.store.transaction() as books:
        by = books.accounts.officer(str(refund.by))
        found, record, case = _open(office, books, refund.id)
        if found.state == SENT and by is not None:
            officer = Officer(by.id, str(by.login), by.name, str(by.agency), frozenset(by.roles))
            return _done(office, books, found, record, case, officer, _ONLINE.format(document=document))
        return found


def _left_to_a_person(office: Office, refund: Refund) -> Refund:
    with office.store.transaction() as books:
        found = _open(office, books, refund.id)[0]
        if found.state == SENT:
            books.refunds.mark(refund.id, BY_HAND, by=None, at=office.now())
            return replace(found, state=BY_HAND)
        return found


def _by_hand(office: Office, refund: str, seen: int, by: Officer, document: str) -> Refund:
    with office.store.transaction() as books:
        found, record, case = _open(office, books, refund, by, seen)
        if found.state == DONE:
            return found
        if found.state == SENT:
            raise NotOffered(step="", action="refund")  # the gateway may have done it
        return _done(office, books, found, record, case, by, _AT_DESK.format(document=document))


def _open(
    office: Office, books: Books, refund: str, by: Officer | None = None, seen: int | None = None
) -> tuple[Refund, CaseRecord, Case]:
    """The case is locked before the refund, as every act on a case does."""
    now = office.now()
    record = books.cases.get(books.refunds.look(refund))
    case = opened(office, books, record, by)
    if by is not None and not case.takes_money(by, now):
        raise NotAllowed()
    found = books.refunds.get(refund)
    changed = seen not in (None, found.amount) or (found.seq is not None and not _owed(case, found))
    if found.state in (DUE, BY_HAND) and changed:
        raise NotOffered(step="", action="refund")
    return found, record, case


def _owed(case: Case, refund: Refund) -> bool:
    return any((due.seq, dict(due.fees)) == (refund.seq, dict(refund.fees)) for due in case.refunds_due)


def _done(
    office: Office, books: Books, refund: Refund, record: CaseRecord, case: Case, by: Officer, how: str
) -> Refund:
    now = office.now()
    case = replace(case, stationery=stationery(office, books, record, by))  # whoever began it signs
    take, reason = books.counters.take, REASONS.get(refund.why, REASONS["ended"])
    given = refund_receipt(case, refund.fees, refund.amount, at=now, take=take, how=how, reason=reason)
    proof = {"how": how, "amount": refund.amount, "receipts": [given]}
    login = f"officer:{by.login}"
    if refund.seq is not None:
        case = case.refund(refund.seq, refund.fees, by=login, at=now, proof=proof)
    else:
        case = case.note_money("refunded", by=login, at=now, data={**proof, "order": refund.order})
    books.refunds.mark(refund.id, DONE, by=by.login, at=now, number=given["number"])
    save(office, books, record, case)
    return replace(refund, state=DONE, number=given["number"], settled_at=now, by=by.login)


#: on the receipt: why the money goes back
REASONS = {
    "less": "Phí, lệ phí giảm sau khi hồ sơ thay đổi",
    "ended": "Hồ sơ kết thúc mà không có kết quả",
    "amount": "Số tiền đến không đúng số phải nộp",
    "currency": "Tiền đến không phải đồng Việt Nam",
    "case": "Tiền đến không đúng hồ sơ",
    "late": "Tiền đến sau khi đã hủy thanh toán",
    "not_owed": "Tiền đến cho khoản không còn phải nộp",
    "twice": "Tiền đến lần nữa cho khoản đã nộp",
}
