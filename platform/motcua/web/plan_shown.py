"""The way of a case for which all goes well, drawn before there is one: for the public who does what, for editors also
within how long. Called by public and editor.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.domain.course.course import plan
from motcua.domain.course.onward import Upcoming
from motcua.domain.course.stay import Stay
from motcua.domain.procedure import Procedure, Province
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount
from motcua.domain.workflow import Step
from motcua.web import formats
from motcua.web.flow_shown import Drawn, drawn, his_turn
from motcua.web.theme import say


def planned(procedure: Procedure, province: Province, lang: str, *, shares: bool) -> tuple[Drawn, ...]:
    """`shares`: with the time that the workflow gives to each step."""
    return drawn(plan(procedure.workflow), Plan(province, lang, shares), lang)


@dataclass(frozen=True)
class Plan:
    """Tells each step by its role, or by what it waits for."""

    province: Province
    lang: str
    shares: bool

    def stay(self, stay: Stay) -> Drawn:
        raise AssertionError("a plan has no stays")

    def upcoming(self, node: Upcoming) -> Drawn:
        lines = (self._who(node.step), self._within(node.step) if self.shares else "")
        return Drawn(node.step.name.in_(self.lang), "step", tuple(filter(None, lines)))

    def _who(self, step: Step) -> str:
        if his_turn(step):
            return say("course.applicant")
        roles = step.role.values if step.role else ()
        return " / ".join(self.province.roles.get(role, Text(role)).in_(self.lang) for role in roles)

    def _within(self, step: Step) -> str:
        ends = [
            formats.amount(end, self.lang)
            for end in (step.within.values if step.within else ())
            if isinstance(end, Amount)
        ]
        key = "window" if step.waits_for else "share"
        return say(f"course.{key}", amount=" / ".join(dict.fromkeys(ends))) if ends else ""
