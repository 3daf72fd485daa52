"""Hand-over of originals from one agency to another: who gives says so with the act that sends the case on, who takes
confirms before anything else. Both stand in the events, and in the control slip (form 05). Called by `Case`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import asking
from motcua.domain.acts import moving
from motcua.domain.case_state import Active, Handing
from motcua.domain.people import Officer
from motcua.domain.refusals import NotAllowed, NotOffered
from motcua.domain.text import Text
from motcua.domain.workflow import Step

if TYPE_CHECKING:
    from motcua.domain.case import Case


def to_hand(case: Case, step: Step) -> list[str]:
    """The papers that the act which leaves this step hands over: of those named there, the ones that the case has."""
    asked = {paper.key for paper in case.papers}
    return [one.paper for one in step.hands_over if one.paper in asked and asking.judge(one.when, case.facts)]


def handed(case: Case, here: Active, entries: list[dict[str, Any]]) -> Mapping[str, Any] | None:
    """What goes along to the first step at another agency; nothing where the case stays in the house."""
    papers = to_hand(case, case.step(here.step))
    for entry in entries:
        there = entry.get("agency")
        if papers and there and there != here.agency and case.step(entry["step"]).role is not None:
            return {"step": entry["step"], "papers": papers, "gives": here.agency, "takes": there}
    return None


def waiting(case: Case, step: str) -> Handing | None:
    """The papers that somebody has given and nobody has taken, which this step waits for."""
    return next((handing for handing in case.state.handing if handing.step == step), None)


def take(case: Case, step: str, *, by: Officer, at: datetime, note: str) -> Case:
    """The agency confirms that the papers have come; `note` says what was not in order. Raises NotOffered,
    NotAllowed.
    """
    here = case.state.at_step(step)
    if here is None or waiting(case, step) is None:
        raise NotOffered(step=step, action="take")
    if not case.may(by, here, at):
        raise NotAllowed()
    data = {"took": step, **({"reason": note.strip()} if note.strip() else {})}
    return moving.happen(case, "took", f"officer:{by.login}", at, [f"step.{step}.taken"], data, None)


def said(case: Case, papers: tuple[str, ...]) -> list[Text]:
    """The papers' names, as people know them."""
    names = {paper.key: paper.name for paper in case.papers}
    return [names.get(paper, Text(paper)) for paper in papers]
