"""A province of its own for a story: its catalog, its data folder, its people, and `python app.py serve` with two
worker processes.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.stories.visitor import Visitor

from motcua.casework.hashing import hash_password
from motcua.office import open_office
from motcua.settings import HOME, read_settings
from motcua.store.accounts import CITIZEN, OFFICER
from motcua.store.migrate import upgrade

PASSWORD = "Cầu Hàm Rồng 1964"
OFFICERS = {
    "nguyenthilan.hamrong": ["one_stop"],
    "dovanduc.hamrong": ["civil_status_officer"],
    "lequochung.hamrong": ["leader"],
    "buithuhang.hamrong": ["editor"],
}


@dataclass
class Server:
    """`python app.py serve` with two worker processes, on a catalog and a data folder of its own."""

    root: Path
    data: Path
    database_url: str
    port: int = field(default_factory=lambda: _free_port())
    _process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        env = {**os.environ, "ROOT": str(self.root), "DATA": str(self.data), "DATABASE_URL": self.database_url}
        command = [sys.executable, str(HOME / "app.py"), "serve", "--workers", "2", "--port", str(self.port)]
        command += ["--clock", "2026-10-05 08:00"]
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
        eventually(lambda: self._answers(), "the server answers")

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=30)
            self._process = None

    def _answers(self) -> bool:
        try:
            return Visitor(self.base).open("/").status == 200
        except OSError:
            return False

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def eventually(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait until something holds; it is the server's own look at its files that is waited for, no fixed time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def add_people(server: Server) -> None:
    office = open_office(read_settings({"DATA": str(server.data), "DATABASE_URL": server.database_url}))
    upgrade(office.store)
    hashed = hash_password(PASSWORD)
    with office.store.transaction() as books:
        common = {"password_hash": hashed, "at": office.now()}
        books.accounts.add(kind=CITIZEN, name="Đoàn Đức", phone="+84912000555", email="duc@vidu.vn", **common)
        for login, roles in OFFICERS.items():
            agency = "ubnd_phuong_ham_rong"
            books.accounts.add(kind=OFFICER, name=login, login=login, agency=agency, roles=roles, **common)
    office.store.close()


def signed_in(server: Server, name: str) -> Visitor:
    return Visitor(server.base).open("/sign-in").press("Đăng nhập", name=name, password=PASSWORD)


def new_server(database_url: str, folder: Path) -> Server:
    """The shipped catalog copied, so that a story may change it; people have their accounts; nothing serves yet."""
    root, data = folder / "province", folder / "data"
    for part in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / part, root / part)
    data.mkdir()
    made = Server(root, data, database_url)
    add_people(made)
    return made


def sample_paper() -> bytes:
    return (HOME / "platform" / "motcua" / "demo" / "giay_to_mau.pdf").read_bytes()
