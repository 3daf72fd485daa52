"""The editors' pages: what serves, since when, and every mistake at its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.casework.commune import HERE, PROCEDURE, add_people
from tests.web.conftest import Browser
from tests.web.desk_site import Desk, desk_of, words

from motcua.gateways.clock import HandClock
from motcua.publishing.take_up import take_up
from motcua.settings import HOME, Settings
from motcua.web import create_app
from motcua.web.current import OFFICE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MORNING = datetime(2026, 10, 6, 9, 30)


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    clock.set(MORNING)
    return desk_of(app, clock)


@pytest.fixture
def editor(desk: Desk) -> Browser:
    return desk.browser(desk.officer("Bùi Thu Hằng", "buithuhang.sotuphap", "so_tu_phap_thanh_hoa", "editor"))


def test_an_editor_sees_what_serves_and_since_when(desk: Desk, editor: Browser) -> None:
    live = desk.commune.office.catalog.live[PROCEDURE]
    assert live.edition
    page = editor.get("/editor")
    assert "Đang phục vụ Đăng ký khai sinh 09:30, 06/10/2026" in words(page)
    assert live.edition[:12] in page.text
    assert "Mọi tệp đều đúng" in words(page)
    assert str(HOME) in page.text


def test_only_editors_and_administrators_see_the_catalog(desk: Desk) -> None:
    admin = desk.officer("Võ Thành Đạt", "vothanhdat.ubndtinh", "ubnd_tinh_thanh_hoa", "admin")
    assert desk.browser(admin).get("/editor").status_code == 200
    assert desk.browser(desk.commune.leader).get("/editor").status_code == 403


def test_a_procedure_is_laid_out_as_tables(editor: Browser) -> None:
    page = editor.get(f"/editor/procedures/{PROCEDURE}")
    read = words(page)
    assert "Thẩm tra tham_tra Công chức tư pháp - hộ tịch 2 giờ làm việc Đạt, trình ký → Ký" in read
    assert "Chờ người nộp bổ sung cho_bo_sung Chờ người nộp bổ sung 7 ngày làm việc → Tiếp nhận hồ sơ" in read
    assert (
        "nguoi_yeu_cau.ho_ngheo || nguoi_yeu_cau.nguoi_khuyet_tat Miễn lệ phí cho hộ nghèo và người khuyết tật 0"
        in read
    )
    assert "Còn lại Đăng ký quá hạn 60 ngày 8.000" in read
    assert "Mọi trường hợp 8.000 × yeu_cau.so_ban_sao" in read
    assert "Giới tính chọn một Nam, Nữ bắt buộc" in read
    assert editor.get("/editor/procedures/khong_co").status_code == 404


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    root = tmp_path / "catalog"
    for folder in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / folder, root / folder)
    return root


@pytest.fixture
def own_catalog(settings: Settings, clock: HandClock, catalog: Path) -> Iterator[Desk]:
    """A site on a catalog that may be broken."""
    clock.set(MORNING)
    made = create_app(replace(settings, root=catalog), clock=clock)
    made.testing = True
    office = made.extensions[OFFICE]
    take_up(office)
    yield Desk(made, add_people(office, clock))
    office.store.close()


def test_a_mistake_reads_like_a_note_in_the_margin_while_the_last_good_edition_serves(
    own_catalog: Desk, catalog: Path, clock: HandClock
) -> None:
    office = own_catalog.commune.office
    good = office.catalog.live[PROCEDURE].edition
    file = catalog / "procedures/ho_tich/dang_ky_khai_sinh.yaml"
    text = file.read_text("utf-8")
    line = text[: text.index("\nsector:")].count("\n") + 2
    file.write_text(text.replace("\nsector: ho_tich", "\nsectr: <b>ho_tich"), "utf-8")
    clock.set(datetime(2026, 10, 6, 10, 15))
    take_up(office)
    editor = own_catalog.browser(own_catalog.officer("Bùi Thu Hằng", "buithuhang.hamrong", HERE, "editor"))
    page = editor.get("/editor")
    read = words(page)
    assert office.catalog.live[PROCEDURE].edition == good
    assert "Tệp đang có lỗi. Bản từ thứ Ba, 06/10/2026, 09:30 vẫn phục vụ." in read
    assert f"procedures/ho_tich/dang_ky_khai_sinh.yaml:{line}:1" in read
    assert "C102" in read
    assert "'sector'" in read
    assert "<mark>sectr</mark>: &lt;b&gt;ho_tich" in page.text
    assert editor.get(f"/editor/procedures/{PROCEDURE}").status_code == 200
