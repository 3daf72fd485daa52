"""Refunds: what is to be given back, and what was. Called by casework and web.

Of one payment at most one refund is open at a time: the database itself refuses a second.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, delete, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.balance import RefundDue
from motcua.domain.payment import Order
from motcua.domain.refund import BY_HAND, DONE, DUE, SENT, Refund
from motcua.domain.refusals import NotThere
from motcua.store.base import Base, writes
from motcua.store.cases import CaseRow

_OPEN = text("state <> 'done'")


class RefundRow(Base):
    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("state IN ('due', 'sent', 'by_hand', 'done')", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_refund_open", "created_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_refund_open_source", "case_ref", "source", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_ref: Mapped[str] = mapped_column(ForeignKey("case_file.ref"))
    source: Mapped[str] = mapped_column(String(30))  # which money: `event:<seq>`, or `order:<id>`
    seq: Mapped[int | None]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("payment.id"))
    fees: Mapped[dict[str, Any]]
    amount: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str | None] = mapped_column(String(140))
    settled_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(String(60))


class Refunds:
    def __init__(self, session: Session) -> None:
        self._session = session

    def stand(self, case: str, dues: Iterable[RefundDue], at: datetime) -> None:
        """What is to be given back of a case's payments, as the case stands now. What a gateway was asked for already
        stays as it is until that has ended.
        """
        wanted = {f"event:{due.seq}": due for due in dues}
        for row in self._of_case(case):
            due = wanted.pop(row.source, None)
            if due is None and row.seq is not None and row.state != SENT:
                self._session.execute(delete(RefundRow).where(RefundRow.id == row.id))
            elif due is not None and row.state != SENT:
                self._set(row.id, fees=dict(due.fees), amount=due.amount, why=due.why)
        for due in wanted.values():
            self._add(
                case, due.seq, due.order, due.fees, due.amount, due.why, at, BY_HAND if due.order is None else DUE
            )

    def give_back(self, order: Order, at: datetime, *, by_hand: bool) -> None:
        """Money that came for nothing goes back whole."""
        amount = order.received or 0
        self._add(order.case, None, order.id, {}, amount, order.why, at, BY_HAND if by_hand else DUE)

    def get(self, refund: str) -> Refund:
        """Raises NotThere. In a transaction it stays locked."""
        query = select(RefundRow).where(RefundRow.id == refund).execution_options(populate_existing=True)
        row = self._session.scalars(query.with_for_update() if writes(self._session) else query).one_or_none()
        if row is None:
            raise NotThere()
        return _refund(row)

    def look(self, refund: str) -> str:
        """The case that it stands in, without a lock. Raises NotThere."""
        found = self._session.scalar(select(RefundRow.case_ref).where(RefundRow.id == refund))
        if found is None:
            raise NotThere()
        return found

    def of_case(self, case: str) -> tuple[Refund, ...]:
        """What is still to be given back; the oldest first."""
        return tuple(_refund(row) for row in self._of_case(case))

    def queue(self, *agencies: str, most: int = 100) -> list[tuple[Refund, str]]:
        """What is to be given back on the cases that these agencies received, with the case's number."""
        query = select(RefundRow, CaseRow.number).join(CaseRow, CaseRow.ref == RefundRow.case_ref)
        query = query.where(RefundRow.state != DONE, CaseRow.receives.in_(agencies))
        rows = self._session.execute(query.order_by(RefundRow.created_at, RefundRow.id).limit(most)).all()
        return [(_refund(row), number) for row, number in rows]

    def sent(self, before: datetime, *, most: int) -> tuple[Refund, ...]:
        """Asked of a gateway before a moment, and not confirmed."""
        query = select(RefundRow).where(RefundRow.state == SENT, RefundRow.settled_at <= before)
        return tuple(_refund(row) for row in self._session.scalars(query.order_by(RefundRow.settled_at).limit(most)))

    def mark(self, refund: str, state: str, *, by: str | None, at: datetime, number: str | None = None) -> None:
        """As it stands from now on; it was read, and so locked, in this transaction."""
        self._set(refund, state=state, by=by, settled_at=at, number=number)

    def _set(self, refund: str, **columns: Any) -> None:
        self._session.execute(update(RefundRow).where(RefundRow.id == refund).values(columns))

    def _of_case(self, case: str) -> list[RefundRow]:
        query = select(RefundRow).where(RefundRow.case_ref == case, RefundRow.state != DONE)
        found = query.order_by(RefundRow.created_at, RefundRow.id).execution_options(populate_existing=True)
        return list(self._session.scalars(found))

    def _add(
        self,
        case: str,
        seq: int | None,
        order: str | None,
        fees: Any,
        amount: int,
        why: str,
        at: datetime,
        state: str,
    ) -> None:
        self._session.add(
            RefundRow(
                id=secrets.token_urlsafe(16),
                case_ref=case,
                source=f"order:{order}" if seq is None else f"event:{seq}",
                seq=seq,
                order_id=order,
                fees=dict(fees),
                amount=amount,
                why=why,
                created_at=at,
                state=state,
            )
        )
        self._session.flush()


def _refund(row: RefundRow) -> Refund:
    return Refund(
        id=row.id,
        case=row.case_ref,
        seq=row.seq,
        order=row.order_id,
        fees=row.fees,
        amount=row.amount,
        why=row.why,
        created_at=row.created_at,
        state=row.state,
        by=row.by,
        settled_at=row.settled_at,
        number=row.number,
    )
