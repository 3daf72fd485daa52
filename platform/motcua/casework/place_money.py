"""A cashier settles money that did not fit: it pays what a case owes exactly, or it goes back. Called by
web/desk/cashier.

Each with a reason, in one transaction, once; the histories of the cases tell it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.casework.settle_payment import paid
from motcua.domain.case import Case
from motcua.domain.payment import MISMATCH, PAID, RETURNED, Order, what_it_pays
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, NotThere
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord


def assign_money(office: Office, order: str, number: str, *, by: Officer, reason: str) -> Case:
    """The money pays what the case of this number owes; without a number the case that it came for. Answers with the
    case paid. Raises NotOffered when it was settled meanwhile, NotAllowed, or Incorrect.
    """
    now = office.now()
    target = _target(office, order, number)
    with office.store.transaction() as books:
        money = _held(books, order)
        records = {ref: books.cases.get(ref) for ref in sorted({money.case, target})}  # locked in one order always
        _allowed(office, records[money.case], by, now)
        if records[target].receives != records[money.case].receives:
            raise Incorrect([Problem("number", "no_such_case")])
        case = opened(office, books, records[target], by)
        fees = what_it_pays(money, case.to_pay)
        _reasoned(reason, [] if fees else [Problem("number", "does_not_fit")])
        done = paid(books, case, money, fees, f"officer:{by.login}", now, {"reason": reason})
        save(office, books, records[target], done)
        if target != money.case:
            data = {"order": money.id, "amount": money.received, "number": done.number}
            _noted(office, books, records[money.case], by, now, "money_assigned", {**data, "reason": reason})
        books.payments.settle(replace(money, state=PAID))
    return done


def return_money(office: Office, order: str, *, by: Officer, reason: str) -> None:
    """The money is to be given back: from now on it stands among the refunds. Raises as assign_money does."""
    now = office.now()
    with office.store.transaction() as books:
        money = _held(books, order)
        record = books.cases.get(money.case)
        _allowed(office, record, by, now)
        _reasoned(reason, [])
        data = {"order": money.id, "amount": money.received, "reason": reason}
        _noted(office, books, record, by, now, "money_returning", data)
        books.refunds.give_back(money, now, by_hand=money.why == "currency")
        books.payments.settle(replace(money, state=RETURNED))


def _target(office: Office, order: str, number: str) -> str:
    with office.store.reading() as books:
        try:
            return books.cases.by_number(number).ref if number else books.payments.get(order).case
        except NotThere:
            raise Incorrect([Problem("number", "no_such_case")]) from None


def _held(books: Books, order: str) -> Order:
    money = books.payments.get(order)
    if money.state != MISMATCH:
        raise NotOffered(step="", action="money")
    return money


def _allowed(office: Office, record: CaseRecord, by: Officer, now: datetime) -> None:
    if not office.case(record).takes_money(by, now):
        raise NotAllowed()


def _reasoned(reason: str, problems: list[Problem]) -> None:
    problems = [*problems, *([] if reason.strip() else [Problem("reason", "reason")])]
    if problems:
        raise Incorrect(problems)


def _noted(
    office: Office, books: Books, record: CaseRecord, by: Officer, now: datetime, kind: str, data: Mapping[str, object]
) -> None:
    case = opened(office, books, record, by)
    save(office, books, record, case.note_money(kind, by=f"officer:{by.login}", at=now, data=data))
