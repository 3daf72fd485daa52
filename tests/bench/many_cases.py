"""A database in which many cases lie: copies of one that was filed, written by the database itself, no rule asked.
Used by the bench.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select, text
from sqlalchemy.orm import Session
from tests.casework.commune import Commune

from motcua.store.base import Base
from motcua.store.cases import CaseAgencyRow, CaseRow, EventRow, TaskRow
from motcua.store.outbox import OutboxRow

Row = dict[str, Any]
#: in the order in which they point to each other
TABLES: tuple[type[Base], ...] = (CaseRow, EventRow, TaskRow, CaseAgencyRow, OutboxRow)


def columns(table: type[Base]) -> list[str]:
    """Of a row, without the key that the database gives by itself."""
    return [column.name for column in table.__table__.columns if column.name != "id"]


def key(table: type[Base]) -> ColumnElement[str]:
    found: ColumnElement[str] = table.__table__.c["ref" if table is CaseRow else "case_ref"]
    return found


def rows_of(commune: Commune, ref: str) -> Mapping[type[Base], list[Row]]:
    """Everything that is written of a case."""
    with Session(commune.office.store.engine) as session:
        return {
            table: [
                dict(zip(columns(table), row, strict=True))
                for row in session.execute(
                    select(*(table.__table__.c[name] for name in columns(table))).where(key(table) == ref)
                )
            ]
            for table in TABLES
        }


def copy_case(commune: Commune, ref: str, total: int) -> list[str]:
    """Copies until so many cases are there; they are due a minute after each other, in no order. Answers with their
    refs.
    """
    (filed,) = rows_of(commune, ref)[CaseRow]
    now = commune.clock.now()
    with Session(commune.office.store.engine.execution_options(writes=True)) as session, session.begin():
        there = session.scalar(select(func.count()).select_from(CaseRow)) or 0
        refs = [f"{number:022}" for number in range(there, total)]
        for begin in range(0, len(refs), 10_000):
            session.execute(
                insert(CaseRow), [filed | _other(copy, now, total) for copy in refs[begin : begin + 10_000]]
            )
        for table in TABLES[1:]:
            _copy(session, table, ref, refs[0], refs[-1])
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE"))  # as the server does by itself within a minute
    return refs


def _other(copy: str, now: datetime, total: int) -> Row:
    return {"ref": copy, "number": copy, "draft_id": None, "due": now + timedelta(minutes=int(copy) * 7919 % total)}


def _copy(session: Session, table: type[Base], ref: str, first: str, last: str) -> None:
    """The rows of one case again for each of its copies."""
    other: dict[str, ColumnElement[Any]] = {
        "case_ref": CaseRow.ref.expression,
        "due": CaseRow.due.expression,
        "urgent_at": CaseRow.due.expression,
        "key": CaseRow.ref + literal(":") + OutboxRow.channel,
        "sent_at": OutboxRow.created_at.expression,
    }
    names = columns(table)
    chosen = [other.get(name, table.__table__.c[name]) for name in names]
    copies = select(*chosen).select_from(table).join(CaseRow, CaseRow.ref.between(first, last)).where(key(table) == ref)
    session.execute(insert(table).from_select(names, copies))
