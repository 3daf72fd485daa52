"""A citizen's own cases: where one stands and why this date, the supplement, taking it back, notices."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from tests.casework.commune import PDF
from tests.web.citizen_site import Citizen, citizen_at, hidden, seen_of, value_of
from tests.web.desk_site import words

from motcua.gateways.clock import HandClock
from motcua.web import background

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

REASON = "Ảnh giấy chứng sinh bị lóa, không đọc được số"


@pytest.fixture
def citizen(app: Flask, clock: HandClock) -> Citizen:
    clock.set(datetime(2026, 10, 6, 9, 30))
    return citizen_at(app, clock)


@pytest.fixture
def asked(citizen: Citizen) -> str:
    """The address of a case whose desk asked for the notice of birth and its number."""
    commune = citizen.commune
    ref = commune.filed()
    asks = ("paper.giay_chung_sinh", "noi_sinh.so_giay_chung_sinh")
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", asks=asks, reason=REASON)
    return f"/cases/{ref}"


# ---- where it stands ----


def test_stages_are_told_in_plain_words_with_the_present_one_marked(citizen: Citizen) -> None:
    shown = words(citizen.get(f"/cases/{citizen.commune.accepted()}"))
    ward = "Ủy ban nhân dân phường Hàm Rồng"
    assert (
        "Đã qua: Bạn nộp hồ sơ thứ Ba, 06/10/2026, 09:30"
        f" Đã qua: Tiếp nhận hồ sơ {ward}: Tiếp nhận thứ Ba, 06/10/2026, 09:30"
        f" Thẩm tra đang ở đây {ward} đang giải quyết, từ thứ Ba, 06/10/2026, 09:30"
        f" Sắp tới: Ký Tiếp theo {ward} Sắp tới: Trả kết quả {ward}" in shown
    )


def test_the_date_due_is_large_and_says_why(citizen: Citizen) -> None:
    """Accepted Tuesday 09:30, the same day, as it came before 15:00."""
    page = citizen.get(f"/cases/{citizen.commune.accepted()}")
    assert "Ngày hẹn trả kết quả thứ Ba, 06/10/2026, 17:00" in words(page)
    assert (
        "Đồng hồ đang chạy, còn 6 giờ làm việc."
        " Vì sao là ngày này? Thời hạn theo quy định: trong ngày. Căn cứ: Luật Hộ tịch số 60/2014/QH13."
        " thứ Ba, 06/10/2026, 09:30 Tiếp nhận hồ sơ. Phải xong trong ngày này."
        " thứ Ba, 06/10/2026, 17:00 Hết hạn." in words(page)
    )


def test_an_overdue_case_says_so(citizen: Citizen, clock: HandClock) -> None:
    ref = citizen.commune.accepted()
    clock.set(datetime(2026, 10, 7, 8, 0))
    late = citizen_at(citizen.browser.client.application, clock, commune=citizen.commune)
    assert "thứ Ba, 06/10/2026, 17:00 Quá hạn" in words(late.get(f"/cases/{ref}"))


def test_history_names_the_office_and_never_the_officer(citizen: Citizen, asked: str) -> None:
    shown = words(citizen.get(asked))
    assert f"Ủy ban nhân dân phường Hàm Rồng: Yêu cầu bổ sung {REASON}" in shown
    assert "Bạn đã nộp hồ sơ" in shown
    assert "Nguyễn Thị Lan" not in shown
    assert "nguyenthilan" not in citizen.get(asked).text


def test_the_results_number_is_shown_once_it_is_signed(citizen: Citizen) -> None:
    commune = citizen.commune
    ref = commune.examined()
    commune.act(commune.leader, ref, "ky", "ky")
    number = commune.seen(ref).state.numbers["result.giay_khai_sinh"]
    assert f"Giấy khai sinh {number}" in words(citizen.get(f"/cases/{ref}"))


def test_a_refusal_is_told_with_its_reason(citizen: Citizen) -> None:
    commune = citizen.commune
    ref = commune.filed()
    commune.act(commune.desk, ref, "tiep_nhan", "tu_choi", reason="Trẻ đã được khai sinh")
    shown = words(citizen.get(f"/cases/{ref}"))
    assert "Ngày hẹn trả kết quả Không được tiếp nhận" in shown
    assert "Trẻ đã được khai sinh" in shown


def test_own_files_come_back_and_anothers_case_is_not_there(app: Flask, clock: HandClock, citizen: Citizen) -> None:
    case = f"/cases/{citizen.commune.filed()}"
    file = re.search(rf'href="({case}/files/[^"]+)"', citizen.get(case).text)
    assert file
    assert citizen.get(file[1]).data == PDF
    other = citizen_at(app, clock, citizen.commune.stranger(), citizen.commune)
    for address in (case, f"{case}/receipt", f"{case}/withdraw", file[1]):
        assert other.get(address).status_code == 404
    for address in (f"{case}/supplement", f"{case}/withdraw"):
        assert other.post(address, way="rut", seen="1").status_code == 404


def test_the_list_puts_first_what_waits_for_me(citizen: Citizen, asked: str) -> None:
    commune = citizen.commune
    other = commune.filed()
    draft = citizen.start()
    page = citizen.get("/cases")
    assert "Chờ bạn bổ sung" in words(page)
    assert "Đang giải quyết" in words(page)
    assert page.text.index(asked) < page.text.index(f"/cases/{other}")
    assert draft in page.text


# ---- the supplement ----


def test_what_is_expected_of_me_stands_first_with_reason_and_end(citizen: Citizen, asked: str) -> None:
    """Seven working days after Tuesday 6 October: Thursday 15 October."""
    shown = words(citizen.get(asked))
    assert shown.index(REASON) < shown.index("Ngày hẹn trả kết quả")
    assert "Giấy chứng sinh Nơi sinh: Số giấy chứng sinh" in shown
    assert "Gửi trước thứ Năm, 15/10/2026, 17:00." in shown


def test_only_the_ticked_parts_are_open(citizen: Citizen, asked: str) -> None:
    draft = citizen.post(f"{asked}/supplement").location
    assert citizen.post(f"{asked}/supplement").location == draft  # begun once
    assert citizen.get(f"{draft}/pages/tre").status_code == 404
    assert citizen.post(f"{draft}/pages/tre", {"seen": "1", "tre.ho_ten": "KHÁC"}).status_code == 404
    page = citizen.get(f"{draft}/pages/noi_sinh")
    assert REASON in words(page)
    assert 'name="noi_sinh.so_giay_chung_sinh"' in page.text
    assert 'name="noi_sinh.ten_co_so"' not in page.text
    assert "Tên cơ sở y tế Bệnh viện" in words(page)  # shown, not to be changed


def test_what_was_not_ticked_stays_whatever_is_sent(citizen: Citizen, asked: str) -> None:
    draft = citizen.post(f"{asked}/supplement").location
    more = {"noi_sinh.so_giay_chung_sinh": "PS-2", "noi_sinh.ten_co_so": "KHÁC", "noi_sinh.loai": "tai_nha"}
    citizen.fill(draft, "noi_sinh", more)
    kept = citizen.kept(draft)["noi_sinh"]
    assert kept["so_giay_chung_sinh"] == "PS-2"
    assert (kept["ten_co_so"], kept["loai"]) != ("KHÁC", "tai_nha")


def test_a_supplement_is_sent_once_and_the_case_goes_on(citizen: Citizen, asked: str) -> None:
    draft = citizen.post(f"{asked}/supplement").location
    refused = citizen.post(f"{draft}/send", {"declaration": "y"})
    assert refused.status_code == 422
    assert "Hãy đính kèm “Giấy chứng sinh”." in words(refused)
    citizen.fill(draft, "noi_sinh", {"noi_sinh.so_giay_chung_sinh": "PS-2"})
    citizen.upload(draft, "Giấy chứng sinh rõ.pdf")
    assert citizen.post(f"{draft}/send").status_code == 422  # not declared
    assert [citizen.post(f"{draft}/send", {"declaration": "y"}).location for _ in range(2)] == [asked, asked]
    shown = words(citizen.get(asked))
    assert "Bạn đã gửi phần bổ sung" in shown
    assert "Giấy chứng sinh rõ.pdf" in shown
    assert "Số giấy chứng sinh PS-2" in shown
    assert "Tiếp nhận hồ sơ (lần 2) đang ở đây" in shown
    assert citizen.get(draft).location == asked


def test_an_unsent_supplement_of_a_window_that_ended_is_closed(citizen: Citizen, asked: str, clock: HandClock) -> None:
    draft = citizen.post(f"{asked}/supplement").location
    clock.set(datetime(2026, 10, 15, 17, 1))
    late = citizen_at(citizen.browser.client.application, clock, commune=citizen.commune)
    for page in (draft, f"{draft}/pages/noi_sinh", f"{draft}/check"):
        assert late.get(page).status_code == 409
    assert late.post(f"{draft}/send", {"declaration": "y"}).status_code == 409
    assert "Dừng vì quá thời gian chờ người nộp" in words(late.get(asked))
    assert late.post(f"{asked}/supplement").status_code == 409
    assert late.get("/cases").status_code == 200


def test_a_supplement_cannot_be_filed_as_a_case(citizen: Citizen, asked: str) -> None:
    draft = citizen.post(f"{asked}/supplement").location
    assert citizen.post(f"{draft}/submit", {"declaration": "y", "seen": "1", "edition": "x"}).status_code == 404
    plain = citizen.start()
    assert citizen.post(f"{plain}/send", {"declaration": "y"}).status_code == 404


# ---- taking it back ----


def test_a_case_is_taken_back_after_a_question(citizen: Citizen) -> None:
    case = f"/cases/{citizen.commune.filed()}"
    question = citizen.get(f"{case}/withdraw")
    assert "Hồ sơ sẽ dừng giải quyết ngay." in words(question)
    pressed = citizen.post(f"{case}/withdraw", way="rut", seen=seen_of(question), reason="Nộp nhầm")
    assert pressed.location == case
    shown = words(citizen.get(case))
    assert "Người nộp đã rút" in shown
    assert "Rút hồ sơ Nộp nhầm" in shown
    assert citizen.post(f"{case}/withdraw", way="rut", seen=seen_of(question)).location == case  # pressed twice
    assert citizen.get(f"{case}/withdraw").status_code == 409


def test_a_case_that_moved_meanwhile_is_not_taken_back_unseen(citizen: Citizen) -> None:
    commune = citizen.commune
    ref = commune.filed()
    question = citizen.get(f"/cases/{ref}/withdraw")
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    late = citizen.post(f"/cases/{ref}/withdraw", way="rut", seen=hidden(question.text, "seen"), reason="Tôi đổi ý")
    assert late.status_code == 409
    assert "Tôi đổi ý" in late.text  # kept
    assert commune.seen(ref).open


# ---- notices ----


def test_notices_stay_new_until_the_button_says_that_they_were_read(app: Flask, citizen: Citizen) -> None:
    case = f"/cases/{citizen.commune.filed()}"
    background.once(app)
    page = citizen.get("/notices")
    assert f'href="{case}"' in page.text
    assert "Mới" in words(page)
    assert "Mới" in words(citizen.get("/notices"))
    citizen.post("/notices/read")
    assert "Đánh dấu đã đọc tất cả" not in words(citizen.get("/notices"))


def test_who_has_nothing_yet_is_told_where_to_begin(citizen: Citizen) -> None:
    assert "Bạn chưa có hồ sơ nào. Chọn thủ tục để bắt đầu" in words(citizen.get("/cases"))
    assert "Chưa có thông báo nào." in words(citizen.get("/notices"))
    assert value_of(citizen.get(f"{citizen.start()}/pages/yeu_cau"), "yeu_cau.so_ban_sao") == "0"
