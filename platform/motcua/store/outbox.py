"""The outbox: what is to be said to people, written in the transaction of the act itself and delivered afterwards.
Called by cases.py and
casework/deliver.py.

Delivery is at least once; `key` is the same at every try, so that whoever receives it can tell a repetition. A
rolled-back act says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, func, or_, select, update
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.store.base import Base, insert_once

PORTAL, EMAIL, SMS = "portal", "email", "sms"
_WAITING = sql("sent_at IS NULL AND given_up_at IS NULL")


@dataclass(frozen=True)
class Message:
    """`to` is an account's id (portal), an e-mail address or an E.164 number; `text` names the words, `params` fill
    them.
    """

    key: str
    channel: str
    to: str = field(repr=False)
    text: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, repr=False)
    case: str | None = None
    due_at: datetime | None = None  # None: at once


@dataclass(frozen=True)
class Outgoing:
    """A message that one worker has in hand, until its lease ends."""

    id: int
    message: Message
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class Backlog:
    """For those who run the system: what waits, since when, and what was given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("channel IN ('portal', 'email', 'sms')", name="channel"),
        Index("ix_outbox_waiting", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(None, "case_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    case_ref: Mapped[str | None] = mapped_column(ForeignKey("case_file.ref"))
    channel: Mapped[str] = mapped_column(String(6))
    recipient: Mapped[str] = mapped_column(String(254))
    text: Mapped[str] = mapped_column(String(100))
    params: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Outbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, messages: Iterable[Message], now: datetime) -> None:
        """Write messages beside the act. A key that is there already says nothing twice."""
        rows = [
            {
                "key": m.key,
                "case_ref": m.case,
                "channel": m.channel,
                "recipient": m.to,
                "text": m.text,
                "params": dict(m.params),
                "created_at": now,
                "due_at": m.due_at or now,
                "attempts": 0,
            }
            for m in messages
        ]
        insert_once(self._session, OutboxRow, rows)

    def claim(self, now: datetime, *, lease: timedelta, most: int) -> tuple[Outgoing, ...]:
        """Take what is due into one worker's hand. When that worker dies its lease runs out, and another takes them."""
        due = (
            select(OutboxRow.id)
            .where(
                OutboxRow.sent_at.is_(None),
                OutboxRow.given_up_at.is_(None),
                OutboxRow.due_at <= now,
                or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now),
            )
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = (
            update(OutboxRow)
            .where(OutboxRow.id.in_(due.scalar_subquery()))
            .values(leased_until=now + lease, attempts=OutboxRow.attempts + 1)
            .returning(OutboxRow)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        return tuple(
            _outgoing(row) for row in sorted(self._session.scalars(taken), key=lambda row: (row.due_at, row.id))
        )

    def sent(self, outgoing: Outgoing, now: datetime) -> None:
        self._end(outgoing, sent_at=now, error=None)

    def again(self, outgoing: Outgoing, at: datetime, error: str) -> None:
        """It failed for now: the next try comes at `at`."""
        self._end(outgoing, due_at=at, error=error)

    def give_up(self, outgoing: Outgoing, now: datetime, error: str) -> None:
        """It failed for good: it stays here for those who run the system."""
        self._end(outgoing, given_up_at=now, error=error)

    def of_case(self, case: str) -> tuple[Message, ...]:
        rows = self._session.scalars(select(OutboxRow).where(OutboxRow.case_ref == case).order_by(OutboxRow.id))
        return tuple(_outgoing(row).message for row in rows)

    def backlog(self) -> Backlog:
        waiting = OutboxRow.sent_at.is_(None) & OutboxRow.given_up_at.is_(None)
        count, oldest = self._session.execute(select(func.count(), func.min(OutboxRow.due_at)).where(waiting)).one()
        given_up = self._session.scalar(select(func.count()).where(OutboxRow.given_up_at.is_not(None)))
        return Backlog(int(count), oldest, int(given_up or 0))

    def _end(self, outgoing: Outgoing, **values: Any) -> None:
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == outgoing.id, OutboxRow.sent_at.is_(None))
            .values(leased_until=None, **values)
            .execution_options(synchronize_session=False)
        )


def _outgoing(row: OutboxRow) -> Outgoing:
    message = Message(row.key, row.channel, row.recipient, row.text, row.params, row.case_ref, row.due_at)
    return Outgoing(row.id, message, row.attempts, row.created_at)
