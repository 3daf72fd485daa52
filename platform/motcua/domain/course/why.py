"""Why a limit of a case ends when it does: the promise and the law behind it, then the ledger, each line with what
caused it. Called by web/why_shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import TYPE_CHECKING

from motcua.domain import case_facts
from motcua.domain.case_clock import LimitState, came_at, stops_of
from motcua.domain.ledger import CUT_OFF, OUT_OF_HOURS, LedgerLine, What
from motcua.domain.text import Text
from motcua.domain.time_limit import After, Earliest, End, TimeLimit
from motcua.domain.working_calendar import to_minute

if TYPE_CHECKING:
    from motcua.domain.case import Case

#: Events that let a clock go on and have words of their own; any other has let the case go on.
_RESUMES = ("supplied", "paid", "lifted", "ran_out", "came", "acted")


@dataclass(frozen=True)
class Cause:
    """`kind` is the first word of an event's name (`received`, `step`, `step_started` ...), the kind of the event that
    let the clock go on (`supplied`, `lifted` ...), `waits`, `held` or `extended`. `title` is the catalog's name for
    what it speaks of, `reason` what somebody gave.
    """

    kind: str
    title: Text | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """`restarts`: the clock that stands here counts the whole anew when it goes on."""

    entry: LedgerLine
    cause: Cause | None = None
    restarts: bool = False


@dataclass(frozen=True)
class Why:
    """`end` as the rule writes it, `reason` why this row of it holds, `basis` the law."""

    end: End
    reason: Text | None
    basis: Text | None
    lines: tuple[Line, ...]
    confirmed: bool


def why(case: Case, state: LimitState) -> Why:
    limit = state.limit
    chosen = limit.within.choose(case.facts, case.state.filed_on)
    cited = chosen.row.basis or limit.basis
    basis = next((law.cite for law in case.procedure.legal_bases if law.id == cited), None)
    lines = tuple(_lines(case, state, chosen.value))
    return Why(chosen.value, chosen.row.why, basis, lines, state.deadline.confirmed)


def _lines(case: Case, state: LimitState, end: End) -> Iterator[Line]:
    """The ledger with its causes. What the law moved to an opening before the ledger began is said first."""
    ledger = state.deadline.ledger
    started = next((entry for entry in ledger if entry.what is What.STARTED), None)
    cause = named(case, _begun_by(case, state.limit, end, started)) if started else None
    extensions = cycle(_extensions(case, state))  # after a restart they count again
    moved = _moved(case, state) if started and started.since == to_minute(state.start) else None
    if moved:
        yield Line(moved, cause)
    for entry in ledger:
        if entry.what is What.STOPPED:
            stop = max((s for s in stops_of(case) if to_minute(s.at) <= entry.since), key=lambda s: s.at)
            yield Line(entry, _stopped_by(case, stop.at), restarts=stop.mode == "restart")
            cause = _resumed_by(case, stop.until) if stop.until else None
        elif entry.what is What.EXTENDED:
            yield Line(entry, next(extensions))
        elif entry.what in (What.STARTED, What.MOVED):
            yield Line(entry, cause)
        else:
            yield Line(entry)


def _moved(case: Case, state: LimitState) -> LedgerLine | None:
    """What came out of hours, or after the cut-off, counts from an opening."""
    at, start = to_minute(came_at(case, state.limit)), to_minute(state.start)
    if at >= start:
        return None
    calendar = case_facts.calendar(case, case_facts.owing(case, state.limit))
    late = state.limit.cut_off is not None and start > calendar.next_opening(at)
    return LedgerLine(What.MOVED, at, start, why=CUT_OFF if late else OUT_OF_HOURS)


# ---- causes ----


def _begun_by(case: Case, limit: TimeLimit, end: End, started: LedgerLine) -> str:
    """The event from which this was counted: of several, the one that came last."""
    said = next((e for e in _ends(end) if isinstance(e, After) and e.from_ and e.of == started.amount), None)
    names = said.from_ if isinstance(said, After) else limit.from_
    calendar = case_facts.calendar(case, case_facts.owing(case, limit))
    moments = {name: m for name in names if (m := case_facts.moment(case, name, calendar))}
    return max(moments, key=lambda name: moments[name], default=names[0])


def _ends(end: End) -> Iterator[End]:
    for one in end.ends if isinstance(end, Earliest) else (end,):
        yield from _ends(one) if isinstance(one, Earliest) else (one,)


def named(case: Case, name: str) -> Cause:
    """An event of the catalog's vocabulary, with the name that the catalog gives to what it speaks of."""
    kind, _, rest = name.partition(".")
    thing, _, what = rest.partition(".")
    if not rest:
        return Cause(kind)
    return Cause(f"{kind}_{what}" if what else kind, _titles(case, kind).get(thing, Text(thing)))


def _titles(case: Case, kind: str) -> dict[str, Text]:
    procedure = case.procedure
    if kind == "step":
        return {step.id: step.name for step in procedure.workflow.steps.values()}
    if kind == "slip":
        return {slip.id: Text(slip.title) for slip in case.stationery.kinds.values()}
    if kind == "fee":
        return {fee.id: fee.name for fee in procedure.fees}
    if kind == "limit":
        return {limit.id: limit.name for limit in procedure.time_limits if limit.name}
    return {result.id: result.name for result in procedure.results}


def _stopped_by(case: Case, at: datetime) -> Cause:
    """A suspension, or the waits at which the case stood."""
    suspends = next((e for e in case.events if e.at == at and "suspends" in e.data), None)
    if suspends is not None:
        held = {i.id: i.name for i in case.procedure.workflow.interrupts}
        name = suspends.data["suspends"]
        return Cause("held", held.get(name, Text(name)), str(suspends.data.get("reason", "")))
    stand = next(stand for stand in reversed(case.state.timeline) if stand.at == at)
    return Cause("waits", case.step(stand.steps[0]).name if stand.steps else None)


def _resumed_by(case: Case, at: datetime) -> Cause:
    moving = [event for event in case.events if event.at == at and {"leaves", "lifts"} & event.data.keys()]
    return Cause(next((event.kind for event in reversed(moving) if event.kind in _RESUMES), "went_on"))


def _extensions(case: Case, state: LimitState) -> list[Cause]:
    """What was said when the limit was made longer, in the order in which it was."""
    since = came_at(case, state.limit)
    given = (
        e for e in case.events if "extends" in e.data and since <= e.at and (state.met is None or e.at <= state.met)
    )
    return [Cause("extended", reason=str(event.data.get("reason", ""))) for event in given]
