"""Everything that an operator may choose, read once from the environment and the command line. Called by cli.py, web
and office.py.

| variable | meaning | default |
| --- | --- | --- |
| `DATA` | the data folder: database, files, secret key, outgoing messages | `instance` |
| `ROOT` | the catalog: `procedures/`, `forms/`, `workflows/` (`themes/`) at its top | the shipped one |
| `DATABASE_URL` | the database | SQLite in the data folder |
| `HOST`, `PORT` | where `serve` and `demo` listen | 127.0.0.1, 5000 |
| `PROXIES` | how many reverse proxies of your own stand in front; their word on the visitor's address is taken | 0 |
| `BASE_URL` | the public address that messages link to | `http://HOST:PORT` |
| `SECRET_KEY` | signs what must not be forged | made once in the data folder |
| `SECRET_KEY_OLD` | the key before this one: what a payment gateway signed under it still holds | none |
| `CLOCK` | where the program's clock starts, `2026-10-05 08:00`; it then goes on at its normal speed | the real time |
| `UPLOAD_MB`, `DRAFT_MB` | the largest file; all files of one draft | 10, 100 |
| `SESSION_IDLE`, `SESSION_MOST` | minutes without a click, minutes in all, after which a session ends | 30, 720 |
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
_KNOWN_KEYS = {"dev", "secret", "changeme", "secretkey", "development", "default", "password", "test", "motcua"}
_SHORTEST_KEY = 32


class WrongSetting(ValueError):
    """A setting that cannot be: the program does not start. The text names the variable and what it may be."""


@dataclass(frozen=True)
class ClockStart:
    """The program's clock showed `shown` at the real moment `at` (seconds since the epoch): the same in every worker
    process.
    """

    shown: datetime  # local, without a zone: the clock gives it one
    at: float


@dataclass(frozen=True)
class Settings:
    data: Path
    root: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 5000
    base_url: str = "http://127.0.0.1:5000"
    clock: ClockStart | None = None
    upload_bytes: int = 10 * 1024 * 1024
    draft_bytes: int = 100 * 1024 * 1024
    session_idle: timedelta = timedelta(minutes=30)
    session_most: timedelta = timedelta(hours=12)
    proxies: int = 0
    old_secret_key: str = ""

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def outgoing(self) -> Path:
        """Where the embedded mail and SMS gateways leave what they were given."""
        return self.data / "outgoing"

    @property
    def registers(self) -> Path:
        """Where the embedded registers have their answers."""
        return self.data / "registers"


def read_settings(environ: Mapping[str, str] | None = None, **chosen: str | None) -> Settings:
    """The environment, with what the command line chose (`port="5001"`) before it. Makes the data folder and its key.
    Raises WrongSetting.
    """
    env = dict(os.environ if environ is None else environ)
    env.update({name.upper(): value for name, value in chosen.items() if value is not None})
    data = Path(env.get("DATA") or HOME / "instance").expanduser().resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    host, port = env.get("HOST") or "127.0.0.1", _whole(env, "PORT", 5000, most=65535)
    return Settings(
        data=data,
        root=Path(env.get("ROOT") or HOME).expanduser().resolve(),
        database_url=_database(env.get("DATABASE_URL"), data),
        secret_key=_secret_key(env.get("SECRET_KEY"), data / "secret_key"),
        host=host,
        port=port,
        base_url=(env.get("BASE_URL") or f"http://{host}:{port}").rstrip("/"),
        clock=clock_start(env["CLOCK"]) if env.get("CLOCK") else None,
        upload_bytes=_whole(env, "UPLOAD_MB", 10) * 1024 * 1024,
        draft_bytes=_whole(env, "DRAFT_MB", 100) * 1024 * 1024,
        session_idle=timedelta(minutes=_whole(env, "SESSION_IDLE", 30)),
        session_most=timedelta(minutes=_whole(env, "SESSION_MOST", 720)),
        proxies=_whole(env, "PROXIES", 0, least=0, most=9),
        old_secret_key=_strong("SECRET_KEY_OLD", env["SECRET_KEY_OLD"]) if env.get("SECRET_KEY_OLD") else "",
    )


def clock_start(text: str) -> ClockStart:
    """`2026-10-05 08:00`, started now; or `2026-10-05 08:00@1791162000.5`, started then, as a parent hands it to its
    workers.
    """
    shown, _, at = text.partition("@")
    try:
        moment = datetime.fromisoformat(shown.strip())
        start = ClockStart(moment, float(at) if at else time.time())
    except ValueError:
        raise WrongSetting(f"CLOCK={text!r}: write it as '2026-10-05 08:00'") from None
    if moment.tzinfo is not None:
        raise WrongSetting(f"CLOCK={text!r}: local time, without an offset")
    return start


def clock_text(start: ClockStart) -> str:
    """What `clock_start` reads back as the same start: for the environment of a child process."""
    return f"{start.shown.isoformat(' ')}@{start.at!r}"


def _whole(env: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int = 1_000_000) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise WrongSetting(f"{name}={text!r}: a whole number from {least} to {most}")
    return int(text)


def _database(url: str | None, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'motcua.sqlite3'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return url.replace(plain, "postgresql+psycopg://", 1)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise WrongSetting("DATABASE_URL: postgresql://... or sqlite:///...")


def _secret_key(given: str | None, file: Path) -> str:
    """The given key, else the data folder's own, made at the first start and readable by its owner alone."""
    return _strong("SECRET_KEY", given or _kept_key(file))


def _strong(name: str, key: str) -> str:
    if len(key) < _SHORTEST_KEY or key.strip("-_. ").lower() in _KNOWN_KEYS or len(set(key)) < 10:
        raise WrongSetting(f"{name}: at least {_SHORTEST_KEY} characters that nobody can guess")
    return key


def _kept_key(file: Path) -> str:
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, file)  # of two processes that start at once the first wins, and both read its key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii").strip()
