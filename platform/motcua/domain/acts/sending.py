"""Papers that the applicant sends where the workflow waits for them (`waits_for: applicant`, `sends`). Called by
casework, and by the draft's pages, which show what would be sent. The form is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import asking, paper
from motcua.domain.acts import moving
from motcua.domain.case_state import Active, Asked
from motcua.domain.judged import Judged
from motcua.domain.paper import PaperAsked
from motcua.domain.refusals import Incorrect, NotOffered

if TYPE_CHECKING:
    from motcua.domain.case import Case


def waiting(case: Case) -> Active | None:
    """Where the case stands waiting for papers."""
    here = (a for a in case.state.active if case.step(a.step).waits_for == "applicant" and case.step(a.step).sends)
    return next(here, None)


def asked_of(case: Case) -> Asked | None:
    """What is asked of the applicant now: an open supplement, or the papers that the workflow waits for."""
    here = waiting(case)
    if case.state.asked is not None or here is None:
        return case.state.asked
    return Asked(tuple(f"paper.{wanted.key}" for wanted in _wanted(case, here)), "", here.since)


def judge(case: Case, papers: Mapping[str, Any]) -> Judged:
    """The case with these papers. Raises NotOffered where none is waited for."""
    here = _here(case)
    wanted = _wanted(case, here)
    settled = asking.settle(case.procedure.form, case.answers, case.facts)
    settled = replace(
        settled, facts=settled.facts.with_root("paper", paper.issue_days({**case.state.papers, **papers}))
    )
    problems = list(paper.problems(wanted, papers, settled.facts, case.state.filed_on))
    return Judged(settled, wanted, case.fees, dict(case.state.positions), problems)


def send(case: Case, papers: Mapping[str, Any], *, by: str, at: datetime) -> Case:
    """Raises NotOffered, or Incorrect with every problem. Only what is waited for is taken."""
    here, judged = _here(case), judge(case, papers)
    if not judged.ready:
        raise Incorrect(judged.problems)
    sent = {wanted.key: papers[wanted.key] for wanted in judged.papers}
    return moving.go_on(case, here, kind="came", by=by, at=at, data={"papers": {**case.state.papers, **sent}})


def _here(case: Case) -> Active:
    here = waiting(case)
    if here is None:
        raise NotOffered(step="", action="send")
    return here


def _wanted(case: Case, here: Active) -> list[PaperAsked]:
    """The papers that the step names, needed here whatever they were at filing."""
    sends = case.step(here.step).sends
    needed = tuple(replace(p, when=None, optional=False) for p in case.procedure.papers if p.id in sends)
    return paper.asked(needed, case.facts, case.state.filed_on, given=case.state.papers)
