"""Forms 01 to 05 of the annex of Circular 01/2018/TT-VPCP on paper: every line that a form has is there, with what the
case says.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.small_catalog import Town, pages, town

from motcua.domain.case import Case
from motcua.domain.slip import Applicant
from motcua.gateways.printing import TypstPrinter
from motcua.office.stationery import paper_of, read_stationery
from motcua.settings import HOME, WrongSetting

PAPER = paper_of(HOME)
FORM = pages("""
    don: {type: object, title: Đơn, properties: {ten: {type: string, title: Tên công trình}}}
""")
PROCEDURE = """
papers: [{id: to_khai, name: Tờ khai, original: 1, from_form: true}, {id: ban_ve, name: Bản vẽ, copies: 2}]
fees: [{id: phi, name: Phí thẩm định, kind: phi, due: accepted, amount: 75.000}]
time_limits: [{id: cap, within: 5 ngày làm việc}]
"""
WORKFLOW = """
steps:
  tiep_nhan:
    name: Tiếp nhận
    role: one_stop
    at: receives
    within: 4 giờ làm việc
    actions:
      nhan: {does: accept, to: xem, slip: giay_tiep_nhan}
      bo_sung: {does: ask_supplement, to: cho, slip: phieu_bo_sung}
      tu_choi: {does: refuse, to: tu_choi, slip: phieu_tu_choi}
  cho: {waits_for: supplement, within: 7 ngày làm việc, clock: restart, to: tiep_nhan, runs_out: tu_choi}
  xem:
    name: Thẩm tra
    role: specialist
    at: decides
    within: 2 ngày làm việc
    actions:
      hen_lai: {does: extend, by: 3 ngày làm việc, asks_reason: true, to: xem, slip: phieu_xin_loi}
      trinh: {to: ky, slip: phieu_kiem_soat}
  ky: {name: Ký, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  da_rut: {ends: withdrawn}
"""
AGENCIES = """
kinds: [{id: ubnd_xa, name: Ủy ban xã}, {id: ubnd_tinh, name: Ủy ban tỉnh}]
levels: [{id: commune, name: Cấp xã}, {id: province, name: Cấp tỉnh}]
agencies:
  - {id: tinh, code: H56, name: Ủy ban nhân dân tỉnh Thanh Hóa, kind: ubnd_tinh, level: province}
  - id: xa_an
    code: H56.01
    name: Ủy ban nhân dân xã An
    kind: ubnd_xa
    level: commune
    parent: tinh
    area: "01"
    desk: {place: Xã An, address: Thôn 1 xã An, phone: 0237 000 0102, email: an@thanhhoa.example}
"""
#: What a form must show -> how it reads. The names are those of the list of forms in the annex of Circular 01/2018.
Fields = dict[str, str]
HEAD: Fields = {
    "the state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "its motto": "Độc lập - Tự do - Hạnh phúc",
    "the level above": "UBND TỈNH THANH HÓA",
    "the agency": "UBND XÃ AN",
    "centre or desk": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
    "place and date": "Xã An, ngày 05 tháng 10 năm 2026",
}
WHO: Fields = {
    "applicant": "Lê Thị Ánh",
    "address": "Địa chỉ: Thôn 5 xã An",
    "phone": "Số điện thoại: 0912 000 101",
    "e-mail": "Email: anh@nguoidan.example",
    "request": "Nội dung yêu cầu giải quyết: Cấp giấy",
}


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=WORKFLOW, agencies=AGENCIES)


def filed(here: Town) -> Case:
    applicant = Applicant("Lê Thị Ánh", "Thôn 5 xã An", "+84912000101", "anh@nguoidan.example")
    having = replace(read_stationery(PAPER, "https://dvc.example"), applicant=applicant, officer="Trần Văn Bình")
    return replace(here.file({"don": {"ten": "Nhà"}}), stationery=having)


def accepted(here: Town) -> Case:
    return here.act(filed(here), "tiep_nhan.nhan", "05/10/2026 09:00")


def read(case: Case) -> str:
    """The newest slip as a person reads it, on one line; it is one A5 page."""
    made = PdfReader(BytesIO(TypstPrinter(PAPER).pdf(case.slips[-1]))).pages
    sides = sorted(round(float(side) / 72 * 25.4) for side in made[0].mediabox[2:])
    assert (len(made), sides) == (1, [148, 210])
    return " ".join(made[0].extract_text().split())


def says(case: Case, fields: Fields) -> None:
    text = read(case)
    assert {name: line for name, line in fields.items() if line not in text} == {}, text


def test_form_01_the_receipt(here: Town) -> None:
    case = accepted(here)
    says(
        case,
        HEAD
        | WHO
        | {
            "title": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "number": "Số: 1/BPTNTKQ",
            "case number": f"Mã hồ sơ: {case.number}",
            "1 components, their heads": "1. Thành phần hồ sơ nộp gồm: TT Tên giấy tờ Bản chính Bản sao",
            "an original": "1 Tờ khai 1 –",
            "copies": "2 Bản vẽ – 2",
            "2 number of sets": "2. Số lượng hồ sơ: 1 bộ",
            "statutory time": "Thời hạn giải quyết hồ sơ theo quy định: 5 ngày làm việc",
            "3 received at": "3. Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 05/10/2026",
            "4 due at": "4. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 12/10/2026",
            "5 where the result is returned": "5. Nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả, "
            "Ủy ban nhân dân xã An, Thôn 1 xã An",
            "fee": "Phí, lệ phí: Phí thẩm định: 75.000 đ",
            "book and running number": "Vào Sổ theo dõi hồ sơ, Quyển số: 2026, Số thứ tự: 1",
            "signature of who files": "NGƯỜI NỘP HỒ SƠ",
            "signature of who receives": "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "who receives": "Trần Văn Bình",
        },
    )


def test_form_02_the_supplement(here: Town) -> None:
    asks = ("paper.ban_ve", "don.ten")
    case = here.act(filed(here), "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="Bản vẽ thiếu mặt cắt.", asks=asks)
    says(
        case,
        HEAD
        | WHO
        | {
            "title": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "number": "Số: 1/HDHS",
            "component and counts": "TT Thành phần hồ sơ Bản chính Bản sao chứng thực Bản chụp",
            "a component": "1 Bản vẽ – 2 –",
            "a part of the form": "2 Tờ khai, mục “Tên công trình” – – –",
            "reason": "Lý do: Bản vẽ thiếu mặt cắt.",
            "until when": "Bổ sung chậm nhất: 17 giờ 00 phút, ngày 14/10/2026",
            "contact of the guiding officer": "liên hệ: Trần Văn Bình, 0237 000 0102, an@thanhhoa.example",
            "one signature": "NGƯỜI HƯỚNG DẪN",
        },
    )


def test_form_03_the_refusal(here: Town) -> None:
    case = here.act(filed(here), "tiep_nhan.tu_choi", "05/10/2026 09:00", reason="Không thuộc thẩm quyền của xã.")
    says(
        case,
        HEAD
        | WHO
        | {
            "title": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
            "number": "Số: 1/TCTN",
            "reason": "Lý do: Không thuộc thẩm quyền của xã.",
            "signature of the applicant": "NGƯỜI NỘP HỒ SƠ",
            "signature of the officer": "NGƯỜI TIẾP NHẬN HỒ SƠ",
        },
    )


def test_form_04_the_apology_names_the_old_day_and_the_new_one(here: Town) -> None:
    case = here.act(accepted(here), "xem.hen_lai", "05/10/2026 15:00", reason="Chờ ý kiến chuyên gia.")
    says(
        case,
        HEAD
        | WHO
        | {
            "title": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
            "number": "Số: 1/PXL",
            "addressee": "Kính gửi: Lê Thị Ánh",
            "received": "đã tiếp nhận hồ sơ của ông/bà lúc 09 giờ 00 phút, ngày 05/10/2026",
            "case": f"Mã hồ sơ: {case.number}",
            "field": "Lĩnh vực: Hộ tịch",
            "original due date": "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 12/10/2026",
            "reason": "Lý do: Chờ ý kiến chuyên gia.",
            "new date": "Thời gian trả kết quả mới 17 giờ 00 phút, ngày 15/10/2026",
            "signed by the head": "THỦ TRƯỞNG CƠ QUAN",
        },
    )


def test_form_05_the_control_slip_has_a_row_for_each_hand_over(here: Town) -> None:
    case = here.act(accepted(here), "xem.trinh", "05/10/2026 16:00")
    says(
        case,
        HEAD
        | {
            "title": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            "number": "Số: 1/PKS",
            "file of": "Hồ sơ của: Lê Thị Ánh",
            "case number": f"Mã hồ sơ: {case.number}",
            "resolving agency": "Cơ quan giải quyết: Ủy ban nhân dân xã An",
            "co-ordinating agency": "Cơ quan phối hợp: không",
            "received": "Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 05/10/2026",
            "due": "Thời gian trả kết quả: 17 giờ 00 phút, ngày 12/10/2026",
            "who gives, who takes, when": "Bên giao Bên nhận Thời gian giao, nhận",
            "two signatures": "Người giao Người nhận",
            "result class and note": "Kết quả Ghi chú",
            "on the day": "Đúng hạn",
            "before the day": "Trước hạn",
        },
    )
    rows = [(row["gives"], row["takes"], row["at"], row["result"]) for row in case.slips[-1].content["handed"]]
    xa = "Ủy ban nhân dân xã An"
    assert rows == [
        (f"{xa} (Tiếp nhận)", f"{xa} (Thẩm tra)", "09 giờ 00 phút, ngày 05/10/2026", "Đúng hạn"),
        (f"{xa} (Thẩm tra)", f"{xa} (Ký)", "16 giờ 00 phút, ngày 05/10/2026", "Trước hạn"),
    ]


def test_every_slip_leads_to_where_the_case_is_followed(here: Town) -> None:
    case = accepted(here)
    assert case.slips[-1].content["link"] == f"https://dvc.example/track?number={case.number}"


def test_what_people_type_is_printed_and_never_obeyed(here: Town) -> None:
    typed = '#import "/etc/passwd" $x$ *đậm* [a] @b <c> \\ `d` // e'
    says(here.act(filed(here), "tiep_nhan.tu_choi", "05/10/2026 09:00", reason=typed), {"reason": f"Lý do: {typed}"})


def test_a_long_list_goes_on_with_the_pages_numbered(here: Town) -> None:
    slip = accepted(here).slips[-1]
    papers = [{"name": f"Giấy tờ thứ {n}", "original": 1, "copies": 0} for n in range(1, 61)]
    longer = replace(slip, content={**slip.content, "papers": papers})
    read = [page.extract_text() for page in PdfReader(BytesIO(TypstPrinter(PAPER).pdf(longer))).pages]
    assert [f"{n}/{len(read)}" in text for n, text in enumerate(read, start=1)] == [True] * len(read)
    assert "Giấy tờ thứ 60" in read[-2] + read[-1]
    assert "Tên giấy tờ" in read[1]  # the table's head again


def test_a_slip_without_a_serial_in_its_number_stops_the_program(tmp_path: Path) -> None:
    text = (PAPER / "paper.yaml").read_text("utf-8").replace("{serial}/PXL", "PXL")
    (tmp_path / "paper.yaml").write_text(text, "utf-8")
    with pytest.raises(WrongSetting, match="phieu_xin_loi"):
        read_stationery(tmp_path, "")
