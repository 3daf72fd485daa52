"""A private PostgreSQL for the tests: a fresh cluster on a free port, gone afterwards. Called by conftest.py.

`DATABASE_URL_TEST=postgresql://...` names a server to use instead; its user must be allowed to create databases.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80", "shared_buffers=32MB")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The server's address, without a database: `postgresql+psycopg://postgres@127.0.0.1:PORT`."""
    given = os.environ.get("DATABASE_URL_TEST")
    if given:
        yield given.replace("postgresql://", "postgresql+psycopg://", 1).rsplit("/", 1)[0]
        return
    programs, folder, port = _programs(), Path(tempfile.mkdtemp(prefix="motcua-postgresql-")), _free_port()
    as_user = _unprivileged(folder)
    data = folder / "data"
    try:
        init = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([*as_user, str(programs / "initdb"), "-D", str(data), *init], folder)
        settings = [part for setting in QUICK for part in ("-c", setting)]
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
        with (
            (folder / "log").open("wb") as log,
            _ended(
                subprocess.Popen(
                    [*as_user, *command, *settings], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            ) as server,
        ):
            _wait_until_ready(server, port, folder / "log")
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _ended(server: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield server
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        server.wait(30)


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    raise RuntimeError("PostgreSQL is not installed: run .ci/system, or name a server in DATABASE_URL_TEST")


def _unprivileged(folder: Path) -> Sequence[str]:
    """PostgreSQL refuses to run as root: then it runs as the user `postgres` that its package made. It ends when the
    tests are killed.
    """
    with_us = ("setpriv", "--pdeathsig", "QUIT")
    if os.geteuid() != 0:
        return with_us if shutil.which("setpriv") else ()
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return (*with_us, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
