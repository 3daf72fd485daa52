"""A workflow (quy trình): who does what, within how long, and what comes next. Bound from `workflows/`, played by
`Case`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from motcua.domain.expression import Expression
from motcua.domain.form import Form
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, End

ENDS = ("granted", "refused", "not_accepted", "lapsed", "withdrawn", "stopped", "moved")
DOES = ("accept", "ask_supplement", "refuse", "give_back", "sign", "extend", "suspend")
CLOCKS = ("runs", "resume", "restart")
#: What a case may wait for. Of the catalog's words the others are not played yet, and the check says so.
WAITS = ("supplement", "applicant", "payment", "agencies", "appointment", "event")
#: What does not lead on: the shortest way never takes these, and nobody is picked with them.
ASIDE = ("ask_supplement", "refuse", "give_back", "extend", "suspend")
#: What nobody does without saying why.
REASONED = ("refuse", "ask_supplement", "give_back")
OPINIONS = ("agree", "object", "silent")


@dataclass(frozen=True)
class Ask:
    """One agency whose opinion is asked, by its id or by a position, where the condition holds."""

    agency: str | None = None
    position: str | None = None
    when: Expression | None = None


@dataclass(frozen=True)
class HandedOver:
    """An original that goes with the case to another agency, where the condition holds and the case has it."""

    paper: str
    when: Expression | None = None


@dataclass(frozen=True)
class Action:
    """One thing that may be done at a step. Without `does` the step is completed and the case goes on."""

    id: str
    name: Text
    to: Rows[str]
    does: str | None = None
    when: Expression | None = None
    at_most: int | None = None
    asks_reason: bool = False
    slip: Rows[str] | None = None
    publishes: tuple[str, ...] = ()  # results it issues; `sign` issues every result where it names none
    by: Rows[Amount] | None = None  # what `extend` adds

    @property
    def wants_reason(self) -> bool:
        return self.asks_reason or self.does in REASONED


@dataclass(frozen=True)
class Step:
    """Exactly one of: a role acts (`role`), the case waits (`waits_for`), it forks (`fork`), it ends (`ends`)."""

    id: str
    name: Text
    role: Rows[str] | None = None
    waits_for: str | None = None  # one of WAITS
    ends: str | None = None
    fork: tuple[str, ...] = ()  # branches that run at the same time ...
    join: str | None = None  # ... and where they meet
    asks: tuple[Ask, ...] = ()  # whose opinion is asked (waits_for: agencies)
    silence: str = "late"  # what it means when they do not answer: agree | object | late
    fees: tuple[str, ...] = ()  # what is to be paid (waits_for: payment)
    sends: tuple[str, ...] = ()  # papers that the applicant sends (waits_for: applicant)
    at: Rows[str] | None = None  # a position
    by: Rows[str] | None = None  # the role that answers for an asked agency, or notes another body's message
    when: Expression | None = None
    within: Rows[End] | None = None  # a role: the office's own share; a wait: the window
    not_by: tuple[str, ...] = ()  # steps whose officer may not do this one
    same_as: str | None = None  # the step whose officer must do this one
    event: tuple[str, ...] = ()  # what ends the wait by itself (waits_for: event); else an officer notes what came
    picks: tuple[str, ...] = ()  # steps whose officer is chosen here
    hands_over: tuple[HandedOver, ...] = ()
    place: str = ""  # where an appointment is kept
    offers: int = 1  # how many times the office offers at most (waits_for: appointment)
    confirm: Rows[Amount] | None = None  # the applicant's time to choose one of them; then the first stands
    form: Form | None = None
    actions: tuple[Action, ...] = ()
    to: Rows[str] | None = None
    clock: str = "runs"
    runs_out: str | None = None  # a step, or `never`
    silent: bool = False
    slip: Rows[str] | None = None  # issued as the case enters a wait or an end

    def action(self, action: str) -> Action | None:
        return next((a for a in self.actions if a.id == action), None)

    def exits(self) -> Iterator[str]:
        """Every step that may come next."""
        for rows in (*(a.to for a in self.actions), *([self.to] if self.to else [])):
            yield from (row.is_ for row in rows.rows)
        yield from self.fork
        if self.join:
            yield self.join
        if self.runs_out and self.runs_out != "never":
            yield self.runs_out


@dataclass(frozen=True)
class Interrupt:
    """What may come at any time, such as the applicant's withdrawal."""

    id: str
    name: Text
    by: str  # applicant, or a role ...
    at: str | None = None  # ... in the agency of this position
    to: str | None = None
    does: str | None = None
    before: str | None = None  # not any more once this step was reached
    slip: str | None = None
    clock: str = "resume"  # what a suspended clock does when it is lifted
    when: Expression | None = None
    asks_reason: bool = False


@dataclass(frozen=True)
class Workflow:
    id: str
    start: str
    steps: Mapping[str, Step]
    interrupts: tuple[Interrupt, ...] = field(default=())

    def region(self, fork: str) -> frozenset[str]:
        """The steps between a fork and its join: where its branches may stand."""
        return self._regions.get(fork, frozenset())

    @cached_property
    def _regions(self) -> dict[str, frozenset[str]]:
        return {step.id: self.reach(step.fork, step.join) for step in self.steps.values() if step.fork}

    def reach(self, starts: Iterable[str], stop: str | None) -> frozenset[str]:
        """Every step to which these may lead, themselves included, without passing `stop`."""
        found, queue = set[str](), list(starts)
        while queue:
            step = queue.pop()
            if step != stop and step not in found and step in self.steps:
                found.add(step)
                queue += self.steps[step].exits()
        return frozenset(found)

    @cached_property
    def distance(self) -> dict[str, int]:
        """Fewest steps from each step to a granted end; a step that cannot reach one is missing."""
        found = {s.id: 0 for s in self.steps.values() if s.ends == "granted"}
        grown = bool(found)
        while grown:
            grown = False
            for step in self.steps.values():
                near = [found[e] for e in step.exits() if e in found]
                if near and min(near) + 1 < found.get(step.id, len(self.steps) + 1):
                    found[step.id] = min(near) + 1
                    grown = True
        return found
