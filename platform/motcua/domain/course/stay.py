"""A stay: the case at one step, from one event to another. All that the events say of it, for `course` to arrange.

A step that was passed twice, as after a supplement, is two stays: what happened is told as it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain.case_state import Active
from motcua.domain.event import Event
from motcua.domain.workflow import Step

if TYPE_CHECKING:
    from motcua.domain.case import Case


@dataclass(frozen=True)
class Opinion:
    """What an agency that was asked answered: one of OPINIONS, its words, and the event that brought it."""

    opinion: str
    text: str
    event: Event


@dataclass(frozen=True)
class Hold:
    """A suspension while the case stood at a step; `lifted` is None while it lasts."""

    interrupt: str
    begun: Event
    lifted: Event | None = None


@dataclass(frozen=True)
class Stay:
    """The case stands at a step, or stood there, from one event to another.

    `agencies` have it, or are asked; `opinions` are the answers so far, by agency. `cut_off`: what ended it was not
    done here, but in another branch or by an interrupt.
    """

    step: Step
    begun: Event
    agencies: tuple[str, ...]
    ended: Event | None = None
    cut_off: bool = False
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()

    @property
    def since(self) -> datetime:
        return self.begun.at

    @property
    def until(self) -> datetime | None:
        return self.ended.at if self.ended else None

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def active(self) -> Active:
        """As the case's clocks know it while it lasts."""
        return Active(self.step.id, self.agency, self.since, self.begun.outside)

    @property
    def agency(self) -> str | None:
        return self.agencies[0] if self.agencies else None


def stays(case: Case) -> list[Stay]:
    """Every stay, in the order in which they began."""
    found: list[Stay] = []
    for event in case.events:
        found = [_after(stay, event) if stay.open else stay for stay in found]
        found += _begun(case, event)
    return found


def _begun(case: Case, event: Event) -> Iterator[Stay]:
    entered: dict[str, list[str]] = {}
    for entry in event.data.get("enters", ()) if "outcome" not in event.data else ():
        agencies = entered.setdefault(entry["step"], [])
        agencies += [entry["agency"]] if entry.get("agency") else []
    return (Stay(case.step(step), event, tuple(agencies)) for step, agencies in entered.items())


def _after(stay: Stay, event: Event) -> Stay:
    """An open stay after one more event: answered, suspended, left."""
    data, here = event.data, stay.step.id
    said = data.get("answered", {"step": None})
    if said["step"] == here:
        new = {one["agency"]: Opinion(one["opinion"], one.get("text", ""), event) for one in said["opinions"]}
        stay = replace(stay, opinions={**stay.opinions, **new})
    if "suspends" in data:
        stay = replace(stay, holds=(*stay.holds, Hold(data["suspends"], event)))
    if "lifts" in data:
        stay = replace(stay, holds=tuple(_lifted(hold, event) for hold in stay.holds))
    if here in data.get("leaves", ()) or "outcome" in data:
        stay = replace(stay, ended=event, cut_off=here not in (data.get("step"), said["step"]))
    return stay


def _lifted(hold: Hold, event: Event) -> Hold:
    return replace(hold, lifted=event) if hold.interrupt == event.data["lifts"] and hold.lifted is None else hold
