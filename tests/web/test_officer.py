"""An officer's day: the inbox, a case, and what is done with it. On both databases, over HTTP."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from tests.casework.commune import ELSEWHERE, HERE, ks_1
from tests.web.conftest import token_of
from tests.web.desk_site import Desk, buttons, desk_of, press, words

from motcua.domain.event import Event
from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import HandClock
from motcua.store.cases import Standing, Task


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    clock.set(datetime(2026, 10, 6, 9, 30))
    return desk_of(app, clock)


def test_an_inbox_holds_what_the_role_may_do_in_its_own_agency(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    number = commune.record(ref).number
    mine = desk.browser(commune.desk).get("/desk")
    assert number in mine.text
    assert "Đỗ Thị Hạnh" in mine.text
    assert f'href="/desk/cases/{ref}"' in mine.text
    for other in (commune.examiner, commune.leader, commune.elsewhere):
        assert number not in desk.browser(other).get("/desk").text


def test_who_took_over_an_agency_sees_its_open_cases_and_acts_on_them(desk: Desk, clock: HandClock) -> None:
    """The former ward of Hàm Rồng ended on 30/06/2025; the ward of Hàm Rồng took over its work."""
    clock.set(datetime(2025, 6, 30, 9, 30))
    commune = desk.commune
    there = {"tinh": "38", "xa": "14755"}
    child, parent = ks_1()["tre"], ks_1()["nguoi_yeu_cau"]
    born = {**ks_1()["noi_sinh"], "xa": "14755"}
    ref = commune.submit(
        commune.draft(
            picks="ubnd_phuong_ham_rong_cu",
            tre={**child, "ngay_sinh": "20/06/2025", "noi_cu_tru": there},
            nguoi_yeu_cau={**parent, "noi_cu_tru": {**there, "chi_tiet": "12 phố Thành Công"}},
            noi_sinh=born,
        )
    ).ref
    number = commune.record(ref).number
    before = desk.browser(commune.desk)
    assert number not in before.get("/desk").text
    assert before.get(f"/desk/cases/{ref}").status_code == 404
    clock.set(datetime(2025, 7, 1, 8, 0))
    successor = desk.browser(commune.desk)
    assert number in successor.get("/desk").text
    assert "Tất cả việc cần làm (1)" in words(successor.get("/desk"))
    assert f">{number}<" in successor.get("/desk/cases", query_string={"q": number}).text
    upload = commune.seen(ref).state.papers["giay_chung_sinh"]["files"][0]
    assert successor.get(f"/desk/cases/{ref}/files/{upload}").status_code == 200
    assert desk.browser(commune.elsewhere).get(f"/desk/cases/{ref}").status_code == 404
    press(successor, ref, "tiep_nhan", "tiep_nhan", **{"facts.du_giay_to": "y", "facts.dung_nguoi": "y"})
    assert [(here.step, here.agency) for here in commune.seen(ref).state.active] == [("tham_tra", HERE)]
    assert number in desk.browser(commune.examiner).get("/desk").text


def test_the_head_of_the_desk_names_officer_agency_and_roles(desk: Desk) -> None:
    both = desk.officer("Hồ Ý", "hoy.hamrong", HERE, "one_stop", "leader")
    page = words(desk.browser(both).get("/desk"))
    assert "Hồ Ý Ủy ban nhân dân phường Hàm Rồng Cán bộ bộ phận một cửa, Lãnh đạo cơ quan" in page


def test_lateness_is_counted_by_word_and_narrows_the_list(desk: Desk, clock: HandClock) -> None:
    """Filed Tuesday 09:30, eight office hours: due Wednesday 09:30. Near from four hours before: Tuesday 15:30."""
    commune = desk.commune
    first = commune.record(commune.filed())
    browser = desk.browser(commune.desk)
    assert "Còn hạn (1)" in words(browser.get("/desk"))
    clock.set(datetime(2026, 10, 6, 15, 31))
    second = commune.record(commune.filed())
    browser = desk.browser(commune.desk)
    page = words(browser.get("/desk"))
    assert "Quá hạn (0) Sắp đến hạn (1) Còn hạn (1) Đang chờ người khác (0)" in page
    assert page.index(first.number) < page.index(second.number)
    near = browser.get("/desk?show=near").text
    assert first.number in near
    assert second.number not in near
    clock.set(datetime(2026, 10, 7, 9, 31))
    browser = desk.browser(commune.desk)
    assert "Quá hạn (1) Sắp đến hạn (0) Còn hạn (1)" in words(browser.get("/desk"))
    assert first.number in browser.get("/desk?show=late").text


def test_of_very_many_lines_the_inbox_says_so(desk: Desk) -> None:
    """Of a thousand and more: over 999."""
    commune = desk.commune
    record = commune.record(commune.filed())
    step = Task("tiep_nhan", record.events[0].at, "one_stop", HERE, datetime(2026, 10, 6, 9, 0, tzinfo=HCM))
    with commune.office.store.transaction() as books:
        event = Event(2, record.events[0].at, "late", "clock", (), {})
        books.cases.save(record, [event], Standing(tasks=[step] * 1_000, agencies=[HERE]))
    browser = desk.browser(commune.desk)
    assert "Tất cả việc cần làm (hơn 999) Quá hạn (hơn 999) Sắp đến hạn (0)" in words(browser.get("/desk"))
    browser.get("/language/en")
    assert "(over 999)" in words(browser.get("/desk"))


def test_what_waits_for_the_citizen_is_seen_apart(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", reason="Ảnh mờ", asks=["paper.giay_chung_sinh"])
    browser = desk.browser(commune.desk)
    assert "Tất cả việc cần làm (0)" in words(browser.get("/desk"))
    waiting = words(browser.get("/desk?show=waiting"))
    assert commune.record(ref).number in waiting
    assert "Chờ người nộp bổ sung" in waiting


def test_a_long_inbox_goes_on_page_by_page(desk: Desk) -> None:
    commune = desk.commune
    for _ in range(51):
        commune.filed_at_once()
    browser = desk.browser(commune.desk)
    first = browser.get("/desk").text
    found = re.search(r'href="(/desk\?after=[^"]+)"', first)
    assert found
    second = browser.get(found[1].replace("&amp;", "&")).text
    assert first.count("desk-next") == 50
    assert second.count("desk-next") == 1
    assert browser.get("/desk?after=nonsense").status_code == 404


def test_a_case_is_found_by_the_end_of_its_number_or_a_name_without_marks(desk: Desk) -> None:
    commune = desk.commune
    number = commune.record(commune.filed()).number
    here, there = desk.browser(commune.leader), desk.browser(commune.elsewhere)
    for asked in (number[-4:], number, "do thi hanh", "HẠNH", "hanh"):
        assert number in here.get("/desk/cases", query_string={"q": asked}).text.replace(f'value="{asked}"', "")
        assert f">{number}<" not in there.get("/desk/cases", query_string={"q": asked}).text
    assert "Không có hồ sơ nào khớp" in words(here.get("/desk/cases?q=khong+co+ai"))
    assert here.get("/desk/cases").status_code == 200


def test_a_case_shows_papers_answers_deadline_and_what_each_action_leads_to(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    browser = desk.browser(commune.desk)
    page = browser.get(f"/desk/cases/{ref}")
    read = words(page)
    assert buttons(page, ref) == {"tiep_nhan/tiep_nhan", "tiep_nhan/bo_sung", "tiep_nhan/tu_choi"}
    assert "Giấy chứng sinh 1 bản chính, 0 bản sao Giấy chứng sinh.pdf" in read
    assert "Gia đình thuộc hộ nghèo Không" in read
    assert "Số nhà, đường, thôn, tổ dân phố 12 phố Thành Công" in read
    assert "Phí cấp bản sao Giấy khai sinh 16.000 đ" in read
    assert "Đến hạn thứ Tư, 07/10/2026, 09:30" in read
    assert "thứ Ba, 06/10/2026, 09:30 Nhận hồ sơ. Bắt đầu tính 8 giờ làm việc." in read
    assert "chuyển sang bước “Thẩm tra”." in read
    assert "Người nộp có 7 ngày làm việc để bổ sung." in read
    assert "Người nộp sẽ đọc lý do này. Cần khi chọn: Yêu cầu bổ sung, Từ chối tiếp nhận." in read
    assert "Chưa tiếp nhận nên chưa có ngày hẹn" in read


def test_no_is_told_from_not_answered(desk: Desk) -> None:
    commune = desk.commune
    asked = {**ks_1()["nguoi_yeu_cau"], "email": ""}
    ref = commune.submit(commune.draft(nguoi_yeu_cau=asked)).ref
    read = words(desk.browser(commune.desk).get(f"/desk/cases/{ref}"))
    assert "Tôi là người khuyết tật Không" in read
    assert "Thư điện tử Chưa trả lời" in read


def test_one_who_may_only_look_sees_no_button(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    page = desk.browser(commune.leader).get(f"/desk/cases/{ref}")
    assert buttons(page, ref) == set()
    assert "Bạn chỉ xem được" in words(page)


def test_a_case_goes_its_way_from_acceptance_to_the_result(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    number = commune.record(ref).number
    clerk, examiner, leader = (desk.browser(o) for o in (commune.desk, commune.examiner, commune.leader))
    ways = (
        (clerk, "tiep_nhan", "tiep_nhan", {"facts.du_giay_to": "y", "facts.dung_nguoi": "y"}),
        (examiner, "tham_tra", "dat", {"facts.ghi_chu": "Khớp giấy chứng sinh"}),
        (leader, "ky", "ky", {}),
        (clerk, "tra_ket_qua", "tra", {}),
    )
    for browser, step, action, fields in ways:
        answer = press(browser, ref, step, action, **fields)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/desk")
        assert f"Hồ sơ {number}:" in words(browser.get("/desk"))
    read = words(clerk.get(f"/desk/cases/{ref}"))
    assert commune.seen(ref).state.outcome == "granted"
    assert "H56.102-2026-00001" in read
    assert "Ý kiến thẩm tra Khớp giấy chứng sinh" in read
    assert "Đủ giấy tờ, đọc được Có" in read
    assert "Ký: Ký kết quả Lê Quốc Hưng · 09:30, 06/10/2026" in read
    assert "Hồ sơ đã kết thúc. Không còn việc phải làm." in read


def test_every_fault_is_told_and_what_was_typed_is_kept(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.accepted()
    browser = desk.browser(commune.examiner)
    typed = {"facts.nghi_van": "y", "facts.noi_dung_xac_minh": "", "facts.ghi_chu": "Hỏi lại <b>phường</b>"}
    answer = press(browser, ref, "tham_tra", "xac_minh", reason="Đang nghĩ", **typed)
    assert answer.status_code == 422
    assert "<title>Lỗi:" in answer.text
    assert 'href="#facts.noi_dung_xac_minh"' in answer.text
    assert "Hỏi lại &lt;b&gt;phường&lt;/b&gt;" in answer.text
    assert re.search(r'id="facts.nghi_van"[^>]* checked', answer.text)
    assert "Đang nghĩ" in answer.text
    assert len(commune.record(ref).events) == 2


def test_a_supplement_needs_what_and_why_and_keeps_the_ticks(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    browser = desk.browser(commune.desk)
    without_reason = press(browser, ref, "tiep_nhan", "bo_sung", asks=["tre.ho_ten", "paper.giay_chung_sinh"])
    assert without_reason.status_code == 422
    assert re.search(r'value="tre.ho_ten" checked', without_reason.text)
    assert re.search(r'value="paper.giay_chung_sinh" checked', without_reason.text)
    without_ticks = press(browser, ref, "tiep_nhan", "bo_sung", reason="Thiếu", asks=["tre.khong_co", "paper.to_khai"])
    assert without_ticks.status_code == 422
    assert "Hãy chọn ít nhất một mục" in words(without_ticks)
    assert press(browser, ref, "tiep_nhan", "bo_sung", reason="Ảnh mờ", asks=["tre.ho_ten"]).status_code == 302
    asked = commune.seen(ref).state.asked
    assert asked is not None
    assert (asked.items, asked.reason) == (("tre.ho_ten",), "Ảnh mờ")


def test_what_the_supplement_changed_is_marked_beside_what_stood_there(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    commune.act(
        commune.desk, ref, "tiep_nhan", "bo_sung", reason="Sai tên", asks=["tre.ho_ten", "paper.giay_chung_sinh"]
    )
    draft = commune.supplement(ref, papers=["giay_chung_sinh"], tre={"ho_ten": "LÊ ĐỨC ÂN"})
    commune.supplied(draft)
    read = words(desk.browser(commune.desk).get(f"/desk/cases/{ref}"))
    assert "Họ, chữ đệm, tên LÊ ĐỨC ÂN Đã sửa Trước đó: LÊ ĐỨC AN" in read
    assert read.count("Đã sửa Trước đó") == 1
    assert read.count("Mới bổ sung") == 1
    assert "Yêu cầu bổ sung: Họ, chữ đệm, tên; Giấy chứng sinh Lý do: Sai tên" in read


def test_text_that_is_not_needed_is_pointed_out_and_not_dropped(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.accepted()
    browser = desk.browser(commune.examiner)
    answer = press(browser, ref, "tham_tra", "dat", **{"facts.noi_dung_xac_minh": "Hỏi công an"})
    assert answer.status_code == 422
    assert "“Nội dung phải xác minh” không cần với những gì đã chọn." in words(answer)
    assert "Hỏi công an" in answer.text


def test_a_step_that_comes_back_offers_what_its_form_decides_anew(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.examined()
    commune.act(commune.leader, ref, "ky", "tra_lai", reason="Xem lại nơi cư trú")
    browser = desk.browser(commune.examiner)
    page = browser.get(f"/desk/cases/{ref}")
    assert {"tham_tra/dat", "tham_tra/xac_minh"} <= buttons(page, ref)
    typed = {"facts.nghi_van": "y", "facts.noi_dung_xac_minh": "Nơi cư trú của mẹ"}
    assert press(browser, ref, "tham_tra", "xac_minh", **typed).status_code == 302
    assert [here.step for here in commune.seen(ref).state.active] == ["xac_minh"]


def test_the_second_of_two_sees_who_did_what_and_keeps_his_text(desk: Desk, clock: HandClock) -> None:
    """R4"""
    commune = desk.commune
    colleague = desk.officer("Bùi Thị Mận", "buithiman.hamrong", HERE, "one_stop")
    ref = commune.filed()
    seen = commune.record(ref).version
    clock.set(datetime(2026, 10, 6, 9, 41))
    assert press(desk.browser(colleague), ref, "tiep_nhan", "tu_choi", reason="Không đúng thủ tục").status_code == 302
    clock.set(datetime(2026, 10, 6, 9, 42))
    late = press(
        desk.browser(commune.desk), ref, "tiep_nhan", "bo_sung", seen=seen, reason="Thiếu chữ ký", asks=["tre"]
    )
    assert late.status_code == 409
    read = words(late)
    assert "Bùi Thị Mận đã làm “Tiếp nhận hồ sơ: Từ chối tiếp nhận” lúc thứ Ba, 06/10/2026, 09:41." in read
    assert "Lý do: Không đúng thủ tục" in read
    assert "Thiếu chữ ký" in late.text
    assert f'href="/desk/cases/{ref}"' in late.text
    assert commune.seen(ref).state.outcome == "not_accepted"


def test_a_text_that_may_still_be_sent_stands_in_its_place_with_the_new_version(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    seen = commune.record(ref).version
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    commune.act(commune.examiner, ref, "tham_tra", "tra_lai", reason="Thiếu giấy")
    late = press(desk.browser(commune.desk), ref, "tiep_nhan", "tu_choi", seen=seen, reason="Sai nơi nộp")
    assert late.status_code == 409
    assert "Sai nơi nộp</textarea>" in late.text
    assert f'name="seen" value="{commune.record(ref).version}"' in late.text
    assert buttons(late, ref) == {"tiep_nhan/tiep_nhan", "tiep_nhan/bo_sung", "tiep_nhan/tu_choi"}


def test_an_action_that_is_not_offered_and_a_step_that_is_anothers_are_told_apart(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    early = press(desk.browser(commune.leader), ref, "ky", "ky", reason="Đồng ý")
    assert early.status_code == 409
    assert "Thao tác này không còn làm được" in words(early)
    assert "Đồng ý</textarea>" in early.text
    others = press(desk.browser(commune.leader), ref, "tiep_nhan", "tiep_nhan", reason="Nhận thay")
    assert others.status_code == 403
    assert "Bạn không được làm bước này" in words(others)
    assert "Nhận thay</textarea>" in others.text


def test_a_form_without_the_version_is_no_form_of_ours(desk: Desk) -> None:
    commune = desk.commune
    ref = commune.filed()
    browser = desk.browser(commune.desk)
    token = token_of(browser.get(f"/desk/cases/{ref}"))
    for seen in ({}, {"seen": "x"}):
        sent = {"csrf_token": token, **seen}
        assert browser.client.post(f"/desk/cases/{ref}/steps/tiep_nhan/tiep_nhan", data=sent).status_code == 400
    assert commune.record(ref).version == 1


def test_another_agencys_case_is_as_if_it_were_not_there(desk: Desk) -> None:
    """S4: address, act and file."""
    commune = desk.commune
    ref = commune.filed()
    with commune.office.store.reading() as books:
        upload = books.uploads.of_case(ref)[0].id
    browser = desk.browser(commune.elsewhere)
    assert commune.elsewhere.agency == ELSEWHERE
    nowhere = "x" * len(ref)
    for theirs, nothing in (
        (f"/desk/cases/{ref}", f"/desk/cases/{nowhere}"),
        (f"/desk/cases/{ref}/files/{upload}", f"/desk/cases/{nowhere}/files/{upload}"),
    ):
        pages = [browser.get(address) for address in (theirs, nothing)]
        assert [page.status_code for page in pages] == [404, 404]
        assert _plain(pages[0].text, ref, nowhere) == _plain(pages[1].text, ref, nowhere)
    acts = [press(browser, case, "tiep_nhan", "tiep_nhan", seen=1) for case in (ref, nowhere)]
    assert [act.status_code for act in acts] == [404, 404]
    assert _plain(acts[0].text, ref, nowhere) == _plain(acts[1].text, ref, nowhere)
    assert commune.record(ref).version == 1


def _plain(page: str, *refs: str) -> str:
    for ref in refs:
        page = page.replace(ref, "")
    return re.sub(r'value="[^"]{40,}"', "", page)


def test_a_paper_goes_out_as_a_download_under_its_own_name(desk: Desk) -> None:
    commune = desk.commune
    draft = commune.draft(without="")
    ref = commune.submit(draft).ref
    with commune.office.store.reading() as books:
        upload = books.uploads.of_case(ref)[0]
    answer = desk.browser(commune.examiner).get(f"/desk/cases/{ref}/files/{upload.id}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.data) == upload.size
    other = commune.filed()
    assert desk.browser(commune.desk).get(f"/desk/cases/{other}/files/{upload.id}").status_code == 404


def test_an_officer_without_a_role_at_any_step_has_an_empty_inbox(desk: Desk) -> None:
    desk.commune.filed()
    browser = desk.browser(desk.officer("Vũ Thị Đào", "vuthidao.hamrong", HERE, "auditor"))
    assert "Không có việc nào ở đây" in words(browser.get("/desk"))


def test_the_desk_is_closed_to_citizens(desk: Desk, app: Flask) -> None:
    office = desk.commune.office
    with office.store.transaction() as books:
        token = books.sessions.open(desk.commune.citizen.id, now=office.now(), most=office.settings.session_most)
    client = app.test_client()
    client.set_cookie("motcua", token)
    assert client.get("/desk").status_code == 403
