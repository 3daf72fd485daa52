"""A citizen checks everything and files: once, and only what was shown. R5."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from tests.casework.commune import put_catalog
from tests.web.citizen_site import Citizen, citizen_at, hidden
from tests.web.desk_site import words

from motcua.catalogue.proving import Proof, prove_catalog
from motcua.gateways.clock import HandClock
from motcua.settings import HOME

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def citizen(app: Flask, clock: HandClock) -> Citizen:
    """A Tuesday morning; the child was born five days ago."""
    clock.set(datetime(2026, 10, 6, 9, 30))
    return citizen_at(app, clock)


def cases_of(citizen: Citizen) -> int:
    with citizen.commune.office.store.reading() as books:
        return len(books.inbox.of_applicant(citizen.commune.citizen.id, most=10_000))


# ---- the check page ----


@one_database
def test_the_check_page_shows_everything_that_is_sent(citizen: Citizen) -> None:
    """Two copies at 8.000; accepted at once it would be ready the same day, since it is before 15:00."""
    shown = words(citizen.get(f"{citizen.ready()}/check"))
    for part in (
        "Họ, chữ đệm, tên LÊ ĐỨC AN",
        "Trẻ sinh ở đâu Bệnh viện, trạm y tế, nhà hộ sinh",
        "Giấy chứng sinh Giấy chứng sinh.pdf",
        "Lệ phí đăng ký khai sinh Đăng ký đúng hạn 0 đ",
        "Phí cấp bản sao Giấy khai sinh 16.000 đ",
        "Cộng 16.000 đ",
        "Cơ quan nhận hồ sơ Ủy ban nhân dân phường Hàm Rồng",
        "Dự kiến có kết quả thứ Ba, 06/10/2026, 17:00",
        "Nộp hồ sơ, phí và lệ phí 16.000 đ",
    ):
        assert part in shown


@one_database
def test_what_is_missing_leads_to_its_page(citizen: Citizen) -> None:
    draft = citizen.start()
    page = citizen.get(f"{draft}/check").text
    assert f'href="{draft}/pages/tre?show=problems#tre.ngay_sinh"' in page
    refused = citizen.submit(draft)
    assert refused.status_code == 422
    assert "<title>Lỗi: Kiểm tra trước khi nộp" in refused.text
    for part in ("Hãy nhập “Ngày sinh”.", "Hãy chọn “Trẻ sinh ở đâu”.", "Hãy chọn “Ghi ai là cha, mẹ của trẻ”."):
        assert part in words(refused)
    assert cases_of(citizen) == 0


@one_database
def test_a_missing_paper_stops_and_leads_to_the_papers(citizen: Citizen) -> None:
    draft = citizen.start()
    citizen.fill_all(draft)
    refused = citizen.submit(draft)
    assert refused.status_code == 422
    assert f'<a href="{draft}/papers#paper.giay_chung_sinh">Hãy đính kèm “Giấy chứng sinh”.</a>' in refused.text


@one_database
def test_without_the_declaration_nothing_is_sent(citizen: Citizen) -> None:
    draft = citizen.ready()
    refused = citizen.post(f"{draft}/submit", citizen.shown(draft))
    assert refused.status_code == 422
    assert '<a href="#declaration">Hãy đọc và đánh dấu vào ô cam đoan.</a>' in refused.text
    assert cases_of(citizen) == 0


# ---- the receipt ----


@one_database
def test_the_receipt_says_number_date_next_steps_and_whom_to_ask(citizen: Citizen) -> None:
    """Filed Tuesday 09:30: eight office hours end on Wednesday 09:30 (07:30-11:30, 13:00-17:00)."""
    receipt = citizen.submit(citizen.ready())
    assert receipt.status_code == 303
    shown = words(citizen.get(receipt.location))
    assert re.search(r"Số hồ sơ H56\.\w+-261006-0001", shown)
    assert "Ngày hẹn trả kết quả Sẽ báo khi tiếp nhận" in shown
    assert "Ủy ban nhân dân phường Hàm Rồng trả lời việc tiếp nhận trước thứ Tư, 07/10/2026, 09:30." in shown
    how = "Bạn thanh toán trực tuyến ở đây, hoặc nộp tại quầy của Ủy ban nhân dân phường Hàm Rồng."
    assert f"Nộp 16.000 đ phí, lệ phí. {how}" in shown
    assert "0237 000 1002" in shown


@one_database
def test_a_sent_draft_leads_to_its_receipt_from_every_page(citizen: Citizen) -> None:
    draft = citizen.ready()
    receipt = citizen.submit(draft).location
    for page in ("", "/pages/tre", "/office", "/papers", "/check", "/drop"):
        assert citizen.get(f"{draft}{page}").location == receipt
    for page in ("/pages/tre", "/office", "/papers"):
        assert citizen.post(f"{draft}{page}", {"seen": "1"}).location == receipt
    assert citizen.post(f"{draft}/drop").status_code == 409


# ---- once ----


def presses(citizen: Citizen, draft: str, how: str) -> set[str | None]:
    """Where the presses lead: both at once, one after the other, or from two windows that both show the check page."""
    shown = {**citizen.shown(draft), "declaration": "y"}
    if how == "one after the other":
        return {citizen.post(f"{draft}/submit", shown).location for _ in range(3)}
    if how == "two windows":
        windows = [shown, {**citizen.shown(draft), "declaration": "y"}]
        return {citizen.post(f"{draft}/submit", window).location for window in windows}
    return at_once([lambda: citizen.post(f"{draft}/submit", shown).location] * 2)


def at_once(pressing: list[Callable[[], str | None]]) -> set[str | None]:
    barrier, found = threading.Barrier(len(pressing)), list[str | None]()

    def press(once: Callable[[], str | None]) -> None:
        barrier.wait()
        found.append(once())

    threads = [threading.Thread(target=press, args=(once,)) for once in pressing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(pressing)
    return set(found)


HOW = ("at once", "one after the other", "two windows")


@pytest.mark.parametrize("how", HOW)
def test_however_often_the_button_is_pressed_there_is_one_case(citizen: Citizen, how: str) -> None:
    """R5."""
    for number in range(1, 4):
        found = presses(citizen, citizen.ready_at_once(), how)
        assert len(found) == 1
        assert citizen.get(str(found.pop())).status_code == 200
        assert cases_of(citizen) == number


@pytest.mark.soak
@pytest.mark.parametrize("how", HOW)
def test_five_hundred_times_pressed_twice_are_five_hundred_cases(citizen: Citizen, how: str) -> None:
    """R5 in full."""
    receipts = [presses(citizen, citizen.ready_at_once(), how) for _ in range(500)]
    assert {len(found) for found in receipts} == {1}
    assert len(set.union(*receipts)) == 500
    assert cases_of(citizen) == 500


# ---- only what was shown ----


@one_database
def test_what_another_window_changed_is_shown_before_it_is_sent(citizen: Citizen) -> None:
    draft = citizen.ready()
    shown = citizen.shown(draft)
    citizen.fill(draft, "yeu_cau", {"yeu_cau.so_ban_sao": "5"})
    refused = citizen.post(f"{draft}/submit", {**shown, "declaration": "y"})
    assert refused.status_code == 422
    assert "Hồ sơ vừa được sửa ở một cửa sổ khác." in words(refused)
    again = {name: hidden(refused.text, name) for name in ("edition", "seen")}
    assert citizen.post(f"{draft}/submit", {**again, "declaration": "y"}).status_code == 303


@cache
def dearer(root: Path) -> Proof:
    """The same catalog after a change: a copy costs 10.000, and the child's notice of birth is not asked any more."""
    for folder in ("procedures", "forms", "workflows"):
        for file in (HOME / folder).rglob("*.yaml"):
            there = root / file.relative_to(HOME)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(file.read_bytes())
    file = next((root / "procedures").rglob("dang_ky_khai_sinh.yaml"))
    text = file.read_text(encoding="utf-8").replace("amount: {of: 8.000, times", "amount: {of: 10.000, times")
    file.write_text(
        text.replace('when: noi_sinh.loai == "co_so_y_te"\n    skip', "when: noi_sinh.mang_thai_ho\n    skip")
    )
    for examples in (root / "procedures").rglob("*.examples.yaml"):
        examples.unlink()  # they expect the old amounts
    return prove_catalog(root)


@one_database
def test_a_changed_rule_is_shown_first_and_only_then_filed(
    citizen: Citizen, clock: HandClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two copies: 16.000 under the rules of before, 20.000 under those of today."""
    draft = citizen.ready()
    shown = citizen.shown(draft)
    clock.forward(minutes=5)
    put_catalog(citizen.commune.office, dearer(tmp_path_factory.getbasetemp() / "dearer"))
    refused = citizen.post(f"{draft}/submit", {**shown, "declaration": "y"})
    assert refused.status_code == 422
    said = words(refused)
    assert "Quy định của thủ tục vừa thay đổi." in said
    assert "không cần “Giấy chứng sinh” nữa" in said
    assert "phí, lệ phí từ 16.000 đ thành 20.000 đ" in said
    assert cases_of(citizen) == 0
    receipt = citizen.submit(draft)
    assert "Nộp 20.000 đ phí, lệ phí" in words(citizen.get(receipt.location))
