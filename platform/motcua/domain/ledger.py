"""Why this date: the stretches of time that a deadline counted, left out, stood still in or was moved by.

Lines are data; `text` makes a sentence of one. Made by `Deadline`, shown on pages and by the command `deadline`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from motcua.domain.moments import day_text, due_text
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount


class What(Enum):
    STARTED = "started"
    COUNTED = "counted"
    DAY_OFF = "day_off"
    STOPPED = "stopped"
    MOVED = "moved"
    EXTENDED = "extended"
    DUE = "due"


_SENTENCES = {
    What.STARTED: Text("Bắt đầu {since} (ngày 0), phải đếm {amount}", "Starts {since} (day 0), {amount} to count"),
    What.COUNTED: Text("Tính {stretch}: {amount}", "Counted {stretch}: {amount}"),
    What.DAY_OFF: Text("Không tính {stretch}", "Not counted {stretch}"),
    What.STOPPED: Text("Đồng hồ đứng {stretch}, còn {amount}", "The clock stands {stretch}, {amount} left"),
    What.MOVED: Text("Chuyển {stretch}", "Moved {stretch}"),
    What.EXTENDED: Text("Gia hạn từ {since}: thêm {amount}", "Extended from {since}: {amount} more"),
    What.DUE: Text("Hạn: {since}", "Due: {since}"),
}
OUT_OF_HOURS = Text("ngoài giờ làm việc", "out of office hours")
CUT_OFF = Text("sau giờ nhận trong ngày", "after the day's cut-off")


@dataclass(frozen=True)
class LedgerLine:
    """`amount` is what was counted, or what is left to count.

    `since` and `until` are dates where whole days count, else moments; a clock that still stands has no `until`.
    """

    what: What
    since: date
    until: date | None
    amount: Amount | None = None
    why: Text | None = None

    def text(self, lang: str = "vi") -> str:
        said = _SENTENCES[self.what].in_(lang)
        amount = self.amount.text(lang) if self.amount else ""
        why = f" ({self.why.in_(lang)})" if self.why else ""
        return said.format(since=_when(self.since, lang), stretch=_stretch(self, lang), amount=amount) + why


def _when(point: date, lang: str) -> str:
    return due_text(point, lang) if isinstance(point, datetime) else day_text(point, lang)


def _stretch(line: LedgerLine, lang: str) -> str:
    since = _when(line.since, lang)
    if line.until is None:
        return f"since {since}" if lang == "en" else f"từ {since}"
    if line.until == line.since:
        return since
    until = _when(line.until, lang)
    return f"from {since} to {until}" if lang == "en" else f"từ {since} đến {until}"
