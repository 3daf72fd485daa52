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
    """`asked` are the titles of what a supplement asked for; `said` what an agency answered, or another body sent."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    asked: tuple[Text, ...] = ()
    said: str = ""


def history(case: Case, names: Mapping[str, str], lang: str) -> tuple[Entry, ...]:
    """Everything, the newest first."""
    return tuple(entry(case, event, names, lang) for event in reversed(case.events))


def entry(case: Case, event: Event, names: Mapping[str, str], lang: str) -> Entry:
    asked = tuple(title_of(case, item) for item in event.data.get("asks", ()))
    reason, said = str(event.data.get("reason", "")), _opinions_text(event)
    if event.kind == "came":
        reason, said = "", reason
    return Entry(event.at, names[event.by], what(case, event, lang), reason, asked, said)


def _opinions_text(event: Event) -> str:
    return " ".join(one["text"] for one in event.data.get("answered", {}).get("opinions", ()) if one["text"])


def what(case: Case, event: Event, lang: str) -> str:
    """One act in a few words: `Thẩm tra hồ sơ: Đạt, trình ký`."""
    step = case.procedure.workflow.steps.get(str(event.data.get("step")))
    if event.kind == "acted" and step is not None:
        action = step.action(str(event.data.get("action")))
        return f"{step.name.in_(lang)}: {action.name.in_(lang)}" if action else step.name.in_(lang)
    if event.kind in ("ran_out", "came") and step is not None:
        return say(f"desk.history.{event.kind}", step=step.name.in_(lang))
    if event.kind in ("answered", "silence"):
        return "; ".join(_opinion(case, one, event.kind, lang) for one in event.data["answered"]["opinions"])
    if event.kind in ("interrupted", "suspended", "lifted"):
        return say(f"desk.history.{event.kind}", name=interrupt_name(case, event, lang))
    return say(f"desk.history.{event.kind}")


def _opinion(case: Case, one: Mapping[str, str], kind: str, lang: str) -> str:
    agency = case.province.agencies.by_id.get(one["agency"])
    name = agency.name.in_(lang) if agency else one["agency"]
    return say(f"desk.history.{kind}.{one['opinion']}", agency=name)


def interrupt_name(case: Case, event: Event, lang: str) -> str:
    """What the catalog calls it."""
    known = {i.id: i.name.in_(lang) for i in case.procedure.workflow.interrupts}
    named = (event.data.get(key) for key in ("interrupt", "suspends", "lifts"))
    return next((known[name] for name in named if name in known), "")


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
