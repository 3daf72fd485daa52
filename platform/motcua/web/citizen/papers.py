"""The papers of a draft: which are asked, their files one by one, and a file shown again to its owner."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from motcua.casework.attach import attach
from motcua.casework.date_paper import date_paper
from motcua.casework.detach import detach
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotThere
from motcua.gateways.upload.check import KINDS
from motcua.web.citizen.blueprint import draft_of, judged, pages, sent_as
from motcua.web.citizen.filing import uploads_of
from motcua.web.controls import Wrong
from motcua.web.current import account, office
from motcua.web.downloads import attachment
from motcua.web.language import language
from motcua.web.theme import render, say


@pages.get("/drafts/<draft>/papers")
def papers(draft: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    return _show(draft)


@pages.post("/drafts/<draft>/papers")
def add_file(draft: str) -> Response:
    """One file at a time, kept at once: a bad one spoils nothing. With it the day of issue, where that is asked."""
    if sent := sent_as(draft_of(draft)):
        return sent
    paper = request.form.get("paper", "")
    files = [file for file in request.files.getlist("file") if file.filename]
    issued_on = request.form.get("issued_on", "").strip()
    if not files and not issued_on:
        return _show(draft, {paper: say("citizen.papers.choose_first")}, 422)
    try:
        for file in files:
            attach(office(), draft, account().id, paper, file.filename or "", file.read())
    except Incorrect as no:
        return _show(draft, {paper: _message(no.problems[0])}, 422)
    if issued_on:
        date_paper(office(), draft, account().id, paper, issued_on)
        if too_old := [p for p in judged(draft).judged.problems if p.field == f"paper.{paper}"]:
            return _show(draft, {paper: _message(too_old[0])}, 422)
    kept = say("citizen.papers.kept", name=files[-1].filename) if files else say("citizen.papers.dated")
    flash(kept)
    return redirect(url_for("citizen.papers", draft=draft, _anchor=f"paper.{paper}"), 303)


@pages.post("/drafts/<draft>/papers/<key>/<upload>/remove")
def remove_file(draft: str, key: str, upload: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    detach(office(), draft, account().id, key, upload)
    flash(say("citizen.papers.removed"))
    return redirect(url_for("citizen.papers", draft=draft, _anchor=f"paper.{key}"), 303)


@pages.get("/drafts/<draft>/files/<upload>")
def draft_file(draft: str, upload: str) -> Response:
    with office().store.reading() as books:
        found = books.uploads.get(upload)
    if found.draft != draft or found.account != account().id:
        raise NotThere()
    return attachment(found)


def _show(draft: str, wrong: dict[str, str] | None = None, status: int = 200) -> Response:
    looked, wrong = judged(draft), wrong or {}
    known = {paper.key for paper in looked.papers}
    settings = office().settings
    return render(
        "citizen_papers",
        status,
        looked=looked,
        papers=looked.papers,
        shown=[p for p in looked.judged.papers if p.paper.shown],
        uploads=uploads_of(looked),
        wrong=wrong,
        errors=[Wrong(f"paper.{key}.file", text) for key, text in wrong.items() if key in known],
        most_mb=settings.upload_bytes // 1024 // 1024,
        kinds=tuple(KINDS),
    )


def _message(problem: Problem) -> str:
    return problem.message(language())
