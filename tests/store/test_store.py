"""Reading and transactions: writers queue, readers cannot write, a busy database says so and loses nothing."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from tests.store.racers import MONDAY, file_one, people_and_rules, read_then_file

from motcua.domain.refusals import Busy, Closed
from motcua.settings import Settings
from motcua.store import Store, open_store
from motcua.store import engine as engine_module
from motcua.store.engine import busy_is_refused, is_busy


def run_writers(store: Store, processes: int, times: int) -> None:
    """Each process looks and then files, again and again; every number of the series is given exactly once."""
    citizen = people_and_rules(store)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        given = pool.starmap(read_then_file, [(store.database_url, citizen, times)] * processes, chunksize=1)
    total = processes * times
    numbers = sorted(number for each in given for number, _ in each)
    seconds = sorted(taken for each in given for _, taken in each)
    assert numbers == [f"H56.1-261005-{n:05}" for n in range(1, total + 1)]
    assert seconds[total * 95 // 100] < 1
    with store.reading() as books:
        assert len(books.inbox.of_applicant(citizen, most=total + 1)) == total
        assert books.outbox.backlog().waiting == total


def test_writers_of_several_processes_lose_nothing_double_nothing_and_are_never_locked_out(store: Store) -> None:
    """R6 and the numbers of a series, small."""
    run_writers(store, processes=4, times=15)


@pytest.mark.soak
def test_eight_processes_file_two_hundred_cases_each_and_none_is_locked_out(store: Store) -> None:
    """R6."""
    run_writers(store, processes=8, times=200)


def test_an_act_that_fails_leaves_no_number_taken_and_no_message(store: Store) -> None:
    citizen = people_and_rules(store)

    def file_and_fail() -> None:
        with store.transaction() as books:
            file_one(books, citizen)
            raise Closed()

    with pytest.raises(Closed):
        file_and_fail()
    with store.transaction() as books:
        assert file_one(books, citizen) == "H56.1-261005-00001"
    with store.reading() as books:
        assert books.outbox.backlog().waiting == 1


def test_a_look_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), store.reading() as books:
        books.counters.take("series")


def test_what_was_written_is_seen_by_the_next_look_of_the_same_request(settings: Settings) -> None:
    app = Flask("test")
    store = open_store(settings, app)
    with app.app_context():
        with store.reading() as books:
            assert books.accounts.officers() == ()
        with store.transaction() as books:
            books.accounts.add(
                kind="officer", name="Trần An", login="an.xa_a", agency="xa_a", password_hash="x", at=MONDAY
            )
        with store.reading() as books:
            assert [officer.login for officer in books.accounts.officers()] == ["an.xa_a"]
    store.close()


def test_looks_of_one_request_share_one_moment(settings: Settings) -> None:
    app = Flask("test")
    store, other = open_store(settings, app), open_store(settings)
    with app.app_context(), store.reading() as books:
        assert books.accounts.officers() == ()
        with other.transaction() as theirs:
            theirs.accounts.add(kind="officer", name="Trần An", login="an.xa_a", password_hash="x", at=MONDAY)
        assert books.accounts.officers() == ()
    store.close()
    other.close()


def test_a_transaction_inside_a_transaction_is_our_mistake(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError, match="one verb, one transaction"), store.transaction():
        pass
    with store.transaction() as books:
        assert books.counters.take("still works") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_from_outside_makes_the_writer_busy_while_readers_read_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R6: the lock outlasts the wait."""
    monkeypatch.setattr(engine_module, "WAIT_SECONDS", 0.2)
    store = open_store(settings)
    citizen = people_and_rules(store)
    outside = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as refused, store.transaction() as books:
        file_one(books, citizen)
    assert refused.value.wait > 0
    with store.reading() as books:
        assert books.accounts.get(citizen).name == "Lê Thị Ánh"
    outside.execute("ROLLBACK")
    outside.close()
    with store.transaction() as books:
        file_one(books, citizen)
    store.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_waits_for_a_lock_that_ends_in_time(store: Store, settings: Settings) -> None:
    citizen = people_and_rules(store)
    outside = sqlite3.connect(
        settings.database_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    outside.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: outside.execute("COMMIT"))
    timer.start()
    with store.transaction() as books:
        file_one(books, citizen)
    timer.join()
    outside.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_is_busy_and_works_again_when_there_is_room(store: Store) -> None:
    """R7, the database's part: SQLite says "full" when the file may not grow."""
    citizen = people_and_rules(store)
    with store.engine.connect() as connection:
        pages = int(connection.execute(text("PRAGMA page_count")).scalar_one())
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    def file_many() -> None:
        for _ in range(200):
            with store.transaction() as books:
                file_one(books, citizen)

    with pytest.raises(Busy):
        file_many()
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    with store.transaction() as books:
        file_one(books, citizen)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_row_that_stays_locked_makes_the_writer_busy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "WAIT_SECONDS", 0.2)
    store, other = open_store(settings), open_store(settings)
    with store.transaction() as books:
        books.counters.take("series")
        with pytest.raises(Busy), other.transaction() as theirs:
            theirs.counters.take("series")
    with store.reading():
        pass
    store.close()
    other.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_is_away_is_busy(settings: Settings) -> None:
    away = Store("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Busy), away.transaction() as books:
        books.counters.take("series")
    away.close()


def test_an_error_of_ours_stays_loud(store: Store) -> None:
    with (
        pytest.raises(DBAPIError) as error,
        busy_is_refused(),
        store.engine.connect() as connection,
    ):
        connection.execute(text("SELECT nothing FROM nowhere"))
    assert not (isinstance(error.value, OperationalError) and is_busy(error.value))
