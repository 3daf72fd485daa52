"""What this officer may say at a step that waits: his agency's opinion, that another body's message has come, times for
an appointment, that the originals are there. Called by desk_case and desk_waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from motcua.domain.acts import handing
from motcua.domain.answers import read_moment
from motcua.domain.case import Case
from motcua.domain.case_clock import window
from motcua.domain.case_state import Active
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.domain.workflow import Step
from motcua.web.controls import Wrong
from motcua.web.desk.work import Entered

TAKES = "takes"
#: where an error link leads
_ANCHORS = {"opinion": "opinion-agree", "slots": "slot-1"}
_SLOT = Text("Giờ hẹn", "Time")
_TYPED = "%d/%m/%Y %H:%M"


@dataclass
class Saying:
    """`kind`: agencies | event | appointment | takes, with what the officer has typed so far. `papers` came from
    `gives`; `offered` are the times that stand now, `most` how many there may be.
    """

    step: Step
    kind: str
    until: datetime | None
    entered: Entered
    papers: tuple[Text, ...] = ()
    gives: Text | None = None
    offered: tuple[datetime, ...] = ()
    wrongs: list[Wrong] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def opinion(self) -> str:
        return str(self.entered.sent.get("opinion", "")) if self.entered.sent is not None else ""

    @property
    def slots(self) -> list[str]:
        """What stands in the boxes for times: as typed, else those that were offered."""
        typed = typed_slots(self.entered)
        shown = typed or [slot.strftime(_TYPED) for slot in self.offered]
        return [*shown, *[""] * self.step.offers][: max(self.step.offers, len(typed))]

    def show(self, problems: Iterable[Problem], lang: str) -> None:
        """What was wrong beside its control, and at the top of the page in the same words."""
        for problem in problems:
            self.errors.setdefault(problem.field, problem.message(lang))
            self.wrongs.append(Wrong(_ANCHORS.get(problem.field, problem.field), problem.message(lang)))


def sayings(case: Case, by: Officer, entered: Entered, at_step: str | None, now: datetime) -> list[Saying]:
    """The steps at which this officer may speak; what was entered belongs to the step `at_step`."""
    return [
        _saying(case, here, entered if here.step == at_step else Entered())
        for here in case.state.active
        if case.speaks(by, here, now) or (handing.waiting(case, here.step) and case.may(by, here, now))
    ]


def _saying(case: Case, here: Active, entered: Entered) -> Saying:
    step, came = case.step(here.step), handing.waiting(case, here.step)
    if came is not None:
        agency = case.province.agencies.by_id.get(came.gives)
        papers = tuple(handing.said(case, came.papers))
        return Saying(step, TAKES, None, entered, papers=papers, gives=agency.name if agency else Text(came.gives))
    offer = case.state.offers.get(here.step)
    return Saying(step, step.waits_for or "", window(case, here), entered, offered=offer.slots if offer else ())


def typed_slots(entered: Entered) -> list[str]:
    return [str(slot).strip() for slot in entered.sent.getlist("slots")] if entered.sent is not None else []


def read_slots(entered: Entered) -> tuple[list[datetime], list[Problem]]:
    """The times that were typed, and what could not be read; an empty box is nothing."""
    slots, problems = list[datetime](), list[Problem]()
    for text in filter(None, typed_slots(entered)):
        try:
            slots.append(read_moment(text))
        except ValueError:
            problems.append(Problem("slots", "not_moment", {"title": _SLOT}))
    return slots, problems[:1]


def appointments(case: Case, now: datetime) -> Iterator[tuple[Step, datetime]]:
    """What was agreed and is still to come."""
    for event in case.events:
        if event.kind == "agreed":
            slot = datetime.fromisoformat(event.data["facts"]["slot"])
            if slot >= now:
                yield case.step(event.data["step"]), slot
