"""What happened to a case, in words: who, when, what, and why. Called by the officers' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.acts import handing
from motcua.domain.case import Case
from motcua.domain.event import Event
from motcua.domain.text import Text
from motcua.domain.workflow import Step
from motcua.store.accounts import Accounts
from motcua.store.cases import CaseRecord
from motcua.web import formats
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
    reason, said = str(event.data.get("reason", "")), _said(case, event, names, lang)
    if event.kind in ("came", "took"):
        reason, said = "", reason
    return Entry(event.at, names[event.by], what(case, event, lang), reason, asked, said)


def _said(case: Case, event: Event, names: Mapping[str, str], lang: str) -> str:
    """What goes with an act: an agency's words, whom a head chose, originals that went along, times."""
    data = event.data
    parts = [one["text"] for one in data.get("answered", {}).get("opinions", ()) if one["text"]]
    if picked := data.get("picked"):
        parts.append(say("desk.history.given", name=names.get(f"officer:{next(iter(picked.values()))}", "")))
    if handed := data.get("handed"):
        papers = "; ".join(paper.in_(lang) for paper in handing.said(case, tuple(handed["papers"])))
        parts.append(say("desk.history.handed", papers=papers, agency=_agency(case, handed["takes"], lang)))
    return "; ".join([*parts, *(formats.moment(slot, lang) for slot in _times(event))])


def _times(event: Event) -> list[datetime]:
    """The times that an office offered, or the one that was taken."""
    agreed = [event.data["facts"]["slot"]] if event.kind == "agreed" else []
    return [datetime.fromisoformat(slot) for slot in event.data.get("offered", {}).get("slots", agreed)]


def _agency(case: Case, agency: str, lang: str) -> str:
    found = case.province.agencies.by_id.get(agency)
    return found.name.in_(lang) if found else agency


def what(case: Case, event: Event, lang: str) -> str:
    """One act in a few words: `Thẩm tra hồ sơ: Đạt, trình ký`."""
    step = case.procedure.workflow.steps.get(str(event.data.get("step")))
    if event.kind == "acted" and step is not None:
        action = step.action(str(event.data.get("action")))
        return f"{step.name.in_(lang)}: {action.name.in_(lang)}" if action else step.name.in_(lang)
    step = step or _step_of(case, event)
    if event.kind in ("ran_out", "came", "picked", "took", "offered", "agreed") and step is not None:
        return say(f"desk.history.{event.kind}", step=step.name.in_(lang))
    if event.kind == "ran_out":
        return say("desk.history.ran_out", step=_limit(case, event).in_(lang))
    if event.kind in ("answered", "silence"):
        return "; ".join(_opinion(case, one, event.kind, lang) for one in event.data["answered"]["opinions"])
    if event.kind in ("interrupted", "suspended", "lifted"):
        return say(f"desk.history.{event.kind}", name=interrupt_name(case, event, lang))
    return say(f"desk.history.{event.kind}")


def _limit(case: Case, event: Event) -> Text:
    """The limit whose end moved the case."""
    ended = (limit for limit in case.procedure.time_limits if f"limit.{limit.id}.late" in event.names)
    return next((limit.name or Text(limit.id) for limit in ended), Text(""))


def _opinion(case: Case, one: Mapping[str, str], kind: str, lang: str) -> str:
    return say(f"desk.history.{kind}.{one['opinion']}", agency=_agency(case, one["agency"], lang))


def _step_of(case: Case, event: Event) -> Step | None:
    """The step that an arrangement is about."""
    data = event.data
    name = data.get("took") or data.get("offered", {}).get("step") or next(iter(data.get("picked") or ()), None)
    return case.procedure.workflow.steps.get(str(name))


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
    """Who stands behind each `by`, and who was picked: an officer's name, the applicant's, or the clock."""
    found = {}
    events = tuple(events)
    picked = {f"officer:{login}" for event in events for login in (event.data.get("picked") or {}).values()}
    for by in {event.by for event in events} | picked:
        kind, _, who = by.partition(":")
        officer = accounts.officer(who) if kind == "officer" else None
        if kind == "clock":
            found[by] = say("desk.history.clock")
        else:
            found[by] = officer.name if officer else who if kind == "officer" else record.applicant_name
    return found
