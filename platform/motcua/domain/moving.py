"""How a case moves: one act, one event, with all that follows from it (steps entered, fees fixed, results issued, the end).

Called by `Case`'s verbs only; they have judged already whether the act is allowed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain import fee, positions
from motcua.domain.case_state import Active
from motcua.domain.event import Event
from motcua.domain.numbering import Take, number
from motcua.domain.workflow import Action, Interrupt, Step

if TYPE_CHECKING:
    from motcua.domain.case import Case
    from motcua.domain.case_clock import Timeout


def act(
    case: Case, here: Active, doing: Action, *, by: str, at: datetime, take: Take, reason: str, asks: tuple[str, ...]
) -> Case:
    """An officer's action at a step."""
    step = case.step(here.step)
    names = [f"step.{step.id}"]
    data: dict[str, Any] = {"step": step.id, "action": doing.id, "leaves": [step.id]}
    if step.id in case.findings:
        data["facts"] = typed.plain(case.findings[step.id])
    if reason:
        data["reason"] = reason
    if doing.does == "accept" and "accepted" not in case.state.happened:
        names.append("accepted")
        data["moments"] = {"accepted": max(at, case.state.happened["received"][0]).isoformat()}
    if doing.does == "ask_supplement":
        names.append("supplement_asked")
        data["asks"] = list(asks)
    if doing.does == "extend" and doing.by is not None:
        data["extends"] = str(doing.by.choose(case.facts, case.state.filed_on).value)
    if doing.slip is not None:
        names.append(f"slip.{doing.slip.choose(case.facts, case.state.filed_on).value}")
    issued = [
        r for r in case.procedure.results if r.id in doing.publishes or (doing.does == "sign" and not doing.publishes)
    ]
    if issued:
        agency = case.province.agencies[here.agency or case.state.positions["receives"]]
        data["numbers"] = {f"result.{r.id}": number(r.number, agency, at.date(), take) for r in issued if r.number}
        names += [f"result.{r.id}" for r in issued]
    to = doing.to.choose(case.facts, case.state.filed_on).value
    return happen(case, "acted", by, at, names, data, to)


def interrupt(case: Case, chosen: Interrupt, *, by: str, at: datetime, reason: str) -> Case:
    names = [f"interrupt.{chosen.id}", *([f"slip.{chosen.slip}"] if chosen.slip else [])]
    data = {
        "interrupt": chosen.id,
        "leaves": [a.step for a in case.state.active],
        **({"reason": reason} if reason else {}),
    }
    return happen(case, "interrupted", by, at, names, data, chosen.to)


def run_out(case: Case, timeout: Timeout) -> Case:
    """A window or a limit ends: dated by its end, whenever that is noticed (semantics 9)."""
    data: dict[str, Any] = {"leaves": list(timeout.leaves)}
    if timeout.step:
        data["step"] = timeout.step
    return happen(case, "ran_out" if timeout.to else "late", "clock", timeout.at, list(timeout.names), data, timeout.to)


def enter(case: Case, to: str, at: datetime) -> tuple[list[dict[str, Any]], list[str], str | None, dict[str, str]]:
    """The steps that the case enters at `to`: what does not hold is passed through. Entries, names, outcome, positions found."""
    step = case.step(to)
    while step.when is not None and not case.facts.evaluate(step.when):
        onward = step.to or (step.actions[0].to if step.actions else None)
        if onward is None:
            break
        step = case.step(onward.choose(case.facts, case.state.filed_on).value)
    if step.ends:
        return [], ["ended"], step.ends, {}
    entry: dict[str, Any] = {"step": step.id}
    position, agency = _standing(case, step)
    if agency:
        entry["agency"] = agency
    return [entry], [f"step.{step.id}.started"], None, {position: agency} if position and agency else {}


def _standing(case: Case, step: Step) -> tuple[str | None, str | None]:
    """Where a step stands: its position and the agency that fills it; a wait without one stays with the deciding office."""
    if step.at is None:
        fallback = "decides" if "decides" in case.state.positions and "accepted" in case.state.happened else "receives"
        return None, case.state.positions.get(fallback)
    position = step.at.choose(case.facts, case.state.filed_on).value
    found = case.state.positions.get(position) or positions.resolve(
        case.procedure.positions, position, case.facts, case.province.agencies, case.state.filed_on, {}
    )
    return position, found


def happen(
    case: Case, kind: str, by: str, at: datetime, names: list[str], data: dict[str, Any], to: str | None
) -> Case:
    """One event with its consequences: what the case enters is judged on the case as this act leaves it."""
    draft = case.after(Event(len(case.events) + 1, at, kind, by, tuple(names), data))
    if to is not None:
        entries, more, outcome, found = enter(draft, to, at)
        data = {
            **data,
            "enters": entries,
            **({"outcome": outcome} if outcome else {}),
            **({"positions": {**data.get("positions", {}), **found}} if found else {}),
        }
        names = [*names, *more]
        draft = case.after(Event(len(case.events) + 1, at, kind, by, tuple(names), data))
    fixed = fees_fixed(draft, again=kind == "supplied")
    if fixed:
        data = {**data, "fees": fixed}
    return case.after(Event(len(case.events) + 1, at, kind, by, tuple(names), data))


def fees_fixed(case: Case, *, again: bool = False) -> dict[str, int]:
    """The amounts that this event fixes: of fees that fall due with it, and, after a supplement, of those that had (semantics 5)."""
    found = {}
    for item in case.procedure.fees:
        old = case.state.fees.get(item.id)
        if (old is not None and not again) or not all(name in case.state.happened for name in item.due):
            continue
        line = fee.estimate(item, case.facts, case.state.filed_on, strict=True)
        new = line.amount or 0 if line else 0
        if line is None and old is None:
            continue
        if old is not None and item.if_less == "keep":
            new = max(old, new)
        if new != old:
            found[item.id] = new
    return found
