"""A course as the theme draws it: a line of steps, branches beside each other. What is said at each step is told by a
`Teller`: the citizen's hides shares and names, the officers' says everything. Called by citizen/story and desk_course.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from motcua.domain.acts import handing
from motcua.domain.case import Case
from motcua.domain.case_clock import CITIZENS
from motcua.domain.course.onward import Node, Split, Upcoming
from motcua.domain.course.stay import Stay
from motcua.domain.event import Event
from motcua.domain.workflow import Step
from motcua.web import formats
from motcua.web.history import interrupt_name
from motcua.web.theme import say

#: How a stay ended, where it is said in words of its own.
_HOW = ("supplied", "paid", "went_on", "answered", "silence", "ran_out", "late", "came")


@dataclass(frozen=True)
class Mark:
    """A word in a pill beside a title; `kind` as `tag` takes it, empty for the plain one."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Answer:
    """An agency that was asked, and what it has said so far. `kind`: done | waiting | late."""

    agency: str
    said: str
    kind: str


@dataclass(frozen=True)
class Drawn:
    """One step, or a fork with its branches. `state`: done | now | waiting | late | cut | refused | ahead; in a plan
    all are `step`.

    `lines` follow the title, the first one strongest; `meets` says where the branches meet.
    """

    title: str
    state: str
    lines: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: tuple[Answer, ...] = ()
    branches: tuple[tuple[Drawn, ...], ...] = ()
    meets: str = ""


class Teller(Protocol):
    def stay(self, stay: Stay) -> Drawn: ...

    def upcoming(self, node: Upcoming) -> Drawn: ...


def drawn(nodes: Sequence[Node], teller: Teller, lang: str, seen: Counter[str] | None = None) -> tuple[Drawn, ...]:
    """The line; a step that was passed before says how often, the first step to come says that it is next."""
    seen = Counter() if seen is None else seen
    found: list[Drawn] = []
    for node in nodes:
        if isinstance(node, Split):
            shown = _split(node, teller, lang, seen)
        elif isinstance(node, Upcoming):
            shown = teller.upcoming(node)
            shown = shown if node.sure else _marked(shown, say("course.maybe"))
        else:
            seen[node.step.id] += 1
            shown = _again(teller.stay(node), seen[node.step.id])
        next_ = shown.state == "ahead" and found and found[-1].state != "ahead"
        found.append(_marked(shown, say("course.next")) if next_ else shown)
    return tuple(found)


def _marked(shown: Drawn, word: str) -> Drawn:
    return replace(shown, marks=(Mark(word, "draft"), *shown.marks))


def _again(shown: Drawn, times: int) -> Drawn:
    return replace(shown, title=f"{shown.title} ({say('course.times', n=times)})") if times > 1 else shown


def _split(split: Split, teller: Teller, lang: str, seen: Counter[str]) -> Drawn:
    branches = tuple(drawn(branch, teller, lang, seen) for branch in split.branches)
    states = {one.state for branch in branches for one in branch}
    alike = next(iter(states)) if len(states) == 1 else ""
    state = "now" if split.open else "cut" if "cut" in states else alike if alike in ("ahead", "step") else "done"
    together = Mark(say("course.together", n=len(branches)), "draft")
    meets = say("course.meets", n=len(branches)) if split.fork.join and state != "cut" else ""
    return Drawn(split.fork.name.in_(lang), state, marks=(together,), branches=branches, meets=meets)


# ---- words that tellers share ----


def named(case: Case, agencies: Iterable[str], lang: str) -> str:
    return ", ".join(case.province.agencies[agency].name.in_(lang) for agency in agencies)


def his_turn(step: Step) -> bool:
    """Whether the case waits for the applicant here."""
    return step.waits_for in CITIZENS


def waits_for_him(case: Case, stay: Stay) -> bool:
    """Whether it is the applicant's turn where the case stands: times that were offered are his to choose from."""
    return his_turn(stay.step) or stay.step.id in case.state.offers


def arranged(case: Case, stay: Stay, lang: str, moment: Callable[[datetime], str]) -> tuple[str, ...]:
    """What is arranged where the case stands: the times that were offered, the papers that are on their way."""
    state, here = case.state, stay.step.id
    slots = "; ".join(moment(slot) for slot in state.offers[here].slots) if here in state.offers else ""
    coming = [
        say("course.handed", agency=named(case, (one.gives,), lang), papers=_papers(case, one.papers, lang))
        for one in state.handing
        if one.step == here
    ]
    return (*([say("course.offered", slots=slots)] if slots else []), *coming)


def _papers(case: Case, papers: tuple[str, ...], lang: str) -> str:
    return ", ".join(name.in_(lang) for name in handing.said(case, papers))


def how(case: Case, stay: Stay, lang: str) -> str:
    """What ended a stay: the action, or what came; empty for what speaks for itself."""
    event = stay.ended
    if event is None:
        return ""
    if event.kind == "interrupted":
        return interrupt_name(case, event, lang)
    if stay.cut_off:
        return say("course.how.cut_off")
    if event.kind == "acted":
        return _action(stay.step, event, lang)
    if event.kind == "agreed":
        slot = datetime.fromisoformat(event.data["facts"]["slot"])
        return say("course.how.agreed", slot=formats.moment(slot, lang))
    return say(f"course.how.{event.kind}") if event.kind in _HOW else ""


def _action(step: Step, event: Event, lang: str) -> str:
    action = step.action(str(event.data.get("action")))
    return action.name.in_(lang) if action else ""


def held(case: Case, stay: Stay, lang: str, moment: Callable[[datetime], str]) -> tuple[str, ...]:
    """Each suspension during a stay, in a sentence."""
    return tuple(
        say(
            "course.held_over" if hold.lifted else "course.held",
            since=moment(hold.begun.at),
            until=moment(hold.lifted.at) if hold.lifted else "",
            what=interrupt_name(case, hold.begun, lang),
        )
        for hold in stay.holds
    )


def outcome(case: Case, moment: str) -> Drawn:
    """How the case ended, as the last of its line."""
    ends = case.state.outcome
    state = {"granted": "done", "refused": "refused", "not_accepted": "refused"}.get(str(ends), "cut")
    return Drawn(say(f"outcome.{ends}"), state, (moment,))
