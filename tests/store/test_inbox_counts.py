"""The inbox in numbers: what is late, near, in time, and what waits for somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.store.racers import MONDAY, at_step, filed, people_and_rules

from motcua.store import Store
from motcua.store.cases import Standing, Task
from motcua.store.inbox import Counts

NOON = MONDAY + timedelta(hours=4)
NEAR = NOON + timedelta(hours=4)


def put(store: Store, applicant: int, number: str, *standings: Standing) -> None:
    with store.transaction() as books:
        for offset, standing in enumerate(standings):
            books.cases.add(filed(applicant, f"{number}{offset}"), standing)


def share(hours: float, citizen: datetime | None = None) -> Standing:
    """A task whose share ends so many hours after noon, in a case with a date of its own."""
    return replace(at_step(due=NOON + timedelta(hours=hours)), due=citizen)


def test_a_line_counts_once_by_whichever_date_comes_first(store: Store) -> None:
    applicant = people_and_rules(store)
    put(store, applicant, "late", share(-1), share(30, citizen=NOON - timedelta(minutes=1)))
    put(store, applicant, "near", share(0), share(30, citizen=NOON + timedelta(hours=3)))
    put(
        store, applicant, "fine", share(4), Standing(tasks=(Task("x", MONDAY, "one_stop", "xa_a"),), agencies=("xa_a",))
    )
    put(store, applicant, "wait", Standing(tasks=(Task("cho", MONDAY, None, "xa_a", NOON),), agencies=("xa_a",)))
    put(store, applicant, "else", at_step(role="leader", due=NOON), at_step(agency="xa_b", due=NOON))
    with store.reading() as books:
        assert books.inbox.counts("xa_a", ["one_stop"], now=NOON, near=NEAR) == Counts(2, 2, 2, 1)
        late = books.inbox.tasks("xa_a", ["one_stop"], until=NOON).lines
        near = books.inbox.tasks("xa_a", ["one_stop"], since=NOON, until=NEAR).lines
        fine = books.inbox.tasks("xa_a", ["one_stop"], since=NEAR).lines
        assert [line.case.number for line in late] == ["late0", "late1"]
        assert [line.case.number for line in near] == ["near0", "near1"]
        assert [line.case.number for line in fine] == ["fine0", "fine1"]
        assert [line.case.number for line in books.inbox.waiting("xa_a").lines] == ["wait0"]
        assert fine[1].due is None


def test_an_empty_inbox_counts_nothing(store: Store) -> None:
    with store.reading() as books:
        assert books.inbox.counts("xa_a", [], now=NOON, near=NEAR) == Counts(0, 0, 0, 0)
