"""A supplement answered (bổ sung): only what was ticked opens, and what that newly makes necessary. Called by
`Case.supply`, and by the supplement's pages, which show what would be sent. Everything is judged again under the
case's own law (semantics 5 and 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain import asking, fee, paper, positions
from motcua.domain.acts import moving
from motcua.domain.case_state import Active, Asked
from motcua.domain.expression import Uncomputed
from motcua.domain.form import Field
from motcua.domain.judged import Judged
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotOffered
from motcua.domain.text import Text

if TYPE_CHECKING:
    from motcua.domain.case import Case

Answers = Mapping[str, Any]


def judge(case: Case, patch: Answers, papers: Mapping[str, Any]) -> Judged:
    """The case as these answers and papers would leave it. Raises NotOffered where nothing is asked."""
    form, filed_on = case.procedure.form, case.state.filed_on
    _, asked = _waiting(case)
    given, problems = typed.read(form, patch)
    merged, refused = _merge(form.fields, case.answers, given, asked, _shown_before(case), "")
    settled = asking.settle(form, merged, case.facts)
    problems += [_not_asked(case, where) for where in refused if where in settled.shown]
    problems = asking.problems(form, settled, case.procedure.checks, unread=problems)
    strict = not any(problem.stops for problem in problems)
    if strict:
        asking.prove(form, settled, case.procedure.checks)
    had = {key: files for key, files in case.state.papers.items() if key not in asked.papers}
    sent = {**papers, **had}  # a paper that was not ticked stays as it was
    settled = replace(settled, facts=settled.facts.with_root("paper", paper.issue_days(sent)))
    needed = paper.asked(case.procedure.papers, settled.facts, filed_on, strict=strict, given=sent)
    problems += paper.problems(needed, sent, settled.facts, filed_on)
    fees = [line for item in case.procedure.fees if (line := fee.estimate(item, settled.facts, filed_on))]
    return Judged(settled, needed, fees, _positions(case, settled), problems)


def supply(case: Case, patch: Answers, papers: Mapping[str, Any], *, by: str, at: datetime) -> Case:
    """Raises NotOffered, or Incorrect with every problem."""
    here, asked = _waiting(case)
    judged = judge(case, patch, papers)
    if not judged.ready:
        raise Incorrect(judged.problems)
    had = {key: files for key, files in case.state.papers.items() if key not in asked.papers}
    step, kept = case.step(here.step), {**papers, **had}
    data: dict[str, Any] = {
        "step": step.id,
        "leaves": [step.id],
        "answers": typed.plain(judged.settled.answers),
        "papers": {p.key: kept[p.key] for p in judged.papers if p.key in kept},
        "positions": judged.positions,
    }
    facts = judged.settled.facts  # where it goes is judged on what was answered now
    to = step.to.choose(facts, case.state.filed_on).value if step.to else case.procedure.workflow.start
    return moving.happen(case, "supplied", by, at, [f"step.{step.id}", "supplement_came"], data, to)


def open_fields(case: Case, settled: asking.Settled) -> frozenset[str]:
    """What may be changed of what is shown: the ticked parts, and questions that were not asked at filing."""
    _, asked = _waiting(case)
    before = _shown_before(case)
    return frozenset(where for where in settled.shown if asked.opens(where) or where not in before)


def _positions(case: Case, settled: asking.Settled) -> dict[str, str]:
    """Other answers may make another agency competent; what the applicant picked stays."""
    found, rules = dict(case.state.positions), case.procedure.positions
    for name in rules:
        try:
            agency = positions.resolve(rules, name, settled.facts, case.province.agencies, case.state.filed_on, found)
        except Uncomputed:
            continue  # a finding decides it later
        if agency is not None:
            found[name] = agency
    return found


def _waiting(case: Case) -> tuple[Active, Asked]:
    here = next((a for a in case.state.active if case.step(a.step).waits_for == "supplement"), None)
    if here is None or case.state.asked is None:
        raise NotOffered(step="", action="supply")
    return here, case.state.asked


def _shown_before(case: Case) -> frozenset[str]:
    return asking.settle(case.procedure.form, case.answers, case.facts).shown


def _merge(
    fields: tuple[Field, ...], before: Answers, given: Answers, asked: Asked, shown: frozenset[str], prefix: str
) -> tuple[dict[str, Any], list[str]]:
    """What was sent, over what stood: a field that was not ticked keeps its answer, and a try to change it is named."""
    merged, refused = dict(before), list[str]()
    for field in fields:
        where = f"{prefix}{field.name}"
        old, new = before.get(field.name), given.get(field.name)
        if asked.opens(where) or where not in shown:  # ticked; or newly asked, and dropped by settling if it is not
            merged[field.name] = new
        elif field.name not in given or new == old:
            continue
        elif isinstance(new, Mapping) and isinstance(old, Mapping | None) and field.fields:
            merged[field.name], below = _merge(field.fields, old or {}, new, asked, shown, f"{where}.")
            refused += below
        elif isinstance(new, list) and isinstance(old, list) and field.fields and len(new) == len(old):
            pairs = [
                _merge(field.fields, old_row, new_row, asked, shown, f"{where}.{number}.")
                for number, (old_row, new_row) in enumerate(zip(old, new, strict=True))
            ]
            merged[field.name] = [row for row, _ in pairs]
            refused += [dotted for _, below in pairs for dotted in below]
        else:
            refused.append(where)
    return {name: value for name, value in merged.items() if value is not None}, refused


def _not_asked(case: Case, where: str) -> Problem:
    field = case.procedure.form.field(where)
    return Problem(where, "not_asked", {"title": field.title if field else Text(where)})
