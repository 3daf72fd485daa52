"""Two provinces of each kind of database, one with few cases and one with many, and the table of what was measured."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, NullPool, create_engine, text
from tests.bench.many_cases import copy_case
from tests.bench.sides import Measure, table
from tests.casework.commune import Commune, add_people, put_catalog

from motcua.catalogue.proving import Proof, prove_catalog
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.settings import HOME, read_settings
from motcua.store import Store
from motcua.store.migrate import upgrade
from motcua.web import create_app
from motcua.web.current import OFFICE

FEW, MANY = 1_000, 100_000


@dataclass(frozen=True)
class Province:
    """A site with a commune at whose desk so many cases lie, all alike."""

    app: Flask
    commune: Commune
    filed: str
    untouched: list[str] = field(repr=False)  # copies of it that nobody has opened yet

    def browser(self, account: int) -> FlaskClient:
        """Somebody who is signed in."""
        office = self.commune.office
        with office.store.transaction() as books:
            token = books.sessions.open(account, now=office.now(), most=timedelta(hours=12))
        client = self.app.test_client()
        client.set_cookie("motcua", token)
        return client


@dataclass(frozen=True)
class Provinces:
    few: Province
    many: Province
    measured: list[Measure]


_MEASURED = pytest.StashKey[dict[str, list[Measure]]]()


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for kind, measured in config.stash.get(_MEASURED, {}).items():
        terminalreporter.write_line(table(f"{kind}, milliseconds", FEW, MANY, measured))


@pytest.fixture(scope="session")
def bench_proof() -> Proof:
    return prove_catalog(HOME)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def provinces(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, bench_proof: Proof
) -> Iterator[Provinces]:
    folder = tmp_path_factory.mktemp("bench")
    few, many = (_province(_database(request, folder, total), folder, bench_proof, total) for total in (FEW, MANY))
    measured = request.config.stash.setdefault(_MEASURED, {}).setdefault(request.param, [])
    yield Provinces(few, many, measured)
    for province in (few, many):
        province.commune.office.store.close()
    shutil.rmtree(folder)


def _database(request: pytest.FixtureRequest, folder: Path, total: int) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{folder}/{total}.sqlite3"
    server, name = request.getfixturevalue("postgresql"), f"motcua_bench_{os.getpid()}_{total}"
    engine = create_engine(f"{server}/postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    request.addfinalizer(lambda: _on_server(engine, f"DROP DATABASE {name} WITH (FORCE)"))
    _on_server(engine, f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def _on_server(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))


def _province(url: str, folder: Path, proof: Proof, total: int) -> Province:
    store = Store(url)
    upgrade(store)
    store.close()
    clock = HandClock(datetime(2026, 10, 6, 9, 30))
    app = create_app(read_settings({"DATA": str(folder / f"{total}"), "DATABASE_URL": url}), clock=clock)
    app.testing = True
    office: Office = app.extensions[OFFICE]
    put_catalog(office, proof)
    commune = add_people(office, clock)
    filed = commune.filed_at_once()
    return Province(app, commune, filed, copy_case(commune, filed, total))
