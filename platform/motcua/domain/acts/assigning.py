"""Assignment: at a step that `picks`, a head says which officer does the steps named there, and may say it anew while
they wait. Called by `Case`.

Who was picked acts alone there. Whoever loses the role, or the account, is no trap: the head picks another.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain.acts import moving
from motcua.domain.acts.entering import agency_at
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered
from motcua.domain.workflow import Step

if TYPE_CHECKING:
    from motcua.domain.case import Case


def candidate(case: Case, step: Step, who: Officer) -> bool:
    """Whether an officer could do the step: its role in its agency, and not against its four-eyes rules."""
    role = case.chosen(step.role)
    did = {case.state.actors.get(other) for other in step.not_by}
    return role in who.roles and who.agency == agency_at(case, step) and f"officer:{who.login}" not in did


def chosen(case: Case, step: Step, who: Officer | None) -> dict[str, str]:
    """What a head's choice says: step -> login. Raises Incorrect where a step that picks has nobody, or one who cannot
    do it.
    """
    if not step.picks:
        return {}
    if who is None:
        raise Incorrect([Problem("picks", "nobody_picked")])
    if not all(candidate(case, case.step(picked), who) for picked in step.picks):
        raise Incorrect([Problem("picks", "cannot_do", {"title": who.name})])
    return dict.fromkeys(step.picks, who.login)


def heads(case: Case, by: Officer, step: str) -> bool:
    """Whether this officer may pick anew who does a step at which the case stands."""
    if case.state.at_step(step) is None or case.state.suspended:
        return False
    return any(candidate(case, head, by) for head in case.procedure.workflow.steps.values() if step in head.picks)


def pick(case: Case, step: str, who: Officer, *, by: Officer, at: datetime) -> Case:
    """Another officer is to do a step at which the case stands. Raises NotOffered, NotAllowed, Incorrect."""
    if case.state.at_step(step) is None or case.state.picked.get(step) in (None, who.login):
        raise NotOffered(step=step, action="picks")
    if not heads(case, by, step):
        raise NotAllowed()
    if not candidate(case, case.step(step), who):
        raise Incorrect([Problem("picks", "cannot_do", {"title": who.name})])
    return moving.happen(case, "picked", f"officer:{by.login}", at, [], {"picked": {step: who.login}}, None)
