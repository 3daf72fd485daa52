"""Slips that the shipped workflows name: each has its form, and the papers that the circular has no form for say what
they must.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from motcua.catalogue.examples import examples_file, read_examples
from motcua.catalogue.playing import play
from motcua.catalogue.proving import Proof, prove_catalog, province_of
from motcua.domain.slip import Applicant, Slip
from motcua.domain.workflow import Workflow
from motcua.gateways.printing import TypstPrinter
from motcua.office.stationery import paper_of, read_stationery
from motcua.settings import HOME

PAPER = paper_of(HOME)
KNOWN = read_stationery(PAPER, "https://dvc.example")
HAVING = replace(KNOWN, applicant=Applicant("Trần Thị Mận", phone="+84912000502"), officer="Lê Quốc Hưng")


@cache
def proof() -> Proof:
    return prove_catalog(HOME)


def slips_of(example: str) -> dict[str, Slip]:
    """What the officers issued on an applicant's case, by kind."""
    reading = proof().reading
    province = province_of(reading)
    for proven in proof().procedures:
        (file,) = (file for file in reading.procedures if Path(file).stem == proven.id)
        for one in read_examples(reading.data[examples_file(file)], examples_file(file), reading.findings()):
            if one.id == example and proven.procedure and province:
                case = play(proven.procedure, province, one.applicant, HAVING).case
                return {slip.kind: slip for slip in case.slips} if case else {}
    raise LookupError(example)


def read(slip: Slip) -> str:
    pages = PdfReader(BytesIO(TypstPrinter(PAPER).pdf(slip))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def named(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps.values():
        for speaking in (step, *step.actions):
            yield from (str(row.is_) for row in (speaking.slip.rows if speaking.slip else ()))
    yield from (interrupt.slip for interrupt in workflow.interrupts if interrupt.slip)


def test_every_slip_that_a_workflow_names_can_be_numbered_and_printed() -> None:
    wanted = {slip for p in proof().procedures if p.procedure for slip in named(p.procedure.workflow)}
    assert wanted - set(KNOWN.kinds) == set()


NOTICES = {
    ("05-1", "thong_bao_thue"): (
        "THUẾ CƠ SỞ HẠC THÀNH",
        "Hạc Thành, ngày 13 tháng 03 năm 2026",
        "THÔNG BÁO NỘP TIỀN VỀ THUẾ, LỆ PHÍ TRƯỚC BẠ",
        "Kính gửi: Trần Thị Mận",
        "1 Thuế thu nhập cá nhân 2 % giá chuyển nhượng 40.000.000 đ",
        "2 Lệ phí trước bạ nhà, đất 0,5 % giá tính lệ phí trước bạ 10.000.000 đ",
        "Tổng cộng 50.000.000 đ",
        "Chậm nhất: 17 giờ 00 phút, ngày 13/04/2026",  # 30 days end on Sunday 12/04
    ),
    ("05-2", "thong_bao_thue"): (
        "Thuế thu nhập cá nhân Giữa những người thân được miễn 0 đ",
        "Tổng cộng 0 đ",
    ),
    ("05-1", "phieu_chuyen_thong_tin"): (
        "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HẠC THÀNH",
        "Kính gửi: Thuế cơ sở Hạc Thành",
        "Xã, phường: Phường Hạc Thành",
        "Diện tích: 100,0 m²",
        "Giá ghi trong hợp đồng: 2.000.000.000 đ",
        "Họ, chữ đệm, tên hoặc tên tổ chức: HOÀNG VĂN HÒE",
        "Điều kiện chuyển quyền: Đủ:",
    ),
    ("02-7", "bien_ban_giu_giay_to"): (
        "PHÒNG TƯ PHÁP HUYỆN THỌ XUÂN",
        "BIÊN BẢN TẠM GIỮ GIẤY TỜ",
        "1 Bản chính: Bachelor of Arts",
        "Lý do: Số hiệu bằng không có trong dữ liệu của trường",
        "NGƯỜI NỘP",
        "NGƯỜI LẬP BIÊN BẢN",
    ),
    ("05-5", "thong_bao_tam_dung"): (
        "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI THANH HÓA",
        "THÔNG BÁO TẠM DỪNG GIẢI QUYẾT HỒ SƠ",
        "Lý do: Quyết định kê biên của Tòa án nhân dân",
    ),
    ("05-8", "thong_bao_dung"): (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Lý do: Hết thời hạn: Chờ nộp thuế, lệ phí trước bạ, đến 17 giờ 00 phút, ngày 11/11/2026",
    ),
}


def test_a_refusal_by_the_clock_says_which_time_ran_out() -> None:
    assert "Lý do: Hết thời hạn: Chờ chủ đầu tư bổ sung, đến 17 giờ 00 phút, ngày 12/10/2026" in read(
        slips_of("04-6")["phieu_tu_choi"]
    )


@pytest.mark.parametrize(("example", "kind"), NOTICES)
def test_a_paper_without_a_form_of_the_circular(example: str, kind: str) -> None:
    text = read(slips_of(example)[kind])
    assert [line for line in NOTICES[example, kind] if line not in text] == [], text
    assert "Thông tư số 01/2018" not in text


def test_such_papers_are_numbered_kind_by_kind() -> None:
    numbers = {kind: slip.number for kind, slip in slips_of("05-1").items()}
    assert numbers["thong_bao_thue"] == "1/TB-LPTB-TNCN"
    assert numbers["phieu_chuyen_thong_tin"] == "1/PCTT"


def test_what_goes_between_offices_is_not_for_the_applicant() -> None:
    issued = slips_of("05-1")
    assert not issued["phieu_chuyen_thong_tin"].for_applicant
    assert issued["thong_bao_thue"].for_applicant
