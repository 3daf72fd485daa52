"""Plays an applicant on the pure nouns, storing nothing: what `try` prints and what `check` compares with an
example's expectations.

Acceptance is at `received` unless an event says otherwise; between events and after the last one officers take the
shortest way to a granted end, each at once. An event `{at}` alone lets time pass: nobody acts meanwhile, and as the
last one it is the moment to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from motcua.domain.acts import speaking
from motcua.domain.acts.entering import agency_at
from motcua.domain.acts.handing import waiting
from motcua.domain.answers import read_moment
from motcua.domain.case import Case
from motcua.domain.case_facts import calendar
from motcua.domain.case_state import Active
from motcua.domain.filing import ALL, Filing, file, judge
from motcua.domain.judged import Judged
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.procedure import Procedure, Province
from motcua.domain.refusals import Incorrect, NotOffered
from motcua.domain.slip import Stationery
from motcua.domain.workflow import ASIDE, Action, Step

#: An appointment by the shortest way is at the office's next opening after this.
_LATER = timedelta(minutes=1)

#: What an event holds that is not a word. `try` takes events from anybody's file.
_SHAPE: tuple[tuple[str, type], ...] = (("asks", list), ("answers", dict))


class BadEvent(ValueError):
    """An event of an example that cannot be played; says which and why."""


@dataclass(frozen=True)
class Applicant:
    """Who is played. `events` are plain mappings as the files write them."""

    at: datetime
    channel: str
    answers: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)
    picked: Mapping[str, str] = field(default_factory=dict)
    events: Sequence[Mapping[str, Any]] = ()
    papers: Mapping[str, Any] | str = ALL  # what is attached; its keys are papers, `issued_on` a day
    by_agent: bool = False


@dataclass(frozen=True)
class Played:
    """What came of it; without a case the filing itself had problems."""

    judged: Judged
    case: Case | None
    at: datetime
    problems: tuple[Problem, ...] = ()


def play(procedure: Procedure, province: Province, who: Applicant, having: Stationery | None = None) -> Played:
    """`having`: what the officers have at hand to issue slips; without it none is written.

    Raises BadEvent for an event that the case does not offer; whatever the applicant or an officer enters wrong is in
    `problems`.
    """
    filing = Filing(who.answers, who.channel, who.papers, who.picked, who.known, who.by_agent)
    judged = judge(procedure, province, filing, who.at)
    if not judged.ready:
        return Played(judged, None, who.at, tuple(judged.problems))
    serials: Counter[str] = Counter()
    case = file(procedure, province, filing, ref="try", by="citizen:0", at=who.at, take=_taker(serials))
    take = _taker(serials)
    case = replace(case, stationery=replace(having or Stationery(), take=take))
    player = _Player(case, who.at, take)
    try:
        for number, event in enumerate(who.events):
            player.happens(event, who.events[number + 1 :])
    except Incorrect as no:
        return Played(judged, player.case, player.at, (*judged.problems, *no.problems))
    if not who.events or set(who.events[-1]) != {"at"}:
        player.walk()
    return Played(judged, player.case, player.at, tuple(judged.problems))


def _taker(serials: Counter[str]) -> Any:
    def take(series: str) -> int:
        serials[series] += 1
        return serials[series]

    return take


class _Player:
    def __init__(self, case: Case, at: datetime, take: Any) -> None:
        self.case, self.at, self._take = case, at, take
        self._before = at  # of the event before, or of the filing
        self._lifted = at  # nobody acts before the last suspension was lifted

    def happens(self, event: Mapping[str, Any], later: Sequence[Mapping[str, Any]]) -> None:
        at = self._when(event)
        if "opinion" in event:
            self._answers(event, at)
        elif "slot" in event:
            self._appoints(event, at)
        elif "interrupt" in event or "lift" in event:  # `step` is where the case stands then
            self._interrupts(event, at)
        elif "step" in event:
            self.walk(to=str(event["step"]), by=at)
            self.case = self.case.advance(at)
            self._act(event, at)
        elif "upon" in event:
            self._comes(event, at)
        else:
            self._accepted_first(later, at)
            self.case = self.case.advance(at)
        self.at = at

    def _answers(self, event: Mapping[str, Any], at: datetime) -> None:
        """An agency that was asked gives its opinion."""
        step, agency = str(event.get("step")), str(event.get("agency"))
        self.walk(to=step, by=at)
        self.case = self.case.advance(at)
        who = self._spokesman(step, agency)
        try:
            text = str(event.get("text", ""))
            self.case = self.case.answer(step, by=who, at=at, opinion=str(event["opinion"]), text=text)
        except NotOffered:
            raise self._bad(event, f"{step}: {agency}") from None

    def _appoints(self, event: Mapping[str, Any], at: datetime) -> None:
        """The office offers a time, and the applicant takes it at once."""
        step = str(event.get("step"))
        self.walk(to=step, by=at)
        self.case = self.case.advance(at)
        here = self.case.state.at_step(step)
        try:
            slot = read_moment(str(event["slot"]))
            self._agree(step, here.agency if here and here.agency else "", slot, at)
        except (NotOffered, ValueError):
            raise self._bad(event, f"{step}: {event['slot']}") from None

    def _agree(self, step: str, agency: str, slot: datetime, at: datetime) -> None:
        offered = self.case.offer(step, [slot], by=self._spokesman(step, agency), at=at)
        self.case = offered.choose(step, slot, by="citizen:0", at=at)

    def _interrupts(self, event: Mapping[str, Any], at: datetime) -> None:
        """Something that may come at any time: a withdrawal, an order to suspend, its lifting."""
        name, who = str(event.get("interrupt") or event.get("lift")), str(event.get("who", "applicant"))
        by = "citizen:0" if who == "applicant" else f"officer:{who}"
        if event.get("step"):
            self.walk(to=str(event["step"]), by=at)
        self.case = self.case.advance(at)
        try:
            if "lift" in event:
                self.case = self.case.lift(name, who=who, by=by, at=at)
                self._lifted = at
            else:
                self.case = self.case.interrupt(name, who=who, by=by, at=at, reason=str(event.get("reason", "")))
        except NotOffered:
            raise self._bad(event, name) from None

    def _when(self, event: Any) -> datetime:
        """The moment of an event, which is of the right shape and does not come before the one before it."""
        if not isinstance(event, Mapping) or any(not isinstance(event.get(key, kind()), kind) for key, kind in _SHAPE):
            raise BadEvent(str(event))
        try:
            at = read_moment(str(event.get("at")))
        except ValueError:
            raise BadEvent(f"{event}: at?") from None
        if at < self._before:
            raise BadEvent(f"{event['at']} < {self._before:%d/%m/%Y %H:%M}")
        self._before = at
        return at

    def _bad(self, event: Mapping[str, Any], what: str) -> BadEvent:
        return BadEvent(f"{event['at']}: {what} ({', '.join(self.case.state.route)})")

    def _act(self, event: Mapping[str, Any], at: datetime) -> None:
        here = self.case.state.at_step(str(event["step"]))
        if here is None:
            raise self._bad(event, str(event["step"]))
        try:
            if self.case.step(here.step).waits_for is not None:
                self.case = self._came(here, event, at)
                return
            self._complete(
                here,
                str(event.get("action")),
                at,
                facts=event.get("answers"),
                reason=str(event.get("reason") or "…"),
                asks=tuple(event.get("asks", ())),
            )
        except NotOffered:
            raise self._bad(event, f"{here.step}.{event.get('action')}") from None

    def _came(self, here: Active, event: Mapping[str, Any], at: datetime) -> Case:
        """What a wait waits for: another body's message, the applicant's papers, or his word."""
        step, said = self.case.step(here.step), str(event.get("reason") or "…")
        if step.waits_for == "event":
            return self.case.note(step.id, by=self._spokesman(step.id, here.agency or ""), at=at, text=said)
        if step.sends:
            return self.case.send(_papers(event), by="citizen:0", at=at)
        return self.case.reply(step.id, str(event.get("action") or ""), by="citizen:0", at=at, reason=said)

    def _comes(self, event: Mapping[str, Any], at: datetime) -> None:
        """The applicant's answer to a supplement, or money."""
        upon = str(event["upon"])
        self.walk(waits_for="supplement" if upon == "supplement_came" else "payment", by=at)
        self.case = self.case.advance(at)
        if upon == "supplement_came" and self.case.state.asked is not None:
            answers = _over(self.case.state.answers, event.get("answers") or {})
            self.case = self.case.supply(answers, _papers(event), by="citizen:0", at=at)
            return
        owed = self.case.to_pay
        paid = {fee: amount for fee, amount in owed.items() if upon in ("paid", f"fee.{fee}.paid")}
        if not paid:
            raise self._bad(event, upon)
        self.case = self.case.pay(paid, by="citizen:0", at=at)

    def _accepted_first(self, later: Sequence[Mapping[str, Any]], until: datetime) -> None:
        """Time passes: the desk has accepted at `received`, unless an event says what it does."""
        for here in self.case.state.active:
            step = self.case.step(here.step)
            accepts = (
                any(action.does == "accept" for action in step.actions) and "accepted" not in self.case.state.happened
            )
            if accepts and not any(e.get("step") == step.id for e in later) and self._moment(here) <= until:
                self._go_on(here)

    def walk(self, *, to: str | None = None, waits_for: str | None = None, by: datetime | None = None) -> None:
        """Officers act by the shortest way: until the case stands at `to`, or waits for what is to come, or as far as
        it goes.
        """
        for _ in range(100):
            active = self.case.state.active
            if any(a.step == to or (waits_for and self.case.step(a.step).waits_for == waits_for) for a in active):
                return
            if self.case.state.suspended:
                return
            ready = [a for a in active if by is None or self._moment(a) <= by]
            if not any(self._go_on(here) for here in ready):
                return

    def _moment(self, here: Active) -> datetime:
        return max(here.since, self.case.state.happened["received"][0], self._lifted)

    def _go_on(self, here: Active) -> bool:
        step, at = self.case.step(here.step), self._moment(here)
        if not self._gone_on(here, step, at):
            return False
        self.at = max(self.at, at)
        return True

    def _gone_on(self, here: Active, step: Step, at: datetime) -> bool:
        """One act by whoever's turn it is: an officer, an agency that agrees, a citizen who pays."""
        if step.waits_for == "payment":
            self.case = self.case.pay(
                {fee: n for fee, n in self.case.to_pay.items() if fee in step.fees}, by="citizen:0", at=at
            )
            return True
        if step.waits_for == "agencies" and here.agency:
            who = self._spokesman(step.id, here.agency)
            self.case = self.case.answer(step.id, by=who, at=at, opinion="agree")
            return True
        if step.waits_for == "appointment" and here.agency:
            self._agree(step.id, here.agency, calendar(self.case, here.agency).next_opening(at + _LATER), at)
            return True
        if step.waits_for is not None:
            return False  # the applicant's word or papers, another body's message: an event says when they come
        for action in self._onward(step):
            try:
                self._complete(here, action.id, at)
            except (NotOffered, Incorrect):
                continue
            return True
        return False

    def _complete(self, here: Active, action: str, at: datetime, **said: Any) -> None:
        """An officer who may does it: takes over the originals that came, hands on those that go, picks who is next."""
        by, case = self._officer(here), self.case
        if waiting(case, here.step):
            case = case.take(here.step, by=by, at=at)
        picks = next((self._picked(step) for step in case.step(here.step).picks), None)
        self.case = case.complete(here.step, action, by=by, at=at, take=self._take, picks=picks, hands=True, **said)

    def _picked(self, step: str) -> Officer:
        return self._officer(Active(step, agency_at(self.case, self.case.step(step)), self.at))

    def _onward(self, step: Step) -> list[Action]:
        """The actions that lead on, the shortest way to a granted end first."""
        distance = self.case.procedure.workflow.distance
        near = [
            (min((distance[row.is_] for row in action.to.rows if row.is_ in distance), default=None), number, action)
            for number, action in enumerate(step.actions)
            if action.does not in ASIDE
        ]
        return [action for far, _, action in sorted((n for n in near if n[0] is not None), key=lambda n: n[:2])]

    def _officer(self, here: Active) -> Officer:
        """Somebody who may act at this step, another one at each."""
        step = self.case.step(here.step)
        role = self.case.chosen(step.role) or ""
        before = self.case.state.actors.get(
            step.same_as or "", f"officer:{self.case.state.picked.get(step.id, step.id)}"
        )
        login = before.removeprefix("officer:")
        return Officer(account=0, login=login, name=login, agency=here.agency or "", roles=frozenset({role}))

    def _spokesman(self, step: str, agency: str) -> Officer:
        """Somebody who may answer for an agency that was asked."""
        asked = self.case.procedure.workflow.steps.get(step)
        role = speaking.role_of(self.case, asked) if asked else None
        return Officer(account=0, login=agency, name=agency, agency=agency, roles=frozenset([role] if role else []))


def _papers(event: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): {"files": [ALL]} for key in event.get("papers", ())}


def _over(answers: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with what the patch says in their place."""
    merged = dict(answers)
    for key, value in patch.items():
        old = merged.get(key)
        merged[key] = _over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged
