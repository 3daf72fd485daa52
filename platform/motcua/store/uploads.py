"""Uploads: what is known of a stored file; its bytes lie with the files gateway under the same id. Called by casework
and web.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.refusals import NotThere
from motcua.store.base import Base


@dataclass(frozen=True)
class Upload:
    """Belongs to a draft until it is sent, then to its case. `name` is as the citizen gave it, cleaned; `paper` the
    thành phần it is for.
    """

    id: str
    account: int
    paper: str
    name: str = field(repr=False)
    type: str
    size: int
    sha256: str
    stored_at: datetime
    draft: str | None = None
    case: str | None = None


class UploadRow(Base):
    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("draft_id IS NOT NULL OR case_ref IS NOT NULL", name="belongs"),
        Index(None, "draft_id"),
        Index(None, "case_ref"),
        Index(None, "account_id"),
    )

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id"))
    case_ref: Mapped[str | None] = mapped_column(ForeignKey("case_file.ref"))
    paper: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime]


class Uploads:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, upload: Upload) -> None:
        self._session.add(
            UploadRow(
                id=upload.id,
                account_id=upload.account,
                draft_id=upload.draft,
                case_ref=upload.case,
                paper=upload.paper,
                name=upload.name,
                type=upload.type,
                size=upload.size,
                sha256=upload.sha256,
                stored_at=upload.stored_at,
            )
        )
        self._session.flush()

    def get(self, upload: str) -> Upload:
        """Raises NotThere. Whoever asks must own its draft, or may see its case: the caller judges."""
        row = self._session.get(UploadRow, upload)
        if row is None:
            raise NotThere()
        return _upload(row)

    def of_draft(self, draft: str) -> tuple[Upload, ...]:
        return self._listed(UploadRow.draft_id == draft)

    def of_case(self, case: str) -> tuple[Upload, ...]:
        return self._listed(UploadRow.case_ref == case)

    def size_of_draft(self, draft: str) -> int:
        return int(self._session.scalar(select(func.sum(UploadRow.size)).where(UploadRow.draft_id == draft)) or 0)

    def hand_over(self, draft: str, case: str, uploads: Iterable[str]) -> None:
        """These files of a draft are the case's from now on. Raises NotThere when one of them is not the draft's."""
        wanted = set(uploads)
        moved = self._session.scalars(
            update(UploadRow)
            .where(UploadRow.draft_id == draft, UploadRow.id.in_(wanted))
            .values(case_ref=case)
            .returning(UploadRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        if set(moved) != wanted:
            raise NotThere()

    def drop(self, upload: str, draft: str) -> bool:
        """Take a file out of a draft; what a case has stays. True when it was there: its bytes may go after the
        transaction.
        """
        gone = self._session.scalars(
            delete(UploadRow)
            .where(UploadRow.id == upload, UploadRow.draft_id == draft, UploadRow.case_ref.is_(None))
            .returning(UploadRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        return bool(gone)

    def ids(self) -> set[str]:
        """All that is known, for the sweep of files that no row names."""
        return set(self._session.scalars(select(UploadRow.id)))

    def _listed(self, condition: ColumnElement[bool]) -> tuple[Upload, ...]:
        query = select(UploadRow).where(condition).order_by(UploadRow.stored_at, UploadRow.id)
        return tuple(_upload(row) for row in self._session.scalars(query))


def _upload(row: UploadRow) -> Upload:
    return Upload(
        id=row.id,
        account=row.account_id,
        paper=row.paper,
        name=row.name,
        type=row.type,
        size=row.size,
        sha256=row.sha256,
        stored_at=row.stored_at,
        draft=row.draft_id,
        case=row.case_ref,
    )
