"""An action at a step: whether it may be taken, and what happens when an officer, or the applicant who is asked for his
word, takes it. Called by `Case`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import answers as typed
from motcua.domain import asking, fee
from motcua.domain.acts import assigning, handing, moving
from motcua.domain.case_state import Active
from motcua.domain.expression import AbsentRead
from motcua.domain.numbering import Take
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered
from motcua.domain.text import Text
from motcua.domain.values import Facts
from motcua.domain.workflow import ASIDE, Action, Step

if TYPE_CHECKING:
    from motcua.domain.case import Case


@dataclass(frozen=True)
class Said:
    """What goes with an action: findings of the step's form, a reason, the ticked items of a supplement, whom a head
    chooses for the steps that follow, and that the originals which go along were given.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    asks: Sequence[str] = ()
    picks: Officer | None = None
    hands: bool = False


def complete(case: Case, step: str, action: str, said: Said, *, by: Officer, at: datetime, take: Take) -> Case:
    """Raises NotOffered, NotAllowed, or Incorrect with every problem of what was entered."""
    here = case.state.at_step(step)
    doing = case.step(step).action(action) if here else None
    if here is None or doing is None:
        raise NotOffered(step=step, action=action)
    if not case.may(by, here, at):
        raise NotAllowed()
    looked = _found(_numbering(case, take), case.step(step), doing, said)
    if not opens(looked, looked.step(step), doing, at, strict=True):
        raise NotOffered(step=step, action=action)
    picked = assigning.chosen(looked, looked.step(step), said.picks) if doing.does not in ASIDE else {}
    after = _act(looked, here, doing, said, by=f"officer:{by.login}", at=at, picked=picked)
    if "handed" in after.events[len(case.events)].data and not said.hands:
        raise Incorrect([Problem("hands", "not_handed")])
    return after


def reply(case: Case, step: str, action: str, said: Said, *, by: str, at: datetime) -> Case:
    """The applicant's word: one of the answers that the step names, or, where it names none and wants no papers, that
    it is done. Raises NotOffered, Incorrect.
    """
    here = case.state.at_step(step)
    doing = next((a for a in replies(case, here) if a.id == action), None) if here else None
    if here is not None and not action and wants_word(case.step(step)):
        return moving.go_on(case, here, kind="came", by=by, at=at)
    if here is None or doing is None:
        raise NotOffered(step=step, action=action)
    if problems := list(_wanting(case, doing, said)):
        raise Incorrect(problems)
    return _act(case, here, doing, said, by=by, at=at, picked={})


def _numbering(case: Case, take: Take) -> Case:
    """What the act issues is numbered from the series that its results are numbered from."""
    return case if case.stationery.take == take else replace(case, stationery=replace(case.stationery, take=take))


def _act(
    case: Case,
    here: Active,
    doing: Action,
    said: Said,
    *,
    by: str,
    at: datetime,
    picked: Mapping[str, str],
) -> Case:
    return moving.act(case, here, doing, by=by, at=at, reason=said.reason, asks=tuple(said.asks), picked=picked)


# ---- whether ----


def opens(case: Case, step: Step, action: Action, at: datetime, *, strict: bool = False) -> bool:
    """Whether the action may be taken; strict when it is being taken: then what it reads must be there."""
    if handing.waiting(case, step.id) or (action.does == "extend" and not _may_put_off(case, at)):
        return False
    if action.at_most is not None and case.state.times.get(f"{step.id}.{action.id}", 0) >= action.at_most:
        return False
    said = step.id in case.findings or step.form is None
    facts = case.facts if said else _before(case, step)
    try:
        holds = action.when is None or bool(facts.evaluate(action.when))
    except AbsentRead as absent:
        if strict:
            raise
        return absent.path.startswith(f"step.{step.id}.")
    return holds and (not said or _fees_known(case, step, action))


def replies(case: Case, here: Active) -> list[Action]:
    """What the applicant may answer where the workflow waits for his word and names answers. He may while the case is
    suspended, since his time runs on (semantics 8).
    """
    step = case.step(here.step)
    if step.waits_for != "applicant":
        return []
    return [action for action in step.actions if opens(case, step, action, here.since)]


def wants_word(step: Step) -> bool:
    """Whether the step waits for no more than the applicant's word that it is done."""
    return step.waits_for == "applicant" and not step.sends and not step.actions and step.to is not None


def _may_put_off(case: Case, at: datetime) -> bool:
    """A new day for the result is named at most once, and at the latest one day before the old one (Decree 61/2018,
    article 19; form 04): the day that was told, which no finding of this act can change.
    """
    main = replace(case, findings={}).main_limit(at)
    in_time = main is None or main.due is None or at.date() < main.due.date()
    return in_time and not case.state.extended


def _fees_known(case: Case, step: Step, action: Action) -> bool:
    """The action behind a fee's `due` is not offered while the fee is unknown (semantics 5)."""
    happened = {*case.state.happened, *moving.words(case, step, action)}
    lines = [
        fee.estimate(item, case.facts, case.state.filed_on)
        for item in case.procedure.fees
        if (item.id not in case.state.fees or case.findings) and happened.issuperset(item.due)
    ]
    return all(line is None or line.amount is not None for line in lines)


def _before(case: Case, step: Step) -> Facts:
    """The facts without what an earlier pass of this step established: that is about to be said anew."""
    steps = {name: said for name, said in case.facts.roots["step"].items() if name != step.id}
    return case.facts.with_root("step", steps)


# ---- what was entered ----


def _found(case: Case, step: Step, doing: Action, said: Said) -> Case:
    """The case with what the officer finds. Raises Incorrect with the form's problems and all others at once."""
    wanting = list(_wanting(case, doing, said))
    if step.form is None:
        findings: dict[str, typed.Answers] = {}
    else:
        found, problems = typed.read(step.form, said.facts)
        settled = asking.settle(step.form, found, case.facts, beside=case.answers)
        wanting = [*asking.problems(step.form, settled, unread=problems), *wanting]
        if not any(problem.stops for problem in wanting):
            settled = asking.settle(step.form, found, case.facts, beside=case.answers, strict=True)
        findings = {step.id: settled.answers}
    if any(problem.stops for problem in wanting):
        raise Incorrect(wanting)
    return case.finding(findings) if findings else case


def _wanting(case: Case, doing: Action, said: Said) -> Iterator[Problem]:
    if doing.wants_reason and not said.reason.strip():
        yield Problem("reason", "reason")
    if doing.does == "ask_supplement" and not said.asks:
        yield Problem("asks", "nothing_asked")
    for item in said.asks:
        if not _can_ask(case, item):
            yield Problem("asks", "not_there", {"title": Text(item)})


def _can_ask(case: Case, item: str) -> bool:
    """Only what the case has may be ticked: a question of its form, a paper that it needs."""
    if item.startswith("paper."):
        return item.removeprefix("paper.") in {asked.key for asked in case.papers}
    return case.procedure.form.field(item) is not None
