"""How a case moves: one act, one event, with all that follows from it (steps entered, fees fixed, results issued, the
end).

Called by `Case`'s verbs only; they have judged already whether the act is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain import fee
from motcua.domain.acts import handing
from motcua.domain.acts.entering import Entering, waits_for_nothing
from motcua.domain.case_state import Active, usual_office
from motcua.domain.event import Event
from motcua.domain.numbering import number
from motcua.domain.procedure import Result
from motcua.domain.refusals import NotOffered
from motcua.domain.slip import issue
from motcua.domain.workflow import Action, Interrupt, Step

if TYPE_CHECKING:
    from motcua.domain.case import Case
    from motcua.domain.case_clock import Timeout


def act(
    case: Case,
    here: Active,
    doing: Action,
    *,
    by: str,
    at: datetime,
    reason: str,
    asks: tuple[str, ...],
    picked: Mapping[str, str],
) -> Case:
    """An action at a step, by an officer or by the applicant who is asked for his word."""
    at, step = not_before(case, at), case.step(here.step)
    names = words(case, step, doing)
    data: dict[str, Any] = {"step": step.id, "action": doing.id, "leaves": [step.id]}
    if step.id in case.findings:
        data["facts"] = typed.plain(case.findings[step.id])
    if reason:
        data["reason"] = reason
    if picked:
        data["picked"] = dict(picked)
    if "accepted" in names:
        data["moments"] = {"accepted": max(at, case.state.happened["received"][0]).isoformat()}
    if doing.does == "ask_supplement":
        data["asks"] = list(asks)
    if doing.does == "extend" and doing.by is not None:
        data["extends"] = str(case.chosen(doing.by))
    if issued := _issued(case, doing):
        data["numbers"] = _numbers(case, here, issued, at)
    to = case.chosen(doing.to)
    return happen(case, "acted", by, at, names, data, to, left=here)


def words(case: Case, step: Step, doing: Action) -> list[str]:
    """The vocabulary words that an action makes true."""
    found = [f"step.{step.id}"]
    if doing.does == "accept" and "accepted" not in case.state.happened:
        found.append("accepted")
    if doing.does == "ask_supplement":
        found.append("supplement_asked")
    if doing.slip is not None:
        found.append(f"slip.{case.chosen(doing.slip)}")
    return found + [f"result.{result.id}" for result in _issued(case, doing)]


def _issued(case: Case, doing: Action) -> list[Result]:
    """The results that an action issues: those it names; signing without a name issues all that the case gives."""
    all_of_them = doing.does == "sign" and not doing.publishes
    return [result for result in case.results(strict=True) if all_of_them or result.id in doing.publishes]


def _numbers(case: Case, here: Active, issued: list[Result], at: datetime) -> dict[str, str]:
    """Results are numbered by the agency that issues them."""
    agency, take = case.province.agencies[here.agency or case.state.positions["receives"]], case.stationery.take
    numbered = [result for result in issued if result.number]
    if numbered and take is None:
        raise NotOffered(step=here.step, action="number")  # a result without its number must not go out
    return {f"result.{r.id}": number(r.number or "", agency, at.date(), take) for r in numbered if take}


def interrupt(case: Case, chosen: Interrupt, *, by: str, at: datetime, reason: str) -> Case:
    names = [f"interrupt.{chosen.id}", *([f"slip.{chosen.slip}"] if chosen.slip else [])]
    data = {
        "interrupt": chosen.id,
        "leaves": [a.step for a in case.state.active],
        **({"reason": reason} if reason else {}),
    }
    return happen(case, "interrupted", by, at, names, data, chosen.to)


def suspend(case: Case, chosen: Interrupt, *, by: str, at: datetime, reason: str) -> Case:
    """The clock stands, and nobody may act, until whoever may suspend lifts it."""
    names = [f"interrupt.{chosen.id}", *([f"slip.{chosen.slip}"] if chosen.slip else [])]
    data: dict[str, Any] = {"suspends": chosen.id, "clock": chosen.clock, **({"reason": reason} if reason else {})}
    return happen(case, "suspended", by, at, names, data, None)


def lift(case: Case, interrupt: str, *, by: str, at: datetime, reason: str) -> Case:
    data = {"lifts": interrupt, **({"reason": reason} if reason else {})}
    return happen(case, "lifted", by, at, [f"lifted.{interrupt}"], data, None)


def opinions(case: Case, step: Step, said: list[dict[str, str]], *, kind: str, by: str, at: datetime) -> Case:
    """What agencies answered, or what their silence says; the last one lets the case go on."""
    data: dict[str, Any] = {"answered": {"step": step.id, "opinions": said}}
    waiting = [a.agency for a in case.state.active if a.step == step.id]
    if set(waiting) - {one["agency"] for one in said}:
        return happen(case, kind, by, at, [f"step.{step.id}.answer"], data, None)
    to = case.chosen(step.to)
    return happen(case, kind, by, at, [f"step.{step.id}"], {**data, "leaves": [step.id]}, to)


def pay(case: Case, paid: dict[str, int], *, by: str, at: datetime, proof: Mapping[str, Any]) -> Case:
    """Money came."""
    names = [f"fee.{fee}.paid" for fee in paid]
    if case.to_pay.keys() <= paid.keys():
        names.append("paid")
    return happen(case, "paid", by, at, names, {**proof, "paid": paid}, None)


def _settle(case: Case, *, by: str, at: datetime) -> Case:
    """A wait that has nothing left to wait for is over."""
    here = next((a for a in case.state.active if waits_for_nothing(case, case.step(a.step))), None)
    return case if here is None else go_on(case, here, kind="went_on", by=by, at=at)


def go_on(case: Case, here: Active, *, kind: str, by: str, at: datetime, data: dict[str, Any] | None = None) -> Case:
    """A wait is over: the case leaves it for the next step."""
    step = case.step(here.step)
    to = case.chosen(step.to)
    return happen(case, kind, by, at, [f"step.{step.id}"], {"step": step.id, "leaves": [step.id], **(data or {})}, to)


def run_out(case: Case, timeout: Timeout) -> Case:
    """A window or a limit ends: dated by its end, whenever that is noticed (semantics 9)."""
    if timeout.silent and timeout.step:
        step = case.step(timeout.step)
        said = {"agency": timeout.silent, "opinion": step.silence, "text": ""}
        return opinions(case, step, [said], kind="silence", by="clock", at=timeout.at)
    data: dict[str, Any] = {"leaves": list(timeout.leaves)}
    if timeout.step:
        data["step"] = timeout.step
    return happen(case, "ran_out" if timeout.to else "late", "clock", timeout.at, list(timeout.names), data, timeout.to)


def happen(
    case: Case,
    kind: str,
    by: str,
    at: datetime,
    names: list[str],
    data: dict[str, Any],
    to: str | None,
    *,
    left: Active | None = None,
) -> Case:
    """One event with its consequences: what the case enters is judged on the case as this act leaves it. `left` is
    where an officer acted: his agency hands the originals over and issues the slips; where none acted it is the one
    that decides, before acceptance the one that receives.
    """
    at = at if by == "clock" else not_before(case, at)

    def so_far() -> Case:
        return case.after(Event(len(case.events) + 1, at, kind, by, tuple(names), data))

    data = _with_fees(so_far(), data)
    names = [*names, *_paid_again(so_far(), data)]
    if to is not None:
        entered = Entering(so_far()).go(to)
        names = [*names, *entered.names]
        data = {
            **data,
            "enters": entered.entries,
            **({"outcome": entered.outcome} if entered.outcome else {}),
            **({"positions": {**data.get("positions", {}), **entered.positions}} if entered.positions else {}),
        }
        data = _with_fees(so_far(), data)
        if left is not None and (handed := handing.handed(case, left, entered.entries)):
            data = {**data, "handed": handed}
    after = so_far()
    issues = (left.agency if left else None) or usual_office(after.state.positions, case.state.happened)
    return _settle(issue(case, after, issues), by=by, at=at)


def not_before(case: Case, at: datetime) -> datetime:
    """A machine's clock may be set back; the time of a case never goes back with it."""
    return max([at, *(event.at for event in case.events)])


def _with_fees(case: Case, data: dict[str, Any]) -> dict[str, Any]:
    """What a supplement answers or an officer finds may change what had fallen due (semantics 5)."""
    fixed = fees_fixed(case, again="answers" in data or "facts" in data)
    return {**data, "fees": {**data.get("fees", {}), **fixed}} if fixed else data


def _paid_again(case: Case, data: dict[str, Any]) -> list[str]:
    """A fee that was dearer for a while, and comes to what was paid again."""
    fees = (fee for fee in data.get("fees", {}) if case.balances[fee].held and fee not in case.to_pay)
    again = [name for fee in fees if (name := f"fee.{fee}.paid") not in case.state.happened]
    return [*again, "paid"] if again and not case.to_pay else again


def fees_fixed(case: Case, *, again: bool = False) -> dict[str, int]:
    """The amounts that this event fixes: of fees that fall due with it, and, `again`, of those that had."""
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
