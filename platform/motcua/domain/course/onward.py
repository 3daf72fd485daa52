"""The way on: from a step by the shortest way to a granted end, forks as branches beside each other.

What does not hold is left out, as the case would pass it through; what hangs on findings that are still to come is
marked as not sure. Without a case nothing is known, and every step may come. Called by `course`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motcua.domain import positions
from motcua.domain.course.stay import Stay
from motcua.domain.expression import Expression, Uncomputed
from motcua.domain.rows import Rows
from motcua.domain.workflow import ASIDE, Step, Workflow

if TYPE_CHECKING:
    from motcua.domain.case import Case


@dataclass(frozen=True)
class Upcoming:
    """A step to come. Not `sure`: nobody can tell yet whether the case will stop there. `agencies`: as far as known."""

    step: Step
    sure: bool = True
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """Branches that run at the same time and meet again at the fork's join."""

    fork: Step
    branches: tuple[tuple[Node, ...], ...]

    @property
    def open(self) -> bool:
        """Whether the case stands in a branch."""
        return any(stands(node) for branch in self.branches for node in branch)


Node = Stay | Split | Upcoming


def stands(node: Node) -> bool:
    """Whether the case stands here now."""
    return not isinstance(node, Upcoming) and node.open


@dataclass
class Way:
    """`coming` are the steps whose findings are still to come: where the case stands, and what was laid so far."""

    flow: Workflow
    case: Case | None = None
    coming: set[str] = field(default_factory=set)

    @staticmethod
    def of(case: Case) -> Way:
        return Way(case.procedure.workflow, case, {active.step for active in case.state.active})

    def after(self, step: Step, stop: str | None) -> tuple[Node, ...]:
        """From the step that follows one, up to `stop` or the end; neither of these is drawn."""
        to = self._next(step)
        return self.along(to, stop) if to else ()

    def along(self, start: str, stop: str | None) -> tuple[Node, ...]:
        """From a step on, itself included."""
        return tuple(self._along(start, stop))

    def _along(self, at: str | None, stop: str | None) -> Iterator[Node]:
        seen = set[str]()
        while at is not None and at != stop and at not in seen and not self.flow.steps[at].ends:
            step = self.flow.steps[at]
            seen.add(at)
            stops = self._stops_at(step)
            if stops is not False:
                yield from self._fork(step) if step.fork else self._upcoming(step, sure=stops is True)
            at = step.join if step.fork else self._next(step)

    def _upcoming(self, step: Step, *, sure: bool) -> Iterator[Node]:
        self.coming.add(step.id)
        yield Upcoming(step, sure, self._agencies(step))

    def _fork(self, fork: Step) -> Iterator[Node]:
        """A single branch is no fork: it is laid in line."""
        held = [branch for branch in fork.fork if self._judge(self.flow.steps[branch].when) is not False]
        branches = tuple(branch for to in held if (branch := self.along(to, fork.join)))
        if len(branches) == 1:
            yield from branches[0]
        elif branches:
            yield Split(fork, branches)

    def _next(self, step: Step) -> str | None:
        """Of the steps to which this one may lead, the nearest to a granted end."""
        near = self.flow.distance
        onward = [a.to for a in step.actions if a.does not in ASIDE and self._judge(a.when) is not False]
        found = [to for rows in (*onward, *([step.to] if step.to else [])) for to in self._choose(rows) if to in near]
        return min(found, key=lambda to: near[to], default=None)

    # ---- what is known ----

    def _judge(self, condition: Expression | None) -> bool | None:
        """Whether it holds; None while what it reads is still to come."""
        if condition is None:
            return True
        if self.case is None or self._hangs_on_what_comes(condition):
            return None
        try:
            return bool(self.case.facts.evaluate(condition))
        except Uncomputed:
            return None

    def _hangs_on_what_comes(self, condition: Expression) -> bool:
        if self.case is None:
            return True
        fixed = self.case.state.fees
        for path in self.case.procedure.values.reads(condition.reads):
            root, name, *_ = (*path.split("."), "")
            if (root == "step" and name in self.coming) or (root == "fee" and name not in fixed):
                return True
        return False

    def _choose(self, rows: Rows[str]) -> tuple[str, ...]:
        """The one that holds, or all that may."""
        if self.case is None or any(row.when and self._hangs_on_what_comes(row.when) for row in rows.rows):
            return rows.values
        try:
            return (self.case.chosen(rows),)
        except Uncomputed:
            return rows.values

    def _stops_at(self, step: Step) -> bool | None:
        """Whether a case stops here: what does not hold is passed through, and so is a wait for nothing."""
        waits = {"agencies": self._asks, "payment": self._owes}.get(step.waits_for or "")
        judged = (self._judge(step.when), waits(step) if waits else True)
        return False if False in judged else None if None in judged else True

    def _asks(self, step: Step) -> bool | None:
        judged = [self._judge(ask.when) for ask in step.asks]
        return True if True in judged else None if None in judged else False

    def _owes(self, step: Step) -> bool | None:
        if self.case is None:
            return None
        lines = [line for line in self.case.fees if line.fee.id in step.fees and not line.paid]
        return any(line.amount for line in lines) or (None if any(line.amount is None for line in lines) else False)

    def _agencies(self, step: Step) -> tuple[str, ...]:
        if self.case is None:
            return ()
        if step.waits_for == "agencies":
            found = [ask.agency or self._holder(ask.position) for ask in step.asks if self._judge(ask.when)]
        elif step.role or step.at:
            places = self._choose(step.at) if step.at else ("decides",)
            found = [self._holder(places[0])] if len(places) == 1 else []
        else:
            found = []
        return tuple(dict.fromkeys(agency for agency in found if agency))

    def _holder(self, position: str | None) -> str | None:
        """The agency that fills a position, as far as it can be told."""
        case = self.case
        if case is None or position is None:
            return None
        if position in case.state.positions:
            return case.state.positions[position]
        rules, on = case.procedure.positions, case.state.filed_on
        try:
            return positions.resolve(rules, position, case.facts, case.province.agencies, on, {})
        except Uncomputed:
            return None
