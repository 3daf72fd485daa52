"""Signed-in sessions, kept here and not in the cookie: signing out, or disabling the account, ends every copy at
once. Called by web/signin.

The cookie carries a random token; the table has only its hash, so a stolen database signs nobody in (ASVS 7.2, 7.4).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.store.accounts import Account, AccountRow, account_of
from motcua.store.base import Base

#: `seen_at` is written at most this often, so that looking does not write
_SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Who a token stands for, as the account is now: a changed role counts at the next click."""

    account: Account
    csrf: str = field(repr=False)
    seen_at: datetime
    expires_at: datetime
    created_at: datetime
    agent: str

    def seen_long_ago(self, now: datetime) -> bool:
        """Whether `Sessions.seen` has something to write."""
        return abs(now - self.seen_at) >= _SEEN_STEP  # a clock that was set back is believed, too


class SessionRow(Base):
    __tablename__ = "session"
    __table_args__ = (Index(None, "account_id"), Index(None, "expires_at"))

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    csrf: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(40))


class Sessions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, account: int, *, now: datetime, most: timedelta, agent: str = "") -> str:
        """A fresh session, always with a fresh token (no fixation); returns the token, which is nowhere else."""
        token = secrets.token_urlsafe(32)
        self._session.add(
            SessionRow(
                token_hash=_hash(token),
                account_id=account,
                created_at=now,
                seen_at=now,
                expires_at=now + most,
                csrf=secrets.token_urlsafe(32),
                agent=agent[:40],
            )
        )
        self._session.flush()
        return token

    def get(self, token: str, *, now: datetime, idle: timedelta) -> SignedIn | None:
        """None when it is unknown, signed out, too old, too long idle, or the account is disabled: all alike."""
        found = self._session.execute(
            select(SessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == SessionRow.account_id)
            .where(
                SessionRow.token_hash == _hash(token),
                SessionRow.expires_at > now,
                SessionRow.seen_at > now - idle - _SEEN_STEP,  # seen_at may lag by one step
                AccountRow.disabled_at.is_(None),
            )
        ).one_or_none()
        if found is None:
            return None
        row, account = found
        return SignedIn(account_of(account), row.csrf, row.seen_at, row.expires_at, row.created_at, row.agent)

    def seen(self, token: str, now: datetime) -> None:
        self._session.execute(update(SessionRow).where(SessionRow.token_hash == _hash(token)).values(seen_at=now))

    def close(self, token: str) -> None:
        self._session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))

    def close_all(self, account: int, but: str | None = None) -> None:
        """Every session of an account, but one: after a new password, or when it is disabled."""
        gone = delete(SessionRow).where(SessionRow.account_id == account)
        if but is not None:
            gone = gone.where(SessionRow.token_hash != _hash(but))
        self._session.execute(gone)

    def sweep(self, now: datetime) -> None:
        self._session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
