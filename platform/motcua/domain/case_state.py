"""The state of a case, folded from its events alone: the catalog is not asked again, so a changed rule never changes
what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua.domain.event import Event


@dataclass(frozen=True)
class Active:
    """A step at which the case stands, and the agency that owes the act (or waits)."""

    step: str
    agency: str | None
    since: datetime
    outside: bool = False  # what led here came from outside: its time counts in office hours


@dataclass(frozen=True)
class Stand:
    """From this moment the case stood at these steps. `outside`: what moved it came from outside, and counts in
    office hours.
    """

    at: datetime
    steps: tuple[str, ...]
    outside: bool
    held: str | None = None  # suspended: what the clock does when that is lifted


@dataclass(frozen=True)
class Payment:
    """Money that came with the event `seq`, by the gateway's `order` or at the desk; `held` is what was not given back
    of it, in đồng by fee.
    """

    seq: int
    held: Mapping[str, int]
    order: str | None = None


@dataclass(frozen=True)
class Handing:
    """Papers that one agency has given and another has not taken yet; the step there waits for them."""

    step: str
    papers: tuple[str, ...]
    gives: str
    takes: str
    at: datetime


@dataclass(frozen=True)
class Offer:
    """The times that an office has offered at a step, the earliest first, and since when."""

    slots: tuple[datetime, ...]
    at: datetime


@dataclass(frozen=True)
class Asked:
    """What the open supplement asks for: dotted fields or pages, and `paper.<key>`."""

    items: tuple[str, ...]
    reason: str
    at: datetime
    waits: tuple[str, ...] = ()  # where the case waits for it; left, nothing is asked any more

    @property
    def papers(self) -> tuple[str, ...]:
        return tuple(item.removeprefix("paper.") for item in self.items if item.startswith("paper."))

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(item for item in self.items if not item.startswith("paper."))

    def opens(self, dotted: str) -> bool:
        """Whether a field may be changed: ticked itself, or inside a ticked page or group."""
        return any(dotted == item or dotted.startswith(f"{item}.") for item in self.fields)


@dataclass(frozen=True)
class State:
    """Everything here is plain data as the events carry it; `Case` gives it types."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
    filed_on: date = date.min
    filed_by_agent: bool = False
    happened: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    active: tuple[Active, ...] = ()
    timeline: tuple[Stand, ...] = ()
    passed: tuple[str, ...] = ()
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    started: Mapping[str, datetime] = field(default_factory=dict)
    done: Mapping[str, datetime] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)  # "step.action" -> how often
    positions: Mapping[str, str] = field(default_factory=dict)
    fees: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    paid: Mapping[str, int] = field(default_factory=dict)  # in đồng, all that came
    refunded: Mapping[str, int] = field(default_factory=dict)  # in đồng, all that was given back
    payments: tuple[Payment, ...] = ()
    opinions: Mapping[str, tuple[Mapping[str, Any], ...]] = field(
        default_factory=dict
    )  # step -> what agencies answered
    suspended: Mapping[str, str] = field(default_factory=dict)  # interrupt -> what the clock does when it is lifted
    extended: tuple[tuple[datetime, str], ...] = ()  # when, and by how much time, the running limits grew
    picked: Mapping[str, str] = field(default_factory=dict)  # step -> login of who is to do it
    handing: tuple[Handing, ...] = ()
    offers: Mapping[str, Offer] = field(default_factory=dict)  # step -> the times offered there
    asked: Asked | None = None
    outcome: str | None = None
    ended_at: datetime | None = None

    def at_step(self, step: str, agency: str | None = None) -> Active | None:
        """Where the case stands at a step; of several agencies that are asked there, the one named."""
        here = (a for a in self.active if a.step == step and agency in (None, a.agency))
        return next(here, None)

    @property
    def route(self) -> tuple[str, ...]:
        """The steps passed, to where it stands."""
        return (*self.passed, *dict.fromkeys(a.step for a in self.active))


def usual_office(positions: Mapping[str, str], happened: Mapping[str, Any]) -> str:
    """Where a case is while no step says where: with the deciding agency, before acceptance with the receiving one."""
    return positions.get("decides" if "accepted" in happened else "receives", positions["receives"])


def office_at(state: State, position: str | None) -> str | None:
    """The agency in a position; where none is named, the one with which the case is."""
    return state.positions.get(position) if position else usual_office(state.positions, state.happened)


def fold(events: Iterable[Event]) -> State:
    state = State()
    for event in events:
        state = follow(state, event)
    return state


def follow(state: State, event: Event) -> State:
    """The state after one more event."""
    data = event.data
    state = _arranged(_money(_said(_moved(_held(state, event), event), event), event), event)
    happened = dict(state.happened)
    for name in event.names:
        happened[name] = (*happened.get(name, ()), event.moment(name))
    state = replace(state, happened=happened)
    for key in ("answers", "papers", "known"):
        if key in data:
            state = replace(state, **{key: data[key]})
    if "filed_on" in data:
        state = replace(
            state,
            channel=data["channel"],
            filed_on=date.fromisoformat(data["filed_on"]),
            filed_by_agent=data.get("filed_by_agent", False),
        )
    if "asks" in data:
        waits = tuple(entered["step"] for entered in data.get("enters", ()))
        state = replace(state, asked=Asked(tuple(data["asks"]), data.get("reason", ""), event.at, waits))
    elif state.asked is not None and not any(state.at_step(wait) for wait in state.asked.waits):
        state = replace(state, asked=None)
    state = replace(state, fees={**state.fees, **data.get("fees", {})})
    return replace(
        _owing(state, {*data.get("fees", {}), *data.get("refunded", {})}),
        positions={**state.positions, **data.get("positions", {})},
        numbers={**state.numbers, **data.get("numbers", {})},
        extended=(*state.extended, (event.at, data["extends"])) if "extends" in data else state.extended,
    )


def _stand(state: State, event: Event, active: tuple[Active, ...]) -> Stand:
    held = None if "outcome" in event.data else next(iter(state.suspended.values()), None)
    return Stand(event.at, tuple(a.step for a in active), event.outside, held)


def _held(state: State, event: Event) -> State:
    """Suspended and lifted: the clock stands meanwhile, wherever the case is."""
    suspends, lifts = event.data.get("suspends"), event.data.get("lifts")
    if suspends is None and lifts is None:
        return state
    held = {name: clock for name, clock in state.suspended.items() if name != lifts}
    if suspends is not None:
        held[suspends] = event.data["clock"]
    stand = Stand(event.at, tuple(a.step for a in state.active), False, next(iter(held.values()), None))
    return replace(state, suspended=held, timeline=(*state.timeline, stand))


def _said(state: State, event: Event) -> State:
    """What agencies answered."""
    said = event.data.get("answered")
    if said is None:
        return state
    before = state.opinions.get(said["step"], ())
    gone = {(said["step"], one["agency"]) for one in said["opinions"]}
    return replace(
        state,
        opinions={**state.opinions, said["step"]: (*before, *said["opinions"])},
        active=tuple(a for a in state.active if (a.step, a.agency) not in gone),
    )


def _money(state: State, event: Event) -> State:
    """What was paid, and what was given back of which payment."""
    paid, refunded = event.data.get("paid", {}), event.data.get("refunded", {})
    if paid:
        payment = Payment(event.seq, paid, event.data.get("order"))
        state = replace(state, paid=_sum(state.paid, paid), payments=(*state.payments, payment))
    if refunded:
        back = {fee: -amount for fee, amount in refunded.items()}
        payments = (replace(p, held=_sum(p.held, back)) if p.seq == event.data["of"] else p for p in state.payments)
        state = replace(state, refunded=_sum(state.refunded, refunded), payments=tuple(payments))
    return state


def _owing(state: State, fees: Iterable[str]) -> State:
    """A fee of which more is owed now than came is not paid any more, and so not all is."""
    held = _sum(state.paid, {fee: -amount for fee, amount in state.refunded.items()})
    owing = [fee for fee in fees if state.outcome is None and state.fees.get(fee, 0) > held.get(fee, 0)]
    gone = {f"fee.{fee}.paid" for fee in owing} & state.happened.keys()
    if not gone:
        return state
    return replace(state, happened={name: at for name, at in state.happened.items() if name not in {*gone, "paid"}})


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {fee: one.get(fee, 0) + other.get(fee, 0) for fee in {**one, **other}}


def _arranged(state: State, event: Event) -> State:
    """Who is to do what, which papers are on their way, and which times were offered."""
    data = event.data
    state = replace(state, picked={**state.picked, **data.get("picked", {})})
    if "took" in data:
        state = replace(state, handing=tuple(h for h in state.handing if h.step != data["took"]))
    if (given := data.get("handed")) is not None:
        papers = tuple(given["papers"])
        handing = Handing(given["step"], papers, given["gives"], given["takes"], event.at)
        state = replace(state, handing=(*state.handing, handing))
    if (offered := data.get("offered")) is not None:
        slots = tuple(datetime.fromisoformat(slot) for slot in offered["slots"])
        state = replace(state, offers={**state.offers, offered["step"]: Offer(slots, event.at)})
    return state


def _moved(state: State, event: Event) -> State:
    """Steps left and entered, what officers found there, and the end."""
    data = event.data
    left, entered = tuple(data.get("leaves", ())), tuple(data.get("enters", ()))
    if not left and not entered and "outcome" not in data:
        return state
    here = (
        *(a for a in state.active if a.step not in left),
        *(Active(e["step"], e.get("agency"), event.at, event.outside) for e in entered),
    )
    active = () if "outcome" in data else here  # an end takes the other branches with it
    step, action = data.get("step"), data.get("action")
    opened = [e["step"] for e in entered]
    times = dict(state.times)
    if action:
        times[f"{step}.{action}"] = times.get(f"{step}.{action}", 0) + 1
    return replace(
        state,
        active=active,
        timeline=(*state.timeline, _stand(state, event, active)),
        passed=(*state.passed, *left),
        facts={**state.facts, step: data["facts"]} if step and "facts" in data else state.facts,
        opinions={name: said for name, said in state.opinions.items() if name not in opened},
        offers={name: offer for name, offer in state.offers.items() if name not in opened},
        started={**state.started, **{e["step"]: event.at for e in entered}},
        done={**state.done, **dict.fromkeys(left, event.at)},
        actors={**state.actors, **({step: event.by} if step else {})},
        times=times,
        outcome=data.get("outcome", state.outcome),
        ended_at=event.at if "outcome" in data else state.ended_at,
    )
