"""A case told to its applicant: what is expected of him, what has happened. Called by cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.domain.acts import sending
from motcua.domain.case import Case
from motcua.domain.case_clock import window
from motcua.domain.event import Event
from motcua.web import formats
from motcua.web.history import interrupt_name
from motcua.web.language import language
from motcua.web.theme import say


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


def expects(case: Case) -> Expected | None:
    asked = sending.asked_of(case)
    if asked is None:
        return None
    return Expected(asked.reason, window_of(case), tuple(_item(case, item) for item in asked.items))


@dataclass(frozen=True)
class Owing:
    """What the citizen has to pay, in đồng, and until when where the case waits for it."""

    amount: int
    until: datetime | None


def owing(case: Case) -> Owing | None:
    """The money that has fallen due; None where nothing has."""
    amount = sum(case.to_pay.values()) if case.open else 0
    waits = [here for here in case.state.active if case.step(here.step).waits_for == "payment"]
    until = min((end for here in waits if (end := window(case, here))), default=None)
    return Owing(amount, until) if amount else None


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
            say(
                "citizen.history.acted",
                agency=agency,
                action=action.name.in_(language()) if action else step.name.in_(language()),
            ),
            reason,
        )
    if event.kind == "interrupted":
        return Told(event.at, interrupt_name(case, event, language()), reason)
    if event.kind == "suspended":
        return Told(event.at, say("citizen.history.suspended", name=interrupt_name(case, event, language())), reason)
    if event.kind == "picked":
        return None  # who does it is the office's own affair
    if event.kind == "agreed":
        slot = formats.moment(datetime.fromisoformat(event.data["facts"]["slot"]), language())
        return Told(event.at, say("citizen.history.agreed", slot=slot))
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
