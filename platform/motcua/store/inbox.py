"""Lists of cases: an officer's inbox, a citizen's own cases, what wakes by itself. Read only. Called by web and
casework/wake.

Pages go by key, not by number: the next page starts after the last line that was seen, however deep it is and
whatever came meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from motcua.domain.folding import fold
from motcua.domain.refusals import NotThere
from motcua.store.cases import NEVER, CaseAgencyRow, CaseRow, TaskRow


@dataclass(frozen=True)
class CaseLine:
    ref: str
    number: str
    procedure: str
    edition: str
    applicant_name: str = field(repr=False)
    filed_on: date
    filed_at: datetime
    changed_at: datetime
    due: datetime | None
    outcome: str | None
    steps: tuple[str, ...]


@dataclass(frozen=True)
class InboxLine:
    """`due` is the end of the office's own share of the step, or of a wait; the citizen's date is `case.due`."""

    case: CaseLine
    step: str
    role: str
    since: datetime
    due: datetime | None


@dataclass(frozen=True)
class Page:
    """`next` starts the next page; None: this was the last."""

    lines: tuple[InboxLine, ...]
    next: str | None


@dataclass(frozen=True)
class Counts:
    """An inbox in four numbers. A line is late when the office's share or the citizen's date is over."""

    late: int
    near: int
    on_time: int
    waiting: int

    @property
    def to_do(self) -> int:
        return self.late + self.near + self.on_time


#: whichever comes first: the end of the office's share, or the date that the citizen was told
_soonest = case((CaseRow.due < TaskRow.due, CaseRow.due), else_=TaskRow.due)


class Inbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def tasks(
        self,
        agency: str,
        roles: Collection[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        after: str | None = None,
        most: int = 50,
    ) -> Page:
        """What an officer of this agency with these roles may do now, the most urgent first; only what is due from
        `since` on and before `until`, where those are given.
        """
        query = _of(agency, TaskRow.role.in_(roles))
        if since is not None:
            query = query.where(_soonest >= since)
        if until is not None:
            query = query.where(_soonest < until)
        return self._page(query, after, most)

    def waiting(self, agency: str, *, after: str | None = None, most: int = 50) -> Page:
        """What waits for somebody else at this agency, the window that ends first at the top."""
        return self._page(_of(agency, TaskRow.role.is_(None)), after, most)

    def counts(self, agency: str, roles: Collection[str], *, now: datetime, near: datetime) -> Counts:
        """How many lines are late at `now`, due before `near`, due later, and waiting for somebody else."""
        mine = TaskRow.role.in_(roles)
        parts = (and_(mine, _soonest < now), and_(mine, _soonest >= now, _soonest < near), and_(mine, _soonest >= near))
        sums = [func.coalesce(func.sum(case((part, 1), else_=0)), 0) for part in (*parts, TaskRow.role.is_(None))]
        query = select(*sums).join(CaseRow, CaseRow.ref == TaskRow.case_ref).where(TaskRow.agency == agency)
        return Counts(*(int(number) for number in self._session.execute(query).one()))

    def _page(self, query: Select[tuple[TaskRow, CaseRow, datetime]], after: str | None, most: int) -> Page:
        if after is not None:
            query = query.where(tuple_(_soonest, TaskRow.id) > tuple_(*_place(after)))
        found = self._session.execute(query.order_by(_soonest, TaskRow.id).limit(most + 1)).all()
        shown = found[:most]
        cases = {line.ref: line for line in self._lines([row.CaseRow for row in shown])}
        lines = tuple(_inbox_line(row.TaskRow, cases[row.CaseRow.ref]) for row in shown)
        return Page(lines, _mark(shown[-1].soonest, shown[-1].TaskRow) if len(found) > most else None)

    def of_applicant(self, account: int, *, most: int = 100) -> tuple[CaseLine, ...]:
        """A citizen's own cases, the latest change first."""
        query = select(CaseRow).where(CaseRow.applicant_id == account)
        return self._lines(
            self._session.scalars(query.order_by(CaseRow.changed_at.desc(), CaseRow.ref).limit(most)).all()
        )

    def of_agency(self, agency: str, text: str = "", *, most: int = 50) -> tuple[CaseLine, ...]:
        """Cases that an agency may see, by the end or whole of the number or a part of the applicant's name, with or
        without marks.
        """
        query = (
            select(CaseRow)
            .join(CaseAgencyRow, CaseAgencyRow.case_ref == CaseRow.ref)
            .where(CaseAgencyRow.agency == agency)
        )
        if text.strip():
            query = query.where(
                or_(
                    CaseRow.number.endswith(text.strip(), autoescape=True),
                    CaseRow.applicant_name_folded.contains(fold(text), autoescape=True),
                )
            )
        return self._lines(
            self._session.scalars(query.order_by(CaseRow.changed_at.desc(), CaseRow.ref).limit(most)).all()
        )

    def may_see(self, agency: str, ref: str) -> bool:
        return self._session.get(CaseAgencyRow, (ref, agency)) is not None

    def waking(self, now: datetime, *, most: int = 100) -> tuple[str, ...]:
        """Cases to which something happens by itself at or before `now`, the longest ago first."""
        query = select(CaseRow.ref).where(CaseRow.wakes_at <= now).order_by(CaseRow.wakes_at, CaseRow.ref).limit(most)
        return tuple(self._session.scalars(query))

    def open_under(self, editions: Collection[str]) -> tuple[str, ...]:
        """Cases under way that keep one of these editions."""
        query = select(CaseRow.ref).where(CaseRow.edition_hash.in_(editions), CaseRow.outcome.is_(None))
        return tuple(self._session.scalars(query.order_by(CaseRow.filed_at, CaseRow.ref)))

    def _lines(self, rows: Sequence[CaseRow]) -> tuple[CaseLine, ...]:
        refs = {row.ref for row in rows}
        steps: dict[str, tuple[str, ...]] = {}
        tasks = select(TaskRow.case_ref, TaskRow.step).where(TaskRow.case_ref.in_(refs)).order_by(TaskRow.id)
        for ref, step in self._session.execute(tasks):
            steps[ref] = (*steps.get(ref, ()), step)
        return tuple(_case_line(row, steps.get(row.ref, ())) for row in rows)


def _case_line(row: CaseRow, steps: tuple[str, ...]) -> CaseLine:
    return CaseLine(
        ref=row.ref,
        number=row.number,
        procedure=row.procedure,
        edition=row.edition_hash,
        applicant_name=row.applicant_name,
        filed_on=row.filed_on,
        filed_at=row.filed_at,
        changed_at=row.changed_at,
        due=row.due,
        outcome=row.outcome,
        steps=steps,
    )


def _inbox_line(task: TaskRow, case: CaseLine) -> InboxLine:
    return InboxLine(case, task.step, task.role or "", task.since, None if task.due >= NEVER else task.due)


def _of(agency: str, whose: ColumnElement[bool]) -> Select[tuple[TaskRow, CaseRow, datetime]]:
    query = select(TaskRow, CaseRow, _soonest.label("soonest")).join(CaseRow, CaseRow.ref == TaskRow.case_ref)
    return query.where(TaskRow.agency == agency, whose)


def _mark(soonest: datetime, task: TaskRow) -> str:
    return f"{soonest.timestamp():.6f}~{task.id}"


def _place(mark: str) -> tuple[datetime, int]:
    due, _, task = mark.partition("~")
    try:
        return datetime.fromtimestamp(float(due), NEVER.tzinfo), int(task)
    except (ValueError, OverflowError, OSError):
        raise NotThere() from None
