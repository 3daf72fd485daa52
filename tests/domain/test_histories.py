"""Generated histories of cases: the engine and the slow clerk agree after every act on where the case stands and how it
ended, when each limit is due, stands or is late, what is owed, and who may do what. Where they did not, the text of
the catalog language decided, and a test beside this one keeps it.
"""

from __future__ import annotations

import os
import random
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.domain import histories, oracle_history, small_procedures
from tests.domain.histories import PERSONS, Act
from tests.domain.oracle_clocks import promised
from tests.domain.oracle_diary import Plan
from tests.domain.oracle_history import History, No
from tests.domain.small_procedures import as_yaml
from tests.small_catalog import Town, officer

from motcua.domain.case import Case
from motcua.domain.case_state import fold
from motcua.domain.people import Officer
from motcua.domain.refusals import Refused
from motcua.domain.working_calendar import HCM

ROLES = ("one_stop", "specialist", "leader")
View = dict[str, Any]


def here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HCM)


def bare(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(HCM).replace(tzinfo=None)


def person(login: str) -> Officer:
    return officer(*ROLES, login=login)


# ---- the engine ----


def done(town: Town, case: Case, act: Act) -> Case:
    """What the program does with an act: time first, then the verb."""
    kind, moment, said = act
    at = here(moment)
    case = case.advance(at)
    match kind:
        case "do":
            return acted(town, case, at, **said)
        case "supply":
            return case.supply({"don": said["changed"]}, {}, by="citizen:1", at=at)
        case "come" if case.step(said["step"]).waits_for == "event":
            return case.note(said["step"], by=person("an"), at=at, text="Công văn 1")
        case "come":
            return case.reply(said["step"], by="citizen:1", at=at)
        case "pay":
            return case.pay(said["fees"], by="citizen:1", at=at)
        case "answer":
            by = officer("leader", agency=said["agency"])
            return case.answer(said["step"], by=by, at=at, opinion=said["opinion"], text="Ý kiến")
        case "break_in":
            who = "citizen:1" if said["by"] == "applicant" else "officer:an"
            return case.interrupt(said["name"], who=said["by"], by=who, at=at, reason="Lý do")
        case "lift":
            return case.lift(said["name"], who=said["by"], by="officer:an", at=at)
    return case


def acted(town: Town, case: Case, at: datetime, who: str, step: str, action: str, ticked: Any) -> Case:
    asks = ["don.gap"] if action == "bo_sung" else []
    facts = ticked if case.step(step).form else {}
    return case.complete(step, action, by=person(who), at=at, take=town.take, reason="Lý do", asks=asks, facts=facts)


def found(case: Case, moment: datetime) -> View:
    at, state = here(moment), case.state
    offered = {who: sorted((o.step.id, o.action.id) for o in case.offered(person(who), at)) for who in PERSONS}
    said = {step: sorted((o["agency"], o["opinion"]) for o in said) for step, said in state.opinions.items()}
    ends = {one.limit.id: (bare(one.due), one.met is not None, one.late(at)) for one in case.limits(at)}
    return {
        "stands at": sorted((active.step, active.agency) for active in state.active),
        "outcome": (state.outcome, bare(state.ended_at)),
        "limits": ends,
        "offered": offered,
        "owed": case.to_pay,
        "opinions": {step: opinions for step, opinions in said.items() if opinions},
        "interrupts": {who: sorted(i.id for i in case.interrupts(who)) for who in ("applicant", *ROLES)},
    }


# ---- the clerk ----


def followed(history: History, act: Act) -> None:
    kind, at, said = act
    history.look(at)
    if kind != "look":
        getattr(history, kind)(at, **said)


def wanted(history: History, at: datetime) -> View:
    limits = {limit["id"]: state for limit in history.plan.limits if (state := promised(history, limit))}
    return {
        "stands at": sorted((token.step, token.agency) for token in history.tokens),
        "outcome": (history.outcome, history.ended),
        "limits": {name: (one.due, one.met is not None, one.late(at)) for name, one in limits.items()},
        "offered": {who: sorted(history.offered(who, at)) for who in PERSONS},
        "owed": history.to_pay(),
        "opinions": {step: sorted(said) for step, said in history.opinions.items() if said},
        "interrupts": {who: sorted(history.open_interrupts(who)) for who in ("applicant", *ROLES)},
    }


# ---- side by side ----


def play(town: Town, plan: Plan, seed: str) -> int:
    """One history. A look is kept by a worker that runs, and forgotten while it is stopped. Answers with its acts."""
    rng = random.Random(seed)
    at, given, running, after = histories.filed_at(rng), histories.answers(rng), rng.random() < 0.5, 2
    case, history = town.file({"don": given}, at=f"{at:%d/%m/%Y %H:%M}"), oracle_history.file(plan, given, at)
    acts: list[Act] = [("filed", at, given)]
    differ = compare(case, history, at)
    while not differ and len(acts) < 25 and after:
        at = histories.later(rng, history, at)
        kind, said = ("look", {}) if rng.random() < 0.15 else histories.act(rng, history)
        acts.append((kind, at, said))
        case = case.advance(here(at)) if running else case
        case, differ = both(town, case, history, acts[-1])
        differ = differ or compare(case, history, at)
        after -= history.outcome is not None
    assert not differ, told(seed, plan, acts, differ)
    assert fold(case.events) == case.state
    return len(acts)


def both(town: Town, case: Case, history: History, act: Act) -> tuple[Case, View]:
    """The case afterwards, and whether one of the two refuses what the other allows."""
    refused = allowed = ""
    try:
        case = done(town, case, act)
    except Refused as no:
        refused = type(no).__name__
    try:
        followed(history, act)
    except No:
        allowed = "not allowed"
    return case, {} if bool(refused) == bool(allowed) else {"may be done": (refused, allowed)}


def compare(case: Case, history: History, at: datetime) -> View:
    """What differs: (engine, clerk)."""
    history.look(at)
    one, other = found(case.advance(here(at)), at), wanted(history, at)
    return {key: (one[key], other[key]) for key in other if one[key] != other[key]}


def told(seed: str, plan: Plan, acts: list[Act], differ: View) -> str:
    """Enough to play it again by hand: the procedure, what happened, and what differs."""
    happened = [f"  {at:%a %d/%m/%Y %H:%M} {kind} {dict(said)}" for kind, at, said in acts]
    procedure = [as_yaml(plan.workflow), as_yaml({"time_limits": list(plan.limits), "fees": list(plan.fees)})]
    return "\n".join([f"seed {seed}", *procedure, *happened, "engine, clerk:", *map(repr, differ.items())])


def many(seed: str, each: int) -> int:
    """One procedure and so many histories of it; answers with how many acts were compared."""
    plan = small_procedures.made(random.Random(seed))
    with TemporaryDirectory() as root:
        town = small_procedures.bound(plan, Path(root))
        return sum(play(town, plan, f"{seed}:{number}") for number in range(each))


def thousand(seed: str) -> int:
    return sum(many(f"{seed}:{number}", 25) for number in range(40))


def test_the_engine_and_the_clerk_agree_after_every_act_of_some_hundred_histories(seed: int) -> None:
    for number in range(30):
        many(f"{seed}:{number}", 10)


@pytest.mark.soak
def test_the_engine_and_the_clerk_agree_after_every_act_of_a_hundred_thousand_histories(seed: int) -> None:
    """In as many processes as there are cores; twenty minutes on two."""
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        acts = sum(pool.imap_unordered(thousand, [f"{seed}:{number}" for number in range(100)]))
    assert acts > 500_000
