"""What every table stands on: the base class, its naming of constraints, and the column types. Called by the modules
of this folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, MetaData
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from motcua.domain.working_calendar import HCM


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC and read back in the local zone. A moment without a zone is refused: it would shift
    without a word.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(HCM)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own name


def insert_once(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert what is not there yet; a row whose key is there stays as it is, whoever wrote it and when."""
    if not rows:
        return
    postgresql = session.get_bind().dialect.name == "postgresql"
    insert = insert_postgresql(table) if postgresql else insert_sqlite(table)
    session.execute(insert.on_conflict_do_nothing(), rows)


def writes(session: Session) -> bool:
    """Whether this session is a transaction's: then what is read for a change is locked (PostgreSQL; SQLite has one
    writer anyway).
    """
    return bool(session.get_bind().get_execution_options().get("writes"))


def to_json(value: Any) -> str:
    """JSON as it is kept: readable Vietnamese, no NaN, key order as given."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
