"""What every act on a case leaves behind: its new events, where it stands for the lists, and what is to be said to
whom. Used by the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from motcua.casework.telling import messages
from motcua.domain.acts import speaking
from motcua.domain.case import Case
from motcua.domain.case_clock import next_timeout, window
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord, Standing, Task, alone

_FAR = datetime(8999, 1, 1, tzinfo=UTC)


def save(office: Office, books: Books, record: CaseRecord, case: Case) -> CaseRecord:
    """Append the case's new events. Raises Stale when somebody was quicker; nothing is written then."""
    if not case.new_events:
        return record
    said = messages(office, books, case, books.accounts.get(record.applicant))
    saved = books.cases.save(record, case.new_events, standing(case), said)
    if case.state.payments:
        books.refunds.stand(record.ref, case.refunds_due, office.now())
    return saved


def standing(case: Case) -> Standing:
    """Where the case stands, for inboxes and for the worker that wakes it."""
    main = case.main_limit(_FAR)
    wakes = next_timeout(case, _FAR) if case.open else None
    answered = (said["agency"] for opinions in case.state.opinions.values() for said in opinions)
    agencies = {*case.state.positions.values(), *(a.agency for a in case.state.active if a.agency), *answered}
    due = main.due if main and main.met is None else None  # what is done in time is nobody's delay any more
    return Standing(list(_tasks(case)), agencies, due, wakes.at if wakes else None, case.state.outcome)


def _tasks(case: Case) -> Iterator[Task]:
    """What each step asks of a role of an agency, or of the officer who was picked. While agencies are asked, whoever
    asked waits; while one officer has a step, his agency does, and so sees what lies with whom.
    """
    waiting = set[str]()
    for here in case.state.active:
        step, until = case.step(here.step), window(case, here)
        role = case.chosen(step.role)
        if step.waits_for == "appointment" and step.id not in case.state.offers:
            role = speaking.role_of(case, step)  # times are to be offered
        if picked := case.state.picked.get(here.step) if role else None:
            yield Task(here.step, here.since, None, here.agency, until)
            role = alone(picked)
        if step.waits_for == "agencies":
            role = speaking.role_of(case, step)
            if step.id not in waiting:
                waiting.add(step.id)
                yield Task(step.id, here.since, None, speaking.asker(case, step), until)
        yield Task(here.step, here.since, role, here.agency, until)
