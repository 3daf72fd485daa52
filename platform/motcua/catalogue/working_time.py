"""The working calendars of a catalog folder on their own, for counting a deadline without a case. Called by cli.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.finding import listing, mapping
from motcua.catalogue.reading import read
from motcua.domain.working_calendar import Calendars, calendars

_CALENDAR, _AGENCIES = "workflows/calendar.yaml", "procedures/agencies.yaml"


@dataclass(frozen=True)
class WorkingTime:
    """`mistakes` are those of the calendar and of the agencies; with any, `calendars` is None."""

    calendars: Calendars | None
    agencies: Collection[str]
    mistakes: tuple[Diagnostic, ...]


def working_time(root: Path) -> WorkingTime:
    reading = read(root, only=(_CALENDAR, _AGENCIES))
    ids = {str(mapping(item).get("id")) for item in listing(mapping(reading.data.get(_AGENCIES)).get("agencies"))}
    if reading.diagnostics:
        return WorkingTime(None, ids, reading.diagnostics)
    return WorkingTime(calendars(mapping(reading.data.get(_CALENDAR))), ids, ())
