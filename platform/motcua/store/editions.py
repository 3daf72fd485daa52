"""Editions: one procedure's files as they were, by content, for ever; and which edition serves now. Called by
publishing and office.

The files are kept once each (`blob`), the edition is their manifest. `live` remembers for each procedure the last
good edition and,
when its files are wrong now, what is wrong with them: after a restart the last good one serves on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.refusals import NotThere
from motcua.store.base import Base, insert_once

LIVE, WRONG = "live", "wrong"


@dataclass(frozen=True)
class StoredEdition:
    """`manifest` is file path -> hash of its data; `files` file path -> its parsed data."""

    hash: str
    procedure: str
    manifest: Mapping[str, str]
    files: Mapping[str, Any]


@dataclass(frozen=True)
class Live:
    """`edition` is the last good one (None: there never was one); `diagnostics` say what is wrong with the files as
    they are now.
    """

    procedure: str
    edition: str | None
    since: datetime | None
    state: str
    diagnostics: Sequence[Any]
    seen_at: datetime


class BlobRow(Base):
    __tablename__ = "blob"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[Any] = mapped_column(JSON(none_as_null=False))


class EditionRow(Base):
    __tablename__ = "edition"
    __table_args__ = (Index(None, "procedure"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    procedure: Mapped[str] = mapped_column(String(200))
    manifest: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class LiveRow(Base):
    __tablename__ = "live"
    __table_args__ = (CheckConstraint("state IN ('live', 'wrong')", name="state"),)

    procedure: Mapped[str] = mapped_column(String(200), primary_key=True)
    edition_hash: Mapped[str | None] = mapped_column(ForeignKey("edition.hash"))
    since: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(5))
    diagnostics: Mapped[list[Any]]
    seen_at: Mapped[datetime]


class CompiledRow(Base):
    """A cache: what compiling gave, by a key that names source, types and version of the compiler. May be emptied at
    any time.
    """

    __tablename__ = "compiled"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class Editions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, edition: StoredEdition, at: datetime) -> None:
        """Keep an edition. The same content twice is once."""
        insert_once(
            self._session,
            BlobRow,
            [{"hash": edition.manifest[path], "data": data} for path, data in edition.files.items()],
        )
        row = {
            "hash": edition.hash,
            "procedure": edition.procedure,
            "manifest": dict(edition.manifest),
            "created_at": at,
        }
        insert_once(self._session, EditionRow, [row])

    def get(self, hash: str) -> StoredEdition:
        """Raises NotThere."""
        row = self._session.get(EditionRow, hash)
        if row is None:
            raise NotThere()
        blobs = select(BlobRow.hash, BlobRow.data).where(BlobRow.hash.in_(set(row.manifest.values())))
        data: dict[str, Any] = dict(self._session.execute(blobs).all())
        return StoredEdition(
            row.hash, row.procedure, row.manifest, {path: data[key] for path, key in row.manifest.items()}
        )

    def live(self) -> dict[str, Live]:
        """Every procedure that ever was seen, by its id."""
        rows = self._session.scalars(
            select(LiveRow).order_by(LiveRow.procedure).execution_options(populate_existing=True)
        )
        return {row.procedure: _live(row) for row in rows}

    def mark(self) -> tuple[int, datetime | None]:
        """Changes whenever `live` does: cheap to ask before every page."""
        count, latest = self._session.execute(select(func.count(), func.max(LiveRow.seen_at))).one()
        return int(count), latest

    def go_live(self, procedure: str, edition: str, at: datetime) -> None:
        """Its files are good: this edition serves from now on."""
        row = self._row(procedure, at)
        if row.edition_hash != edition:
            row.edition_hash, row.since = edition, at
        row.state, row.diagnostics, row.seen_at = LIVE, [], at
        self._session.flush()

    def is_wrong(self, procedure: str, diagnostics: Iterable[Any], at: datetime) -> None:
        """Its files are wrong: the last good edition, if there was one, serves on."""
        row = self._row(procedure, at)
        row.state, row.diagnostics, row.seen_at = WRONG, list(diagnostics), at
        self._session.flush()

    def retire(self, procedure: str) -> None:
        """Its files are gone: it serves no more; its editions stay for the cases that were filed under them."""
        row = self._session.get(LiveRow, procedure)
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def compiled(self, keys: Iterable[str]) -> dict[str, bytes]:
        rows = select(CompiledRow.key, CompiledRow.bytes).where(CompiledRow.key.in_(list(keys)))
        return dict(self._session.execute(rows).all())

    def keep_compiled(self, compiled: Mapping[str, bytes]) -> None:
        insert_once(self._session, CompiledRow, [{"key": key, "bytes": value} for key, value in compiled.items()])

    def _row(self, procedure: str, at: datetime) -> LiveRow:
        insert_once(
            self._session, LiveRow, [{"procedure": procedure, "state": WRONG, "diagnostics": [], "seen_at": at}]
        )
        query = select(LiveRow).where(LiveRow.procedure == procedure).with_for_update()
        return self._session.scalars(query.execution_options(populate_existing=True)).one()


def _live(row: LiveRow) -> Live:
    return Live(row.procedure, row.edition_hash, row.since, row.state, row.diagnostics, row.seen_at)
