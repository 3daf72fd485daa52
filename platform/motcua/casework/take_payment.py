"""A cashier takes money at the desk: cash, or a transfer that arrived on the agency's account. Called by
web/desk/cashier.

The receipts are numbered in the same series as those of money that came through a gateway, and the case goes on by
itself.
"""

from __future__ import annotations

from collections.abc import Collection

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.payment import DESK_WAYS
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.receipt import receipts
from motcua.domain.refusals import Incorrect, NotAllowed
from motcua.office import Office

#: on the receipt: how the money came
_HOW = {"cash": "Tiền mặt tại nơi tiếp nhận", "transfer": "Chuyển khoản, chứng từ số {document}"}


def take_payment(
    office: Office, ref: str, fees: Collection[str], *, seen: int, by: Officer, way: str, document: str = ""
) -> Case:
    """These fees were paid, each wholly; `way` is one of DESK_WAYS, and a transfer has the number of its document.
    Raises Stale, NotAllowed, NotOffered for what is not owed, or Incorrect.
    """
    now = office.now()
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        if not case.takes_money(by, now):
            raise NotAllowed()
        _entered(fees, way, document)
        paid = {fee: case.to_pay.get(fee, 0) for fee in fees}
        how = _HOW[way].format(document=document.strip())
        given = receipts(case, paid, at=now, take=books.counters.take, how=how) if all(paid.values()) else []
        case = case.pay(paid, by=f"officer:{by.login}", at=now, proof={"way": way, "how": how, "receipts": given})
        save(office, books, record, case)
    return case


def _entered(fees: Collection[str], way: str, document: str) -> None:
    problems = [] if fees else [Problem("fees", "no_fee")]
    problems += [] if way in DESK_WAYS else [Problem("way", "no_way")]
    if way == "transfer" and not document.strip():
        problems.append(Problem("document", "no_document"))
    if problems:
        raise Incorrect(problems)
