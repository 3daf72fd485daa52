"""A draft, judged as its answers stand: what is asked, needed, owed, wrong. Called by its verbs and by web/citizen.

A draft is judged under the law that is live when one looks; the answer to a supplement under its case's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.casework.entered import Entered
from motcua.domain.acts import sending, supplying
from motcua.domain.case import Case
from motcua.domain.case_state import Asked
from motcua.domain.filing import Filing, judge
from motcua.domain.form import Field, Kind
from motcua.domain.judged import Judged
from motcua.domain.looking_up import questions
from motcua.domain.paper import PaperAsked
from motcua.domain.problems import Problem
from motcua.domain.procedure import Procedure
from motcua.domain.refusals import Closed
from motcua.office import Office
from motcua.store.cases import CaseRecord
from motcua.store.drafts import Draft


@dataclass(frozen=True)
class JudgedDraft:
    """`edition` is the law that it was judged under; `case` the case whose supplement it answers."""

    draft: Draft
    entered: Entered
    edition: str
    procedure: Procedure
    filing: Filing
    judged: Judged
    at: datetime
    case: Case | None = None
    open: frozenset[str] = frozenset()  # the dotted paths that may be changed

    @property
    def law_changed(self) -> bool:
        """The procedure's rules are others than when the draft was begun, or last shown whole."""
        return self.edition != self.draft.edition

    @property
    def asked(self) -> Asked | None:
        return sending.asked_of(self.case) if self.case else None

    @property
    def pages(self) -> list[Field]:
        """The pages that are asked, in order; of a supplement those that have something open."""
        shown = [page for page in self.procedure.form.pages if page.name in self.judged.settled.shown]
        return shown if self.case is None else [page for page in shown if self.opens_within(page.name)]

    @property
    def papers(self) -> list[PaperAsked]:
        """The papers that may be attached here."""
        takes = [p for p in self.judged.papers if not p.paper.from_form and not p.paper.shown]
        if self.case is None or self.asked is None:
            return takes
        had = self.case.state.papers
        return [p for p in takes if p.key in self.asked.papers or p.key not in had]

    def opens_within(self, page: str) -> bool:
        return any(dotted == page or dotted.startswith(f"{page}.") for dotted in self.open)

    def problems_of(self, page: str) -> list[Problem]:
        return [p for p in self.judged.problems if p.field == page or p.field.startswith(f"{page}.")]


def judge_draft(office: Office, draft: Draft, pages: Mapping[str, Any] | None = None) -> JudgedDraft:
    """The draft as it is kept, or with these pages in its place. Raises Closed for a supplement that is over."""
    if draft.supplements is not None:
        with office.store.reading() as books:
            record = books.cases.get(draft.supplements)
        return judge_supplement(office, draft, record, pages)
    entered = _entered(draft, pages)
    edition, procedure = law_of(office, draft)
    filing = Filing(known_part(procedure.form.fields, entered.pages), draft.channel, draft.papers, entered.picked)
    now = office.now()
    filing = replace(filing, known=_looked_up(office, procedure, filing, now))
    judged = judge(procedure, office.catalog.province, filing, now)
    return JudgedDraft(draft, entered, edition, procedure, filing, judged, now, open=judged.settled.shown)


def _looked_up(office: Office, procedure: Procedure, filing: Filing, now: datetime) -> dict[str, Any]:
    """What the registers say to these answers; the case that is filed keeps it."""
    asked = questions(procedure, office.catalog.province, filing, now.date())
    answers = {look_up.id: office.registers.ask(look_up.register, key) for look_up, key in asked}
    return {name: answer for name, answer in answers.items() if answer is not None}


def judge_supplement(
    office: Office, draft: Draft, record: CaseRecord, pages: Mapping[str, Any] | None = None
) -> JudgedDraft:
    """The answer to a supplement: under the case's own law, with only the ticked parts open; or the papers that the
    workflow waits for. Raises Closed.
    """
    now, entered = office.now(), _entered(draft, pages)
    case = office.case(record).advance(now)
    if sending.asked_of(case) is None:
        raise Closed()
    filing = Filing(entered.pages, draft.channel, draft.papers)
    if case.state.asked is None:
        judged = sending.judge(case, draft.papers)
        return JudgedDraft(draft, entered, record.edition, case.procedure, filing, judged, now, case)
    judged = supplying.judge(case, entered.pages, draft.papers)
    may = supplying.open_fields(case, judged.settled)
    return JudgedDraft(draft, entered, record.edition, case.procedure, filing, judged, now, case, may)


def law_of(office: Office, draft: Draft) -> tuple[str, Procedure]:
    """The live edition; where the procedure is not live any more, the draft's own."""
    live = office.catalog.live.get(draft.procedure)
    edition = live.edition if live and live.edition else draft.edition
    return edition, office.catalog.edition(edition)


def _entered(draft: Draft, pages: Mapping[str, Any] | None) -> Entered:
    entered = Entered.of(draft)
    return entered if pages is None else replace(entered, pages=pages)


def known_part(fields: Iterable[Field], raw: Any) -> dict[str, Any]:
    """Without what the form does not ask (any more): a draft may be older than the form. It stays in the draft."""
    found: dict[str, Any] = {}
    for field in fields:
        value = raw.get(field.name) if isinstance(raw, Mapping) else None
        if field.kind is Kind.GROUP and isinstance(value, Mapping):
            found[field.name] = known_part(field.fields, value)
        elif field.kind is Kind.ROWS and field.fields and isinstance(value, list):
            found[field.name] = [known_part(field.fields, row) for row in value]
        elif value is not None:
            found[field.name] = value
    return found
