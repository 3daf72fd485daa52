"""A citizen fills in the birth registration, page by page, without JavaScript. B1, B5, S5."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from tests.casework.commune import PDF, PROCEDURE, ks_1
from tests.web.citizen_site import HAM_RONG, Citizen, citizen_at, seen_of, typed, value_of
from tests.web.desk_site import words

from motcua.gateways.clock import HandClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AT_HOME = {"noi_sinh.loai": "tai_nha", "noi_sinh.tinh": "38", "noi_sinh.xa": "14758"}


@pytest.fixture
def citizen(app: Flask, clock: HandClock) -> Citizen:
    clock.set(datetime(2026, 10, 6, 9, 30))
    return citizen_at(app, clock)


@pytest.fixture
def draft(citizen: Citizen) -> str:
    return citizen.start()


def answers(citizen: Citizen, page: str) -> dict[str, str]:
    """The example's answers of a page, typed."""
    return dict(typed(citizen.page(page), ks_1()[page], page))


def options(page: str, name: str) -> int:
    """How many words a list offers; -1 where there is no list."""
    found = re.search(rf'<select[^>]*name="{re.escape(name)}".*?</select>', page, re.S)
    return found[0].count("<option") - 1 if found else -1


# ---- beginning ----


def test_the_procedures_page_has_the_button_that_begins(citizen: Citizen) -> None:
    page = citizen.get(f"/procedures/{PROCEDURE}")
    assert f'action="/procedures/{PROCEDURE}/drafts"' in page.text
    draft = citizen.post(f"/procedures/{PROCEDURE}/drafts")
    assert draft.status_code == 303
    assert citizen.get(draft.location).status_code == 200


def test_what_the_account_knows_is_filled_in(citizen: Citizen, draft: str) -> None:
    page = citizen.get(f"{draft}/pages/nguoi_yeu_cau")
    assert value_of(page, "nguoi_yeu_cau.ho_ten") == "Đỗ Thị Hạnh"
    assert value_of(page, "nguoi_yeu_cau.so_dinh_danh") == "038196000101"
    assert value_of(page, "nguoi_yeu_cau.dien_thoai") == "0912 000 101"


def test_nothing_is_called_done_before_it_is_sent(citizen: Citizen) -> None:
    shown = words(citizen.get(citizen.ready()))
    assert "Đã điền xong, chưa nộp" in shown
    assert "Đã điền đủ các phần, chưa nộp." in shown
    assert "Hoàn thành" not in shown


def test_the_list_of_parts_says_what_is_left(citizen: Citizen, draft: str) -> None:
    """Applicant, child, place and parents lack answers; the copies have a default, so that page is optional."""
    assert "Còn 4 phần cần điền." in words(citizen.get(draft))
    citizen.fill(draft, "tre", answers(citizen, "tre"))
    shown = words(citizen.get(draft))
    assert "Còn 3 phần cần điền." in shown
    assert "Trẻ được khai sinh Đã điền xong, chưa nộp" in shown


# ---- wrong answers ----


def test_wrong_answers_are_kept_as_typed_and_told_at_their_place(citizen: Citizen, draft: str) -> None:
    pressed = citizen.fill(
        draft,
        "nguoi_yeu_cau",
        {
            "nguoi_yeu_cau.ngay_sinh.day": "31",
            "nguoi_yeu_cau.ngay_sinh.month": "2",
            "nguoi_yeu_cau.ngay_sinh.year": "1998",
            "nguoi_yeu_cau.so_dinh_danh": "038 19",
        },
    )
    page = citizen.get(pressed.location)
    assert "<title>Lỗi: Người yêu cầu" in page.text
    said = "“Ngày, tháng, năm sinh” phải là một ngày có thật, ví dụ 27/3/1990."
    assert f'<a href="#nguoi_yeu_cau.ngay_sinh.day">{said}</a>' in page.text
    assert page.text.count(said) == 2  # in the summary and between label and box
    for box, typed_in in (("day", "31"), ("month", "2"), ("year", "1998")):
        assert value_of(page, f"nguoi_yeu_cau.ngay_sinh.{box}") == typed_in
    assert value_of(page, "nguoi_yeu_cau.so_dinh_danh") == "038 19"
    assert "Hãy nhập “Ngày, tháng, năm sinh”" not in page.text  # one fault, one message


def test_every_link_of_the_summary_leads_to_something_on_the_page(citizen: Citizen, draft: str) -> None:
    page = citizen.get(citizen.fill(draft, "nguoi_yeu_cau", {}).location).text
    summary = re.search(r'<div class="wrong".*?</div>', page, re.S)
    assert summary
    anchors = re.findall(r'href="#([^"]+)"', summary[0])
    assert len(anchors) >= 3
    assert [a for a in anchors if f'id="{a}"' not in page] == []


def test_a_page_may_be_left_half_filled(citizen: Citizen, draft: str) -> None:
    pressed = citizen.post(f"{draft}/pages/tre", {"later": "1", "seen": "1", "tre.ho_ten": "an"})
    assert pressed.location == draft
    assert citizen.kept(draft)["tre"]["ho_ten"] == "AN"
    assert "Lỗi:" not in citizen.get(f"{draft}/pages/tre").text


def test_marks_typed_apart_are_put_together_and_dates_come_in_any_writing(citizen: Citizen, draft: str) -> None:
    born = {"tre.ngay_sinh.day": "01-10-2026", "tre.ngay_sinh.month": "", "tre.ngay_sinh.year": ""}
    citizen.fill(draft, "tre", {**born, "tre.ho_ten": "đa\u0306\u0323ng a\u0301nh"})
    page = citizen.get(f"{draft}/pages/tre")
    assert value_of(page, "tre.ho_ten") == "ĐẶNG ÁNH"
    assert [value_of(page, f"tre.ngay_sinh.{box}") for box in ("day", "month", "year")] == ["1", "10", "2026"]
    assert "Số ngày từ ngày sinh đến ngày nộp 5" in words(page)


# ---- conditions and lists ----


def test_questions_that_an_answer_makes_necessary_come_on_the_same_page(citizen: Citizen, draft: str) -> None:
    asked = citizen.get(f"{draft}/pages/noi_sinh").text
    assert "noi_sinh.ten_co_so" not in asked
    pressed = citizen.fill(draft, "noi_sinh", {"noi_sinh.loai": "co_so_y_te"})
    page = citizen.get(pressed.location)
    assert "Câu trả lời của bạn cần thêm 2 mục" in words(page)
    assert '<a href="#noi_sinh.ten_co_so">Tên cơ sở y tế</a>' in page.text
    assert "Hãy nhập “Tên cơ sở y tế”" not in page.text  # asked just now, not forgotten


def test_a_list_of_communes_is_the_provinces_and_waits_for_it(citizen: Citizen, draft: str) -> None:
    assert options(citizen.get(f"{draft}/pages/noi_sinh").text, "noi_sinh.xa") == -1
    pressed = citizen.post(f"{draft}/pages/noi_sinh", {"choose": "noi_sinh.xa", "seen": "1", "noi_sinh.tinh": "38"})
    assert pressed.location.endswith("#noi_sinh.xa")
    page = citizen.get(pressed.location).text
    assert options(page, "noi_sinh.xa") == 166  # Thanh Hóa since July 2025
    assert options(page, "noi_sinh.tinh") == 34
    assert "Lỗi:" not in page


def test_no_list_is_longer_than_a_page_can_bear(citizen: Citizen, draft: str) -> None:
    for tinh in ("01", "79", "38"):
        citizen.post(f"{draft}/pages/noi_sinh", {"choose": "noi_sinh.xa", "seen": "99", "noi_sinh.tinh": tinh})
        assert 1 <= options(citizen.get(f"{draft}/pages/noi_sinh").text, "noi_sinh.xa") <= 500


def test_a_commune_of_another_province_must_be_chosen_again(citizen: Citizen, draft: str) -> None:
    citizen.fill(draft, "noi_sinh", AT_HOME)
    page = citizen.get(citizen.fill(draft, "noi_sinh", {**AT_HOME, "noi_sinh.tinh": "01"}).location)
    assert "Hãy chọn “Xã, phường, đặc khu” trong danh sách." in words(page)


def test_witnesses_are_added_and_removed_one_by_one(citizen: Citizen, draft: str) -> None:
    citizen.fill(draft, "noi_sinh", AT_HOME)
    address = f"{draft}/pages/nguoi_lam_chung"
    page = citizen.get(address)
    assert "nguoi_lam_chung.0.ho_ten" not in page.text
    pressed = citizen.post(address, {"add": "nguoi_lam_chung", "seen": seen_of(page)})
    page = citizen.get(pressed.location)
    assert 'id="nguoi_lam_chung.0.ho_ten"' in page.text
    first = {"nguoi_lam_chung.0.ho_ten": "Đặng Thị Đối", "nguoi_lam_chung.0.so_dinh_danh": "038158000912"}
    pressed = citizen.post(address, {"add": "nguoi_lam_chung", "seen": seen_of(page), **first})
    page = citizen.get(pressed.location)
    assert value_of(page, "nguoi_lam_chung.0.ho_ten") == "ĐẶNG THỊ ĐỐI"
    assert 'id="nguoi_lam_chung.1.ho_ten"' in page.text
    assert 'name="add"' not in page.text  # two at most
    second = {"nguoi_lam_chung.1.ho_ten": "Lê An", "nguoi_lam_chung.1.so_dinh_danh": "038158000913"}
    citizen.post(address, {"remove": "nguoi_lam_chung.0", "seen": seen_of(page), **first, **second})
    assert [row["ho_ten"] for row in citizen.kept(draft)["nguoi_lam_chung"]] == ["LÊ AN"]


def test_an_entry_that_stayed_empty_is_no_entry(citizen: Citizen, draft: str) -> None:
    citizen.fill(draft, "noi_sinh", AT_HOME)
    pressed = citizen.fill(draft, "nguoi_lam_chung", {"nguoi_lam_chung.0.ho_ten": " "})
    assert citizen.kept(draft)["nguoi_lam_chung"] == []
    assert "/pages/nguoi_lam_chung" not in pressed.location


def test_an_entry_is_removed_by_the_number_that_was_shown(citizen: Citizen, draft: str) -> None:
    """The first of the two that were shown stayed empty."""
    citizen.fill(draft, "noi_sinh", AT_HOME)
    both = {"nguoi_lam_chung.0.ho_ten": "", "nguoi_lam_chung.1.ho_ten": "Lê An"}
    citizen.post(f"{draft}/pages/nguoi_lam_chung", {"remove": "nguoi_lam_chung.1", "seen": "9", **both})
    assert citizen.kept(draft)["nguoi_lam_chung"] == []


def test_a_gate_sends_back_before_more_is_asked(citizen: Citizen, draft: str) -> None:
    pressed = citizen.fill(draft, "cha_me", {"cha_me.da_biet": "khong_ai"})
    assert pressed.location == draft
    assert "Chưa thể nộp hồ sơ này Trẻ chưa xác định được cả cha và mẹ" in words(citizen.get(draft))


def test_a_warning_is_shown_once_and_does_not_stop(citizen: Citizen, draft: str) -> None:
    other = {**answers(citizen, "tre"), "tre.ho_theo": "khac"}
    page = citizen.get(citizen.fill(draft, "tre", other).location)
    assert "họ khác chỉ được ghi theo tập quán" in words(page)
    assert "Lỗi:" not in page.text
    assert citizen.fill(draft, "tre", other).location.endswith("/pages/noi_sinh")


# ---- as the answers stand ----


def test_fee_and_papers_follow_the_answers(citizen: Citizen, draft: str) -> None:
    """Two copies at 8.000 each; at home without a witness the parents write an affidavit."""
    citizen.fill(draft, "yeu_cau", {"yeu_cau.so_ban_sao": "2"})
    assert "Phí cấp bản sao Giấy khai sinh 16.000 đ" in words(citizen.get(draft))
    citizen.fill(draft, "noi_sinh", AT_HOME)
    assert "Giấy tờ cần đính kèm Giấy cam đoan về việc sinh" in words(citizen.get(f"{draft}/pages/tre"))


# ---- what a page does not ask ----


@pytest.mark.parametrize(
    ("page", "posted"),
    [
        ("tre", {"tre.tuoi_ngay": "99"}),  # computed
        ("noi_sinh", {"noi_sinh.loai": "tai_nha", "noi_sinh.ten_co_so": "Bệnh viện"}),  # hidden by the answer
        ("tre", {"me.ho_ten": "MẸ", "noi_sinh.dia_chi": "27 Đình Hương"}),  # other pages
        ("tre", {"account_id": "2", "edition": "x", "version": "99", "submitted_case": "x", "channel": "counter"}),
        ("tre", {"tre": "x", "tre.noi_cu_tru": "x", "tre.__class__": "x", "asked": "tre.tuoi_ngay"}),
    ],
)
def test_what_a_page_does_not_ask_changes_nothing(
    citizen: Citizen, draft: str, page: str, posted: dict[str, str]
) -> None:
    """S5."""
    before = citizen.kept(draft)
    citizen.fill(draft, page, posted)
    after = citizen.kept(draft)
    assert {name: raw for name, raw in after.items() if name != page} == {n: r for n, r in before.items() if n != page}
    said = {name for name in posted if name.startswith(f"{page}.")} - {"noi_sinh.loai"}
    assert not any(name.partition(".")[2] in after.get(page, {}) for name in said if name != "tre.noi_cu_tru")
    assert isinstance(after[page].get("noi_cu_tru", {}), dict)


def test_a_page_that_the_answers_do_not_ask_is_not_there(citizen: Citizen, draft: str) -> None:
    assert citizen.get(f"{draft}/pages/me").status_code == 404
    assert citizen.get(f"{draft}/pages/khong_co").status_code == 404
    assert citizen.post(f"{draft}/pages/me", {"seen": "1"}).status_code == 404


# ---- two windows ----


def test_two_windows_on_different_pages_both_save(citizen: Citizen, draft: str) -> None:
    """Both were opened before either saved."""
    seen = seen_of(citizen.get(f"{draft}/pages/tre"))
    assert citizen.fill(draft, "tre", {"tre.ho_ten": "an"}, seen=seen).status_code == 303
    assert citizen.fill(draft, "yeu_cau", {"yeu_cau.so_ban_sao": "3"}, seen=seen).status_code == 303
    kept = citizen.kept(draft)
    assert (kept["tre"]["ho_ten"], kept["yeu_cau"]["so_ban_sao"]) == ("AN", "3")


def test_of_two_windows_on_one_page_the_later_is_told_and_keeps_its_text(citizen: Citizen, draft: str) -> None:
    seen = seen_of(citizen.get(f"{draft}/pages/tre"))
    citizen.fill(draft, "tre", {"tre.ho_ten": "an"}, seen=seen)
    late = citizen.fill(draft, "tre", {"tre.ho_ten": "bình"}, seen=seen)
    assert late.status_code == 409
    assert "Trang này vừa được lưu ở cửa sổ khác lúc 09:30" in words(late)
    assert value_of(late, "tre.ho_ten") == "BÌNH"
    assert citizen.kept(draft)["tre"]["ho_ten"] == "AN"
    citizen.fill(draft, "tre", {"tre.ho_ten": "bình"}, seen=seen_of(late))
    assert citizen.kept(draft)["tre"]["ho_ten"] == "BÌNH"


def test_the_same_page_sent_twice_is_no_quarrel(citizen: Citizen, draft: str) -> None:
    seen = seen_of(citizen.get(f"{draft}/pages/tre"))
    pressed = [citizen.fill(draft, "tre", {"tre.ho_ten": "an"}, seen=seen) for _ in range(2)]
    assert [p.status_code for p in pressed] == [303, 303]
    assert pressed[0].location == pressed[1].location


# ---- papers ----


@pytest.fixture
def born_in_hospital(citizen: Citizen, draft: str) -> str:
    citizen.fill(draft, "noi_sinh", {"noi_sinh.loai": "co_so_y_te"})
    return draft


def test_limits_are_said_before_a_file_is_sent(citizen: Citizen, born_in_hospital: str) -> None:
    assert "Nhận PDF, JPG, mỗi tệp tối đa 10 MB" in words(citizen.get(f"{born_in_hospital}/papers"))


def test_a_file_keeps_its_vietnamese_name_and_comes_back_as_a_download(citizen: Citizen, born_in_hospital: str) -> None:
    pressed = citizen.upload(born_in_hospital, "Giấy chứng sinh Đặng.pdf")
    page = citizen.get(pressed.location)
    assert "Giấy chứng sinh Đặng.pdf" in page.text
    file = re.search(rf'href="({born_in_hospital}/files/[^"]+)"', page.text)
    assert file
    sent = citizen.get(file[1])
    assert sent.data == PDF
    assert "attachment" in sent.headers["Content-Disposition"]
    assert "%C4%90%E1%BA%B7ng" in sent.headers["Content-Disposition"]
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent.headers["Content-Security-Policy"]


def test_several_files_and_one_taken_out_again(citizen: Citizen, born_in_hospital: str) -> None:
    for name in ("trang 1.pdf", "trang 2.pdf"):
        citizen.upload(born_in_hospital, name)
    page = citizen.get(f"{born_in_hospital}/papers").text
    assert "Đã có 2 tệp" in page
    remove = re.findall(r'action="([^"]+/remove)"', page)
    assert citizen.post(remove[0]).status_code == 303
    assert citizen.post(remove[0]).status_code == 303  # pressed twice
    page = citizen.get(f"{born_in_hospital}/papers").text
    assert "trang 1.pdf" not in page
    assert "trang 2.pdf" in page


def test_a_file_that_cannot_be_taken_is_told_beside_its_paper(citizen: Citizen, born_in_hospital: str) -> None:
    refused = citizen.upload(born_in_hospital, "don.pdf", b"<html><script>alert(1)</script>")
    assert refused.status_code == 422
    assert "<title>Lỗi:" in refused.text
    assert "Đuôi tên là .pdf nhưng nội dung không phải." in words(refused)
    assert citizen.post(f"{born_in_hospital}/papers", paper="giay_chung_sinh").status_code == 422


def test_a_paper_that_is_not_asked_takes_no_file(citizen: Citizen, born_in_hospital: str) -> None:
    for paper in ("cam_doan", "to_khai", "khong_co"):
        assert citizen.upload(born_in_hospital, paper=paper).status_code == 404


# ---- office, other people, the end ----


def test_the_office_of_the_residence_is_proposed_and_another_may_be_chosen(citizen: Citizen, draft: str) -> None:
    citizen.fill(draft, "tre", answers(citizen, "tre"))
    page = citizen.get(f"{draft}/office").text
    assert f'<option value="{HAM_RONG}" selected>' in page
    assert citizen.post(f"{draft}/office", receives="so_tu_phap_thanh_hoa").status_code == 422
    assert citizen.post(f"{draft}/office", receives="ubnd_xa_tho_xuan").status_code == 303
    assert "Ủy ban nhân dân xã Thọ Xuân" in words(citizen.get(f"{draft}/check"))


def test_anothers_draft_is_not_there(app: Flask, clock: HandClock, citizen: Citizen, draft: str) -> None:
    other = citizen_at(app, clock, citizen.commune.stranger(), citizen.commune)
    for page in ("", "/pages/tre", "/office", "/papers", "/check", "/drop"):
        assert other.get(f"{draft}{page}").status_code == 404
    for page in ("/pages/tre", "/office", "/papers", "/submit", "/send", "/drop"):
        assert other.post(f"{draft}{page}", {"seen": "1"}).status_code == 404


def test_a_draft_is_thrown_away_with_its_files_after_a_question(citizen: Citizen, born_in_hospital: str) -> None:
    citizen.upload(born_in_hospital)
    assert "không lấy lại được" in words(citizen.get(f"{born_in_hospital}/drop"))
    assert citizen.post(f"{born_in_hospital}/drop").location == "/cases"
    assert citizen.get(born_in_hospital).status_code == 404
    assert born_in_hospital not in citizen.get("/cases").text


def test_looking_changes_nothing(citizen: Citizen) -> None:
    draft = citizen.ready()
    before = citizen.kept(draft), citizen.shown(draft)
    pages = [draft, *(f"{draft}{p}" for p in ("/office", "/papers", "/check", "/drop", "/pages/tre?add=tre"))]
    assert [citizen.get(page).status_code for page in pages] == [200] * 6
    assert (citizen.kept(draft), citizen.shown(draft)) == before


def test_a_second_press_finds_the_draft_that_was_begun_and_not_touched(citizen: Citizen, draft: str) -> None:
    assert citizen.start() == draft
    citizen.fill(draft, "yeu_cau", {"yeu_cau.so_ban_sao": "1"})
    assert citizen.start() != draft


def test_the_pages_speak_english_too(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.get("/language/en")
    assert "Filled in, not sent" in words(citizen.get(draft))
    assert "Part 2 of 7" in words(citizen.get(f"{draft}/pages/tre"))
    assert "Send the case, fees 16.000 đ" in words(citizen.get(f"{draft}/check"))
    assert "You will be told on acceptance" in words(citizen.get(citizen.submit(draft).location))
