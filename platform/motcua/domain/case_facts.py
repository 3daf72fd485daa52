"""The facts of a case, over which its rules are evaluated; and which calendar and which moments its clocks go by.
Used by case and filing.

No rule sees "now": only the filing day, what was answered, what officers established and when (semantics 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain.deadline import Deadline, Stop, earliest
from motcua.domain.paper import issue_days
from motcua.domain.procedure import Procedure, Province
from motcua.domain.time_limit import Amount, At, Earliest, End, TimeLimit
from motcua.domain.values import Facts
from motcua.domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from motcua.domain.case import Case

#: Counted from their first time; every other event from its last (catalog language, "Events").
FIRST = ("received", "accepted")


def of_filing(
    procedure: Procedure,
    province: Province,
    *,
    answers: Mapping[str, Any],
    channel: str,
    filed_on: date,
    known: Mapping[str, Any],
    by_agent: bool = False,
) -> Facts:
    """What is known before a case is filed."""
    case = {"channel": channel, "filed_on": filed_on, "filed_by_agent": by_agent}
    return Facts(
        on=filed_on,
        answers=answers,
        roots={"case": case, "known": _typed_known(procedure, known), "step": {}, "paper": {}, "fee": {}, "agency": {}},
        values=procedure.values,
        calendar=province.calendars.of().working_days,
    )


def of(case: Case) -> Facts:
    """Everything that is established by now."""
    state = case.state
    facts = of_filing(
        case.procedure,
        case.province,
        answers=case.answers,
        channel=state.channel,
        filed_on=state.filed_on,
        known=state.known,
        by_agent=state.filed_by_agent,
    )
    fees = {
        name: {"amount": amount, "paid": f"fee.{name}.paid" in state.happened} for name, amount in state.fees.items()
    }
    facts = facts.with_root("step", _steps(case)).with_root("fee", fees).with_root("paper", issue_days(state.papers))
    return with_agencies(facts, case.province, state.positions)


def with_agencies(facts: Facts, province: Province, positions: Mapping[str, str]) -> Facts:
    found = {}
    for position, agency_id in positions.items():
        agency = province.agencies[agency_id]
        found[position] = {
            "id": agency.id,
            "code": agency.code,
            "name": agency.name.vi,
            "kind": agency.kind,
            "level": agency.level,
        }
    return facts.with_root("agency", found)


def _steps(case: Case) -> dict[str, dict[str, Any]]:
    """What officers established, of a repeated step its last pass; and when each began and ended."""
    state, found = case.state, dict[str, dict[str, Any]]()
    for name, since in state.started.items():
        form = case.step(name).form
        said = typed.read_kept(form, state.facts.get(name, {})) if form else {}
        found[name] = {**said, "started_on": since.date()}
        if name in state.done:
            found[name]["done_on"] = state.done[name].date()
        if case.step(name).waits_for == "agencies":
            found[name]["answers"] = [dict(said) for said in state.opinions.get(name, ())]
        slot = state.facts.get(name, {}).get("slot") if case.step(name).waits_for == "appointment" else None
        if slot is not None:
            found[name]["slot"] = datetime.fromisoformat(slot)
    for name, said in case.findings.items():
        found[name] = {**found.get(name, {}), **said}
    return found


def _typed_known(procedure: Procedure, known: Mapping[str, Any]) -> dict[str, Any]:
    """Registers' answers as their declared types say; an answer that cannot be read did not come."""
    found = {}
    for look_up in procedure.looks_up:
        given = known.get(look_up.id)
        if isinstance(given, Mapping):
            found[look_up.id] = typed.read_record(look_up.answers, given)
    return found


# ---- clocks ----


def calendar(case: Case, agency: str | None) -> WorkingCalendar:
    """The calendar of the agency that owes the act, or that waits."""
    return case.province.calendars.of(agency or case.state.positions.get("receives"))


def owing(case: Case, limit: TimeLimit) -> str | None:
    """Who owes what a limit promises: the desk until acceptance, then the deciding agency."""
    until_accepted = limit.until == ("accepted",)
    return case.state.positions.get("receives" if until_accepted else "decides") or case.state.positions.get("receives")


def moment(case: Case, name: str, by: WorkingCalendar) -> datetime | None:
    """When an event counts, or None while it has not happened: what came from outside, at the next opening."""
    events = [event for event in case.events if name in event.names]
    if not events:
        return None
    event = events[0 if name in FIRST else -1]
    return by.next_opening(event.moment(name)) if event.outside else event.moment(name)


def end_of(
    case: Case,
    limit: TimeLimit,
    start: datetime,
    by: WorkingCalendar,
    stops: tuple[Stop, ...],
    extensions: tuple[Amount, ...],
) -> Deadline:
    """The end that the limit's rows choose on what is established now."""
    end = case.chosen(limit.within)
    return count(case, end, start, by, stops, extensions)


def count(
    case: Case,
    end: End,
    start: datetime,
    by: WorkingCalendar,
    stops: tuple[Stop, ...] = (),
    extensions: tuple[Amount, ...] = (),
) -> Deadline:
    """An end as the catalog writes it, counted for this case."""
    if isinstance(end, Amount):
        return Deadline.count(start, end, by, stops=stops, extensions=extensions)
    if isinstance(end, At):
        agreed = Deadline.at(case.facts.evaluate(end.moment), by)
        if agreed.due is None or not extensions:
            return agreed
        return Deadline.count(agreed.due, extensions[0], by, stops=stops, extensions=extensions[1:])
    if isinstance(end, Earliest):
        return earliest(count(case, one, start, by, stops, extensions) for one in end.ends)
    begun = [m for name in end.from_ if (m := moment(case, name, by)) is not None]
    return Deadline.count(max(begun, default=start), end.of, by, stops=stops, extensions=extensions)
