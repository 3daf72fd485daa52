"""A case told to its applicant: its stages, what is expected of him, what has happened. Called by cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.domain import sending
from motcua.domain.case import Case
from motcua.domain.case_clock import window
from motcua.domain.event import Event
from motcua.domain.workflow import Step
from motcua.web import formats
from motcua.web.history import interrupt_name
from motcua.web.language import language
from motcua.web.theme import say


@dataclass(frozen=True)
class Stage:
    """`state`: done | now | waiting | ahead | late, as the theme draws it."""

    title: str
    text: str
    state: str


@dataclass(frozen=True)
class Expected:
    """What the citizen has to do, until when, and the officer's reason. `items` are the parts that are open."""

    reason: str
    until: datetime | None
    items: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One thing that happened, and the reason that was given for it."""

    at: datetime
    text: str
    reason: str = ""


def stages(case: Case, now: datetime) -> list[Stage]:
    """Filed, the steps passed, where it stands, and the shortest way from there to the result."""
    filed = case.events[0].at
    found = [Stage(say("citizen.case.filed"), formats.moment(filed, language()), "done")]
    ahead = list(_ahead(case))
    again = {a.step for a in case.state.active} | {step.id for step in ahead}
    for name in dict.fromkeys(reversed(case.state.passed)):
        if name not in again:
            step = case.step(name)
            found.insert(1, Stage(_name(step), formats.moment(case.state.done[name], language()), "done"))
    found += [_standing(case, a.step) for a in case.state.active]
    if case.state.outcome is None:
        return [*found, *(Stage(_name(step), "", "ahead") for step in ahead)]
    ended = case.state.ended_at or now
    good = case.state.outcome == "granted"
    return [
        *found,
        Stage(say(f"outcome.{case.state.outcome}"), formats.moment(ended, language()), "done" if good else "late"),
    ]


def _standing(case: Case, name: str) -> Stage:
    step, here = case.step(name), case.state.at_step(name)
    if step.waits_for and here is not None:
        until = window(case, here)
        return Stage(
            _name(step), say("citizen.case.until", moment=formats.moment(until, language())) if until else "", "waiting"
        )
    agency = case.province.agencies[here.agency].name.in_(language()) if here and here.agency else ""
    return Stage(_name(step), agency, "now")


def _ahead(case: Case) -> Iterator[Step]:
    """The steps still to come, where all goes well."""
    workflow = case.procedure.workflow
    here = case.state.active[0].step if case.state.active else None
    while here is not None and workflow.distance.get(here, 0) > 0:
        near = [name for name in workflow.steps[here].exits() if name in workflow.distance]
        here = min(near, key=lambda name: workflow.distance[name], default=None)
        if here is not None and not workflow.steps[here].ends:
            yield workflow.steps[here]


def _name(step: Step) -> str:
    return step.name.in_(language())


def expects(case: Case) -> Expected | None:
    asked = sending.asked_of(case)
    if asked is None:
        return None
    return Expected(asked.reason, window_of(case), tuple(_item(case, item) for item in asked.items))


def window_of(case: Case) -> datetime | None:
    """Until when the answer to the open supplement, or the papers that are waited for, may come."""
    waiting = next((a for a in case.state.active if case.step(a.step).waits_for == "supplement"), sending.waiting(case))
    return window(case, waiting) if waiting else None


def _item(case: Case, item: str) -> str:
    """A ticked part by its title: a paper, a page, or a question with its page."""
    if item.startswith("paper."):
        key = item.removeprefix("paper.")
        name = next((p.name for p in case.papers if p.key == key), None)
        return name.in_(language()) if name else key
    field = case.procedure.form.field(item)
    page = case.procedure.form.field(item.partition(".")[0])
    if field is None or page is None:
        return item
    title = field.title.in_(language())
    return title if field is page else f"{page.title.in_(language())}: {title}"


def history(case: Case) -> list[Told]:
    """The newest first."""
    return [told for event in reversed(case.events) if (told := _told(case, event))]


def _told(case: Case, event: Event) -> Told | None:
    reason = str(event.data.get("reason", ""))
    if event.kind == "acted":
        step = case.step(event.data["step"])
        action = step.action(event.data["action"])
        agency = _agency_of(case, event)
        return Told(
            event.at,
            say("citizen.history.acted", agency=agency, action=action.name.in_(language()) if action else _name(step)),
            reason,
        )
    if event.kind == "interrupted":
        return Told(event.at, interrupt_name(case, event, language()), reason)
    if event.kind == "suspended":
        return Told(event.at, say("citizen.history.suspended", name=interrupt_name(case, event, language())), reason)
    sent = event.kind == "came" and event.by.startswith("citizen:")
    return Told(event.at, say(f"citizen.history.{'sent' if sent else event.kind}"), reason)


def _agency_of(case: Case, event: Event) -> str:
    """Which agency acted: where the step stood when it was entered."""
    entered = (
        e.get("agency")
        for before in reversed(case.events[: event.seq - 1])
        for e in before.data.get("enters", ())
        if e["step"] == event.data["step"]
    )
    agency = next(entered, None) or case.state.positions.get("receives")
    return case.province.agencies[agency].name.in_(language()) if agency else ""
