"""Lists of cases: an officer's inbox, a citizen's own cases, what wakes by itself. Read only. Called by web and
casework/wake.

Pages go by key, not by number: the next page starts after the last line that was seen, however deep it is and
whatever came meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, literal, or_, select, tuple_, union_all
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
    wakes: datetime | None = None


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
    """An inbox in four numbers; MOST stands for as many or more. A line is late when the office's share or the
    citizen's date is over.
    """

    late: int
    near: int
    on_time: int
    waiting: int

    @property
    def to_do(self) -> int:
        return min(self.late + self.near + self.on_time, MOST)


#: So far an inbox is counted and no further: it opens as quickly when a hundred thousand lines lie in it.
MOST = 1_000

_Conditions = tuple[ColumnElement[bool], ...]


class Inbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def tasks(
        self,
        agencies: Set[str],
        roles: Collection[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        after: str | None = None,
        most: int = 50,
    ) -> Page:
        """What an officer with these roles, who acts for these agencies, may do now, the most urgent first; only what
        is due from `since` on and before `until`, where those are given.
        """
        return self._page(agencies, roles, _due(since, until), after, most)

    def waiting(self, agencies: Set[str], *, after: str | None = None, most: int = 50) -> Page:
        """What waits for somebody else at these agencies, the window that ends first at the top."""
        return self._page(agencies, (None,), (), after, most)

    def counts(self, agencies: Set[str], roles: Collection[str], *, now: datetime, near: datetime) -> Counts:
        """How many lines are late at `now`, due before `near`, due later, and waiting for somebody else."""
        mine, others = TaskRow.role.in_(roles), TaskRow.role.is_(None)
        parts = [(mine, *_due(None, now)), (mine, *_due(now, near)), (mine, *_due(near, None)), (others,)]
        numbers = [_count(TaskRow.agency.in_(agencies), *part) for part in parts]
        return Counts(*(int(number) for number in self._session.execute(select(*numbers)).one()))

    def _page(
        self,
        agencies: Set[str],
        roles: Collection[str | None],
        which: _Conditions,
        after: str | None,
        most: int,
    ) -> Page:
        if after is not None:
            which = (*which, tuple_(TaskRow.urgent_at, TaskRow.id) > tuple_(*_place(after)))
        heads = [_head(agency, role, which, most + 1) for agency in sorted(agencies) for role in roles]
        found = self._first(heads, most + 1) if heads else []
        shown = found[:most]
        cases = self._lines([case for _, case in shown])
        lines = tuple(_inbox_line(task, case) for (task, _), case in zip(shown, cases, strict=True))
        return Page(lines, _mark(shown[-1][0]) if len(found) > most else None)

    def _first(self, heads: Sequence[Select[int]], most: int) -> Sequence[Row[TaskRow, CaseRow]]:
        """The first of several lists that are each in order."""
        query = select(TaskRow, CaseRow).join(CaseRow, CaseRow.ref == TaskRow.case_ref)
        query = query.where(TaskRow.id.in_(union_all(*heads))).order_by(TaskRow.urgent_at, TaskRow.id)
        return self._session.execute(query.limit(most)).all()

    def of_applicant(self, account: int, *, most: int = 100) -> tuple[CaseLine, ...]:
        """A citizen's own cases, the latest change first."""
        query = select(CaseRow).where(CaseRow.applicant_id == account)
        return self._lines(
            self._session.scalars(query.order_by(CaseRow.changed_at.desc(), CaseRow.ref).limit(most)).all()
        )

    def of_agencies(self, agencies: Set[str], text: str = "", *, most: int = 50) -> tuple[CaseLine, ...]:
        """Cases that one of these agencies may see, by the end or whole of the number or a part of the applicant's
        name, with or without marks.
        """
        theirs = select(CaseAgencyRow.case_ref).where(CaseAgencyRow.agency.in_(agencies))
        query = select(CaseRow).where(CaseRow.ref.in_(theirs))
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

    def may_see(self, agencies: Set[str], ref: str) -> bool:
        """Whether a case stands, or stood, with one of these agencies."""
        query = select(CaseAgencyRow.agency).where(CaseAgencyRow.case_ref == ref, CaseAgencyRow.agency.in_(agencies))
        return self._session.scalar(query.limit(1)) is not None

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
            steps[ref] = tuple(dict.fromkeys((*steps.get(ref, ()), step)))
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
        wakes=row.wakes_at,
    )


def _inbox_line(task: TaskRow, case: CaseLine) -> InboxLine:
    return InboxLine(case, task.step, task.role or "", task.since, None if task.due >= NEVER else task.due)


def _head(agency: str, role: str | None, which: _Conditions, most: int) -> Select[int]:
    """The first of one list, read straight from the index: the database need not sort what nobody sees."""
    query = select(TaskRow.id).where(TaskRow.agency == agency, TaskRow.role == role, *which)
    first = query.order_by(TaskRow.urgent_at, TaskRow.id).limit(most).subquery()
    return select(first.c.id)


def _due(since: datetime | None, until: datetime | None) -> _Conditions:
    ends = ((since, TaskRow.urgent_at.__ge__), (until, TaskRow.urgent_at.__lt__))
    return tuple(holds(moment) for moment, holds in ends if moment is not None)


def _count(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    there = select(literal(1)).select_from(TaskRow).where(*which).limit(MOST).subquery()
    return select(func.count()).select_from(there).scalar_subquery()


def _mark(task: TaskRow) -> str:
    return f"{task.urgent_at.timestamp():.6f}~{task.id}"


def _place(mark: str) -> tuple[datetime, int]:
    due, _, task = mark.partition("~")
    try:
        return datetime.fromtimestamp(float(due), NEVER.tzinfo), int(task)
    except (ValueError, OverflowError, OSError):
        raise NotThere() from None
