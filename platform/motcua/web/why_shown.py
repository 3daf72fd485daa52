"""“Why this date” in plain words, as a ledger of two columns: when, and what happened to the count then. Called by the
citizen's and the officers' pages of a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from motcua.domain.case import Case
from motcua.domain.case_clock import LimitState
from motcua.domain.course.why import Cause, Line, Why, named, why
from motcua.domain.ledger import LedgerLine, What
from motcua.domain.text import Text
from motcua.domain.time_limit import After, Amount, At, End, Unit
from motcua.web import formats
from motcua.web.theme import say

_DAYS = (Unit.WORKING_DAY, Unit.DAY)


@dataclass(frozen=True)
class Shown:
    """`kind`: begin | count | skip | stop | move | extend | due, as the theme marks it."""

    when: str
    text: str
    kind: str


@dataclass(frozen=True)
class Reasons:
    """The rule in a sentence, the law, the lines; `confirmed` is false where days off are not announced yet."""

    rule: str
    basis: str
    lines: tuple[Shown, ...]
    confirmed: bool


def reasons(case: Case, state: LimitState, lang: str) -> Reasons:
    found = why(case, state)
    return Reasons(_rule(case, found, lang), _basis(found, lang), tuple(_lines(found.lines, lang)), found.confirmed)


def _rule(case: Case, found: Why, lang: str) -> str:
    said = say("why.rule", end=_end(case, found.end, lang))
    return f"{said} ({found.reason.in_(lang)})." if found.reason else f"{said}."


def _basis(found: Why, lang: str) -> str:
    return say("why.basis", cite=found.basis.in_(lang)) if found.basis else ""


def _end(case: Case, end: End, lang: str) -> str:
    if isinstance(end, Amount):
        return end.text(lang)
    if isinstance(end, After):
        events = say("why.and").join(_event(named(case, name), lang) for name in end.from_)
        return say("why.after", amount=end.of.text(lang), event=events) if events else end.of.text(lang)
    if isinstance(end, At):
        return say("why.agreed")
    return say("why.earliest", ends="; ".join(_end(case, one, lang) for one in end.ends))


def _event(cause: Cause | None, lang: str) -> str:
    """`nhận hồ sơ`, `xong bước “Thẩm tra”`: what began a clock, stopped it, or let it go on."""
    if cause is None:
        return ""
    return say(f"why.cause.{cause.kind}", title=cause.title.in_(lang) if cause.title else "")


# ---- line by line ----


def _lines(lines: tuple[Line, ...], lang: str) -> Iterator[Shown]:
    """`counted` is the number that the last day bore, since the count began or began anew."""
    counted = 0
    before: Line | None = None
    for number, line in enumerate(lines):
        entry = line.entry
        if entry.what is What.MOVED:
            begins = number + 1 < len(lines) and lines[number + 1].entry.what is What.STARTED
            yield _move(line, lang, begins=begins)
        elif entry.what is What.STARTED:
            told = number > 0 and lines[number - 1].entry.what is What.MOVED
            yield _start(line, before, "" if told else _sentence(_event(line.cause, lang)), lang)
        elif entry.what is What.COUNTED:
            yield _count(entry, counted, lang)
            counted += entry.amount.number if entry.amount else 0
        else:
            yield _other(line, lang)
        counted = 0 if entry.what is What.EXTENDED or line.restarts else counted
        before = before if entry.what is What.MOVED else line


def _start(line: Line, before: Line | None, event: str, lang: str) -> Shown:
    """Of the count, or of what was left after a stop."""
    amount = line.entry.amount or Amount(0, Unit.MINUTE)
    how = "resumed" if before and before.entry.what is What.STOPPED else "started"
    if amount.unit is Unit.SAME_DAY:
        text = say("why.same_day", event=event)
    else:
        how = "restarted" if before and before.restarts else how
        text = say(f"why.{how}", event=event, amount=formats.amount(amount, lang))
    if amount.unit in (*_DAYS, Unit.MONTH, Unit.YEAR):
        text += f" {say('why.day_0')}"
    return Shown(_when(line.entry.since, lang), text.strip(), "begin")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _move(line: Line, lang: str, *, begins: bool) -> Shown:
    entry = line.entry
    to = _when(entry.until or entry.since, lang)
    reason = entry.why.in_(lang) if entry.why else ""
    if begins:
        text = say("why.moved_start", event=_sentence(_event(line.cause, lang)), why=reason, to=to)
    else:
        text = say("why.moved_end", why=reason, to=to)
    return Shown(_when(entry.since, lang), text.strip(), "move")


def _count(entry: LedgerLine, before: int, lang: str) -> Shown:
    text = formats.amount(entry.amount, lang) if entry.amount else ""
    if entry.amount and entry.amount.unit in _DAYS:
        first, last = before + 1, before + entry.amount.number
        text = say("why.days", amount=text, days=str(last) if first == last else f"{first}–{last}")
    return Shown(_stretch(entry, lang), text + _because(entry.why, lang), "count")


def _other(line: Line, lang: str) -> Shown:
    entry = line.entry
    amount = formats.amount(entry.amount, lang) if entry.amount else ""
    if entry.what is What.DAY_OFF:
        return Shown(_stretch(entry, lang), say("why.skipped") + _because(entry.why, lang), "skip")
    if entry.what is What.STOPPED:
        then = say("why.left_whole" if line.restarts else "why.left", amount=amount)
        still = f" {say('why.still')}" if entry.until is None else ""
        return Shown(_when(entry.since, lang), f"{_stopped(line.cause, lang)} {then}{still}", "stop")
    if entry.what is What.EXTENDED:
        given = line.cause.reason if line.cause else ""
        return Shown(
            _when(entry.since, lang), say("why.longer", amount=amount) + (f" {given}" if given else ""), "extend"
        )
    return Shown(_when(entry.since, lang), say("why.due"), "due")


def _stopped(cause: Cause | None, lang: str) -> str:
    said = _sentence(say("why.stopped", event=_event(cause, lang)))
    return f"{said} {cause.reason}" if cause and cause.reason else said


def _because(reason: Text | None, lang: str) -> str:
    return f" ({reason.in_(lang)})" if reason else ""


def _when(point: date, lang: str) -> str:
    return formats.moment(point, lang) if isinstance(point, datetime) else formats.long_date(point, lang)


def _stretch(entry: LedgerLine, lang: str) -> str:
    """`thứ Hai, 28/04 – thứ Ba, 29/04/2025`; hours of one day share its date."""
    since, until = entry.since, entry.until
    if until is None or until == since:
        return _when(since, lang)
    if isinstance(since, datetime) and isinstance(until, datetime) and since.date() == until.date():
        return f"{_when(since, lang)} – {formats.hour(until)}"
    first = _when(since, lang)
    same_year = not isinstance(since, datetime) and since.year == until.year
    return f"{first.removesuffix(f'/{since.year}') if same_year else first} – {_when(until, lang)}"
