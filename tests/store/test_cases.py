"""A case in the store: its events for ever, one winner of two, lists by key."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from tests.store.racers import MONDAY, at_step, filed, next_event, note, people_and_rules

from motcua.domain.event import Event
from motcua.domain.refusals import NotThere, Refused, Stale
from motcua.domain.working_calendar import HCM
from motcua.store import Store
from motcua.store.cases import Standing, Task, new_ref
from motcua.store.inbox import InboxLine


def test_a_filed_case_is_read_back_as_it_was(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "H56.1-261005-0001", draft="d1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with store.reading() as books:
        assert books.cases.get(case.ref) == case
        assert books.cases.by_number("H56.1-261005-0001") == case
        assert books.cases.of_draft("d1") == case


def test_an_act_appends_and_the_version_goes_up(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with store.transaction() as books:
        read = books.cases.get(case.ref, seen=1)
        saved = books.cases.save(read, [next_event(read, "accepted")], at_step("tham_tra", "specialist"))
    assert saved.version == 2
    with store.reading() as books:
        assert books.cases.get(case.ref) == saved
        assert [e.kind for e in saved.events] == ["filed", "accepted"]
        assert books.inbox.tasks({"xa_a"}, ["one_stop"]).lines == ()
        assert [line.step for line in books.inbox.tasks({"xa_a"}, ["specialist"]).lines] == ["tham_tra"]


def test_who_looked_at_an_older_version_is_told_who_was_quicker(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    later = MONDAY + timedelta(minutes=5)
    with store.transaction() as books:
        read = books.cases.get(case.ref, seen=1)
        books.cases.save(read, [next_event(read, "accepted", by="officer:binh.xa_a", at=later)], at_step())
    with pytest.raises(Stale) as refused, store.transaction() as books:
        books.cases.get(case.ref, seen=1)
    assert (refused.value.by, refused.value.at, refused.value.act) == ("officer:binh.xa_a", later, "accepted")


def test_a_record_read_before_another_act_cannot_be_saved_and_nothing_of_it_is_written(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with store.transaction() as books:
        books.cases.save(case, [next_event(case, "accepted")], at_step("tham_tra"))
    with pytest.raises(Stale), store.transaction() as books:
        books.cases.save(case, [next_event(case, "refused")], at_step("tu_choi"), [note("late")])
    with store.reading() as books:
        assert [e.kind for e in books.cases.get(case.ref).events] == ["filed", "accepted"]
        assert books.outbox.of_case(case.ref) == ()


def race(store: Store, citizen: int, number: int) -> list[str]:
    """Two officers open one case and press at the same moment; what each was told."""
    case = filed(citizen, str(number))
    with store.transaction() as books:
        books.cases.add(case, at_step())
    barrier, told = threading.Barrier(2), ["", ""]

    def act(officer: int, kind: str) -> None:
        barrier.wait()
        try:
            with store.transaction() as books:
                read = books.cases.get(case.ref, seen=1)
                event = next_event(read, kind, by=f"officer:{officer}")
                books.cases.save(read, [event], at_step("xong"), [note(f"{case.ref}:{kind}")])
            told[officer] = "done"
        except Refused as refused:
            told[officer] = f"{refused.key} by {refused.params['by']}"

    officers = [threading.Thread(target=act, args=(i, kind)) for i, kind in enumerate(("approved", "refused"))]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    with store.reading() as books:
        assert len(books.cases.get(case.ref).events) == 2
        assert len(books.outbox.of_case(case.ref)) == 1
    return told


def test_of_two_officers_at_once_one_wins_and_the_other_is_told_who(store: Store) -> None:
    """R4, small."""
    citizen = people_and_rules(store)
    for number in range(20):
        told = race(store, citizen, number)
        winner = told.index("done")
        assert told[1 - winner] == f"stale by officer:{winner}"


@pytest.mark.soak
def test_a_thousand_races_have_a_thousand_winners_and_a_thousand_losers(store: Store) -> None:
    """R4."""
    citizen = people_and_rules(store)
    for number in range(1000):
        told = race(store, citizen, number)
        winner = told.index("done")
        assert told[1 - winner] == f"stale by officer:{winner}"


def test_the_database_itself_refuses_to_change_or_delete_an_event(store: Store) -> None:
    citizen = people_and_rules(store)
    with store.transaction() as books:
        books.cases.add(filed(citizen, "1"), at_step())
    for statement in (
        "UPDATE event SET kind = 'granted'",
        "DELETE FROM event",
        "UPDATE edition SET procedure = 'other'",
        "DELETE FROM blob",
    ):
        with pytest.raises(DBAPIError, match="append-only"), store.engine.execution_options(writes=True).begin() as raw:
            raw.execute(text(statement))
    with store.reading() as books:
        assert books.cases.by_number("1").events[0].kind == "filed"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_refuses_to_replace_an_event_too(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    replaced = text("INSERT OR REPLACE INTO event SELECT case_ref, seq, at, 'granted', by, names, data FROM event")
    with pytest.raises(DBAPIError, match="append-only"), store.engine.execution_options(writes=True).begin() as raw:
        raw.execute(replaced)


def test_two_events_never_have_the_same_place_in_a_case(store: Store) -> None:
    citizen = people_and_rules(store)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with pytest.raises(IntegrityError), store.transaction() as books:
        books.cases.save(case, [replace(case.events[0], kind="again")], at_step())


def test_one_draft_is_one_case(store: Store) -> None:
    citizen = people_and_rules(store)
    with store.transaction() as books:
        books.cases.add(filed(citizen, "1", draft="d"), at_step())
    with pytest.raises(IntegrityError), store.transaction() as books:
        books.cases.add(filed(citizen, "2", draft="d"), at_step())


def test_a_ref_is_a_hundred_and_twenty_eight_random_bits() -> None:
    refs = {new_ref() for _ in range(1000)}
    assert len(refs) == 1000
    assert {len(ref) for ref in refs} == {22}


def test_what_is_not_there_is_refused(store: Store) -> None:
    with store.reading() as books:
        with pytest.raises(NotThere):
            books.cases.get("nothing")
        with pytest.raises(NotThere):
            books.cases.by_number("nothing")
        assert books.cases.of_draft("nothing") is None


def test_a_moment_comes_back_as_the_same_moment_in_the_local_zone_and_a_date_never_shifts(store: Store) -> None:
    citizen = people_and_rules(store)
    sent = datetime(1970, 6, 1, 0, 30, tzinfo=HCM)  # eight hours ahead then
    case = replace(filed(citizen, "1", at=sent), filed_on=date(1960, 1, 1))
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with store.reading() as books:
        read = books.cases.get(case.ref)
    assert read.events[0].at == sent
    assert read.events[0].at.isoformat() == "1970-06-01T00:30:00+08:00"
    assert read.filed_on == date(1960, 1, 1)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    citizen = people_and_rules(store)
    with pytest.raises(Exception, match="without a zone"), store.transaction() as books:
        books.cases.add(filed(citizen, "1", at=datetime(2026, 10, 5, 8)), at_step())


def test_the_inbox_shows_the_most_urgent_first_and_pages_through_all_without_repeating(
    store: Store, rng: random.Random
) -> None:
    citizen = people_and_rules(store)
    hours: list[int | None] = [*range(1, 21), 5, 5, 5, None, None]
    rng.shuffle(hours)
    with store.transaction() as books:
        for number, hour in enumerate(hours):
            due = MONDAY + timedelta(hours=hour) if hour else None
            books.cases.add(filed(citizen, str(number)), at_step(due=due))
    seen: list[InboxLine] = []
    after = None
    with store.reading() as books:
        while True:
            page = books.inbox.tasks({"xa_a"}, ["one_stop"], after=after, most=4)
            seen += page.lines
            after = page.next
            if after is None:
                break
    dues = [line.due for line in seen]
    assert len({line.case.ref for line in seen}) == 25
    assert dues[:23] == sorted(due for due in dues if due)
    assert dues[23:] == [None, None]


def test_a_forged_place_in_the_inbox_is_not_there(store: Store) -> None:
    with store.reading() as books:
        for mark in ("", "x~y", "1e99~1", "nan~1", "1~"):
            with pytest.raises(NotThere):
                books.inbox.tasks({"xa_a"}, ["one_stop"], after=mark)


def test_an_agency_sees_its_own_tasks_and_cases_alone(store: Store) -> None:
    citizen = people_and_rules(store)
    with store.transaction() as books:
        books.cases.add(filed(citizen, "A"), at_step(agency="xa_a"))
        books.cases.add(filed(citizen, "B"), at_step(agency="xa_b"))
    with store.reading() as books:
        assert [line.case.number for line in books.inbox.tasks({"xa_a"}, ["one_stop"]).lines] == ["A"]
        assert [line.number for line in books.inbox.of_agencies({"xa_b"})] == ["B"]
        assert not books.inbox.may_see({"xa_b"}, books.cases.by_number("A").ref)
        assert books.inbox.may_see({"xa_b"}, books.cases.by_number("B").ref)


@pytest.mark.parametrize("typed", ["lê thị ánh", "LE THI ANH", "thi anh", "Thị  Ánh", "le\u0302 thi\u0323", "0042"])
def test_a_case_is_found_by_a_part_of_the_name_or_the_end_of_the_number(store: Store, typed: str) -> None:
    citizen = people_and_rules(store)
    with store.transaction() as books:
        books.cases.add(filed(citizen, "H56.1-261005-0042"), at_step())
        books.cases.add(replace(filed(citizen, "H56.1-261005-0043"), applicant_name="Đặng Oanh"), at_step())
    with store.reading() as books:
        assert [line.number for line in books.inbox.of_agencies({"xa_a"}, typed)] == ["H56.1-261005-0042"]


def test_a_wildcard_in_what_is_sought_is_only_a_letter(store: Store) -> None:
    citizen = people_and_rules(store)
    with store.transaction() as books:
        books.cases.add(filed(citizen, "1"), at_step())
    with store.reading() as books:
        assert books.inbox.of_agencies({"xa_a"}, "%") == ()
        assert books.inbox.of_agencies({"xa_a"}, "L_") == ()


def test_a_citizen_sees_where_each_own_case_stands(store: Store) -> None:
    citizen = people_and_rules(store)
    fork = Standing(tasks=(Task("lay_y_kien", MONDAY), Task("niem_yet", MONDAY)), due=MONDAY + timedelta(days=3))
    with store.transaction() as books:
        books.cases.add(filed(citizen, "1"), fork)
    with store.reading() as books:
        (line,) = books.inbox.of_applicant(citizen)
    assert (line.number, line.steps, line.due) == ("1", ("lay_y_kien", "niem_yet"), MONDAY + timedelta(days=3))


def test_what_wakes_by_itself_is_found_when_its_moment_has_come(store: Store) -> None:
    citizen = people_and_rules(store)
    noon = MONDAY + timedelta(hours=4)
    case = filed(citizen, "1")
    with store.transaction() as books:
        books.cases.add(case, replace(at_step(), wakes=noon))
        books.cases.add(filed(citizen, "2"), at_step())
    with store.reading() as books:
        assert books.inbox.waking(noon - timedelta(seconds=1)) == ()
        assert books.inbox.waking(noon) == (case.ref,)


def test_cases_under_way_are_found_by_their_edition(store: Store) -> None:
    citizen = people_and_rules(store)
    under_way, ended = filed(citizen, "1"), filed(citizen, "2")
    with store.transaction() as books:
        books.cases.add(under_way, at_step())
        books.cases.add(ended, Standing(outcome="granted"))
    with store.reading() as books:
        assert books.inbox.open_under([under_way.edition]) == (under_way.ref,)


def test_events_keep_their_letters_and_the_order_of_their_keys(store: Store) -> None:
    citizen = people_and_rules(store)
    data = {"z": "Đặng Thị Ngọc Huệ", "a": [1, None, True], "m": {"số": "1,5"}}
    case = filed(citizen, "1")
    case = replace(case, events=(Event(1, MONDAY, "filed", "citizen:1", ("received", "step.ky"), data),))
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with store.reading() as books:
        (event,) = books.cases.get(case.ref).events
    assert event.names == ("received", "step.ky")
    assert list(event.data.items()) == list(data.items())
