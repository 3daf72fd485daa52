"""A citizen's own cases: the list, one case, its receipt, its files, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from motcua.casework.withdraw import interrupt
from motcua.domain import asking
from motcua.domain.acts import sending
from motcua.domain.agency import Agency
from motcua.domain.case import Case
from motcua.domain.problems import Problem
from motcua.domain.refusals import Closed, Incorrect, NotThere
from motcua.domain.text import Text
from motcua.store.cases import CaseRecord
from motcua.store.inbox import CaseLine
from motcua.store.uploads import Upload
from motcua.web.answers_shown import Page
from motcua.web.answers_shown import pages as answered
from motcua.web.citizen.awaited import Replied, times_offered, words_awaited
from motcua.web.citizen.blueprint import pages
from motcua.web.citizen.course import way
from motcua.web.citizen.payments import paying
from motcua.web.citizen.story import expects, history, owing
from motcua.web.clock_shown import clock
from motcua.web.controls import Wrong
from motcua.web.current import account, office
from motcua.web.desk.holds import holds
from motcua.web.desk.says import appointments
from motcua.web.downloads import attachment, slip_printed
from motcua.web.language import language
from motcua.web.theme import render, say
from motcua.web.why_shown import reasons


@dataclass(frozen=True)
class Listed:
    """A case in the list, with what is expected of the citizen, if anything."""

    line: CaseLine
    case: Case

    @property
    def waits_for_me(self) -> bool:
        offered = any(times.slots for times in times_offered(self.case))
        return sending.asked_of(self.case) is not None or bool(words_awaited(self.case)) or offered


@dataclass(frozen=True)
class Begun:
    """A draft in the list."""

    id: str
    name: Text
    saved: datetime
    supplements: str | None


@pages.get("/cases")
def cases() -> Response:
    with office().store.reading() as books:
        found = books.inbox.of_applicant(account().id)
        drafts = books.drafts.of(account().id)
        records = [books.cases.get(line.ref) for line in found]
    now = office().now()
    listed = [Listed(line, office().case(r).advance(now)) for line, r in zip(found, records, strict=True)]
    begun = [Begun(d.id, _name(d.edition), d.updated_at, d.supplements) for d in drafts]
    return render("citizen_cases", cases=sorted(listed, key=lambda one: not one.waits_for_me), drafts=begun, now=now)


@pages.get("/cases/<ref>")
def case(ref: str) -> Response:
    return case_page(ref)


def case_page(ref: str, replied: Replied | None = None, status: int = 200) -> Response:
    """The case as it is now, with an answer that was typed and could not be taken."""
    record, found = _own(ref)
    now, lang = office().now(), language()
    main = found.main_limit(now)
    return render(
        "citizen_case",
        status,
        replied=replied,
        case=found,
        version=record.version,
        main=main,
        clock=clock(found, now, lang),
        why=reasons(found, main, lang) if main else None,
        paying=paying(found),
        course=way(found, now, lang),
        expects=expects(found),
        pays=owing(found),
        history=history(found),
        answers=_answers(found),
        files=_files(found),
        results=[(r.name, found.state.numbers.get(f"result.{r.id}")) for r in found.results()],
        receives=_agency(found, "receives"),
        decides=_agency(found, "decides"),
        withdrawals=found.interrupts("applicant"),
        holds=holds(found, now),
        awaited=words_awaited(found),
        times=times_offered(found),
        appointments=tuple(appointments(found, now)),
        now=now,
    )


@pages.get("/cases/<ref>/receipt")
def receipt(ref: str) -> Response:
    _, found = _own(ref)
    now = office().now()
    answer = next((s for s in found.limits(now) if s.limit.until == ("accepted",)), None)
    return render(
        "citizen_receipt",
        case=found,
        paying=paying(found),
        main=found.main_limit(now),
        answer=answer,
        receives=_agency(found, "receives"),
        now=now,
    )


@pages.get("/cases/<ref>/files/<upload>")
def case_file(ref: str, upload: str) -> Response:
    _own(ref)
    with office().store.reading() as books:
        found = books.uploads.get(upload)
    if found.case != ref:
        raise NotThere()
    return attachment(found)


@pages.get("/cases/<ref>/slips/<slip>.pdf")
def slip(ref: str, slip: str) -> Response:
    return slip_printed([one for one in _own(ref)[1].slips if one.for_applicant], slip)


@pages.get("/cases/<ref>/withdraw")
def ask_to_withdraw(ref: str) -> Response:
    record, found = _own(ref)
    if not found.interrupts("applicant"):
        raise Closed()
    return _show_withdraw(record, found)


@pages.post("/cases/<ref>/withdraw")
def withdraw(ref: str) -> Response:
    record, found = _own(ref)
    if not found.open and found.state.outcome == "withdrawn":
        return redirect(url_for("citizen.case", ref=ref), 303)
    seen = request.form.get("seen", "")
    reason = request.form.get("reason", "").replace("\x00", "").strip()[:1000]
    try:
        interrupt(
            office(),
            ref,
            request.form.get("way", ""),
            account().id,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            reason=reason,
        )
    except Incorrect as no:
        return _show_withdraw(record, found, reason, no.problems, 422)
    flash(say("citizen.withdraw.done", number=record.number))
    return redirect(url_for("citizen.case", ref=ref), 303)


def _show_withdraw(
    record: CaseRecord, found: Case, reason: str = "", problems: Sequence[Problem] = (), status: int = 200
) -> Response:
    ways = found.interrupts("applicant")
    return render(
        "citizen_withdraw",
        status,
        case=found,
        ways=ways,
        version=record.version,
        reason=reason,
        needs_reason=any(way.asks_reason for way in ways),
        errors=[Wrong(problem.field, problem.message(language())) for problem in problems],
    )


def _own(ref: str) -> tuple[CaseRecord, Case]:
    """A case of this citizen as it stands now. Raises NotThere for another's."""
    with office().store.reading() as books:
        record = books.cases.get(ref)
    if record.applicant != account().id:
        raise NotThere()
    return record, office().case(record).advance(office().now())


def _name(edition: str) -> Text:
    return office().catalog.edition(edition).name


def _agency(case: Case, position: str) -> Agency | None:
    agency = case.state.positions.get(position)
    return case.province.agencies[agency] if agency else None


def _answers(case: Case) -> tuple[Page, ...]:
    form = case.procedure.form
    return answered(form, asking.settle(form, case.answers, case.facts), None, language())


def _files(case: Case) -> dict[str, list[Upload]]:
    with office().store.reading() as books:
        known = {upload.id: upload for upload in books.uploads.of_case(case.ref)}
    return {
        key: [known[file] for file in given.get("files", ()) if file in known]
        for key, given in case.state.papers.items()
    }
