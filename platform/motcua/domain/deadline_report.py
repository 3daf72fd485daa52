"""One deadline counted for whoever asks, as plain data: what the command `deadline` prints."""

from __future__ import annotations

from datetime import time
from typing import Any

from motcua.domain.deadline import Deadline, received
from motcua.domain.ledger import LedgerLine
from motcua.domain.moments import read_moment
from motcua.domain.time_limit import Amount
from motcua.domain.working_calendar import Calendars


def deadline_report(
    start: str,
    amount: str,
    calendars: Calendars,
    agency: str | None = None,
    *,
    cut_off: time | None = None,
    lang: str = "vi",
) -> dict[str, Any]:
    """When something that came from outside at `start` is due, and why, by an agency's calendar.

    `start` is `05/10/2026 08:00` or ISO 8601; moments in the answer are ISO 8601 with the offset, whole days are dates.
    `confirmed` is false where the days off of a year are not announced yet. Raises `ValueError` with the reason.
    """
    moment = read_moment(start)
    calendar = calendars.of(agency)
    counted = Deadline.count(moment, Amount.parse(amount), calendar, outside=True, cut_off=cut_off)
    return {
        "start": moment.isoformat(),
        "received": received(moment, calendar, cut_off).isoformat(),
        "amount": str(counted.amount),
        "due": counted.due.isoformat() if counted.due else None,
        "ledger": [line_data(line, lang) for line in counted.ledger],
        "confirmed": counted.confirmed,
    }


def line_data(line: LedgerLine, lang: str = "vi") -> dict[str, Any]:
    """A ledger line as plain data, with the sentence that people read."""
    return {
        "what": line.what.value,
        "from": line.since.isoformat(),
        "to": line.until.isoformat() if line.until else None,
        "count": line.amount.number if line.amount else None,
        "unit": line.amount.unit.value if line.amount else None,
        "why": line.why.in_(lang) if line.why else None,
        "text": line.text(lang),
    }
