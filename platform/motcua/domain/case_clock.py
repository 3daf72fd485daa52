"""The clocks of a case: when each limit ends and why, and what runs out when nobody acts. Called by `Case`.

Everything is recomputed from the events at each look, so a stopped worker never shows a wrong state, and a `within`
whose row changes gives the new length minus the days used by itself (semantics 6, 8 and 9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain import case_facts
from motcua.domain.asking import judge
from motcua.domain.case_state import Active
from motcua.domain.deadline import Deadline, Stop, received
from motcua.domain.time_limit import Amount, TimeLimit
from motcua.domain.window import in_force

if TYPE_CHECKING:
    from motcua.domain.case import Case


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
    silent: bool = False  # agencies that were asked did not answer, and their silence says something


def begun(case: Case) -> list[tuple[datetime, LimitState]]:
    """Every limit with the moment when it began or will begin: the same whenever one looks."""
    starts = ((limit, _start(case, limit)) for limit in case.procedure.time_limits if _promised(case, limit))
    return [(start, _limit_state(case, limit, start)) for limit, start in starts if start is not None]


def _promised(case: Case, limit: TimeLimit) -> bool:
    """Whether this case has the limit at all, as far as is known."""
    return in_force(limit.in_force, case.state.filed_on) and judge(limit.when, case.facts)


def _start(case: Case, limit: TimeLimit) -> datetime | None:
    """When the limit begins: whichever of its events came last; received and accepted count from the first time."""
    moments = [case_facts.moment(case.state, name) for name in limit.from_]
    return None if None in moments else max(m for m in moments if m is not None)


def _came(case: Case, limit: TimeLimit) -> datetime:
    """When the events that began it came, before the law moves them to an opening: what was done meanwhile counts."""
    times = [[event.at for event in case.events if name in event.names] for name in limit.from_]
    return max(came[0] if name in case_facts.FIRST else came[-1] for name, came in zip(limit.from_, times, strict=True))


def _met(case: Case, limit: TimeLimit) -> datetime | None:
    """When its end came: by default every result issued, else the case's end (handing over is nobody's delay)."""
    results = tuple(f"result.{r.id}" for r in case.procedure.results)
    names, since = limit.until or results or ("ended",), _came(case, limit)
    moments = [[m for m in case.state.happened.get(name, ()) if m >= since] for name in names]
    if all(moments):
        return max(m[0] for m in moments)
    return case.state.ended_at


def _limit_state(case: Case, limit: TimeLimit, start: datetime) -> LimitState:
    met = _met(case, limit)
    calendar = case_facts.calendar(case, case_facts.owing(case, limit))
    from_outside = limit.from_ == ("received",) or limit.from_ == ("accepted",)
    if from_outside and limit.cut_off is not None:
        start = max(start, received(case.events[0].at, calendar, limit.cut_off))
    stops = tuple(stop for stop in stops_of(case) if met is None or stop.at < met)
    end = case_facts.end_of(case, limit, start, calendar, stops)
    for moment, amount in case.state.extended:
        if end.due is not None and start <= moment and (met is None or moment <= met):
            end = Deadline.count(end.due, Amount.parse(amount), calendar)
    return LimitState(limit, start, end, met)


def stops_of(case: Case) -> Iterator[Stop]:
    """When the clock stood: while every step at which the case stood was a wait that stops it."""
    begun: tuple[datetime, str] | None = None
    for stand in case.state.timeline:
        clocks = {stand.held} if stand.held else {case.step(step).clock for step in stand.steps}
        waits = bool(stand.held) or all(case.step(s).waits_for for s in stand.steps)
        standing = bool(clocks) and "runs" not in clocks and waits
        if standing and begun is None:
            begun = (stand.at, "restart" if "restart" in clocks else "resume")
        elif not standing and begun is not None:
            yield Stop(begun[0], stand.at, begun[1], stand.outside)
            begun = None
    if begun is not None and case.open:
        yield Stop(begun[0], None, begun[1])


def window(case: Case, here: Active) -> datetime | None:
    """When a step's own time ends: a citizen's window, a wait, an office's share. Such a clock never stands."""
    step = case.step(here.step)
    if step.within is None:
        return None
    end = step.within.choose(case.facts, case.state.filed_on).value
    return case_facts.count(case, end, here.since, case_facts.calendar(case, here.agency)).due


def next_timeout(case: Case, at: datetime) -> Timeout | None:
    """The first thing that runs out by a moment, or None."""
    due = [
        t
        for t in (*_windows(case), *_ran_out_limits(case, at))
        if t.at < at or (t.at == at and (t.to is not None or t.silent))
    ]
    return min(due, key=lambda t: t.at, default=None)


def _windows(case: Case) -> Iterator[Timeout]:
    for here in () if case.state.suspended else case.state.active:
        step = case.step(here.step)
        silent = step.waits_for == "agencies" and step.silence != "late"
        to = step.runs_out if step.runs_out != "never" else None
        end = window(case, here) if to or silent else None
        if end is not None:
            yield Timeout(end, to, (step.id,), (f"step.{step.id}",), step.id, silent=silent)


def _ran_out_limits(case: Case, at: datetime) -> Iterator[Timeout]:
    for state in case.limits(at):
        name = f"limit.{state.limit.id}.late"
        if state.met is not None or state.due is None or name in case.state.happened:
            continue
        leaves = tuple(a.step for a in case.state.active) if state.limit.runs_out else ()
        yield Timeout(state.due, state.limit.runs_out, leaves, (name,))
