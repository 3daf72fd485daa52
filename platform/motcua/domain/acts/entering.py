"""What a case enters when it goes to a step: the step itself, the branches of a fork, nothing yet at a join where
others are still at work, or the end. Called by `moving` for every act.

What does not hold (`when`) is passed through, and so is a wait for nothing: no agency to ask, nothing to pay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motcua.domain import positions
from motcua.domain.case_state import usual_office
from motcua.domain.expression import Uncomputed
from motcua.domain.workflow import Step

if TYPE_CHECKING:
    from motcua.domain.case import Case


class NobodyThere(Uncomputed):
    """No agency fills the position at which a step stands: an error of the catalog, or of the agencies' file."""


@dataclass
class Entering:
    """`case` is the case as the act leaves it, its names and fees included; the rest is what it enters."""

    case: Case
    entries: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    positions: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None
    opening: list[str | None] = field(default_factory=list)  # joins of the forks whose branches are being started

    def go(self, to: str) -> Entering:
        step = self.case.step(to)
        if self.outcome is not None or self._others_at_work(to):
            return self
        if not self._holds(step) or waits_for_nothing(self.case, step) or (step.asks and not self._asked(step)):
            onward = step.to or (step.actions[0].to if step.actions else None)
            return self.go(self._word(onward)) if onward is not None else self
        if step.ends:
            self.names += ["ended", *self._slip(step)]
            self.outcome = step.ends
        elif step.fork:
            self._fork(step)
        else:
            self._stand(step)
        return self

    def _word(self, rows: Any) -> str:
        return str(self.case.chosen(rows))

    def _holds(self, step: Step) -> bool:
        return step.when is None or bool(self.case.facts.evaluate(step.when))

    def _fork(self, step: Step) -> None:
        """Every branch that holds starts; when none does, the join is next."""
        self.names.append(f"step.{step.id}")
        before = len(self.entries)
        self.opening.append(step.join)
        for branch in step.fork:
            if self._holds(self.case.step(branch)):
                self.go(branch)
        self.opening.pop()
        if len(self.entries) == before and self.outcome is None and step.join:
            self.go(step.join)

    def _others_at_work(self, to: str) -> bool:
        """At a join, be it a wait, an end or another fork: whether another branch has not come yet, or is only being
        started.
        """
        if to in self.opening:
            return True
        flow = self.case.procedure.workflow
        here = {*(a.step for a in self.case.state.active), *(e["step"] for e in self.entries)}
        return any(here & flow.region(step.id) for step in flow.steps.values() if step.fork and step.join == to)

    def _stand(self, step: Step) -> None:
        self.names += [f"step.{step.id}.started", *self._slip(step)]
        if step.waits_for == "agencies":
            self.entries += [{"step": step.id, "agency": agency} for agency in self._asked(step)]
            return
        agency = self._agency(step)
        self.entries.append({"step": step.id, **({"agency": agency} if agency else {})})

    def _slip(self, step: Step) -> list[str]:
        """The slip of a wait or an end goes out as the case comes there, whatever brought it."""
        return [f"slip.{self._word(step.slip)}"] if step.slip is not None else []

    def _agency(self, step: Step) -> str | None:
        """Who owes the act; a wait without a position stays with the deciding office, before acceptance with the
        desk.
        """
        known = {**self.case.state.positions, **self.positions}
        if step.at is None:
            return self._today(usual_office(known, self.case.state.happened))
        position = self._word(step.at)
        found = known.get(position) or self._position(position)
        if found is None:
            raise NobodyThere(f"{step.id}: {position}")
        self.positions[position] = found
        return self._today(found)

    def _today(self, agency: str | None) -> str | None:
        """An agency that has ended hands its work to the one that succeeded it (semantics 4)."""
        return agency and self.case.province.agencies.today(agency, self.case.events[-1].at.date()).id

    def _position(self, position: str) -> str | None:
        case = self.case
        rules, agencies = case.procedure.positions, case.province.agencies
        return positions.resolve(rules, position, case.facts, agencies, case.state.filed_on, {})

    def _asked(self, step: Step) -> list[str]:
        """The agencies that are asked, each once, in the order written."""
        found: list[str] = []
        for ask in step.asks:
            if ask.when is None or self.case.facts.evaluate(ask.when):
                agency = ask.agency or (self._position(ask.position) if ask.position else None)
                if agency is None:
                    raise NobodyThere(f"{step.id}: {ask.position}")
                if agency not in found:
                    found.append(agency)
        return found


def agency_at(case: Case, step: Step) -> str | None:
    """The agency at which a step would stand now. Raises NobodyThere."""
    return Entering(case)._agency(step)


def waits_for_nothing(case: Case, step: Step) -> bool:
    """Nothing is left to pay; what was to happen has happened."""
    if step.waits_for == "payment":
        return not owed(case, step)
    return bool(step.event) and all(name in case.state.happened for name in step.event)


def owed(case: Case, step: Step) -> list[str]:
    """The fees that a payment waits for and that are not paid yet, or not all."""
    return [fee for fee in step.fees if fee in case.to_pay]
