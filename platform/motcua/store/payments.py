"""Payments: an order for each time that a citizen goes to pay, and what became of it. Called by casework and web."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.payment import BEGUN, MISMATCH, Order
from motcua.domain.refusals import NotThere
from motcua.store.base import Base, writes
from motcua.store.cases import CaseRow

_OPEN = text("state = 'begun'")
_BY_HAND = text("state = 'mismatch'")


class PaymentRow(Base):
    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("state IN ('begun', 'paid', 'failed', 'cancelled', 'mismatch', 'returned')", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        Index(None, "case_ref"),
        Index("ix_payment_open", "ask_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_payment_by_hand", "settled_at", sqlite_where=_BY_HAND, postgresql_where=_BY_HAND),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_ref: Mapped[str] = mapped_column(ForeignKey("case_file.ref"))
    fees: Mapped[dict[str, Any]]
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(9))
    created_at: Mapped[datetime]
    ask_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    gateway_ref: Mapped[str | None] = mapped_column(String(100), unique=True)  # no money pays twice
    received: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(String(20))


class Payments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, case: str, fees: Mapping[str, int], *, at: datetime, ask_at: datetime) -> Order:
        """A new order for these fees, in đồng; at `ask_at` the gateway is asked, should it not have told by then."""
        order = Order(secrets.token_urlsafe(16), case, dict(fees), sum(fees.values()), at)
        self._add(order, ask_at)
        return order

    def beside(self, order: Order) -> Order:
        """Money that came for an order which is settled already: a mismatch of its own."""
        other = replace(order, id=secrets.token_urlsafe(16))
        self._add(other, other.created_at)
        return other

    def get(self, order: str) -> Order:
        """Raises NotThere. In a transaction the order stays locked: the same callback in fifty threads is one."""
        query = select(PaymentRow).where(PaymentRow.id == order).execution_options(populate_existing=True)
        row = self._session.scalars(query.with_for_update() if writes(self._session) else query).one_or_none()
        if row is None:
            raise NotThere()
        return _order(row)

    def of_case(self, case: str) -> tuple[Order, ...]:
        """The oldest first."""
        query = select(PaymentRow).where(PaymentRow.case_ref == case).order_by(PaymentRow.created_at, PaymentRow.id)
        return tuple(_order(row) for row in self._session.scalars(query))

    def knows(self, gateway_ref: str) -> bool:
        """Whether this money was dealt with already, for whichever order."""
        return self._session.scalar(select(PaymentRow.id).where(PaymentRow.gateway_ref == gateway_ref)) is not None

    def settle(self, order: Order) -> Order:
        """As the order stands from now on; it was read, and so locked, in this transaction."""
        columns = {name: getattr(order, name) for name in ("state", "settled_at", "gateway_ref", "received", "why")}
        self._session.execute(update(PaymentRow).where(PaymentRow.id == order.id).values(columns))
        return order

    def asking(self, now: datetime, *, most: int) -> tuple[Order, ...]:
        """Orders of which nothing was heard, and whose time to ask has come."""
        query = select(PaymentRow).where(PaymentRow.state == BEGUN, PaymentRow.ask_at <= now)
        return tuple(_order(row) for row in self._session.scalars(query.order_by(PaymentRow.ask_at).limit(most)))

    def ask_again(self, order: str, at: datetime) -> None:
        self._session.execute(update(PaymentRow).where(PaymentRow.id == order).values(ask_at=at))

    def by_hand(self, *agencies: str, most: int = 100) -> list[tuple[Order, str]]:
        """Money that did not fit, of the cases that these agencies received: with the case's number."""
        query = select(PaymentRow, CaseRow.number).join(CaseRow, CaseRow.ref == PaymentRow.case_ref)
        query = query.where(PaymentRow.state == MISMATCH, CaseRow.receives.in_(agencies))
        rows = self._session.execute(query.order_by(PaymentRow.settled_at).limit(most)).all()
        return [(_order(row), number) for row, number in rows]

    def _add(self, order: Order, ask_at: datetime) -> None:
        self._session.add(
            PaymentRow(
                id=order.id,
                case_ref=order.case,
                fees=dict(order.fees),
                amount=order.amount,
                state=order.state,
                created_at=order.created_at,
                ask_at=ask_at,
                settled_at=order.settled_at,
                gateway_ref=order.gateway_ref,
                received=order.received,
                why=order.why,
            )
        )
        self._session.flush()


def _order(row: PaymentRow) -> Order:
    return Order(
        id=row.id,
        case=row.case_ref,
        fees=row.fees,
        amount=row.amount,
        created_at=row.created_at,
        state=row.state,
        settled_at=row.settled_at,
        gateway_ref=row.gateway_ref,
        received=row.received,
        why=row.why,
    )
