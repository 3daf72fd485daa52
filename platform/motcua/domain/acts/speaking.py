"""Who speaks for whom at a case beside the steps of its own officers: an asked agency gives its opinion, another
body's message is noted. Called by `Case`.

Nobody may where nothing says who: a wait names the role in `by`, else the province's `answers` does.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain.acts import moving
from motcua.domain.case_state import Active, office_at
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, SilenceSpoke
from motcua.domain.workflow import OPINIONS, Step

if TYPE_CHECKING:
    from motcua.domain.case import Case

#: the waits that an officer can say something about
SPOKEN = ("agencies", "appointment", "event")


def role_of(case: Case, step: Step) -> str | None:
    """The role that answers for an asked agency, offers an appointment, or notes what another body has sent."""
    if step.waits_for not in SPOKEN:
        return None
    return case.chosen(step.by) if step.by else case.province.answers


def speaks(case: Case, by: Officer, here: Active, at: datetime | None = None) -> bool:
    """The role in the agency that is asked or that holds the wait; nobody while the case is suspended."""
    role = role_of(case, case.step(here.step))
    return role in by.roles and by.agency == case.holder(here, at) and not case.state.suspended


def answer(case: Case, step: str, *, by: Officer, at: datetime, opinion: str, text: str) -> Case:
    """Raises NotOffered (SilenceSpoke after its time), NotAllowed, or Incorrect: an objection says why."""
    asked = case.procedure.workflow.steps.get(step)
    here = _here(case, step, by, at)
    if here is None or asked is None or asked.waits_for != "agencies" or case.state.suspended:
        raise _silenced(case, step, by) or NotOffered(step=step, action=opinion)
    if not speaks(case, by, here, at):
        raise NotAllowed()
    problems = [Problem("opinion", "opinion")] if opinion not in OPINIONS[:2] else []
    if opinion == "object" and not text.strip():
        problems.append(Problem("reason", "reason"))
    if problems:
        raise Incorrect(problems)
    said = {"agency": here.agency or by.agency, "opinion": opinion, "text": text.strip()}
    return moving.opinions(case, asked, [said], kind="answered", by=f"officer:{by.login}", at=at)


def _silenced(case: Case, step: str, by: Officer) -> SilenceSpoke | None:
    """Where the officer's agency has let its time pass, what its silence was taken for, and when."""
    for event in reversed(case.events):
        said = event.data.get("answered", {})
        if event.kind == "silence" and said["step"] == step:
            for one in said["opinions"]:
                if one["agency"] == by.agency:
                    return SilenceSpoke(step, one["opinion"], event.at)
    return None


def note(case: Case, step: str, *, by: Officer, at: datetime, text: str) -> Case:
    """Another body's message came, and an officer notes which. Raises NotOffered, NotAllowed, Incorrect."""
    waits = case.procedure.workflow.steps.get(step)
    here = case.state.at_step(step)
    if here is None or waits is None or waits.waits_for != "event" or case.state.suspended:
        raise NotOffered(step=step, action="note")
    if not speaks(case, by, here, at):
        raise NotAllowed()
    if not text.strip():
        raise Incorrect([Problem("reason", "message")])
    return moving.go_on(case, here, kind="came", by=f"officer:{by.login}", at=at, data={"reason": text.strip()})


def _here(case: Case, step: str, by: Officer, at: datetime) -> Active | None:
    """Of several agencies that are asked, the officer's own, or the one that his has succeeded."""
    return next((a for a in case.state.active if a.step == step and case.holder(a, at) == by.agency), None)


def asker(case: Case, step: Step) -> str | None:
    """The agency that asked the others, and waits: of the step's position, else where the case is."""
    return office_at(case.state, case.chosen(step.at))
