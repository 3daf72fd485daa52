"""The clock of a case in one sentence: running or standing, how much is left, late or done. Called by the pages of a
case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.domain import case_facts
from motcua.domain.case import Case
from motcua.domain.case_clock import LimitState
from motcua.domain.course.elapsed import elapsed
from motcua.domain.deadline import Deadline
from motcua.domain.ledger import What
from motcua.domain.time_limit import Unit
from motcua.web import formats
from motcua.web.theme import say


@dataclass(frozen=True)
class Clock:
    """`kind`: none | runs | stands | late | done, as the theme marks it."""

    text: str
    kind: str


def clock(case: Case, now: datetime, lang: str) -> Clock:
    """Of the limit whose end the citizen is told; before it begins, of the answer on acceptance."""
    main = case.main_limit(now)
    if main is None:
        return _before(case, now, lang)
    if main.met is not None:
        return _over(case, main, main.met, lang)
    deadline = main.deadline
    if deadline.due is None:
        left = formats.amount(deadline.left, lang) if deadline.left else ""
        return Clock(say("course.clock.stands", since=_stopped(deadline, lang), left=left), "stands")
    if now > deadline.due:
        return Clock(say("course.clock.late", over=_between(case, main, deadline.due, now, lang)), "late")
    return Clock(say("course.clock.runs", left=_between(case, main, now, deadline.due, lang)), "runs")


def _stopped(deadline: Deadline, lang: str) -> str:
    """Since when it stands."""
    stops = [line.since for line in deadline.ledger if line.what is What.STOPPED]
    return formats.long_date(stops[-1], lang)


def _before(case: Case, now: datetime, lang: str) -> Clock:
    answer = next((s for s in case.limits(now) if s.limit.until == ("accepted",) and s.met is None), None)
    if answer is None or answer.due is None or not case.open:
        return Clock(say("course.clock.none") if case.open else "", "none")
    key, kind = ("none_answer_late", "late") if now > answer.due else ("none_answer", "none")
    return Clock(say(f"course.clock.{key}", due=formats.moment(answer.due, lang)), kind)


def _over(case: Case, main: LimitState, met: datetime, lang: str) -> Clock:
    at = formats.moment(met, lang)
    if case.state.outcome not in (None, "granted"):
        return Clock(say("course.clock.ended", met=at), "none")
    if main.due is not None and met > main.due:
        return Clock(say("course.clock.met_late", met=at, over=_between(case, main, main.due, met, lang)), "late")
    return Clock(say("course.clock.met", met=at), "done")


def _between(case: Case, limit: LimitState, since: datetime, until: datetime, lang: str) -> str:
    calendar = case_facts.calendar(case, case_facts.owing(case, limit.limit))
    left = limit.deadline.left
    return formats.amount(elapsed(since, until, left.unit if left else Unit.WORKING_DAY, calendar), lang)
