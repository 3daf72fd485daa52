"""What every act on a case leaves behind: its new events, where it stands for the lists, and what is to be said to
whom. Used by the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from motcua.domain.case import Case
from motcua.domain.case_clock import next_timeout, window
from motcua.domain.event import Event
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.books import Books
from motcua.store.cases import CaseRecord, Standing, Task
from motcua.store.outbox import EMAIL, PORTAL, SMS, Message

_FAR = datetime(8999, 1, 1, tzinfo=UTC)

#: What the applicant is told upon which event, and through which channels. Article 9.2.b of the regulation:
#: acceptance by portal, SMS and e-mail at the same time, with the date due.
TELLS = {
    "received": ("filed", (PORTAL, EMAIL)),
    "accepted": ("accepted", (PORTAL, EMAIL, SMS)),
    "supplement_asked": ("supplement_asked", (PORTAL, EMAIL, SMS)),
    "supplement_came": ("supplement_came", (PORTAL, EMAIL)),
    "result": ("result_ready", (PORTAL, EMAIL, SMS)),
    "ended": ("ended", (PORTAL, EMAIL, SMS)),
}
_MONEY_CAME = ("paid", (PORTAL, EMAIL, SMS))


def save(office: Office, books: Books, record: CaseRecord, case: Case) -> CaseRecord:
    """Append the case's new events. Raises Stale when somebody was quicker; nothing is written then."""
    if not case.new_events:
        return record
    applicant = books.accounts.get(record.applicant)
    return books.cases.save(record, case.new_events, standing(case), messages(office, case, applicant))


def standing(case: Case) -> Standing:
    """Where the case stands, for inboxes and for the worker that wakes it."""
    tasks = []
    for here in case.state.active:
        step = case.step(here.step)
        role = step.role.choose(case.facts, case.state.filed_on).value if step.role else None
        tasks.append(Task(here.step, here.since, role, here.agency, window(case, here)))
    main = case.main_limit(_FAR)
    wakes = next_timeout(case, _FAR) if case.open else None
    agencies = {*case.state.positions.values(), *(a.agency for a in case.state.active if a.agency)}
    due = main.due if main and main.met is None else None  # what is done in time is nobody's delay any more
    return Standing(tasks, agencies, due, wakes.at if wakes else None, case.state.outcome)


def messages(office: Office, case: Case, applicant: Account) -> Iterator[Message]:
    """What the new events say to the applicant. No personal data: the number, the procedure, a date, and where to
    look.
    """
    addresses = {PORTAL: str(applicant.id), EMAIL: applicant.email, SMS: applicant.phone}
    for event in case.new_events:
        for told, channels in _told(event):
            said = params(office, case, event)
            for channel in channels:
                if to := addresses[channel]:
                    key = f"{case.ref}:{event.seq}:{told}:{channel}"
                    yield Message(key, channel, to, f"notice.{told}", said, case.ref)


def _told(event: Event) -> Iterator[tuple[str, tuple[str, ...]]]:
    if event.kind == "paid":
        yield _MONEY_CAME
    for name, told in TELLS.items():
        if name in event.names or (name == "result" and any(n.startswith("result.") for n in event.names)):
            ended_with_result = name == "ended" and event.data.get("outcome") == "granted"
            if not ended_with_result:
                yield told


def params(office: Office, case: Case, event: Event) -> dict[str, str | int | None]:
    main = case.main_limit(event.at)
    return {
        "number": case.number,
        "procedure": case.procedure.name.vi,
        "due": main.due.isoformat() if main and main.due else None,
        "reason": event.data.get("reason"),
        "outcome": event.data.get("outcome"),
        "amount": sum(event.data.get("paid", {}).values()),
        "link": f"{office.settings.base_url}/cases/{case.ref}",
    }
