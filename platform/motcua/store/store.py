"""The store: the one door to the database, for reading and for transactions. Opened by office.py, web and the tests.

with store.transaction() as books:                  # casework and publishing: one verb, one transaction
    case = books.cases.get(ref, seen)
    books.cases.save(case, events, standing, messages)

with store.reading() as books:                      # everybody: a look, which cannot write
    page = books.inbox.tasks(agencies, roles)
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from motcua.settings import Settings
from motcua.store.base import Base
from motcua.store.books import Books
from motcua.store.engine import busy_is_refused, engine_options, prepare

db = SQLAlchemy(metadata=Base.metadata)


class Store:
    def __init__(self, database_url: str, app: Flask | None = None) -> None:
        """Attach to an application: the web's own, or a bare one for the command line and workers."""
        app = app or Flask("motcua.store")
        app.config["SQLALCHEMY_DATABASE_URI"] = database_url
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(database_url)
        db.init_app(app)
        self.database_url = database_url
        self._app = app
        with app.app_context():
            self.engine = db.engine
        self._writer = prepare(self.engine)
        self._here = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Books]:
        """A fresh write transaction with a session of its own: committed at the end, rolled back by any exception.
        Raises Busy.

        What this request had read is let go first: no read snapshot is carried into a write, and a later look sees
        what was written.
        """
        if getattr(self._here, "writing", False):
            raise RuntimeError("a transaction inside a transaction: one verb, one transaction")
        self._end_reading()
        self._here.writing = True
        try:
            with busy_is_refused(), Session(self._writer, expire_on_commit=False) as session, session.begin():
                yield Books(session)
        finally:
            self._here.writing = False

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """A look at one moment. Inside a request all looks share one snapshot; elsewhere each has its own. Raises
        Busy.
        """
        with busy_is_refused():
            if self._in_request():
                yield Books(db.session())
            else:
                with Session(self.engine) as session:
                    yield Books(session)

    def close(self) -> None:
        self.engine.dispose()

    def _in_request(self) -> bool:
        return has_app_context() and current_app._get_current_object() is self._app  # type: ignore[attr-defined] # the proxy's own way

    def _end_reading(self) -> None:
        if self._in_request():
            db.session.remove()


def open_store(settings: Settings, app: Flask | None = None) -> Store:
    """The store of these settings, as it stands: `migrate.upgrade` brings an older database, or an empty one, to
    today's shape.
    """
    return Store(settings.database_url, app)
