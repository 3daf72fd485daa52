"""A case as an officer sees it: papers beside answers, limits and why, fees, history, and what may be done now. Called
by officer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.domain import answers as typed
from motcua.domain import asking
from motcua.domain.answers import Answers
from motcua.domain.case import Case
from motcua.domain.case_clock import LimitState, window
from motcua.domain.case_state import Active
from motcua.domain.fee import FeeLine
from motcua.domain.paper import PaperAsked
from motcua.domain.payment import MISMATCH, Order
from motcua.domain.people import Officer
from motcua.domain.receipt import Receipt, receipts_of
from motcua.domain.refund import Refund
from motcua.domain.text import Text
from motcua.domain.workflow import Interrupt, Step
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord
from motcua.store.uploads import Upload
from motcua.web import formats
from motcua.web.answers_shown import Line, Page, findings, pages
from motcua.web.clock_shown import Clock, clock
from motcua.web.desk.asked import Asked, asked
from motcua.web.desk.course import way
from motcua.web.desk.holds import Hold, holds
from motcua.web.desk.people import Picked, candidates, picked
from motcua.web.desk.says import Saying, appointments, sayings
from motcua.web.desk.work import Entered, Work, works
from motcua.web.flow_shown import Drawn
from motcua.web.history import Entry, history, names_of
from motcua.web.lateness import Lateness, Watch
from motcua.web.why_shown import Reasons, reasons


@dataclass(frozen=True)
class FileLine:
    """`new`: it came with the supplement."""

    id: str
    name: str
    size: str
    new: bool


@dataclass(frozen=True)
class PaperLine:
    """A paper of this case."""

    name: Text
    original: int
    copies: int
    kind: str  # from_form | shown | optional | attached
    files: tuple[FileLine, ...]
    issued_on: date | None

    @property
    def missing(self) -> bool:
        return self.kind == "attached" and not self.files


@dataclass(frozen=True)
class LimitLine:
    """A promise, when it ends, and why then. `left` is what remains while its clock stands."""

    name: Text
    main: bool
    start: datetime
    due: datetime | None
    met: datetime | None
    left: str
    lateness: Lateness
    why: Reasons


@dataclass(frozen=True)
class Standing:
    """Where the case stands, with whom, and the end of that office's share or of that wait."""

    step: Text
    agency: Text | None
    role: Text | None
    until: datetime | None
    lateness: Lateness


@dataclass(frozen=True)
class Found:
    """What an officer established at a step that was passed."""

    step: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DeskCase:
    case: Case
    record: CaseRecord
    standings: tuple[Standing, ...]
    papers: tuple[PaperLine, ...]
    pages: tuple[Page, ...]
    findings: tuple[Found, ...]
    course: tuple[Drawn, ...]
    clock: Clock
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    receipts: tuple[Receipt, ...]
    mismatches: tuple[Order, ...]
    refunds: tuple[Refund, ...]
    cashier: bool
    history: tuple[Entry, ...]
    works: list[Work]
    picked: list[Picked]
    appointments: tuple[tuple[Step, datetime], ...]
    asked: tuple[Asked, ...]
    sayings: list[Saying]
    holds: tuple[Hold, ...]
    interrupts: tuple[Interrupt, ...]

    def form_of(self, step: str | None) -> Work | Saying | Picked | None:
        """What this officer may fill in at a step."""
        forms: list[Work | Saying | Picked] = [*self.works, *self.sayings, *(p for p in self.picked if p.among)]
        return next((form for form in forms if form.step.id == step), None)

    @property
    def main(self) -> LimitLine | None:
        return next((limit for limit in self.limits if limit.main), None)

    @property
    def supplemented(self) -> bool:
        """Whether the applicant changed something after an officer had asked."""
        return any(event.kind == "supplied" for event in self.case.events)

    @property
    def numbers(self) -> dict[Text, str]:
        """The results that were issued, with their numbers."""
        given = self.case.state.numbers
        results = self.case.results()
        return {r.name: given[f"result.{r.id}"] for r in results if f"result.{r.id}" in given}


def desk_case(
    office: Office,
    books: Books,
    record: CaseRecord,
    case: Case,
    by: Officer,
    *,
    entered: Entered,
    at_step: str | None,
    lang: str,
) -> DeskCase:
    """Everything that the page shows, at this moment. The case is advanced to it already."""
    settled = asking.settle(case.procedure.form, case.answers, case.facts)
    watch = Watch.of(office.now(), case.province.calendars.of(by.agency))
    names = names_of(books.accounts, record, case.events)
    return DeskCase(
        case=case,
        record=record,
        standings=tuple(_standing(case, here, watch, lang) for here in case.state.active),
        papers=_papers(case, {upload.id: upload for upload in books.uploads.of_case(record.ref)}),
        pages=pages(case.procedure.form, settled, _before_supplement(case), lang),
        findings=_findings(case, lang),
        course=way(case, by, names, watch.now, lang),
        clock=clock(case, watch.now, lang),
        limits=tuple(_limit(case, state, watch, lang) for state in case.limits(watch.now)),
        fees=tuple(case.fees),
        receipts=tuple(receipts_of(case.events)),
        mismatches=tuple(order for order in books.payments.of_case(record.ref) if order.state == MISMATCH),
        refunds=books.refunds.of_case(record.ref),
        cashier=case.takes_money(by, watch.now),
        history=history(case, names, lang),
        works=works(case, by, entered, at_step, lang, watch.now, lambda steps: candidates(books, case, steps)),
        picked=picked(books, case, by, watch.now),
        appointments=tuple(appointments(case, watch.now)),
        asked=asked(case, names, watch.now),
        sayings=sayings(case, by, entered, at_step, watch.now),
        holds=holds(case, watch.now, names, frozenset(i.id for i in case.lifts_of(by, watch.now))),
        interrupts=tuple(case.interrupts_of(by, watch.now)),
    )


def _standing(case: Case, here: Active, watch: Watch, lang: str) -> Standing:
    step = case.step(here.step)
    role = case.chosen(step.role)
    until = window(case, here)
    return Standing(
        step=step.name,
        agency=case.province.agencies[here.agency].name if here.agency else None,
        role=case.province.roles.get(role) if role else None,
        until=until,
        lateness=Lateness.WAITING if step.waits_for else watch.lateness(until),
    )


def _papers(case: Case, uploads: dict[str, Upload]) -> tuple[PaperLine, ...]:
    before = _replaced(case, "papers")
    return tuple(_paper(asked, case.state.papers.get(asked.key, {}), before, uploads) for asked in case.papers)


def _paper(asked: PaperAsked, has: Any, before: Any, uploads: dict[str, Upload]) -> PaperLine:
    """`has` is what lies in the case for this paper, `before` all that lay there before the supplement."""
    old = None if before is None else before.get(asked.key, {}).get("files", ())
    given = [uploads[upload] for upload in has.get("files", ()) if upload in uploads]
    kinds = {"from_form": asked.paper.from_form, "shown": asked.paper.shown, "optional": asked.paper.optional}
    return PaperLine(
        name=asked.name,
        original=asked.original,
        copies=asked.copies,
        kind=next((name for name, holds in kinds.items() if holds), "attached"),
        files=tuple(FileLine(u.id, u.name, formats.size(u.size), old is not None and u.id not in old) for u in given),
        issued_on=typed.read_date(str(has["issued_on"])) if has.get("issued_on") else None,
    )


def _replaced(case: Case, key: str) -> Any:
    """What stood in the case before the last supplement, or None when there was none."""
    supplied = max((event.seq for event in case.events if event.kind == "supplied"), default=0)
    earlier = [event.data[key] for event in case.events if event.seq < supplied and key in event.data]
    return earlier[-1] if earlier else None


def _before_supplement(case: Case) -> Answers | None:
    before = _replaced(case, "answers")
    return None if before is None else typed.read_kept(case.procedure.form, before)


def _findings(case: Case, lang: str) -> tuple[Found, ...]:
    found = []
    for name, facts in case.state.facts.items():
        step = case.procedure.workflow.steps.get(name)
        if step is not None and step.form is not None:
            lines = findings(step.form, typed.read_kept(step.form, facts), case.state.filed_on, lang)
            found += [Found(step.name, lines)] if lines else []
    return tuple(found)


def _limit(case: Case, state: LimitState, watch: Watch, lang: str) -> LimitLine:
    main = case.procedure.main_limit
    deadline = state.deadline
    if state.met is not None:
        lateness = Lateness.LATE if state.late(watch.now) else Lateness.ON_TIME
    else:
        lateness = watch.lateness(state.due) if state.due else Lateness.WAITING
    return LimitLine(
        name=state.limit.name or Text(state.limit.id),
        main=main is not None and main.id == state.limit.id,
        start=state.start,
        due=state.due,
        met=state.met,
        left=formats.amount(deadline.left, lang) if deadline.left and state.due is None else "",
        lateness=lateness,
        why=reasons(case, state, lang),
    )
