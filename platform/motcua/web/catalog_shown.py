"""The catalog as its editors see it: what serves and since when, every mistake at its place, one procedure as tables.
Called by editor.

Texts of the catalog are hostile: they are shown as text, never as a page's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.catalogue import help as pages_of_help
from motcua.domain.code_list import CodeList
from motcua.domain.fee import Fee
from motcua.domain.form import Field, Form, Kind
from motcua.domain.formula import Choose, Formula, Part, Several
from motcua.domain.procedure import Procedure, Province
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount
from motcua.domain.workflow import Step
from motcua.office.live_catalog import LiveProcedure

#: so many mistakes of one procedure are shown; how many there are is said
MOST_MISTAKES = 50
#: so many words of a code list are named
MOST_WORDS = 8


@dataclass(frozen=True)
class Mistake:
    """One mistake at its place; the excerpt in three parts, so that what is meant can be marked."""

    place: str
    code: str
    message: str
    before: str
    meant: str
    after: str
    help: pages_of_help.Page | None


@dataclass(frozen=True)
class State:
    """What serves of one procedure, or of the shared files (no `id`)."""

    id: str
    name: Text
    edition: str
    since: datetime | None
    wrong: bool
    mistakes: tuple[Mistake, ...]
    count: int

    @property
    def serves(self) -> bool:
        return bool(self.edition)


def state(live: LiveProcedure, name: Text, lang: str) -> State:
    shown = tuple(_mistake(told, lang) for told in live.diagnostics[:MOST_MISTAKES])
    edition = (live.edition or "")[:12]
    return State(live.id, name, edition, live.since, live.wrong, shown, len(live.diagnostics))


def _mistake(told: Mapping[str, Any], lang: str) -> Mistake:
    line, start = str(told["excerpt"]), int(told["column"]) - 1
    end = start + int(told["length"])
    return Mistake(
        place=f"{told['file']}:{told['line']}:{told['column']}",
        code=str(told["code"]),
        message=str(told["message"][lang]),
        before=line[:start].lstrip(),
        meant=line[start:end],
        after=line[end:],
        help=pages_of_help.page(str(told["code"]), lang),
    )


# ---- one procedure ----


@dataclass(frozen=True)
class Question:
    """One question of the form. `depth` is how many groups it lies in."""

    title: Text
    hint: Text | None
    kind: str
    depth: int
    required: bool
    sometimes: str
    computed: bool
    words: tuple[Text, ...]
    more: int


@dataclass(frozen=True)
class StepRow:
    """`leads` are the actions with the names of the steps that may follow."""

    id: str
    name: Text
    who: tuple[Text, ...]
    waits_for: str | None
    ends: str | None
    within: str
    leads: tuple[tuple[Text | None, tuple[Text, ...]], ...]


@dataclass(frozen=True)
class FeeRow:
    """`when` is empty where nothing is asked: the last row, or the only one."""

    when: str
    amount: str
    why: Text | None


def form_pages(form: Form) -> tuple[tuple[Field, tuple[Question, ...]], ...]:
    return tuple((page, tuple(_questions(page.fields or (page,), 0))) for page in form.fields)


def _questions(fields: Iterable[Field], depth: int) -> Iterator[Question]:
    for field in fields:
        words, more = _words(field)
        yield Question(
            title=field.title,
            hint=field.hint,
            kind=field.kind.value,
            depth=depth,
            required=field.required or field.required_if_shown,
            sometimes=field.when.text if field.when else "",
            computed=field.computed is not None,
            words=words,
            more=more,
        )
        if field.kind in (Kind.GROUP, Kind.ROWS):
            yield from _questions(field.fields, depth + 1)


def _words(field: Field) -> tuple[tuple[Text, ...], int]:
    """The first words that may be chosen, and how many more there are."""
    if field.choices is None:
        return (), 0
    listed: CodeList | None = field.choices.code_list
    names = [entry.name for entry in listed.entries] if listed else list(field.choices.labels.values())
    return tuple(names[:MOST_WORDS]), max(0, len(names) - MOST_WORDS)


def step_rows(procedure: Procedure, province: Province, lang: str) -> tuple[StepRow, ...]:
    steps = procedure.workflow.steps
    return tuple(_step_row(step, steps, province, lang) for step in steps.values())


def _step_row(step: Step, steps: Mapping[str, Step], province: Province, lang: str) -> StepRow:
    leads: list[tuple[Text | None, tuple[Text, ...]]] = [(a.name, _named(a.to, steps)) for a in step.actions]
    if step.to:
        leads.append((None, _named(step.to, steps)))
    return StepRow(
        id=step.id,
        name=step.name,
        who=tuple(province.roles.get(role, Text(role)) for role in step.role.values) if step.role else (),
        waits_for=step.waits_for,
        ends=step.ends,
        within=" / ".join(_amount(amount, lang) for amount in step.within.values) if step.within else "",
        leads=tuple(leads),
    )


def _named(to: Rows[str], steps: Mapping[str, Step]) -> tuple[Text, ...]:
    return tuple(steps[step].name for step in dict.fromkeys(to.values) if step in steps)


def _amount(amount: Any, lang: str) -> str:
    return amount.text(lang) if isinstance(amount, Amount) else str(amount)


def fee_rows(fee: Fee) -> tuple[FeeRow, ...]:
    """The rows of a fee as they are tried, top down; a formula without a choice is one row."""
    amount = fee.amount
    plain = not amount.times and amount.at_least is None and amount.at_most is None
    if isinstance(amount.of, Choose) and plain:
        return tuple(FeeRow(row.when.text if row.when else "", said(row.is_), row.why) for row in amount.of.rows.rows)
    return (FeeRow(fee.when.text if fee.when else "", said(amount), amount.why),)


def said(part: Part | None) -> str:
    """A formula on one line, as near to the catalog's words as a line allows."""
    if part is None:
        return "none"
    if isinstance(part, Choose):
        return "(" + " | ".join(said(value) for value in part.rows.values) + ")"
    if isinstance(part, Several):
        return f"{part.how}({', '.join(said(item.part) for item in part.items)})"
    if not isinstance(part, Formula):
        return part.said
    whole = " × ".join(said(piece) for piece in (part.of, *part.times))
    bounds = [f"≥ {said(part.at_least)}"] * bool(part.at_least) + [f"≤ {said(part.at_most)}"] * bool(part.at_most)
    return ", ".join([whole, *bounds])
