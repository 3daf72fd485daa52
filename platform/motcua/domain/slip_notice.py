"""What is written on papers for which the circular has no form: a notice to the applicant, the transfer of information
to another agency, the record of a paper that was held. Called by `slip_content`.

One form serves every such kind; what differs is the kind's own sentence (`says`) and whom it is for (`to`), both in
`themes/<name>/paper/paper.yaml`. Nothing secret goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain.answer_words import value_text
from motcua.domain.form import Field, Kind
from motcua.domain.money import money_text
from motcua.domain.positions import resolve

if TYPE_CHECKING:
    from motcua.domain.case import Case
    from motcua.domain.slip import SlipKind

Content = dict[str, Any]


def notice(kind: SlipKind, case: Case) -> Content:
    """What the agency says, what it found, and what falls due with it, in đồng."""
    lines = [line for line in case.fees if line.fee.id in case.events[-1].data.get("fees", {})]
    return {
        "says": kind.says,
        "found": list(_found(case)),
        "fees": [
            {"name": line.fee.name.vi, "amount": money_text(line.owed), "why": line.why.vi if line.why else ""}
            for line in lines
        ],
        "total": money_text(sum(line.owed for line in lines)),
    }


def transfer(kind: SlipKind, case: Case) -> Content:
    """What the agency that goes on must know: the answers, page by page, and what was established so far."""
    return {
        "says": kind.says,
        "to": "; ".join(_takers(kind, case)),
        "pages": [
            {"title": page.title.vi, "lines": lines}
            for page in case.procedure.form.fields
            if (lines := list(_lines(case, [page], case.answers)))
        ],
        "found": list(_found(case)),
    }


def record(kind: SlipKind, case: Case) -> Content:
    """Which papers were shown and are held, and what was found about them."""
    return {
        "says": kind.says,
        "papers": [asked.name.vi for asked in case.papers if asked.paper.shown],
        "found": list(_found(case)),
    }


def _takers(kind: SlipKind, case: Case) -> Iterator[str]:
    """The agency at the position that the kind names, else those that the case goes to now."""
    agencies = case.province.agencies
    if kind.to in case.procedure.positions:
        found = case.state.positions.get(kind.to) or resolve(
            case.procedure.positions, kind.to, case.facts, agencies, case.state.filed_on, {}
        )
        taking = [found] if found else []
    else:
        taking = [entry["agency"] for entry in case.events[-1].data.get("enters", ()) if entry.get("agency")]
    yield from dict.fromkeys(agencies[agency].name.vi for agency in taking)


def _found(case: Case) -> Iterator[list[str]]:
    """What the officer established with the step's own form."""
    step = case.procedure.workflow.steps.get(case.events[-1].data.get("step", ""))
    if step is not None and step.form is not None:
        found = typed.read_kept(step.form, case.events[-1].data.get("facts", {}))
        yield from _lines(case, step.form.fields, found)


def _lines(case: Case, fields: Iterable[Field], answers: Mapping[str, Any], above: str = "") -> Iterator[list[str]]:
    """`[question, answer]` of every question that was answered; those of a row say which row."""
    for field in fields:
        value = answers.get(field.name)
        if field.secret or value in (None, "", [], {}):
            continue
        if field.kind is Kind.GROUP:
            inner = above if len(field.path) == 1 else " · ".join(filter(None, (above, field.title.vi)))
            yield from _lines(case, field.fields, value, inner)
        elif field.kind is Kind.ROWS and field.fields:
            for number, row in enumerate(value, start=1):
                yield from _lines(case, field.fields, row, f"{field.title.vi} {number}" if len(value) > 1 else above)
        else:
            text = value_text(field, value, case.state.filed_on, "vi")
            yield [" · ".join(filter(None, (above, field.title.vi))), text or ""]
