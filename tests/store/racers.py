"""What the processes of a race run, and what every store test needs before it can begin. Importable by name, so that
a fresh process finds it.
"""

from __future__ import annotations

import time
from datetime import date, datetime

from sqlalchemy import text

from motcua.domain.event import Event
from motcua.domain.working_calendar import HCM
from motcua.store import Books, Store
from motcua.store.cases import CaseRecord, Standing, Task, new_ref
from motcua.store.editions import StoredEdition
from motcua.store.migrate import upgrade
from motcua.store.outbox import Message

MONDAY = datetime(2026, 10, 5, 8, 0, tzinfo=HCM)
EDITION = "e" * 64


def upgrade_at_once(url: str) -> str:
    store = Store(url)
    upgrade(store)
    with store.engine.connect() as connection:
        revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    store.close()
    return revision


def people_and_rules(store: Store) -> int:
    """One citizen and one edition, which every case needs; returns the citizen's account."""
    with store.transaction() as books:
        books.editions.put(
            StoredEdition(
                EDITION, "khai_sinh", {"procedures/khai_sinh.yaml": "b" * 64}, {"procedures/khai_sinh.yaml": {}}
            ),
            MONDAY,
        )
        return books.accounts.add(
            kind="citizen", name="Lê Thị Ánh", password_hash="x", email="anh@vidu.vn", at=MONDAY
        ).id


def filed(applicant: int, number: str, *, draft: str | None = None, at: datetime = MONDAY) -> CaseRecord:
    return CaseRecord(
        ref=new_ref(),
        number=number,
        procedure="khai_sinh",
        edition=EDITION,
        receives="xa_a",
        applicant=applicant,
        applicant_name="Lê Thị Ánh",
        channel="online",
        filed_on=date(2026, 10, 5),
        events=(
            Event(1, at, "filed", f"citizen:{applicant}", ("received",), {"answers": {"tre": {"ho_ten": "LÊ AN"}}}),
        ),
        draft=draft,
    )


def at_step(
    step: str = "tiep_nhan", role: str = "one_stop", agency: str = "xa_a", due: datetime | None = None
) -> Standing:
    return Standing(tasks=(Task(step, MONDAY, role, agency, due),), agencies=(agency,), due=due)


def next_event(case: CaseRecord, kind: str, by: str = "officer:an.xa_a", at: datetime = MONDAY) -> Event:
    return Event(case.events[-1].seq + 1, at, kind, by, (), {})


def note(key: str, to: str = "anh@vidu.vn") -> Message:
    return Message(key, "email", to, "received", {"number": "1"})


def file_one(books: Books, applicant: int) -> str:
    """A filing as the program does it: a number of the day's series, the case, its first event, one message. Returns
    the number.
    """
    number = f"H56.1-261005-{books.counters.take('H56.1-261005'):05}"
    case = filed(applicant, number)
    books.cases.add(case, at_step(), [note(f"{case.ref}:1:email")])
    return number


def read_then_file(url: str, applicant: int, times: int) -> list[tuple[str, float]]:
    """Look at the inbox, then file; again and again. Returns each number given and the seconds that it took."""
    store = Store(url)
    given: list[tuple[str, float]] = []
    for _ in range(times):
        began = time.perf_counter()
        with store.reading() as books:
            books.inbox.tasks({"xa_a"}, ["one_stop"], most=5)
        with store.transaction() as books:
            books.inbox.tasks({"xa_a"}, ["one_stop"], most=5)
            number = file_one(books, applicant)
        given.append((number, time.perf_counter() - began))
    store.close()
    return given
