"""The lines of the inbox and of a search, as they stand at this moment: where time has done something to a case that
the worker has not written down yet, the line shows it all the same. Called by officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.inbox import CaseLine, InboxLine
from motcua.web.lateness import Lateness, Watch


@dataclass(frozen=True)
class Row:
    """`moved`: the step for which the line stood in the inbox has run out, and the case is elsewhere by now."""

    case: CaseLine
    procedure: Text
    steps: tuple[Text, ...]
    due: datetime | None
    lateness: Lateness
    outcome: str | None
    moved: bool = False


def inbox_rows(office: Office, lines: Iterable[InboxLine], watch: Watch, *, waiting: bool) -> list[Row]:
    lines = tuple(lines)
    woken = _woken(office, [line.case for line in lines], watch.now)
    return [_inbox_row(office, line, woken.get(line.case.ref), watch, waiting=waiting) for line in lines]


def _inbox_row(office: Office, line: InboxLine, woken: Case | None, watch: Watch, *, waiting: bool) -> Row:
    if woken is not None and woken.state.at_step(line.step) is None:
        return _case_row(office, line.case, woken, watch, moved=True)
    procedure = office.catalog.edition(line.case.edition)
    due = min((end for end in (line.due, line.case.due) if end is not None), default=None)
    lateness = Lateness.WAITING if waiting else watch.lateness(due)
    steps = (procedure.workflow.steps[line.step].name,)
    return Row(line.case, procedure.name, steps, due, lateness, line.case.outcome)


def case_rows(office: Office, lines: Iterable[CaseLine], watch: Watch) -> list[Row]:
    lines = tuple(lines)
    woken = _woken(office, lines, watch.now)
    return [_case_row(office, line, woken.get(line.ref), watch) for line in lines]


def _case_row(office: Office, line: CaseLine, woken: Case | None, watch: Watch, *, moved: bool = False) -> Row:
    procedure = office.catalog.edition(line.edition)
    names, outcome, due = line.steps, line.outcome, line.due
    if woken is not None:
        main = woken.main_limit(watch.now)
        names, outcome = tuple(dict.fromkeys(a.step for a in woken.state.active)), woken.state.outcome
        due = main.due if main and main.met is None else None
    steps = [procedure.workflow.steps[name] for name in names]
    waits = bool(steps) and all(step.waits_for for step in steps)
    lateness = Lateness.WAITING if waits else watch.lateness(due)
    return Row(line, procedure.name, tuple(step.name for step in steps), due, lateness, outcome, moved)


def _woken(office: Office, lines: Iterable[CaseLine], now: datetime) -> Mapping[str, Case]:
    """The cases of these lines to which something has happened by itself and is not written down yet: few, while a
    worker is about.
    """
    refs = {line.ref for line in lines if line.wakes is not None and line.wakes <= now}
    if not refs:
        return {}
    with office.store.reading() as books:
        records = books.cases.several(refs)
    return {record.ref: office.case(record).advance(now) for record in records}
