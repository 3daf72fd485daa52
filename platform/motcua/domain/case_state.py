"""The state of a case, folded from its events alone: the catalog is not asked again, so a changed rule never changes what happened."""

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


@dataclass(frozen=True)
class Stand:
    """From this moment the case stood at these steps. `outside`: what moved it came from outside, and counts in office hours."""

    at: datetime
    steps: tuple[str, ...]
    outside: bool


@dataclass(frozen=True)
class Asked:
    """What the open supplement asks for: dotted fields or pages, and `paper.<key>`."""

    items: tuple[str, ...]
    reason: str
    at: datetime

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
    extended: tuple[tuple[datetime, str], ...] = ()  # when, and by how much time, the running limits grew
    asked: Asked | None = None
    outcome: str | None = None
    ended_at: datetime | None = None

    def at_step(self, step: str) -> Active | None:
        return next((a for a in self.active if a.step == step), None)

    @property
    def route(self) -> tuple[str, ...]:
        """The steps passed, to where it stands."""
        return (*self.passed, *(a.step for a in self.active))


def fold(events: Iterable[Event]) -> State:
    state = State()
    for event in events:
        state = _after(state, event)
    return state


def _after(state: State, event: Event) -> State:
    data = event.data
    state = _moved(state, event)
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
        state = replace(state, asked=Asked(tuple(data["asks"]), data.get("reason", ""), event.at))
    elif event.kind in ("supplied", "ran_out"):
        state = replace(state, asked=None)
    return replace(
        state,
        positions={**state.positions, **data.get("positions", {})},
        fees={**state.fees, **data.get("fees", {})},
        numbers={**state.numbers, **data.get("numbers", {})},
        extended=(*state.extended, (event.at, data["extends"])) if "extends" in data else state.extended,
    )


def _moved(state: State, event: Event) -> State:
    """Steps left and entered, what officers found there, and the end."""
    data = event.data
    left, entered = tuple(data.get("leaves", ())), tuple(data.get("enters", ()))
    if not left and not entered and "outcome" not in data:
        return state
    active = (
        *(a for a in state.active if a.step not in left),
        *(Active(e["step"], e.get("agency"), event.at) for e in entered),
    )
    step, action = data.get("step"), data.get("action")
    times = dict(state.times)
    if action:
        times[f"{step}.{action}"] = times.get(f"{step}.{action}", 0) + 1
    return replace(
        state,
        active=() if "outcome" in data else active,
        timeline=(*state.timeline, Stand(event.at, tuple(a.step for a in active), event.by.startswith("citizen:"))),
        passed=(*state.passed, *left),
        facts={**state.facts, step: data["facts"]} if step and "facts" in data else state.facts,
        started={**state.started, **{e["step"]: event.at for e in entered}},
        done={**state.done, **dict.fromkeys(left, event.at)},
        actors={**state.actors, **({step: event.by} if step else {})},
        times=times,
        outcome=data.get("outcome", state.outcome),
        ended_at=event.at if "outcome" in data else state.ended_at,
    )
