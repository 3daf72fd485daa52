"""Cases: a case is its events, kept for ever; beside them stands what lists need, written anew at each act. Called by
casework and web.

`save` writes only on top of the version that was read: of two officers at once one wins, the other is told who was
quicker.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.event import Event
from motcua.domain.folding import fold
from motcua.domain.refusals import NotThere, Stale
from motcua.store.base import Base, writes
from motcua.store.outbox import Message, Outbox

#: where a task without an end of its own stands in the order: last
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CaseRecord:
    """`ref` is the secret of its addresses (128 random bits); `number` is the public case number, which opens nothing
    by itself.
    """

    ref: str
    number: str
    procedure: str
    edition: str
    receives: str
    applicant: int
    applicant_name: str = field(repr=False)
    channel: str
    filed_on: date
    events: tuple[Event, ...] = field(repr=False)
    draft: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Task:
    """A step at which the case stands: for a role of an agency to do, or for one officer `alone`, or, without a role,
    something that it waits for.
    """

    step: str
    since: datetime
    role: str | None = None
    agency: str | None = None
    due: datetime | None = None


def alone(login: str) -> str:
    """What stands in place of a role where a task is one officer's alone."""
    return f"officer:{login}"


@dataclass(frozen=True)
class Standing:
    """What lists show without reading the events. `agencies` may see the case; at `wakes` something happens by
    itself.
    """

    tasks: Sequence[Task] = ()
    agencies: Iterable[str] = ()
    due: datetime | None = None
    wakes: datetime | None = None
    outcome: str | None = None


class CaseRow(Base):
    __tablename__ = "case_file"
    __table_args__ = (
        Index(None, "applicant_id", "changed_at"),
        Index(None, "applicant_name_folded"),
        Index(None, "edition_hash"),
        Index(None, "wakes_at"),
    )

    ref: Mapped[str] = mapped_column(String(22), primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    procedure: Mapped[str] = mapped_column(String(200))
    edition_hash: Mapped[str] = mapped_column(ForeignKey("edition.hash"))
    receives: Mapped[str] = mapped_column(String(100))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    applicant_name: Mapped[str] = mapped_column(Text)
    applicant_name_folded: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(20))
    filed_on: Mapped[date]
    draft_id: Mapped[str | None] = mapped_column(String(22), unique=True)  # one draft is filed once
    version: Mapped[int]
    filed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    due: Mapped[datetime | None]
    wakes_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))


class EventRow(Base):
    """Append-only: triggers of the database refuse every change and deletion."""

    __tablename__ = "event"

    case_ref: Mapped[str] = mapped_column(ForeignKey("case_file.ref"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(140))
    names: Mapped[list[str]]
    data: Mapped[dict[str, Any]]


class TaskRow(Base):
    __tablename__ = "case_task"
    __table_args__ = (Index(None, "agency", "role", "urgent_at", "id"), Index(None, "case_ref"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_ref: Mapped[str] = mapped_column(ForeignKey("case_file.ref"))
    step: Mapped[str] = mapped_column(String(100))
    role: Mapped[str | None] = mapped_column(String(140))
    agency: Mapped[str | None] = mapped_column(String(100))
    since: Mapped[datetime]
    due: Mapped[datetime]
    urgent_at: Mapped[datetime]  # the order of an inbox: the task's end or the case's, whichever comes first


class CaseAgencyRow(Base):
    __tablename__ = "case_agency"
    __table_args__ = (Index(None, "agency"),)

    case_ref: Mapped[str] = mapped_column(ForeignKey("case_file.ref"), primary_key=True)
    agency: Mapped[str] = mapped_column(String(100), primary_key=True)


def new_ref() -> str:
    return secrets.token_urlsafe(16)


class Cases:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: CaseRecord, standing: Standing, messages: Iterable[Message] = ()) -> CaseRecord:
        """A filing, with its first events and messages."""
        first, last = case.events[0], case.events[-1]
        self._session.add(
            CaseRow(
                ref=case.ref,
                number=case.number,
                procedure=case.procedure,
                edition_hash=case.edition,
                receives=case.receives,
                applicant_id=case.applicant,
                applicant_name=case.applicant_name,
                applicant_name_folded=fold(case.applicant_name),
                channel=case.channel,
                filed_on=case.filed_on,
                draft_id=case.draft,
                version=case.version,
                filed_at=first.at,
                changed_at=last.at,
                due=standing.due,
                wakes_at=standing.wakes,
                outcome=standing.outcome,
            )
        )
        self._session.flush()
        self._append(case.ref, case.events)
        self._place(case.ref, standing)
        Outbox(self._session).put((replace(m, case=case.ref) for m in messages), last.at)
        return case

    def get(self, ref: str, seen: int | None = None) -> CaseRecord:
        """A case with its events; in a transaction it stays locked. Raises NotThere, and Stale when it is not at the
        version `seen` any more.
        """
        case = self._one(CaseRow.ref == ref)
        if seen is not None and case.version != seen:
            raise _stale(case.events[-1])
        return case

    def several(self, refs: Collection[str]) -> tuple[CaseRecord, ...]:
        """Cases with their events, to be looked at, in two queries however many they are."""
        rows = self._session.scalars(select(CaseRow).where(CaseRow.ref.in_(refs)).order_by(CaseRow.ref)).all()
        events: dict[str, list[Event]] = {row.ref: [] for row in rows}
        query = select(EventRow).where(EventRow.case_ref.in_(events)).order_by(EventRow.case_ref, EventRow.seq)
        for event in self._session.scalars(query):
            events[event.case_ref].append(_event(event))
        return tuple(_record(row, tuple(events[row.ref])) for row in rows)

    def by_number(self, number: str) -> CaseRecord:
        """Raises NotThere. The number is no key: whoever asks with it alone may be shown nothing personal."""
        return self._one(CaseRow.number == number)

    def of_draft(self, draft: str) -> CaseRecord | None:
        """What a draft was filed as."""
        ref = self._session.scalar(select(CaseRow.ref).where(CaseRow.draft_id == draft))
        return self.get(ref) if ref else None

    def save(
        self,
        case: CaseRecord,
        events: Sequence[Event],
        standing: Standing,
        messages: Iterable[Message] = (),
        *,
        edition: str | None = None,
    ) -> CaseRecord:
        """Append to a case as it was read. Raises Stale when somebody else did meanwhile; nothing is written then."""
        now = events[-1].at
        won = self._session.execute(
            update(CaseRow)
            .where(CaseRow.ref == case.ref, CaseRow.version == case.version)
            .values(
                version=case.version + 1,
                changed_at=now,
                due=standing.due,
                wakes_at=standing.wakes,
                outcome=standing.outcome,
                edition_hash=edition or case.edition,
            )
            .returning(CaseRow.ref)
            .execution_options(synchronize_session=False)
        ).all()
        if not won:
            raise _stale(self._one(CaseRow.ref == case.ref).events[-1])
        self._append(case.ref, events)
        self._stand(case.ref, standing)
        Outbox(self._session).put((replace(m, case=case.ref) for m in messages), now)
        return replace(case, version=case.version + 1, events=(*case.events, *events), edition=edition or case.edition)

    def _one(self, condition: ColumnElement[bool]) -> CaseRecord:
        query = select(CaseRow).where(condition).execution_options(populate_existing=True)
        row = self._session.scalars(query.with_for_update() if writes(self._session) else query).one_or_none()
        if row is None:
            raise NotThere()
        events = self._session.scalars(select(EventRow).where(EventRow.case_ref == row.ref).order_by(EventRow.seq))
        return _record(row, tuple(_event(e) for e in events))

    def _append(self, ref: str, events: Sequence[Event]) -> None:
        rows = [
            {
                "case_ref": ref,
                "seq": e.seq,
                "at": e.at,
                "kind": e.kind,
                "by": e.by,
                "names": list(e.names),
                "data": dict(e.data),
            }
            for e in events
        ]
        self._session.execute(insert(EventRow), rows)

    def _stand(self, ref: str, standing: Standing) -> None:
        self._session.execute(delete(TaskRow).where(TaskRow.case_ref == ref))
        self._session.execute(delete(CaseAgencyRow).where(CaseAgencyRow.case_ref == ref))
        self._place(ref, standing)

    def _place(self, ref: str, standing: Standing) -> None:
        tasks = [
            {
                "case_ref": ref,
                "step": t.step,
                "role": t.role,
                "agency": t.agency,
                "since": t.since,
                "due": t.due or NEVER,
                "urgent_at": min(t.due or NEVER, standing.due or NEVER),
            }
            for t in standing.tasks
        ]
        if tasks:
            self._session.execute(insert(TaskRow), tasks)
        agencies = [{"case_ref": ref, "agency": agency} for agency in sorted(set(standing.agencies))]
        if agencies:
            self._session.execute(insert(CaseAgencyRow), agencies)


def _stale(newest: Event) -> Stale:
    return Stale(newest.by, newest.at, newest.kind)


def _event(row: EventRow) -> Event:
    return Event(row.seq, row.at, row.kind, row.by, tuple(row.names), row.data)


def _record(row: CaseRow, events: tuple[Event, ...]) -> CaseRecord:
    return CaseRecord(
        ref=row.ref,
        number=row.number,
        procedure=row.procedure,
        edition=row.edition_hash,
        receives=row.receives,
        applicant=row.applicant_id,
        applicant_name=row.applicant_name,
        channel=row.channel,
        filed_on=row.filed_on,
        events=events,
        draft=row.draft_id,
        version=row.version,
    )
