"""How often something may be tried, per purpose and key, over a sliding window and across all worker processes.
Called by web.

A try is taken in a transaction of its own before the thing is weighed, so a failure that rolls back does not give the
try back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.refusals import TooManyTries
from motcua.store.base import Base


@dataclass(frozen=True)
class Limit:
    """At most `most` tries for one purpose and key `within` any stretch of this length."""

    purpose: str
    most: int
    within: timedelta


class AttemptRow(Base):
    __tablename__ = "attempt"
    __table_args__ = (Index(None, "purpose", "key", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))  # hashed: an address, a login, an e-mail
    at: Mapped[datetime]


class Limits:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, limit: Limit, key: str, now: datetime) -> None:
        """Count one try. Raises TooManyTries, without counting, when the window is full."""
        hashed = _hash(key)
        self._alone(limit.purpose, hashed)
        tries = list(
            self._session.scalars(
                select(AttemptRow.at)
                .where(
                    AttemptRow.purpose == limit.purpose, AttemptRow.key == hashed, AttemptRow.at > now - limit.within
                )
                .order_by(AttemptRow.at.desc())
                .limit(limit.most)
            )
        )
        if len(tries) >= limit.most:
            free = tries[-1] + limit.within - now
            raise TooManyTries(max(1, -(-int(free.total_seconds() * 1000) // 1000)))
        self._session.add(AttemptRow(purpose=limit.purpose, key=hashed, at=now))
        self._session.flush()

    def used(self, limit: Limit, key: str, now: datetime) -> int:
        return (
            self._session.scalar(
                select(func.count()).where(
                    AttemptRow.purpose == limit.purpose,
                    AttemptRow.key == _hash(key),
                    AttemptRow.at > now - limit.within,
                )
            )
            or 0
        )

    def forget(self, limit: Limit, key: str) -> None:
        """After a success: the owner's own slips do not count against the next time."""
        self._session.execute(
            delete(AttemptRow).where(AttemptRow.purpose == limit.purpose, AttemptRow.key == _hash(key))
        )

    def sweep(self, before: datetime) -> None:
        self._session.execute(delete(AttemptRow).where(AttemptRow.at < before))

    def _alone(self, purpose: str, hashed: str) -> None:
        """Two tries of one key are counted one after the other. On SQLite the write transaction sees to it."""
        if self._session.get_bind().dialect.name == "postgresql":
            number = int.from_bytes(hashlib.sha256(f"{purpose}:{hashed}".encode()).digest()[:8], signed=True)
            self._session.execute(select(func.pg_advisory_xact_lock(number)))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
