"""How dates and money are written for people. Called by theme, and by whoever puts notices into words.

A date is shown with its weekday, money as `16.000 đ`; a moment is local, whatever zone it comes in.
"""

from __future__ import annotations

from datetime import date, datetime

from motcua.domain.time_limit import Amount, Unit
from motcua.domain.working_calendar import HCM

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def money(amount: int) -> str:
    """Whole đồng: `16.000 đ`."""
    return f"{number(amount)} đ"


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def size(count: int) -> str:
    """Of a file: `340 KB`, `2,4 MB`."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def short_date(day: date) -> str:
    """`14/10/2026`"""
    return f"{_local_date(day):%d/%m/%Y}"


def long_date(day: date, lang: str = "vi") -> str:
    """`thứ Tư, 14/10/2026`"""
    local = _local_date(day)
    return f"{_WEEKDAYS[lang][local.weekday()]}, {local:%d/%m/%Y}"


def moment(at: datetime, lang: str = "vi") -> str:
    """`thứ Tư, 14/10/2026, 17:00`"""
    return f"{long_date(at, lang)}, {hour(at)}"


def short_moment(at: datetime) -> str:
    """`17:00, 14/10/2026`: for tables and histories."""
    return f"{hour(at)}, {short_date(at)}"


def hour(at: datetime) -> str:
    return f"{at.astimezone(HCM):%H:%M}"


def amount(of: Amount, lang: str = "vi") -> str:
    """`3 ngày làm việc`, `2 giờ 30 phút làm việc`: minutes as hours and minutes."""
    hours, minutes = divmod(of.number, 60)
    if of.unit not in (Unit.WORKING_MINUTE, Unit.MINUTE) or not hours or not minutes:
        return of.text(lang)
    word = ("hours" if hours > 1 else "hour") if lang == "en" else "giờ"
    return f"{hours} {word} {Amount(minutes, of.unit).text(lang)}"


def _local_date(day: date) -> date:
    return day.astimezone(HCM).date() if isinstance(day, datetime) else day
