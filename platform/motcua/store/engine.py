"""How the two databases are spoken to: read or write transactions, and what counts as busy. Called by store.py and
the migrations.

SQLite: WAL, foreign keys, and `BEGIN IMMEDIATE` for every write, so that two writers queue instead of failing (a
deferred transaction
that has read cannot become a writer while another writes). PostgreSQL: READ COMMITTED with row locks where a module
asks for them.
On both, a reading transaction sees one moment and cannot write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from motcua.domain.refusals import Busy
from motcua.store.base import to_json

WAIT_SECONDS = 30
#: how often a writer that waits for SQLite looks whether it is its turn, in seconds
_LOOK_EVERY = 0.004
#: busy, locked, full, cannot open, input/output error
_SQLITE_BUSY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
}
#: connection gone, deadlock, serialisation, out of space or connections, lock not free, shutting down or cancelled
_POSTGRES_BUSY = ("08", "40001", "40P01", "53", "55P03", "57")


def engine_options(url: str) -> dict[str, Any]:
    options: dict[str, Any] = {"json_serializer": to_json}
    if url.startswith("sqlite"):
        options["connect_args"] = {
            "timeout": WAIT_SECONDS,
            "isolation_level": None,
        }  # the driver begins nothing: `_begin_sqlite` does
    else:
        options["connect_args"] = {"options": f"-c timezone=UTC -c lock_timeout={WAIT_SECONDS * 1000}"}
        options["pool_pre_ping"] = True
    return options


def prepare(engine: Engine) -> Engine:
    """Attach the habits above to a new engine; returns its writing twin, which shares its connections."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine.execution_options(writes=True)


def is_busy(error: DBAPIError | PoolTimeout) -> bool:
    if isinstance(error, PoolTimeout):
        return True
    cause: Any = error.orig
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_BUSY
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_POSTGRES_BUSY)  # no state: the server did not answer


@contextmanager
def busy_is_refused() -> Iterator[None]:
    """A database that is locked, full or away becomes the refusal Busy; any other error stays what it is: ours, and
    loud.
    """
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        if is_busy(error):
            raise Busy() from error
        raise


def _pragmas(connection: sqlite3.Connection, record: object) -> None:
    for pragma in (
        f"busy_timeout = {WAIT_SECONDS * 1000}",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE would slip past the triggers that keep events
        "synchronous = FULL",  # an acknowledged filing survives a power cut
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    if writes:
        _wait_for_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _wait_for_turn(connection: Connection) -> None:
    """SQLite's own waiting looks ever more seldom, so that who came first is served last: here all look alike."""
    raw = connection.connection.cursor()
    until = time.monotonic() + WAIT_SECONDS
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < until:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(_LOOK_EVERY)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # a last look, whose failure is told like any other
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(WAIT_SECONDS * 1000)}")
        raw.close()


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
