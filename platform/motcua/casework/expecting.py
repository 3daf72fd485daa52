"""What a draft would come to if it were filed now: the date to expect, what a change of rules changes. Called by
web/citizen.

Nothing is stored and no number is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.judged_draft import JudgedDraft
from motcua.domain.case import Case
from motcua.domain.case_clock import LimitState
from motcua.domain.event import Event
from motcua.domain.filing import file, judge
from motcua.domain.paper import PaperAsked
from motcua.domain.refusals import Incorrect
from motcua.office import Office

_FAR = datetime.max.year - 1000


@dataclass(frozen=True)
class Changed:
    """What the rules of today change for this draft, against those under which it was begun."""

    more_papers: tuple[PaperAsked, ...]
    fewer_papers: tuple[PaperAsked, ...]
    fee_before: int
    fee_now: int
    more_to_fix: int


def expected(office: Office, judged: JudgedDraft) -> LimitState | None:
    """The main limit as it would run if the case were filed now and accepted at once; None while something is wrong."""
    try:
        case = file(
            judged.procedure, office.catalog.province, judged.filing, ref="", by="clock", at=judged.at, take=lambda _: 1
        )
    except Incorrect:
        return None
    return _accepted(case).main_limit(judged.at.replace(year=_FAR, day=1))


def _accepted(case: Case) -> Case:
    received = case.state.happened["received"][0]
    data = {"moments": {"accepted": received.isoformat()}}
    return case.after(Event(len(case.events) + 1, received, "acted", "clock", ("accepted",), data))


def changed(office: Office, judged: JudgedDraft) -> Changed | None:
    """None where the rules are the same."""
    if not judged.law_changed:
        return None
    before = judge(office.catalog.edition(judged.draft.edition), office.catalog.province, judged.filing, judged.at)
    now = judged.judged
    had, has = {p.key for p in before.papers}, {p.key for p in now.papers}
    return Changed(
        tuple(p for p in now.papers if p.key not in had),
        tuple(p for p in before.papers if p.key not in has),
        before.fee_total,
        now.fee_total,
        sum(p.stops for p in now.problems) - sum(p.stops for p in before.problems),
    )
