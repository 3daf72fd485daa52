"""A second procedure is added by writing YAML only, while two workers serve; it is filed and brought to its result;
then its file is broken, and the last good edition serves on, also after a restart.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.stories.province import Server, eventually, sample_paper, signed_in
from tests.stories.visitor import Visitor

SECOND = Path(__file__).parent / "second_procedure"
PROCEDURE, ADDRESS = "procedures/ho_tich/xac_nhan_hon_nhan.yaml", "/procedures/xac_nhan_hon_nhan"


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
    decision = {field: ("Quyết định ly hôn.pdf", sample_paper())}
    citizen.press("Gửi tệp lên", issued_on="5/3/2016", files=decision)
    assert "quá lâu" in citizen.text  # more than ten years before 05/10/2026
    citizen.press("Gửi tệp lên", issued_on="5-3-2020")
    assert "Quyết định ly hôn.pdf" in citizen.text
    citizen.open(f"{draft}/check")
    assert "8.000 đ" in citizen.text
    citizen.press("Nộp hồ sơ", tick=["declaration"])
    found = re.search(r"H56\.\d+-\d{6}-\d{4}", citizen.text)
    ref = re.search(r"/cases/([\w-]{22})", citizen.url)
    assert found, citizen.text
    assert ref, citizen.url
    return found[0], ref[1]


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
