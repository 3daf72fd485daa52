"""The inbox in numbers: what is late, near, in time, and what waits for somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.store.racers import MONDAY, at_step, filed, next_event, people_and_rules

from motcua.store import Store
from motcua.store.cases import Standing, Task
from motcua.store.inbox import MOST, Counts

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
        assert books.inbox.counts({"xa_a"}, ["one_stop"], now=NOON, near=NEAR) == Counts(2, 2, 2, 1)
        late = books.inbox.tasks({"xa_a"}, ["one_stop"], until=NOON).lines
        near = books.inbox.tasks({"xa_a"}, ["one_stop"], since=NOON, until=NEAR).lines
        fine = books.inbox.tasks({"xa_a"}, ["one_stop"], since=NEAR).lines
        assert [line.case.number for line in late] == ["late0", "late1"]
        assert [line.case.number for line in near] == ["near0", "near1"]
        assert [line.case.number for line in fine] == ["fine0", "fine1"]
        assert [line.case.number for line in books.inbox.waiting({"xa_a"}).lines] == ["wait0"]
        assert fine[1].due is None


def test_an_empty_inbox_counts_nothing(store: Store) -> None:
    with store.reading() as books:
        assert books.inbox.counts({"xa_a"}, [], now=NOON, near=NEAR) == Counts(0, 0, 0, 0)


def test_an_inbox_is_counted_so_far_and_no_further(store: Store) -> None:
    applicant = people_and_rules(store)
    step = Task("x", MONDAY, "one_stop", "xa_a", NOON)
    put(store, applicant, "many", Standing(tasks=[step] * (MOST + 1)), at_step(role="leader", due=NEAR))
    with store.reading() as books:
        assert books.inbox.counts({"xa_a"}, ["one_stop"], now=NEAR, near=NEAR) == Counts(MOST, 0, 0, 0)
        both = books.inbox.counts({"xa_a"}, ["one_stop", "leader"], now=NEAR, near=NEAR)
        assert (both, both.to_do) == (Counts(MOST, 0, 1, 0), MOST)


def test_one_list_is_made_of_those_of_several_agencies_and_roles(store: Store) -> None:
    """Two roles of two agencies, a minute apart in turn; another agency and another role are not among them."""
    applicant = people_and_rules(store)
    owners = [("xa_a", "one_stop"), ("xa_b", "leader"), ("xa_a", "leader"), ("xa_b", "one_stop")]
    every = [*owners, ("xa_c", "leader"), ("xa_a", "specialist")]
    for minute in range(24):
        agency, role = every[minute % 6]
        put(store, applicant, f"{minute:02}.", at_step(agency=agency, role=role, due=NOON + timedelta(minutes=minute)))
    wanted = [f"{minute:02}.0" for minute in range(24) if minute % 6 < 4]
    seen, after = [], None
    with store.reading() as books:
        while True:
            page = books.inbox.tasks({"xa_b", "xa_a"}, ["one_stop", "leader"], after=after, most=3)
            seen += [line.case.number for line in page.lines]
            after = page.next
            if after is None:
                break
        assert books.inbox.may_see({"xa_c", "xa_x"}, page.lines[0].case.ref) is False
        assert books.inbox.may_see({"xa_b", "xa_x"}, page.lines[0].case.ref) is True
        assert books.inbox.tasks(set(), ["one_stop"]).lines == ()
    assert seen == wanted


def test_the_case_that_moves_on_takes_its_place_in_the_order_anew(store: Store) -> None:
    """At first the citizen's date comes before the office's share; then that date is met and the share alone counts."""
    applicant = people_and_rules(store)
    moved, other = filed(applicant, "moved"), filed(applicant, "other")
    with store.transaction() as books:
        books.cases.add(moved, share(5, citizen=NOON))
        books.cases.add(other, share(3))
    with store.reading() as books:
        assert [line.case.number for line in books.inbox.tasks({"xa_a"}, ["one_stop"]).lines] == ["moved", "other"]
    with store.transaction() as books:
        books.cases.save(books.cases.get(moved.ref), [next_event(moved, "acted")], share(5))
    with store.reading() as books:
        assert [line.case.number for line in books.inbox.tasks({"xa_a"}, ["one_stop"]).lines] == ["other", "moved"]
