"""What agencies were asked, and what each has answered. Called by desk_case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.case_clock import window
from motcua.domain.case_state import Active
from motcua.domain.event import Event
from motcua.domain.text import Text
from motcua.domain.workflow import Step


@dataclass(frozen=True)
class Opinion:
    """One agency's line. `said`: agree | object, by_silence or in words; none while it is waited for, `until` then."""

    agency: Text
    said: str | None
    text: str = ""
    at: datetime | None = None
    who: str = ""
    by_silence: bool = False
    until: datetime | None = None
    late: bool = False


@dataclass(frozen=True)
class Asked:
    """A step at which agencies were asked: who has answered, who has not; `silence` is what no answer means."""

    step: Text
    silence: str
    opinions: tuple[Opinion, ...]


def asked(case: Case, names: Mapping[str, str], now: datetime) -> tuple[Asked, ...]:
    """Every step at which agencies were asked, the answers of its last round first, then who is still waited for."""
    steps = [step for step in case.procedure.workflow.steps.values() if step.waits_for == "agencies"]
    found = (Asked(step.name, step.silence, _opinions(case, step, names, now)) for step in steps)
    return tuple(one for one in found if one.opinions)


def _opinions(case: Case, step: Step, names: Mapping[str, str], now: datetime) -> tuple[Opinion, ...]:
    said = [line for event in _round(case, step) for line in _said(case, event, names)]
    return (*said, *(_awaited(case, here, now) for here in case.state.active if here.step == step.id))


def _round(case: Case, step: Step) -> list[Event]:
    """The answers since the step was entered last."""
    found: list[Event] = []
    for event in case.events:
        if event.data.get("answered", {}).get("step") == step.id:
            found.append(event)
        if any(entry["step"] == step.id for entry in event.data.get("enters", ())):
            found = []
    return found


def _said(case: Case, event: Event, names: Mapping[str, str]) -> Iterable[Opinion]:
    for one in event.data["answered"]["opinions"]:
        silent = event.kind == "silence"
        agency, who = _agency(case, one["agency"]), "" if silent else names.get(event.by, "")
        yield Opinion(agency, one["opinion"], one["text"], event.at, who, by_silence=silent)


def _awaited(case: Case, here: Active, now: datetime) -> Opinion:
    until = window(case, here)
    return Opinion(_agency(case, here.agency or ""), None, until=until, late=until is not None and until < now)


def _agency(case: Case, agency: str) -> Text:
    found = case.province.agencies.by_id.get(agency)
    return found.name if found else Text(agency)
