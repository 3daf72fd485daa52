"""Agencies (cơ quan): who is competent for what, in which years. Bound from `procedures/agencies.yaml`; outside
editions, dated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from motcua.domain.expression import Expression
from motcua.domain.text import Text


@dataclass(frozen=True)
class Desk:
    """Where people find the agency's one-stop desk (article 13.1 of the regulation: contacts of every agency are
    public). `place` stands before the date on the papers that it issues (địa danh).
    """

    place: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Agency:
    id: str
    code: str  # the opaque identifier of Decision 20/2020/QĐ-TTg, never parsed
    name: Text
    kind: str
    level: str
    parent: str | None = None
    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    succeeded_by: str | None = None
    desk: Desk = field(default_factory=Desk)
    case_number: str | None = None

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Agencies:
    by_id: Mapping[str, Agency]
    case_number: str

    def __getitem__(self, agency: str) -> Agency:
        return self.by_id[agency]

    @cached_property
    def _by_area(self) -> dict[str, tuple[Agency, ...]]:
        found: dict[str, tuple[Agency, ...]] = {}
        for agency in self.by_id.values():
            for area in agency.areas:
                found[area] = (*found.get(area, ()), agency)
        return found

    def of_kind(self, kind: str, on: date) -> list[Agency]:
        return [a for a in self.by_id.values() if a.kind == kind and a.in_force(on)]

    def competent(self, kind: str, area: str, on: date) -> Agency | None:
        """The agency of a kind for an area: its own, or the nearest above an agency of that area."""
        here = [a for a in self._by_area.get(area, ()) if a.in_force(on)]
        return next((a for a in here if a.kind == kind), None) or self._above(here, kind, on)

    def above(self, agency: str, kind: str, on: date) -> Agency | None:
        return self._above([self.by_id[agency]], kind, on)

    def _above(self, start: Iterable[Agency], kind: str, on: date) -> Agency | None:
        seen: set[str] = set()
        queue = [a.parent for a in start]
        while queue:
            parent = self.by_id.get(queue.pop(0) or "")
            if parent is None or parent.id in seen:
                continue
            if parent.kind == kind and parent.in_force(on):
                return parent
            seen.add(parent.id)
            queue.append(parent.parent)
        return None

    def today(self, agency: str, on: date) -> Agency:
        """Who holds an agency's open work on a day: itself, or whoever succeeded it (semantics 4)."""
        found, seen = self.by_id[agency], set[str]()
        while not found.in_force(on) and found.id not in seen:
            seen.add(found.id)
            found = self.by_id.get(found.succeeded_by or "", found)
        return found

    def held_by(self, agency: str, on: date) -> frozenset[str]:
        """Whose open work an agency holds on a day: its own and that of those whom it succeeded; `today` seen from the
        other side.
        """
        near, found = [agency], set[str]()
        while near:
            this = near.pop()
            if this in self.by_id and this not in found:
                found.add(this)
                near += self._handed_over.get(this, ())
        return frozenset(one for one in found if self.today(one, on).id == agency)

    @cached_property
    def _handed_over(self) -> dict[str, tuple[str, ...]]:
        """Those who name each agency as their successor."""
        found: dict[str, tuple[str, ...]] = {}
        for agency in self.by_id.values():
            if agency.succeeded_by:
                found[agency.succeeded_by] = (*found.get(agency.succeeded_by, ()), agency.id)
        return found

    def number_template(self, agency: str) -> str:
        return self.by_id[agency].case_number or self.case_number


@dataclass(frozen=True)
class Position:
    """A place in the workflow that an agency fills: exactly one of the ways below (`agencies:` of a procedure)."""

    kinds: tuple[str, ...] = ()  # of one of these kinds
    picked_by: str | None = None  # applicant
    area: Expression | None = None  # `for`: a code of an area
    agency: str | None = None
    above: str | None = None  # another position, above whose agency this one is
    position: str | None = None  # another position, whose agency holds this one too
