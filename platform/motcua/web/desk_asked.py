"""What agencies were asked and what each has answered, and what this officer may say himself at a wait: his agency's
opinion, or that another body's message has come. Called by desk_case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.case_clock import window
from motcua.domain.case_state import Active
from motcua.domain.event import Event
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.domain.workflow import Step
from motcua.web.controls import Wrong
from motcua.web.desk_work import Entered

#: where an error link leads
_ANCHORS = {"opinion": "opinion-agree"}


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


@dataclass
class Saying:
    """What this officer may say at a wait, with what he has typed so far. `kind`: agencies | event."""

    step: Step
    kind: str
    until: datetime | None
    entered: Entered
    wrongs: list[Wrong] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def opinion(self) -> str:
        return str(self.entered.sent.get("opinion", "")) if self.entered.sent is not None else ""

    def show(self, problems: Iterable[Problem], lang: str) -> None:
        """What was wrong beside its control, and at the top of the page in the same words."""
        for problem in problems:
            self.errors[problem.field] = problem.message(lang)
            self.wrongs.append(Wrong(_ANCHORS.get(problem.field, problem.field), problem.message(lang)))


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


def sayings(case: Case, by: Officer, entered: Entered, at_step: str | None, now: datetime) -> list[Saying]:
    """The waits at which this officer may speak; what was entered belongs to the step `at_step`."""
    return [
        Saying(step, step.waits_for or "", window(case, here), entered if step.id == at_step else Entered())
        for here in case.state.active
        if case.speaks(by, here, now)
        for step in (case.step(here.step),)
    ]
