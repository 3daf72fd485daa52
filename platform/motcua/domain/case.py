"""A case (hồ sơ): what has happened to it, what may happen next, and what happens when somebody acts.

Pure: time, numbers and people are arguments. A case is its events; each verb answers with the case as it is
afterwards, or raises a `Refused`. Played by casework (stored) and by the examples (`try`, not stored) alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, overload

from motcua.domain import answers as typed
from motcua.domain import asking, case_facts, fee, paper
from motcua.domain.acts import (
    appointing,
    assigning,
    completing,
    handing,
    interrupting,
    moving,
    sending,
    speaking,
    supplying,
)
from motcua.domain.acts.completing import Said
from motcua.domain.balance import RefundDue, balance, refunds_due
from motcua.domain.case_clock import LimitState, begun, next_timeout
from motcua.domain.case_state import Active, State, fold, follow
from motcua.domain.event import Event
from motcua.domain.fee import COUNTED, Balance, FeeLine
from motcua.domain.numbering import Take
from motcua.domain.people import Officer
from motcua.domain.procedure import Procedure, Province, Result
from motcua.domain.refusals import NotOffered
from motcua.domain.rows import Rows
from motcua.domain.slip import Slip, Stationery, slips_of
from motcua.domain.values import Facts
from motcua.domain.window import in_force
from motcua.domain.workflow import Action, Interrupt, Step

T = TypeVar("T")


@dataclass(frozen=True)
class Offered:
    """An action that the officer may take now."""

    step: Step
    action: Action


@dataclass(frozen=True)
class Case:
    """`saved` events are stored; the rest of `events` are new. `ref` is the secret public name, `number` the printed
    one.
    """

    ref: str
    number: str
    procedure: Procedure
    province: Province
    events: tuple[Event, ...]
    saved: int = 0
    findings: Mapping[str, typed.Answers] = field(
        default_factory=dict
    )  # what an officer is entering: judged, not yet said
    stationery: Stationery = field(default_factory=Stationery)  # without it no slip is issued

    # ---- what it is ----

    @cached_property
    def state(self) -> State:
        state = self._folded
        return replace(state, facts={**state.facts, **typed.plain(self.findings)}) if self.findings else state

    @cached_property
    def _folded(self) -> State:
        return fold(self.events)

    @property
    def new_events(self) -> tuple[Event, ...]:
        return self.events[self.saved :]

    @property
    def open(self) -> bool:
        return self.state.outcome is None

    def step(self, step: str) -> Step:
        return self.procedure.workflow.steps[step]

    @overload
    def chosen(self, rows: Rows[T]) -> T: ...

    @overload
    def chosen(self, rows: Rows[T] | None) -> T | None: ...

    def chosen(self, rows: Rows[T] | None) -> T | None:
        """What rows come to for this case, on what is established now; None where there are no rows."""
        return None if rows is None else rows.choose(self.facts, self.state.filed_on).value

    @cached_property
    def answers(self) -> typed.Answers:
        """The answers as they were sent, typed, with what the form computed from them."""
        return typed.read_kept(self.procedure.form, self.state.answers)

    @cached_property
    def facts(self) -> Facts:
        return case_facts.of(self)

    @cached_property
    def papers(self) -> list[paper.PaperAsked]:
        """The papers that this case needs, as its answers and findings stand."""
        return paper.asked(self.procedure.papers, self.facts, self.state.filed_on, given=self.state.papers)

    @cached_property
    def fees(self) -> list[FeeLine]:
        """Every fee that applies: fixed where it has fallen due, else as it stands now, while it may still fall due."""
        lines = []
        for item in self.procedure.fees:
            line = fee.estimate(item, self.facts, self.state.filed_on)
            if item.id not in self.state.fees and (line is None or not self.open):
                continue
            line = line or FeeLine(item, 0)
            if item.id in self.state.fees:
                given_back = item.if_refused == "refund" and self.state.outcome not in (None, "granted")
                fixed, stands = self.state.fees[item.id], self.balances[item.id]
                line = replace(line, amount=fixed, due=True, balance=stands, refunded=given_back)
            lines.append(line)
        return lines

    @cached_property
    def balances(self) -> dict[str, Balance]:
        """What is due, paid and given back, of each fee that has fallen due."""
        return {item.id: balance(item, self.state) for item in self.procedure.fees if item.id in self.state.fees}

    @property
    def to_pay(self) -> dict[str, int]:
        """What is owed now, in đồng by fee: of a fee that became dearer the difference."""
        return {fee: one.to_pay for fee, one in self.balances.items() if one.to_pay}

    @property
    def refunds_due(self) -> list[RefundDue]:
        """What is to be given back, each of the payment that it came with."""
        return refunds_due(self.balances, self.state)

    def results(self, *, strict: bool = False) -> list[Result]:
        """The results that this case gives, as far as is known; strict when they are issued."""
        return [
            result
            for result in self.procedure.results
            if in_force(result.in_force, self.state.filed_on) and asking.judge(result.when, self.facts, strict)
        ]

    @property
    def slips(self) -> list[Slip]:
        """What was issued on this case, the oldest first."""
        return [slip for event in self.events for slip in slips_of(event)]

    @property
    def fee_total(self) -> int:
        """Phí and lệ phí fallen due and, once accepted, still to come; after an end only what had fallen due. In
        đồng.
        """
        to_come = "accepted" in self.state.happened and self.open
        return sum(line.owed for line in self.fees if line.fee.kind in COUNTED and (line.due or to_come))

    def limits(self, at: datetime) -> list[LimitState]:
        """Every limit that has begun, and why its end is what it is."""
        return [state for came, state in self._begun if came <= at]

    @cached_property
    def _begun(self) -> list[tuple[datetime, LimitState]]:
        return begun(self)

    def main_limit(self, at: datetime) -> LimitState | None:
        main = self.procedure.main_limit
        return next((state for state in self.limits(at) if main and state.limit.id == main.id), None)

    # ---- who may do what ----

    def may(self, by: Officer, here: Active, at: datetime | None = None) -> bool:
        """The role in the agency of the step, and not against the four-eyes rules of the workflow.

        At a moment, who took over from an agency that had ended by then acts in its place (semantics 4).
        """
        step = self.step(here.step)
        if self.state.suspended or step.role is None or by.agency != self.holder(here, at):
            return False
        if self.state.picked.get(step.id) not in (None, by.login):
            return False
        if self.chosen(step.role) not in by.roles:
            return False
        me = f"officer:{by.login}"
        if any(self.state.actors.get(other) == me for other in step.not_by):
            return False
        return step.same_as is None or self.state.actors.get(step.same_as) in (None, me)

    def holder(self, here: Active, at: datetime | None) -> str | None:
        """The agency that owes the act; at a moment, the one that took over if it had ended by then."""
        if here.agency is None or at is None:
            return here.agency
        return self.province.agencies.today(here.agency, at.date()).id

    def offered(self, by: Officer, at: datetime) -> list[Offered]:
        """Only the actions that workflow, role and conditions allow; what the step's own form decides is judged when
        it is sent.
        """
        found = []
        for here in self.state.active:
            if self.may(by, here, at):
                step = self.step(here.step)
                found += [Offered(step, action) for action in step.actions if completing.opens(self, step, action, at)]
        return found

    # ---- what an officer does ----

    def complete(
        self,
        step: str,
        action: str,
        *,
        by: Officer,
        at: datetime,
        take: Take,
        facts: Mapping[str, Any] | None = None,
        reason: str = "",
        asks: Sequence[str] = (),
        picks: Officer | None = None,
        hands: bool = False,
    ) -> Case:
        """An officer acts at a step: `picks` is whom a head chooses for the steps that follow, `hands` says that the
        originals which go along were given. Raises NotOffered, NotAllowed, or Incorrect with the problems of what was
        entered.
        """
        said = Said(facts or {}, reason, asks, picks, hands)
        return completing.complete(self, step, action, said, by=by, at=at, take=take)

    def answer(self, step: str, *, by: Officer, at: datetime, opinion: str, text: str = "") -> Case:
        """An agency that was asked gives its opinion, `agree` or `object` with why. Raises NotOffered, NotAllowed,
        Incorrect.
        """
        return speaking.answer(self, step, by=by, at=at, opinion=opinion, text=text)

    def note(self, step: str, *, by: Officer, at: datetime, text: str) -> Case:
        """Another body's message has come: which, in an officer's words. Raises NotOffered, NotAllowed, Incorrect."""
        return speaking.note(self, step, by=by, at=at, text=text)

    def pick(self, step: str, who: Officer, *, by: Officer, at: datetime) -> Case:
        """A head gives a step at which the case stands to another officer. Raises NotOffered, NotAllowed, Incorrect."""
        return assigning.pick(self, step, who, by=by, at=at)

    def take(self, step: str, *, by: Officer, at: datetime, note: str = "") -> Case:
        """An agency confirms that the originals have come. Raises NotOffered, NotAllowed."""
        return handing.take(self, step, by=by, at=at, note=note)

    def offer(self, step: str, slots: Sequence[datetime], *, by: Officer, at: datetime) -> Case:
        """An office offers times for an appointment. Raises NotOffered, NotAllowed, Incorrect."""
        return appointing.offer(self, step, slots, by=by, at=at)

    def choose(self, step: str, slot: datetime, *, by: str, at: datetime) -> Case:
        """The applicant takes one of the times. Raises NotOffered."""
        return appointing.choose(self, step, slot, by=by, at=at)

    # ---- what comes from outside ----

    def pay(self, fees: Mapping[str, int], *, by: str, at: datetime, proof: Mapping[str, Any] | None = None) -> Case:
        """These amounts were paid, in đồng, each exactly what is owed. `proof` (order, receipts) stays with the event.
        Raises NotOffered for anything else.
        """
        if not fees or any(self.to_pay.get(fee_id) != amount for fee_id, amount in fees.items()):
            raise NotOffered(step="", action="pay")
        return moving.pay(self, dict(fees), by=by, at=at, proof=proof or {})

    def refund(self, seq: int, fees: Mapping[str, int], *, by: str, at: datetime, proof: Mapping[str, Any]) -> Case:
        """These amounts, in đồng, were given back of the payment that the event `seq` brought; `proof` (number,
        document) stays with the event. Raises NotOffered for more than is left of that payment.
        """
        held = next((payment.held for payment in self.state.payments if payment.seq == seq), {})
        if not fees or any(not 0 < amount <= held.get(fee_id, 0) for fee_id, amount in fees.items()):
            raise NotOffered(step="", action="refund")
        data = {**proof, "of": seq, "refunded": dict(fees)}
        return moving.happen(self, "refunded", by, at, [], data, None)

    def takes_money(self, by: Officer, at: datetime) -> bool:
        """Whether this officer takes money for the case and gives it back: the cashier of the receiving agency, or of
        the one that succeeded it.
        """
        agencies, receives = self.province.agencies, self.state.positions["receives"]
        return self.province.cashier in by.roles and by.agency == agencies.today(receives, at.date()).id

    def note_money(self, kind: str, *, by: str, at: datetime, data: Mapping[str, Any]) -> Case:
        """What a cashier did with money that never was this case's own: `money_assigned` to another case,
        `money_returning` to whoever sent it, `refunded` once it is there. It moves nothing. Raises NotOffered.
        """
        if kind not in ("money_assigned", "money_returning", "refunded") or "refunded" in data or "paid" in data:
            raise NotOffered(step="", action=kind)
        return moving.happen(self, kind, by, at, [], dict(data), None)

    # ---- what the citizen does ----

    def supply(self, patch: Mapping[str, Any], papers: Mapping[str, Any], *, by: str, at: datetime) -> Case:
        """The citizen answers a supplement: only what was ticked, and what it newly makes necessary, may change."""
        return supplying.supply(self, patch, papers, by=by, at=at)

    def send(self, papers: Mapping[str, Any], *, by: str, at: datetime) -> Case:
        """The papers that the workflow waits for. Raises NotOffered, Incorrect."""
        return sending.send(self, papers, by=by, at=at)

    def replies(self, here: Active) -> list[Action]:
        """What the applicant may answer where the workflow waits for his word and names answers."""
        return completing.replies(self, here)

    def reply(self, step: str, action: str = "", *, by: str, at: datetime, reason: str = "") -> Case:
        """The applicant's word where the workflow waits for it: one of the answers that the step names, or that it is
        done. Raises NotOffered, Incorrect.
        """
        return completing.reply(self, step, action, Said(reason=reason), by=by, at=at)

    def interrupts(self, who: str) -> list[Interrupt]:
        """What this side (`applicant` or a role) may do at any time."""
        return interrupting.interrupts(self, who)

    def interrupt(self, interrupt: str, *, who: str, by: str, at: datetime, reason: str = "") -> Case:
        """It comes: the case is suspended, or goes where the interrupt leads. Raises NotOffered, Incorrect."""
        return interrupting.interrupt(self, interrupt, who=who, by=by, at=at, reason=reason)

    def lift(self, interrupt: str, *, who: str, by: str, at: datetime, reason: str = "") -> Case:
        """Whoever may suspend may lift it: the clock goes on."""
        return interrupting.lift(self, interrupt, who=who, by=by, at=at, reason=reason)

    def speaks(self, by: Officer, here: Active, at: datetime | None = None) -> bool:
        """Whether this officer may say what a wait waits for: an asked agency's opinion, another body's message."""
        return speaking.speaks(self, by, here, at)

    def interrupts_of(self, by: Officer, at: datetime) -> list[Interrupt]:
        """What this officer may do at any time, by his role and agency."""
        return interrupting.interrupts_of(self, by, at)

    def lifts_of(self, by: Officer, at: datetime) -> list[Interrupt]:
        """The suspensions that this officer may lift."""
        return interrupting.lifts_of(self, by, at)

    # ---- what time does ----

    def advance(self, at: datetime) -> Case:
        """The case as it stands at a moment: every window and limit that ran out by then has its effect, dated by its
        end.
        """
        case = self
        while case.open and (timeout := next_timeout(case, at)) is not None:
            if timeout.slot and timeout.step:
                case = appointing.stands(case, timeout.step, timeout.at)
            else:
                case = moving.run_out(case, timeout)
        return case

    def after(self, event: Event) -> Case:
        """The case with one more event."""
        return self._hand_on(replace(self, events=(*self.events, event), findings={}), follow(self._folded, event))

    def finding(self, findings: Mapping[str, typed.Answers]) -> Case:
        """The case with what an officer is entering: judged, not yet said."""
        return self._hand_on(replace(self, findings=findings), self._folded)

    def _hand_on(self, case: Case, folded: State) -> Case:
        """Not folded from the first event again, nor read again while nobody answers anew: an act costs one event."""
        vars(case)["_folded"] = folded
        if "answers" in vars(self) and folded.answers is self._folded.answers:
            vars(case)["answers"] = self.answers
        return case

    def until(self, seq: int) -> Case:
        """The case as it stood after one of its events."""
        return replace(self, events=self.events[:seq], findings={})
