"""A second procedure is added by writing YAML only, while two workers serve; it is filed and brought to its result; then its file is
broken, and the last good edition serves on, also after a restart.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.stories.visitor import Visitor

from motcua.casework.hashing import hash_password
from motcua.office import open_office
from motcua.settings import HOME, read_settings
from motcua.store.accounts import CITIZEN, OFFICER
from motcua.store.migrate import upgrade

SECOND = Path(__file__).parent / "second_procedure"
PROCEDURE, ADDRESS = "procedures/ho_tich/xac_nhan_hon_nhan.yaml", "/procedures/xac_nhan_hon_nhan"
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


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    root, data = tmp_path / "province", tmp_path / "data"
    for folder in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / folder, root / folder)
    data.mkdir()
    made = Server(root, data, database_url)
    _people(made)
    made.start()
    yield made
    made.stop()


def _people(server: Server) -> None:
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


def every_worker_serves(server: Server, address: str, words: str) -> None:
    """Forty answers in a row: with two workers, none that has not seen the change can hide among them."""

    def all_of_them() -> bool:
        pages = [Visitor(server.base).open(address) for _ in range(40)]
        return all(page.status == 200 and words in page.text for page in pages)

    eventually(all_of_them, f"{address} says {words!r} in every worker\n{server.log[-2000:]}")


def test_a_procedure_added_as_yaml_lives_is_filed_and_survives_its_own_broken_file(server: Server) -> None:
    assert Visitor(server.base).open(ADDRESS).status == 404

    shutil.copytree(SECOND, server.root, dirs_exist_ok=True)  # the commit of YAML; no programmer, no restart
    every_worker_serves(server, ADDRESS, "xác nhận tình trạng hôn nhân")

    number, ref = file_it(server)
    assert re.fullmatch(r"H56\.102-261005-\d{4}", number)
    bring_to_its_result(server, number)
    case = signed_in(server, "duc@vidu.vn").open(f"/cases/{ref}")
    assert re.search(r"H56\.102-2026-\d{5}", case.text), case.text

    good = (server.root / PROCEDURE).read_text(encoding="utf-8")
    (server.root / PROCEDURE).write_text(good.replace("papers:", "paper:", 1), encoding="utf-8")
    editors_see_the_mistake(server, good)
    every_worker_serves(server, ADDRESS, "xác nhận tình trạng hôn nhân")

    server.stop()
    server.start()
    every_worker_serves(server, ADDRESS, "xác nhận tình trạng hôn nhân")
    editors_see_the_mistake(server, good)
    assert f"{PROCEDURE}:" in server.log

    (server.root / PROCEDURE).write_text(good.replace("Cấp Giấy xác nhận", "Cấp mới Giấy xác nhận"), encoding="utf-8")
    every_worker_serves(server, ADDRESS, "Cấp mới Giấy xác nhận")


def file_it(server: Server) -> tuple[str, str]:
    """A divorced man files from home; the divorce decision is asked of him, and the desk of Hàm Rồng ward receives."""
    citizen = signed_in(server, "duc@vidu.vn").open(ADDRESS).press("Nộp hồ sơ")
    draft = citizen.url
    citizen.open(f"{draft}/pages/nguoi_yeu_cau").press(
        "Lưu và tiếp tục",
        nguoi_yeu_cau__ho_ten="ĐOÀN ĐỨC",
        nguoi_yeu_cau__xa="14758",
        nguoi_yeu_cau__tinh_trang="da_ly_hon",
        nguoi_yeu_cau__muc_dich="Vay vốn ngân hàng",
    )
    citizen.open(f"{draft}/office").press("Lưu và tiếp tục", receives="ubnd_phuong_ham_rong")
    citizen.open(f"{draft}/papers")
    assert "Bản án hoặc quyết định ly hôn" in citizen.text
    field = next(form.files[0] for form in citizen.page.forms if form.files)
    citizen.press("Gửi tệp lên", files={field: ("Quyết định ly hôn.pdf", _sample())})
    assert "Quyết định ly hôn.pdf" in citizen.text
    citizen.open(f"{draft}/check")
    assert "8.000 đ" in citizen.text
    citizen.press("Nộp hồ sơ", tick=["declaration"])
    found = re.search(r"H56\.\d+-\d{6}-\d{4}", citizen.text)
    ref = re.search(r"/cases/([\w-]{22})", citizen.url)
    assert found, citizen.text
    assert ref, citizen.url
    return found[0], ref[1]


def _sample() -> bytes:
    return (HOME / "platform" / "motcua" / "demo" / "giay_to_mau.pdf").read_bytes()


def bring_to_its_result(server: Server, number: str) -> None:
    """Desk, civil status officer, leader, desk: each sees it in the inbox and does the one thing."""
    for officer, action in (
        ("nguyenthilan.hamrong", "Tiếp nhận"),
        ("dovanduc.hamrong", "Đạt, trình ký"),
        ("lequochung.hamrong", "Ký kết quả"),
        ("nguyenthilan.hamrong", "Đã trả kết quả"),
    ):
        desk = signed_in(server, officer).open("/desk")
        assert number in desk.text, desk.text
        desk.open(_case_link(desk.html)).press(action)
        assert desk.status == 200, desk.text


def _case_link(page: str) -> str:
    found = re.search(r'href="(/desk/cases/[\w-]{22})', page)
    assert found
    return found[1]


def editors_see_the_mistake(server: Server, good: str) -> None:
    line = next(number for number, text in enumerate(good.splitlines(), start=1) if text.startswith("papers:"))
    editor = signed_in(server, "buithuhang.hamrong")
    eventually(
        lambda: f"{PROCEDURE}:{line}:1" in editor.open("/editor").text,
        f"the editors' page shows the mistake\n{editor.text}",
    )
    assert "papers" in editor.text
