"""A page of the form: its questions, shown with whatever is entered, and saved at every press of a button.

Every press saves what was typed, right or wrong, and answers with a redirect, so that a second press, a reload or a way
back does nothing twice. Without JavaScript: `add` and `remove` change a list, `choose` shows a list that another answer
filters, and questions that an answer makes necessary come on the same page again, with a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

import motcua.web.citizen.lists as lists
import motcua.web.citizen.way as way
from motcua.casework.judged_draft import JudgedDraft, judge_draft
from motcua.casework.save_draft import save_page
from motcua.domain import asking
from motcua.domain.answers import at
from motcua.domain.form import Field, Kind
from motcua.domain.problems import Problem
from motcua.domain.refusals import NotThere, Stale
from motcua.domain.text import Text
from motcua.web.answers_shown import Line
from motcua.web.answers_shown import pages as answered
from motcua.web.citizen.blueprint import draft_of, judged, pages, sent_as
from motcua.web.citizen.filing import of_open
from motcua.web.controls import Wrong
from motcua.web.current import account, office
from motcua.web.errors import STATUS
from motcua.web.forms import PageForm, Sent, as_rows, page_form, sent_names
from motcua.web.language import language
from motcua.web.summary import anchor_of, title_of, wrong_lines
from motcua.web.theme import render


@dataclass(frozen=True)
class Said:
    """What a page says beside its questions."""

    wrong: list[Wrong]
    warnings: list[Wrong]
    new: list[Wrong]
    stale: Stale | None = None


@pages.get("/drafts/<draft>/pages/<page>")
def question(draft: str, page: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    looked, field = _page(judged(draft), page)
    added = request.args.get("add", "")
    if added:
        looked = judge_draft(office(), looked.draft, lists.with_row(field, looked.entered.pages, added))
    return _show(looked, field, show=request.args.get("show") == "problems", new=frozenset(request.args.getlist("new")))


@pages.post("/drafts/<draft>/pages/<page>")
def save(draft: str, page: str) -> Response:
    if sent := sent_as(draft_of(draft)):
        return sent
    before, field = _page(judged(draft), page)
    raw = lists.without_empty(field, entered(before, field, request.form))
    try:
        kept = save_page(office(), draft, account().id, page, raw, seen=_seen())
    except Stale as stale:
        return _show_stale(before, field, raw, stale)
    return redirect(_onward(before, judge_draft(office(), kept), field), 303)


def entered(before: JudgedDraft, field: Field, sent: Sent) -> Any:
    """The page with what was sent in its place: only what is asked, before or after, and only what may be changed.

    One answer may ask for the next, and that one for a third: as long as more is asked, more is taken.
    """
    kept, shown = before.entered.pages, before.open
    while True:
        raw = page_form((field,), kept, shown, {}, sent=sent).raw().get(field.name)
        after = judge_draft(office(), before.draft, {**kept, field.name: raw})
        if after.open <= shown:
            break
        shown |= after.open
    gone = sent.get("remove", "")
    return lists.without_row(field, raw, gone) if gone.rpartition(".")[0] in shown else raw


def _onward(before: JudgedDraft, after: JudgedDraft, field: Field) -> str:
    """Where a press of a button leads."""
    pressed, draft = request.form, after.draft.id
    if "add" in pressed:
        name = pressed["add"]
        number = len(as_rows(at(after.entered.pages, name)))
        return url_for("citizen.question", draft=draft, page=field.name, add=name, _anchor=f"{name}.{number}")
    if "remove" in pressed:
        anchor = pressed["remove"].rpartition(".")[0]
        return url_for("citizen.question", draft=draft, page=field.name, _anchor=anchor)
    if "choose" in pressed:
        return url_for("citizen.question", draft=draft, page=field.name, _anchor=pressed["choose"])
    if "later" in pressed:
        return url_for("citizen.draft", draft=draft)
    return _continued(before, after, field)


def _continued(before: JudgedDraft, after: JudgedDraft, field: Field) -> str:
    """The page again while something on it is new or wrong; the list of tasks at a gate; else the next page."""
    new = sorted(_new_questions(before, after, field))
    wrong = [p for p in after.problems_of(field.name) if p.stops and p.field not in new]
    told = {(p.field, p.code) for p in before.problems_of(field.name)}
    warned = [p for p in after.problems_of(field.name) if not p.stops and (p.field, p.code) not in told]
    if new or wrong or warned:
        show = "problems" if wrong or warned else None
        anchor = "problems" if wrong else "new" if new else "warnings"
        return url_for(
            "citizen.question", draft=after.draft.id, page=field.name, show=show, new=new or None, _anchor=anchor
        )
    if any(p.stops and not p.field for p in after.judged.problems):
        return url_for("citizen.draft", draft=after.draft.id)
    return way.after(after, field.name)


def _new_questions(before: JudgedDraft, after: JudgedDraft, field: Field) -> set[str]:
    """Asked now and not before, and neither sent nor answered: its page did not show it, in a list as elsewhere; or
    asked before, with words to choose that were not there.
    """
    inside = f"{field.name}."
    known = {where: asked for where, asked, _ in asking.asked(after.procedure.form, after.judged.settled)}
    plain = {where for where, asked in known.items() if asked.kind is not Kind.GROUP and asked.computed is None}
    new = {where for where in after.open - before.open if where.startswith(inside) and where in plain}
    new = {where for where in new if not sent_names(where, request.form)}
    new = {where for where in new if at(after.entered.pages, where) in (None, "", [])}
    waited = {where for where, words in offered(before).items() if words is None}
    ready = {where for where, words in offered(after).items() if words is not None}
    return new | {where for where in waited & ready & after.open if where.startswith(inside)}


def offered(looked: JudgedDraft) -> dict[str, Mapping[str, Text] | None]:
    """The words that may be chosen now, by dotted path."""
    found: dict[str, Mapping[str, Text] | None] = {}
    for where, field, facts in asking.asked(looked.procedure.form, looked.judged.settled):
        if field.choices is not None:
            found[where] = asking.offered(field, facts)
    return found


def _page(looked: JudgedDraft, page: str) -> tuple[JudgedDraft, Field]:
    """Raises NotThere for a page that these answers do not ask, or a supplement leaves closed."""
    field = next((f for f in looked.pages if f.name == page), None)
    if field is None:
        raise NotThere()
    return looked, field


def _seen() -> int:
    text = request.form.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _show(looked: JudgedDraft, field: Field, *, show: bool, new: frozenset[str]) -> Response:
    form = page_form((field,), looked.entered.pages, looked.open, offered(looked), lang=language())
    found = [p for p in looked.problems_of(field.name) if p.field not in new] if show else []
    said = Said(
        wrong_lines(form.show_problems([p for p in found if p.stops], language())),
        _warned(form, found),
        [Wrong(anchor_of(node), title_of(node)) for name, node in form.by_name.items() if name in new],
    )
    return _render(looked, field, form, said)


def _warned(form: PageForm, found: list[Problem]) -> list[Wrong]:
    """Warnings do not make an answer wrong: they stand above the page and lead to the question."""
    return wrong_lines([(form.by_name[p.field], p) for p in found if not p.stops and p.field in form.by_name])


def _show_stale(before: JudgedDraft, field: Field, raw: Any, stale: Stale) -> Response:
    """Another window was quicker: what this one typed is shown and not lost, and may be saved over the other's."""
    looked = judge_draft(office(), draft_of(before.draft.id), {**before.entered.pages, field.name: raw})
    form = page_form((field,), looked.entered.pages, looked.open, offered(looked), lang=language())
    return _render(looked, field, form, Said([], [], [], stale), STATUS[Stale])


def _render(looked: JudgedDraft, field: Field, form: PageForm, said: Said, status: int = 200) -> Response:
    names = [page.name for page in looked.pages]
    written = answered(looked.procedure.form, looked.judged.settled, None, language())
    page = next(page for page in written if page.name == field.name)
    return render(
        "citizen_question",
        status,
        looked=looked,
        asked_page=field,
        group=form.tree[0] if form.tree else None,
        errors=said.wrong,
        said=said,
        number=names.index(field.name) + 1,
        count=len(names),
        closed=of_open(looked, page, closed=True).sections if looked.case else (),
        computed=[line for section in page.sections for line in section.lines if _computed(looked, line)],
    )


def _computed(looked: JudgedDraft, line: Line) -> bool:
    asked = looked.procedure.form.field(line.where)
    return asked is not None and asked.computed is not None and line.value is not None
