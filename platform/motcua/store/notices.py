"""Notices: the portal's own channel, what a signed-in person finds under "Thông báo". Written by casework/deliver.py,
read by web.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.store.base import Base, insert_once


@dataclass(frozen=True)
class Notice:
    id: int
    account: int
    at: datetime
    subject: str
    text: str
    case: str | None
    read_at: datetime | None


class NoticeRow(Base):
    __tablename__ = "notice"
    __table_args__ = (Index(None, "account_id", "at"), Index(None, "case_ref"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    case_ref: Mapped[str | None] = mapped_column(ForeignKey("case_file.ref"))
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None]


class Notices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, key: str, account: int, *, subject: str, text: str, at: datetime, case: str | None = None) -> None:
        """One notice a key, however often it is put."""
        row = {"key": key, "account_id": account, "case_ref": case, "at": at, "subject": subject, "text": text}
        insert_once(self._session, NoticeRow, [row])

    def of(self, account: int, *, most: int = 50) -> tuple[Notice, ...]:
        """The latest first."""
        query = (
            select(NoticeRow)
            .where(NoticeRow.account_id == account)
            .order_by(NoticeRow.at.desc(), NoticeRow.id.desc())
            .limit(most)
        )
        return tuple(_notice(row) for row in self._session.scalars(query))

    def unread(self, account: int) -> int:
        query = select(func.count()).where(NoticeRow.account_id == account, NoticeRow.read_at.is_(None))
        return int(self._session.scalar(query) or 0)

    def read(self, account: int, now: datetime) -> None:
        """All that is there was seen."""
        self._session.execute(
            update(NoticeRow).where(NoticeRow.account_id == account, NoticeRow.read_at.is_(None)).values(read_at=now)
        )


def _notice(row: NoticeRow) -> Notice:
    return Notice(row.id, row.account_id, row.at, row.subject, row.text, row.case_ref, row.read_at)
