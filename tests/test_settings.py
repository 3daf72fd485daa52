"""Settings: read once, said wrong once, and no secret that anybody knows."""

from __future__ import annotations

import multiprocessing
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from motcua import settings as settings_module
from motcua.settings import HOME, ClockStart, WrongSetting, clock_start, read_settings


def key_of(data: str) -> str:
    return read_settings({"DATA": data}).secret_key


def test_without_a_word_everything_has_its_default(tmp_path: Path) -> None:
    settings = read_settings({"DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/motcua.sqlite3"
    assert (settings.root, settings.host, settings.port) == (HOME, "127.0.0.1", 5000)
    assert settings.base_url == "http://127.0.0.1:5000"
    assert settings.clock is None
    assert (settings.upload_bytes, settings.session_idle) == (10_485_760, timedelta(minutes=30))


def test_what_the_command_line_chose_goes_before_the_environment(tmp_path: Path) -> None:
    settings = read_settings({"DATA": str(tmp_path), "PORT": "5001"}, port="5002", root=None)
    assert (settings.port, settings.base_url) == (5002, "http://127.0.0.1:5002")


def test_an_empty_variable_is_no_variable(tmp_path: Path) -> None:
    empty = dict.fromkeys(("ROOT", "PORT", "DATABASE_URL", "CLOCK", "SECRET_KEY", "BASE_URL", "HOST"), "")
    assert read_settings({**empty, "DATA": str(tmp_path)}) == read_settings({"DATA": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "80a"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("UPLOAD_MB", "many"),
        ("SESSION_IDLE", "0"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("CLOCK", "yesterday"),
        ("CLOCK", "2026-10-05 08:00+07:00"),
        ("CLOCK", "2026-10-05 08:00@noon"),
        ("SECRET_KEY", "dev"),
        ("SECRET_KEY", "changeme" * 4 + "  "),
        ("SECRET_KEY", "x" * 40),
        ("SECRET_KEY", "only-twenty-characters"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_nothing_starts(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read_settings({"DATA": str(tmp_path), name: value})


@pytest.mark.parametrize("given", ["postgres://u:p@db/motcua", "postgresql://u:p@db/motcua"])
def test_a_plain_address_of_postgresql_gets_its_driver(tmp_path: Path, given: str) -> None:
    settings = read_settings({"DATA": str(tmp_path), "DATABASE_URL": given})
    assert settings.database_url == "postgresql+psycopg://u:p@db/motcua"


def test_the_secret_key_is_made_once_and_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = key_of(str(tmp_path))
    assert key == key_of(str(tmp_path))
    assert len(key) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert key != key_of(str(tmp_path / "another"))


def test_workers_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        keys = pool.map(key_of, [str(tmp_path)] * 3, chunksize=1)
    assert len(set(keys)) == 1


def test_a_clock_starts_where_it_is_told() -> None:
    assert clock_start("2026-10-05 08:00@1791162000.5") == ClockStart(datetime(2026, 10, 5, 8, 0), 1791162000.5)
    assert clock_start("2026-10-05 08:00").shown == datetime(2026, 10, 5, 8, 0)


def test_every_variable_that_is_read_is_explained() -> None:
    source = Path(settings_module.__file__).read_text(encoding="utf-8")
    read = set(re.findall(r'(?:env\.get\(|env\[|_whole\(env, )"([A-Z_]+)"', source))
    explained = set(re.findall(r"`([A-Z_]+)`", settings_module.__doc__ or ""))
    assert read == explained
    assert len(read) == 14
