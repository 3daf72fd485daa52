"""What happened to a case, in words: who, when, what, and why. Called by the officers' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.event import Event
from motcua.domain.text import Text
from motcua.store.accounts import Accounts
from motcua.store.cases import CaseRecord
from motcua.web.theme import say


@dataclass(frozen=True)
class Entry:
    """`asked` are the titles of what a supplement asked for."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    asked: tuple[Text, ...] = ()


def history(case: Case, names: Mapping[str, str], lang: str) -> tuple[Entry, ...]:
    """Everything, the newest first."""
    return tuple(entry(case, event, names, lang) for event in reversed(case.events))


def entry(case: Case, event: Event, names: Mapping[str, str], lang: str) -> Entry:
    asked = tuple(title_of(case, item) for item in event.data.get("asks", ()))
    return Entry(event.at, names[event.by], what(case, event, lang), str(event.data.get("reason", "")), asked)


def what(case: Case, event: Event, lang: str) -> str:
    """One act in a few words: `Thẩm tra hồ sơ: Đạt, trình ký`."""
    step = case.procedure.workflow.steps.get(str(event.data.get("step")))
    if event.kind == "acted" and step is not None:
        action = step.action(str(event.data.get("action")))
        return f"{step.name.in_(lang)}: {action.name.in_(lang)}" if action else step.name.in_(lang)
    if event.kind == "ran_out" and step is not None:
        return say("desk.history.ran_out", step=step.name.in_(lang))
    if event.kind == "interrupted":
        named = (i.name.in_(lang) for i in case.procedure.workflow.interrupts if i.id == event.data.get("interrupt"))
        return next(named, say("desk.history.interrupted"))
    return say(f"desk.history.{event.kind}")


def title_of(case: Case, item: str) -> Text:
    """What a supplement's item is called: a paper's name, or a page or field's title."""
    if item.startswith("paper."):
        key = item.removeprefix("paper.")
        named = next((asked.name for asked in case.papers if asked.key == key), None)
        return named or next((p.name for p in case.procedure.papers if p.id == key.partition(".")[0]), Text(key))
    field = case.procedure.form.field(item)
    return field.title if field else Text(item)


def names_of(accounts: Accounts, record: CaseRecord, events: Iterable[Event]) -> dict[str, str]:
    """Who stands behind each `by`: an officer's name, the applicant's, or the clock."""
    found = {}
    for by in {event.by for event in events}:
        kind, _, who = by.partition(":")
        officer = accounts.officer(who) if kind == "officer" else None
        if kind == "clock":
            found[by] = say("desk.history.clock")
        else:
            found[by] = officer.name if officer else who if kind == "officer" else record.applicant_name
    return found
