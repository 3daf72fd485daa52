"""What all tests share: a seed that is printed, a clock that is moved by hand, and a fresh migrated database of
either kind.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import NullPool, create_engine, delete, text
from tests.postgresql_server import running_postgresql

from motcua.gateways.clock import HandClock
from motcua.settings import Settings, read_settings
from motcua.store import Store, open_store
from motcua.store.base import Base
from motcua.store.migrate import upgrade

SEED = int(os.environ.setdefault("SEED", str(random.SystemRandom().randrange(10**9))))  # worker processes share it
hypothesis_settings.register_profile("motcua", deadline=None, print_blob=True)
hypothesis_settings.load_profile("motcua")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-seed") is None:
        config.option.hypothesis_seed = str(SEED)


def pytest_report_header() -> str:
    return f"SEED={SEED} (the same numbers again: SEED={SEED} make test)"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that is skipped, or expected to fail, is a failure: nothing is left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = [kind for kind in ("skipped", "xfailed", "xpassed") if reporter and reporter.stats.get(kind)]
    if left_out and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The test's own seed: the run's with the test's name."""
    return random.Random(f"{SEED}:{request.node.nodeid}").randrange(10**9)


@pytest.fixture
def rng(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def clock() -> HandClock:
    """A Monday morning, just after opening."""
    return HandClock(datetime(2026, 10, 5, 8, 0))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "motcua.sqlite3"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def _postgresql_database(postgresql: str) -> Iterator[str]:
    name = f"motcua_{os.getpid()}"
    _on_server(postgresql, f"CREATE DATABASE {name}")
    _migrate(f"{postgresql}/{name}")
    yield f"{postgresql}/{name}"
    _on_server(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(_postgresql_database: str) -> str:
    """A migrated and empty PostgreSQL database, one for all tests: emptying is twenty times quicker than making."""
    engine = create_engine(_postgresql_database, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text("SET LOCAL session_replication_role = replica")
        )  # without the triggers that keep events
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))
    engine.dispose()
    return _postgresql_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh migrated database. A test that asks for it, for `settings` or for `store` runs on both kinds."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    shutil.copy(request.getfixturevalue("_migrated_file"), tmp_path / "motcua.sqlite3")
    return f"sqlite:///{tmp_path / 'motcua.sqlite3'}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return read_settings({"DATA": str(tmp_path / "data"), "DATABASE_URL": database_url})


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()


def _migrate(url: str) -> None:
    opened = Store(url)
    upgrade(opened)
    opened.close()


def _on_server(server: str, statement: str) -> None:
    engine = create_engine(f"{server}/postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
