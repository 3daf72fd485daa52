"""How the slow clerk counts: each question is answered anew from the whole diary, day by day and minute by minute.

Semantics 3 and 7 to 9 of the catalog language. What the text leaves open and he had to decide stands in a docstring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any

from tests.domain import oracle_time as clerk
from tests.domain.oracle_diary import HERE, Data, Diary, Token

UNITS = {"ngày làm việc": "working_day", "ngày": "day", "tháng": "month", "trong ngày": "same_day"}
HOURS = {"giờ làm việc": "working_minute", "giờ": "minute"}
Span = tuple[int, str]


@dataclass(frozen=True)
class Limit:
    """`due` is None while its clock stands."""

    due: datetime | None
    met: datetime | None

    def late(self, at: datetime) -> bool:
        return self.due is not None and (self.met or at) > self.due


def windows(diary: Diary) -> Iterator[tuple[datetime, Token | None, str]]:
    """Each agency has its own window, by its own calendar."""
    for token in diary.tokens:
        step = diary.plan.step(token.step)
        to = step.get("runs_out", step.get("silence", "never"))
        if "waits_for" in step and "within" in step and to not in ("never", "late"):
            end = window(diary, token, step)
            if end is not None:
                yield end, token, to


def window(diary: Diary, token: Token, step: Data) -> datetime | None:
    """Citizens' windows never stand; that of a body which may not speak meanwhile does."""
    office, stops = diary.plan.offices[token.agency], list[clerk.Pause]()
    if step["waits_for"] in ("agencies", "event"):
        stops = stretches(diary, [stood.held for stood in diary.stood])
    return count(office, opened(office, token.since, token.outside), amount(step["within"]), [], stops)


def tacit(diary: Diary) -> Iterator[tuple[datetime, Token | None, str]]:
    """Limits after which silence says something."""
    for limit in diary.plan.limits:
        state = promised(diary, limit) if "runs_out" in limit else None
        if state and state.due and state.met is None:
            yield state.due, None, limit["runs_out"]


def promised(diary: Diary, limit: Data) -> Limit | None:
    """A limit with its end, None before it begins. Of several ends the earliest that is known."""
    office, names = diary.plan.offices[HERE], listed(limit.get("from", "accepted"))
    entries = [diary.first(n) if n in ("received", "accepted") else diary.last(n) for n in names]
    if not all(entries):
        return None
    begun = [entry for entry in entries if entry]
    start = max(entry.counts or opened(office, entry.at, entry.outside) for entry in begun)
    if "cut_off" in limit:
        start = max(start, cut_off(diary, office, limit["cut_off"]))
    came = max(entry.at for entry in begun)
    met = kept(diary, limit, came)
    more = [amount(by) for at, by in diary.extensions if came <= at and (met is None or at <= met)]
    within, standing = diary.choose(limit["within"]), stops(diary, met)
    ends = within["earliest"] if isinstance(within, dict) else [within]
    dues = [count(office, *beginning(diary, office, end, start), more, standing) for end in ends]
    return Limit(min([due for due in dues if due], default=None), met)


def beginning(diary: Diary, office: clerk.Office, end: Any, start: datetime) -> tuple[datetime, Span]:
    """An amount of time counts with its limit; `{of, from}` from an event of its own."""
    if isinstance(end, str):
        return start, amount(end)
    entry = diary.first(end["from"])
    return (entry.counts or opened(office, entry.at, entry.outside)) if entry else start, amount(end["of"])


def kept(diary: Diary, limit: Data, since: datetime) -> datetime | None:
    """A promise is kept once all that it waits for came after it began, and is over when the case is."""
    names = listed(limit.get("until", [f"result.{r}" for r in diary.plan.results] or "ended"))
    came = [next((e for e in diary.diary if e.name == name and e.at >= since), None) for name in names]
    return max(e.counts or e.at for e in came if e) if all(came) else diary.ended


def cut_off(diary: Diary, office: clerk.Office, hour: str) -> datetime:
    """From when counts what was sent: from that hour on, the next working day's opening."""
    sent = diary.stood[0].at
    if sent.time() < time.fromisoformat(hour):
        return opened(office, sent, True)
    return opened(office, clerk.midnight(sent.date() + clerk.DAY), True)


def stops(diary: Diary, met: datetime | None) -> list[clerk.Pause]:
    """When the case stood still, until the limit was kept."""
    found = stretches(diary, [stood.clocks for stood in diary.stood])
    return [pause for pause in found if met is None or pause.at < met]


def stretches(diary: Diary, each: list[frozenset[str]]) -> list[clerk.Pause]:
    """Stretches of standing that touch are one; where the whole counts after any part of it, it counts."""
    found: list[clerk.Pause] = []
    since, clocks = None, frozenset[str]()
    for stood, why in zip(diary.stood, each, strict=True):
        if why:
            since, clocks = since or stood.at, clocks | why
        elif since is not None:
            found.append(clerk.Pause(since, stood.at, mode(clocks), stood.outside))
            since, clocks = None, frozenset()
    return [*found, *([clerk.Pause(since, None, mode(clocks), False)] if since else [])]


def listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def mode(clocks: frozenset[str]) -> str:
    return "restart" if "restart" in clocks else "resume"


def amount(text: str) -> tuple[int, str]:
    """`5 ngày làm việc`, as number and unit of the other clerk."""
    if text in UNITS:
        return 1, UNITS[text]
    number, _, word = text.partition(" ")
    return (int(number), UNITS[word]) if word in UNITS else (int(number) * 60, HOURS[word])


@cache
def due(office: clerk.Office, start: datetime, number: int, unit: str) -> datetime:
    return clerk.due(office, start, number, unit, posting=False)


@cache
def opened(office: clerk.Office, at: datetime, outside: bool) -> datetime:
    """From when it counts: what comes from outside out of hours, from the next opening."""
    if not outside:
        return at
    for opens, closes in office.sessions(at.date()):
        if at <= clerk.midnight(at.date()) + closes * clerk.MINUTE:
            return max(at, clerk.midnight(at.date()) + opens * clerk.MINUTE)
    return opened(office, clerk.midnight(at.date() + clerk.DAY), True)


@cache
def rest(office: clerk.Office, start: datetime, number: int, unit: str, at: datetime) -> tuple[int, str]:
    return clerk.rest(office, start, number, unit, at)


def count(
    office: clerk.Office, start: datetime, span: Span, more: list[Span], stops: list[clerk.Pause]
) -> datetime | None:
    """When the time and its extensions, one after the other, are counted up; None while the clock stands. Where the
    whole counts again, the extensions do too.
    """
    left = spans = [span, *more]
    for stop in stops:
        if stop.until is not None and stop.until <= start:
            left = spans if stop.mode == "restart" else left
            continue
        at = max(start, stop.at)
        while left and at > (end := due(office, start, *left[0])):
            start, left = end, left[1:]
        if not left:
            return start
        left = spans if stop.mode == "restart" else [rest(office, start, *left[0], at), *left[1:]]
        if stop.until is None:
            return None
        start = opened(office, stop.until, stop.outside)
    for span in left:
        start = due(office, start, *span)
    return start
