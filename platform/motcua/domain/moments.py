"""Days and moments as people read and write them: `thứ Tư, 14/10/2026, 17:00`. Called by slips, pages and commands."""

from __future__ import annotations

from datetime import date, datetime, time

from motcua.domain.calendar_file import read_date
from motcua.domain.text import Text
from motcua.domain.working_calendar import HCM

WEEKDAYS = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)


def day_text(day: date, lang: str = "vi") -> str:
    """`thứ Tư, 14/10/2026`"""
    return f"{WEEKDAYS[day.weekday()].in_(lang)}, {day:%d/%m/}{day.year:04}"


def due_text(moment: datetime, lang: str = "vi") -> str:
    """`thứ Tư, 14/10/2026, 17:00`, in the local zone."""
    local = moment.astimezone(HCM)
    return f"{day_text(local, lang)}, {local:%H:%M}"


def read_moment(text: str) -> datetime:
    """`05/10/2026 08:00`, `2026-10-05 08:00` or ISO 8601; local without an offset. Raises `ValueError` with why."""
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    try:
        found = datetime.combine(read_date(day), time.fromisoformat(clock or "00:00"))
    except ValueError:
        reason = "thời điểm viết như 05/10/2026 08:00 / write a moment like 05/10/2026 08:00"
        raise ValueError(f"'{text}': {reason}") from None
    return found.replace(tzinfo=HCM) if found.tzinfo is None else found.astimezone(HCM)
