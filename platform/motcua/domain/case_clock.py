"""The clocks of a case: when each limit ends and why, and what runs out when nobody acts. Called by `Case`.

Everything is recomputed from the events at each look, so a stopped worker never shows a wrong state, and a `within`
whose row changes gives the new length minus the days used by itself (semantics 6, 8 and 9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain import case_facts
from motcua.domain.asking import judge
from motcua.domain.case_state import Active, Stand
from motcua.domain.deadline import Deadline, Stop, received
from motcua.domain.time_limit import Amount, TimeLimit
from motcua.domain.window import in_force

if TYPE_CHECKING:
    from motcua.domain.case import Case

#: Whose windows the citizen has to keep: they never stand (semantics 8).
CITIZENS = ("supplement", "applicant", "payment")


@dataclass(frozen=True)
class LimitState:
    """A limit that has begun. `met` is when it was kept or broken; a deadline without `due` stands still."""

    limit: TimeLimit
    start: datetime
    deadline: Deadline
    met: datetime | None

    @property
    def due(self) -> datetime | None:
        return self.deadline.due

    def late(self, at: datetime) -> bool:
        return self.due is not None and (self.met or at) > self.due


@dataclass(frozen=True)
class Timeout:
    """Something that ends by itself: at `at` the case leaves `leaves` and goes `to`, or is only late (no `to`)."""

    at: datetime
    to: str | None
    leaves: tuple[str, ...]
    names: tuple[str, ...]
    step: str | None = None
    silent: str | None = None  # an agency that was asked and did not answer, and its silence says something
    slot: bool = False  # the applicant did not choose, and the first of the offered times stands


def begun(case: Case) -> list[tuple[datetime, LimitState]]:
    """Every limit whose events came, with the moment when they did: from then on its end is known, be it that it
    counts from a later opening.
    """
    starts = ((limit, _start(case, limit)) for limit in case.procedure.time_limits if _promised(case, limit))
    return [(came_at(case, limit), _limit_state(case, limit, start)) for limit, start in starts if start is not None]


def _promised(case: Case, limit: TimeLimit) -> bool:
    """Whether this case has the limit at all, as far as is known."""
    return in_force(limit.in_force, case.state.filed_on) and judge(limit.when, case.facts)


def _start(case: Case, limit: TimeLimit) -> datetime | None:
    """When the limit begins: whichever of its events came last; received and accepted count from the first time."""
    calendar = case_facts.calendar(case, case_facts.owing(case, limit))
    moments = [case_facts.moment(case, name, calendar) for name in limit.from_]
    return None if None in moments else max(m for m in moments if m is not None)


def came_at(case: Case, limit: TimeLimit) -> datetime:
    """When the events that began it came, before the law moves them to an opening: what was done meanwhile counts."""
    times = [[event.at for event in case.events if name in event.names] for name in limit.from_]
    return max(came[0] if name in case_facts.FIRST else came[-1] for name, came in zip(limit.from_, times, strict=True))


def _met(case: Case, limit: TimeLimit) -> datetime | None:
    """When its end came: by default every result issued, else the case's end (handing over is nobody's delay)."""
    results = tuple(f"result.{r.id}" for r in case.results())
    names, since = limit.until or results or ("ended",), came_at(case, limit)
    came = [next((e.moment(n) for e in case.events if n in e.names and e.at >= since), None) for n in names]
    return case.state.ended_at if None in came else max(moment for moment in came if moment is not None)


def _limit_state(case: Case, limit: TimeLimit, start: datetime) -> LimitState:
    met = _met(case, limit)
    calendar = case_facts.calendar(case, case_facts.owing(case, limit))
    from_outside = limit.from_ == ("received",) or limit.from_ == ("accepted",)
    if from_outside and limit.cut_off is not None:
        start = max(start, received(case.events[0].at, calendar, limit.cut_off))
    stops = tuple(stop for stop in stops_of(case) if met is None or stop.at < met)
    came = came_at(case, limit)
    extensions = tuple(
        Amount.parse(amount) for at, amount in case.state.extended if came <= at and (met is None or at <= met)
    )
    return LimitState(limit, start, case_facts.end_of(case, limit, start, calendar, stops, extensions), met)


def stops_of(case: Case) -> Iterator[Stop]:
    """When the clock stood: while every step at which the case stood was a wait that stops it."""
    return _stretches(case, lambda stand: _standing(case, stand))


def _stretches(case: Case, why: Callable[[Stand], frozenset[str]]) -> Iterator[Stop]:
    """Without a break it is one stop; then it counts the rest, or the whole if any part of it asks for that."""
    since, clocks = None, frozenset[str]()
    for stand in case.state.timeline:
        if standing := why(stand):
            since, clocks = since or stand.at, clocks | standing
        elif since is not None:
            yield Stop(since, stand.at, _mode(clocks), stand.outside)
            since, clocks = None, frozenset()
    if since is not None:
        yield Stop(since, None, _mode(clocks))


def _standing(case: Case, stand: Stand) -> frozenset[str]:
    """Why the clock stands; empty while it runs."""
    steps = [case.step(step) for step in stand.steps]
    clocks = {step.clock if step.waits_for else "runs" for step in steps}
    return _suspended(stand) | (frozenset() if "runs" in clocks else clocks)


def _suspended(stand: Stand) -> frozenset[str]:
    return frozenset([stand.held] if stand.held else [])


def _mode(clocks: frozenset[str]) -> str:
    return "restart" if "restart" in clocks else "resume"


def window(case: Case, here: Active) -> datetime | None:
    """When a step's own time ends: a citizen's window, a wait, an office's share. A citizen's never stands, the others
    do while the case is suspended: None.
    """
    step = case.step(here.step)
    if step.within is None:
        return None
    end = case.chosen(step.within)
    calendar = case_facts.calendar(case, here.agency)
    since = calendar.next_opening(here.since) if here.outside else here.since
    stops = () if step.waits_for in CITIZENS else tuple(_stretches(case, _suspended))
    return case_facts.count(case, end, since, calendar, stops).due


def choice_ends(case: Case, here: Active) -> datetime | None:
    """When the applicant's time to choose an appointment is over, at the latest with the first of the offered times;
    before the office has offered any it has not begun.
    """
    offer, confirm = case.state.offers.get(here.step), case.step(here.step).confirm
    if offer is None or confirm is None:
        return None
    within = case.chosen(confirm)
    end = case_facts.count(case, within, offer.at, case_facts.calendar(case, here.agency)).due
    return offer.slots[0] if end is None else min(end, offer.slots[0])


def next_timeout(case: Case, at: datetime) -> Timeout | None:
    """The first thing that runs out by a moment, or None."""
    due = [
        t
        for t in (*_windows(case), *_ran_out_limits(case, at))
        if t.at < at or (t.at == at and (t.to is not None or t.silent is not None or t.slot))
    ]
    return min(due, key=lambda t: t.at, default=None)


def _windows(case: Case) -> Iterator[Timeout]:
    for here in case.state.active:
        step = case.step(here.step)
        silent = here.agency if step.waits_for == "agencies" and step.silence != "late" else None
        to = step.runs_out if step.runs_out != "never" else None
        end = window(case, here) if to or silent else None
        if end is not None:
            yield Timeout(end, to, (step.id,), (f"step.{step.id}",), step.id, silent)
        if (stands := choice_ends(case, here)) is not None:
            yield Timeout(stands, None, (step.id,), (f"step.{step.id}",), step.id, slot=True)


def _ran_out_limits(case: Case, at: datetime) -> Iterator[Timeout]:
    for state in case.limits(at):
        name = f"limit.{state.limit.id}.late"
        if state.met is not None or state.due is None or name in case.state.happened:
            continue
        leaves = tuple(a.step for a in case.state.active) if state.limit.runs_out else ()
        yield Timeout(state.due, state.limit.runs_out, leaves, (name,))
