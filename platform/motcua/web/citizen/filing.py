"""The last pages of a draft: where to send it, check everything, and send it, once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

import motcua.web.citizen.way as way
from motcua.casework.answer_supplement import answer_supplement
from motcua.casework.expecting import changed, expected
from motcua.casework.judged_draft import JudgedDraft
from motcua.casework.save_draft import pick_agency
from motcua.casework.submit import submit
from motcua.domain.agency import Agency
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotThere
from motcua.web.answers_shown import Page
from motcua.web.answers_shown import Section as AnswerSection
from motcua.web.answers_shown import pages as answered
from motcua.web.citizen.blueprint import draft_of, judged, pages, sent_as
from motcua.web.controls import Wrong
from motcua.web.current import account, office
from motcua.web.language import language
from motcua.web.theme import render, say


@dataclass(frozen=True)
class Pick:
    """A position that the applicant fills, the agencies to choose from, and the one that stands now."""

    position: str
    among: tuple[Agency, ...]
    now: str | None


@dataclass(frozen=True)
class Section:
    """One page's answers on the check page; `address` leads back to it."""

    page: Page
    address: str


@pages.get("/drafts/<draft>/office")
def receiving_office(draft: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    return _show_office(judged(draft))


@pages.post("/drafts/<draft>/office")
def pick_office(draft: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    looked = judged(draft)
    picked, wrong = {}, []
    for position, among in way.offices(looked).items():
        chosen = request.form.get(position, "")
        if chosen in among:
            picked[position] = chosen
        else:
            wrong.append(Wrong(position, say("citizen.office.required")))
    if wrong:
        return _show_office(looked, wrong, 422)
    pick_agency(office(), draft, account().id, picked)
    return redirect(way.after_office(judged(draft)), 303)


def _show_office(looked: JudgedDraft, errors: list[Wrong] | None = None, status: int = 200) -> Response:
    agencies = office().catalog.province.agencies
    picks = [
        Pick(position, tuple(agencies[a] for a in among), looked.judged.positions.get(position))
        for position, among in way.offices(looked).items()
    ]
    return render("citizen_office", status, looked=looked, picks=picks, errors=errors or [])


@pages.get("/drafts/<draft>/check")
def check(draft: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    return _show_check(judged(draft))


@pages.post("/drafts/<draft>/submit")
def send(draft: str) -> Response:
    """Every press, also a late one from an old page, leads to the same receipt."""
    try:
        record = submit(
            office(),
            draft,
            account(),
            declared=request.form.get("declaration") == "y",
            edition=request.form.get("edition", ""),
            seen=_number(request.form.get("seen", "")),
        )
    except Incorrect as no:
        return _show_check(judged(draft), no.problems, 422)
    return redirect(url_for("citizen.receipt", ref=record.ref), 303)


@pages.post("/drafts/<draft>/send")
def send_supplement(draft: str) -> Response:
    try:
        case = answer_supplement(office(), draft, account(), declared=request.form.get("declaration") == "y")
    except Incorrect as no:
        return _show_check(judged(draft), no.problems, 422)
    return redirect(url_for("citizen.case", ref=case.ref), 303)


def _show_check(looked: JudgedDraft, found: tuple[Problem, ...] = (), status: int = 200) -> Response:
    """Everything that would be sent; what is still wrong stands above it, each leading to its page."""
    receives = looked.judged.positions.get("receives")
    return render(
        "citizen_check",
        status,
        looked=looked,
        sections=_sections(looked),
        uploads=uploads_of(looked),
        errors=[_line(looked, p) for p in found if p.stops],
        todo=[_line(looked, p) for p in looked.judged.problems if p.stops and not found],
        warnings=[_line(looked, p) for p in looked.judged.problems if not p.stops],
        receives=office().catalog.province.agencies[receives] if receives else None,
        may_pick=bool(way.offices(looked)),
        pays_here=office().payment is not None,
        due=expected(office(), looked) if looked.case is None else None,
        changed=changed(office(), looked) if looked.case is None else None,
        ready=looked.judged.ready,
        declared=request.form.get("declaration") == "y",
    )


def _sections(looked: JudgedDraft) -> list[Section]:
    """Page by page; of a supplement only what may be changed, the rest was sent before."""
    pages = answered(looked.procedure.form, looked.judged.settled, None, language())
    return [
        Section(page, _address(looked, page)) for page in (of_open(looked, page) for page in pages) if page.sections
    ]


def _address(looked: JudgedDraft, page: Page) -> str:
    return url_for("citizen.question", draft=looked.draft.id, page=page.name)


def of_open(looked: JudgedDraft, page: Page, *, closed: bool = False) -> Page:
    """The part of a page that a supplement opens, or the part that it leaves closed; of a draft all is open."""
    if looked.case is None and not closed:
        return page
    parts = [
        AnswerSection(s.title, tuple(line for line in s.lines if (line.where in looked.open) is not closed))
        for s in page.sections
    ]
    return replace(page, sections=tuple(part for part in parts if part.lines))


def _line(looked: JudgedDraft, problem: Problem) -> Wrong:
    return Wrong(way.address_of(looked, problem.field), problem.message(language()))


def uploads_of(looked: JudgedDraft) -> dict[str, list[object]]:
    """Files by the key of their paper, as far as they are attached here."""
    with office().store.reading() as books:
        known = {upload.id: upload for upload in books.uploads.of_draft(looked.draft.id)}
    return {
        key: [known[file] for file in given.get("files", ()) if file in known]
        for key, given in looked.draft.papers.items()
    }


def _number(text: str) -> int:
    """The version seen; a page that names none has seen nothing."""
    if not text.isdecimal() or len(text) > 9:
        raise NotThere()
    return int(text)
