"""Drafts: what a citizen has entered and not sent yet, kept at every step and reachable from every device. Called by
casework and web/citizen.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.refusals import Closed, NotThere, Stale
from motcua.store.base import Base, writes


@dataclass(frozen=True)
class Draft:
    """`case` is what it was filed as, once; `supplements` the case that it adds to, when it answers a supplement."""

    id: str
    account: int
    procedure: str
    edition: str
    channel: str
    version: int
    created_at: datetime
    updated_at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    papers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    case: str | None = None
    supplements: str | None = None


class DraftRow(Base):
    __tablename__ = "draft"
    __table_args__ = (Index(None, "account_id", "updated_at"), Index(None, "supplements"))

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    procedure: Mapped[str] = mapped_column(String(200))
    edition_hash: Mapped[str] = mapped_column(ForeignKey("edition.hash"))
    channel: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    answers: Mapped[dict[str, Any]]
    papers: Mapped[dict[str, Any]]
    submitted_case: Mapped[str | None] = mapped_column(ForeignKey("case_file.ref"))
    supplements: Mapped[str | None] = mapped_column(ForeignKey("case_file.ref"))


class Drafts:
    """Every look-up names the account: what is another's is not there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(
        self,
        account: int,
        procedure: str,
        edition: str,
        *,
        channel: str,
        now: datetime,
        answers: Mapping[str, Any] | None = None,
        papers: Mapping[str, Any] | None = None,
        supplements: str | None = None,
    ) -> Draft:
        row = DraftRow(
            id=secrets.token_urlsafe(16),
            account_id=account,
            procedure=procedure,
            edition_hash=edition,
            channel=channel,
            version=1,
            created_at=now,
            updated_at=now,
            answers=dict(answers or {}),
            papers=dict(papers or {}),
            submitted_case=None,
            supplements=supplements,
        )
        self._session.add(row)
        self._session.flush()
        return _draft(row)

    def get(self, draft: str, account: int) -> Draft:
        """Raises NotThere. In a transaction the draft stays locked: a second press of the button waits, and then
        finds the case.
        """
        query = select(DraftRow).where(DraftRow.id == draft, DraftRow.account_id == account)
        if writes(self._session):
            query = query.with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if row is None:
            raise NotThere()
        return _draft(row)

    def of(self, account: int) -> tuple[Draft, ...]:
        """What was not sent yet, the latest first."""
        query = (
            select(DraftRow)
            .where(DraftRow.account_id == account, DraftRow.submitted_case.is_(None))
            .order_by(DraftRow.updated_at.desc(), DraftRow.id)
        )
        return tuple(_draft(row) for row in self._session.scalars(query))

    def supplementing(self, case: str, account: int) -> Draft | None:
        """The open answer to a case's supplement."""
        query = (
            select(DraftRow)
            .where(DraftRow.account_id == account, DraftRow.supplements == case, DraftRow.submitted_case.is_(None))
            .order_by(DraftRow.created_at.desc())
            .limit(1)
        )
        row = self._session.scalars(query).one_or_none()
        return _draft(row) if row else None

    def save(self, draft: Draft, now: datetime) -> Draft:
        """Write `answers papers channel edition` of a draft as it was read and changed. Raises Stale (another window
        saved since), Closed (it was sent), NotThere.
        """
        saved = replace(draft, version=draft.version + 1, updated_at=now)
        done = self._session.execute(
            update(DraftRow)
            .where(
                DraftRow.id == draft.id,
                DraftRow.account_id == draft.account,
                DraftRow.version == draft.version,
                DraftRow.submitted_case.is_(None),
            )
            .values(
                answers=dict(draft.answers),
                papers=dict(draft.papers),
                channel=draft.channel,
                edition_hash=draft.edition,
                version=saved.version,
                updated_at=now,
            )
            .returning(DraftRow.id)
        ).all()
        if not done:
            self._refuse_to_save(self.get(draft.id, draft.account))
        return saved

    def submitted(self, draft: Draft, case: str, now: datetime) -> None:
        """It was sent, as this case or as this case's supplement. Raises Closed when it had been already."""
        done = self._session.execute(
            update(DraftRow)
            .where(DraftRow.id == draft.id, DraftRow.submitted_case.is_(None))
            .values(submitted_case=case, updated_at=now)
            .returning(DraftRow.id)
        ).all()
        if not done:
            raise Closed()

    def drop(self, draft: str, account: int) -> None:
        """Throw a draft away that was not sent; its uploads must have gone before."""
        self._session.execute(
            delete(DraftRow).where(
                DraftRow.id == draft, DraftRow.account_id == account, DraftRow.submitted_case.is_(None)
            )
        )

    @staticmethod
    def _refuse_to_save(now_there: Draft) -> None:
        if now_there.case is not None:
            raise Closed()
        raise Stale(f"citizen:{now_there.account}", now_there.updated_at, "draft")


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        account=row.account_id,
        procedure=row.procedure,
        edition=row.edition_hash,
        channel=row.channel,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        answers=row.answers,
        papers=row.papers,
        case=row.submitted_case,
        supplements=row.supplements,
    )
