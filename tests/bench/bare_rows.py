"""The floors of what is written: the same rows by SQLAlchemy alone, for somebody who knows them beforehand. Used by the
bench.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from tests.bench.many_cases import Row
from tests.casework.commune import Commune

from motcua.store.accounts import AccountRow
from motcua.store.base import Base
from motcua.store.cases import CaseAgencyRow, CaseRow, EventRow, TaskRow
from motcua.store.counters import Counters
from motcua.store.drafts import DraftRow
from motcua.store.outbox import OutboxRow
from motcua.store.uploads import UploadRow

Rows = Mapping[type[Base], list[Row]]


def file_by_hand(commune: Commune, draft: str, rows: Rows) -> None:
    """What a filing writes, as another filing wrote it."""
    ref = secrets.token_urlsafe(16)
    with Session(commune.office.store.engine.execution_options(writes=True)) as session, session.begin():
        kept = session.execute(select(DraftRow.answers, DraftRow.papers).where(DraftRow.id == draft)).one()
        Counters(session).take("by hand")
        session.execute(insert(CaseRow), [rows[CaseRow][0] | {"ref": ref, "number": ref, "draft_id": draft}])
        event = rows[EventRow][0]
        said = event["data"] | {"answers": kept.answers["pages"], "papers": kept.papers}
        session.execute(insert(EventRow), [event | {"case_ref": ref, "data": said}])
        _stands(session, ref, rows)
        session.execute(insert(OutboxRow), _messages(ref, rows[OutboxRow]))
        session.execute(update(UploadRow).where(UploadRow.draft_id == draft).values(case_ref=ref))
        session.execute(update(DraftRow).where(DraftRow.id == draft).values(submitted_case=ref))


def act_by_hand(commune: Commune, ref: str, rows: Rows) -> None:
    """What an officer's act writes, as the same act on another case wrote it; its slip takes a number."""
    with Session(commune.office.store.engine.execution_options(writes=True)) as session, session.begin():
        case = session.execute(select(CaseRow.__table__).where(CaseRow.ref == ref).with_for_update()).one()
        events = session.execute(select(EventRow.__table__).where(EventRow.case_ref == ref)).all()
        session.execute(select(AccountRow.__table__).where(AccountRow.id == case.applicant_id)).one()
        Counters(session).take("by hand")
        after = {name: rows[CaseRow][0][name] for name in ("due", "changed_at", "wakes_at", "version")}
        session.execute(update(CaseRow).where(CaseRow.ref == ref, CaseRow.version == case.version).values(after))
        event = rows[EventRow][-1] | {"case_ref": ref, "seq": len(events) + 1}
        session.execute(insert(EventRow), [event])
        session.execute(delete(TaskRow).where(TaskRow.case_ref == ref))
        session.execute(delete(CaseAgencyRow).where(CaseAgencyRow.case_ref == ref))
        _stands(session, ref, rows)
        session.execute(insert(OutboxRow), _messages(ref, _of_event(rows, event["seq"])))


def _stands(session: Session, ref: str, rows: Rows) -> None:
    session.execute(insert(TaskRow), [row | {"case_ref": ref} for row in rows[TaskRow]])
    session.execute(insert(CaseAgencyRow), [row | {"case_ref": ref} for row in rows[CaseAgencyRow]])


def _of_event(rows: Rows, seq: int) -> list[Row]:
    return [row for row in rows[OutboxRow] if row["key"].split(":")[1] == str(seq)]


def _messages(ref: str, said: Iterable[Row]) -> list[dict[str, Any]]:
    return [row | {"case_ref": ref, "key": f"{ref}:{row['key'].partition(':')[2]}"} for row in said]
