"""What the tests of time share: the shipped calendar, and moments written as slips print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.catalogue.source import parse
from motcua.domain.working_calendar import Calendars, WorkingCalendar, calendars

CALENDAR = Path(__file__).parents[2] / "workflows" / "calendar.yaml"


@pytest.fixture(scope="session")
def shipped() -> Calendars:
    return calendars(parse(CALENDAR.read_bytes(), "workflows/calendar.yaml").data)


@pytest.fixture(scope="session")
def office(shipped: Calendars) -> WorkingCalendar:
    """The demo's hours: 07:30-11:30 and 13:00-17:00, Monday to Friday."""
    return shipped.of()
