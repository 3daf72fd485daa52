"""What the workflow waits for from the applicant in words: an answer, and which ones it names; one of the times that an
office has offered. Called by cases and replies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.domain.acts.completing import wants_word
from motcua.domain.case import Case
from motcua.domain.case_clock import choice_ends, window
from motcua.domain.workflow import Action, Step


@dataclass(frozen=True)
class Awaited:
    """A wait for the applicant's word, with the answers that it names; none: he only says that it is done."""

    step: Step
    until: datetime | None
    actions: tuple[Action, ...]

    @property
    def reasoned(self) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.wants_reason)


@dataclass(frozen=True)
class Replied:
    """What was typed at a step and could not be taken, and why."""

    step: str
    reason: str
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """An appointment that is being arranged: the times that were offered, if any; from `until` on the first stands."""

    step: Step
    slots: tuple[datetime, ...]
    until: datetime | None


def times_offered(case: Case) -> list[Times]:
    found = []
    for here in case.state.active:
        step, offer = case.step(here.step), case.state.offers.get(here.step)
        if step.waits_for == "appointment":
            found.append(Times(step, offer.slots if offer else (), choice_ends(case, here)))
    return found


def words_awaited(case: Case) -> list[Awaited]:
    found = []
    for here in case.state.active:
        step, actions = case.step(here.step), tuple(case.replies(here))
        if actions or wants_word(step):
            found.append(Awaited(step, window(case, here), actions))
    return found
