"""Brings a database to the shape that this version of the program needs. Called by web, cli.py and the tests, at
every start.

A new migration: change the tables, then
`.venv/bin/alembic -c platform/motcua/store/migrations/alembic.ini revision --autogenerate -m "what changes"`, read
what it wrote,
and add by hand what Alembic does not see (CHECK constraints, triggers).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, event, make_url, text

from motcua.store.engine import WAIT_SECONDS, busy_is_refused, engine_options
from motcua.store.store import Store

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 4_726_113  # any number that nobody else of this database takes


def upgrade(store: Store, to: str = "head") -> None:
    """Up to a revision. Of two workers that start at once one does it and the other waits. Raises Busy."""
    with _alone(store.database_url) as connection:
        command.upgrade(_config(connection), to)


def downgrade(store: Store, to: str) -> None:
    """Back to an older revision (`base`: an empty database). Its columns are lost with what is in them."""
    with _alone(store.database_url) as connection:
        command.downgrade(_config(connection), to)


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """One transaction on the whole database, shared with nobody: SQLite's write lock, or PostgreSQL's advisory one."""
    engine = create_engine(url, poolclass=NullPool, **engine_options(url))
    try:
        if engine.dialect.name == "sqlite":
            _write_ahead(make_url(url).database or "")
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with busy_is_refused(), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
    finally:
        engine.dispose()


def _write_ahead(file: str) -> None:
    """WAL is a property of the file. Its switch does not wait for others by itself, so we do."""
    until = time.monotonic() + WAIT_SECONDS
    connection = sqlite3.connect(file, timeout=WAIT_SECONDS)
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").close()
                return
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
    finally:
        connection.close()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
