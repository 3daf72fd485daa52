"""Alembic's entry: runs the migrations on the connection that migrate.py holds, or, for writing a new one, on a fresh
SQLite file.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from motcua.store.base import Base
from motcua.store.books import Books as _Books  # noqa: F401 - imports every table


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes a table by copying it
        transactional_ddl=True,  # on SQLite too: the migration begins its transaction itself
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


held = context.config.attributes.get("connection")
if held is not None:
    run(held)
else:
    with create_engine("sqlite:///instance/motcua.sqlite3").begin() as fresh:
        run(fresh)
