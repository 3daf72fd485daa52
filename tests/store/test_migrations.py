"""The migrations and the tables say the same; they go up, down and up again; many may start at once."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.orm import Session
from tests.store.racers import MONDAY, at_step, filed, people_and_rules, upgrade_at_once

from motcua.store import Store
from motcua.store.base import Base
from motcua.store.cases import NEVER, CaseRow, TaskRow
from motcua.store.migrate import MIGRATIONS, downgrade, upgrade

HEAD = ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_the_migrations_make_exactly_the_tables_of_the_program(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_of_the_tables_are_in_the_migrations_too(store: Store) -> None:
    declared = {
        (table.name, str(constraint.name))
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    inspected = inspect(store.engine)
    there = {(t, c["name"]) for t in inspected.get_table_names() for c in inspected.get_check_constraints(t)}
    assert there == declared
    assert len(declared) == 9


def test_down_to_nothing_and_up_again(store: Store) -> None:
    downgrade(store, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    upgrade(store)
    assert "case_file" in inspect(store.engine).get_table_names()


def test_what_stood_in_the_inbox_before_it_had_an_order_of_its_own_is_put_in_order(store: Store) -> None:
    """The end of the task or the case's date, whichever comes first; a date is not always there."""
    noon = MONDAY + timedelta(hours=4)
    ends = {"task": (noon, noon + timedelta(days=1)), "case": (None, noon), "alone": (noon, None), "none": (None, None)}
    applicant = people_and_rules(store)
    with store.transaction() as books:
        for number, (task, case) in ends.items():
            books.cases.add(filed(applicant, number), replace(at_step(due=task), due=case))
    downgrade(store, "0002")
    assert "urgent_at" not in {column["name"] for column in inspect(store.engine).get_columns("case_task")}
    upgrade(store)
    with Session(store.engine) as session:
        query = select(CaseRow.number, TaskRow.urgent_at).join(TaskRow, TaskRow.case_ref == CaseRow.ref)
        found = {row.number: row.urgent_at for row in session.execute(query)}
    assert found == {"task": noon, "case": noon, "alone": noon, "none": NEVER}


def test_four_workers_that_start_at_once_on_an_empty_database_all_find_it_ready(store: Store) -> None:
    downgrade(store, "base")
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(upgrade_at_once, [store.database_url] * 4, chunksize=1) == [HEAD] * 4


def test_a_data_folder_without_a_database_gets_one(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    upgrade(store)
    assert "case_file" in inspect(store.engine).get_table_names()
    store.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_writes_ahead_and_keeps_foreign_keys(store: Store) -> None:
    with store.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
