"""What officers arrange between them and with the applicant: originals that change hands, who does a step, and a time for
an inspection. Over HTTP.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.web.desk_site import words
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

PROCEDURE = """
agencies: {receives: {agency: xa_an}, decides: {agency: xa_binh}}
papers: [{id: gcn, name: Giấy chứng nhận gốc, original: 1, optional: true}]
"""
WORKFLOW = """
steps:
  tiep_nhan:
    name: Tiếp nhận
    role: one_stop
    at: receives
    hands_over: [gcn]
    actions: {nhan: {does: accept, to: phan_cong}, tra: {does: refuse, to: tu_choi}}
  phan_cong: {name: Phân công, role: leader, at: decides, picks: xem, actions: {giao: {name: Giao việc, to: xem}}}
  xem: {name: Thẩm định, role: specialist, at: decides, actions: {dat: {name: Đạt, to: hen}}}
  hen: {name: Kiểm tra thực địa, waits_for: appointment, place: site, by: specialist, offers: 2, confirm: 2 ngày làm việc, clock: runs, to: kiem_tra}
  kiem_tra: {name: Kiểm tra, role: specialist, at: decides, actions: {dat: {to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
  tu_choi: {name: Từ chối, ends: refused}
interrupts: []
"""


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", workflow=WORKFLOW, procedure=PROCEDURE)


@pytest.fixture
def people(site: SmallSite) -> dict[str, At]:
    return staff(site)


def staff(site: SmallSite) -> dict[str, At]:
    return {
        "desk": site.officer("Lan", "one_stop"),
        "head": site.officer("Hưng", "leader", agency="xa_binh"),
        "an": site.officer("Trần An", "specialist", agency="xa_binh"),
        "ba": site.officer("Lê Ba", "specialist", agency="xa_binh"),
    }


def given(site: SmallSite, people: dict[str, At]) -> str:
    """Accepted at An, on its way to Bình with the original."""
    ref = site.filed()
    assert press(people["desk"], ref, "tiep_nhan", "nhan", hands="y") == 302
    return ref


def picked(site: SmallSite, people: dict[str, At]) -> str:
    ref, head = given(site, people), people["head"]
    assert head.send(f"/desk/cases/{ref}", f"/desk/cases/{ref}/waits/phan_cong").status_code == 302
    assert press(head, ref, "phan_cong", "giao", picks=people["an"].officer.login) == 302
    return ref


def arranging(site: SmallSite, people: dict[str, At]) -> str:
    ref = picked(site, people)
    assert press(people["an"], ref, "xem", "dat") == 302
    return ref


def press(who: At, ref: str, step: str, action: str, **fields: str) -> int:
    page = f"/desk/cases/{ref}"
    return who.send(page, f"{page}/steps/{step}/{action}", **fields).status_code


def offer(who: At, ref: str, *slots: str) -> int:
    page = f"/desk/cases/{ref}"
    return who.send(page, f"{page}/waits/hen", slots=list(slots)).status_code


# ---- originals ----


def test_who_sends_originals_on_says_so_and_the_box_stays_ticked(site: SmallSite, people: dict[str, At]) -> None:
    ref, desk = site.filed(), people["desk"]
    page = f"/desk/cases/{ref}"
    assert "Bản giấy đi cùng hồ sơ Giấy chứng nhận gốc" in words(desk.get(page))
    answer = desk.send(page, f"{page}/steps/tiep_nhan/nhan", reason="Ghi chú")
    assert answer.status_code == 422
    assert 'href="#hands">Hãy đánh dấu là đã bàn giao' in answer.text
    answer = desk.send(page, f"{page}/steps/tiep_nhan/tra", hands="y")
    assert answer.status_code == 422
    assert 'name="hands" value="y" checked' in answer.text
    assert len(site.record(ref).events) == 1


def test_the_other_agency_confirms_the_originals_before_it_works(site: SmallSite, people: dict[str, At]) -> None:
    ref, head = given(site, people), people["head"]
    page = f"/desk/cases/{ref}"
    assert site.record(ref).number in head.get("/desk").text
    shown = words(head.get(page))
    assert "Nhận bản giấy: Phân công Xã An báo đã bàn giao các bản giấy sau." in shown
    assert "Giao việc" not in shown
    assert press(head, ref, "phan_cong", "giao", picks=people["an"].officer.login) == 409
    for other in (people["an"], people["desk"]):
        assert "Nhận bản giấy" not in words(other.get(page))
        assert other.post(f"{page}/waits/phan_cong", seen=2).status_code == 403
    answer = head.send(page, f"{page}/waits/phan_cong", reason="Rách một góc")
    assert (answer.status_code, answer.location) == (302, page)
    read = words(head.get(page))
    assert "Giao việc" in read
    assert "Phân công: đã nhận bản giấy Hưng · 09:00, 05/10/2026 Rách một góc" in read
    assert "Bàn giao cho Xã Bình: Giấy chứng nhận gốc" in read
    assert head.post(f"{page}/waits/phan_cong", seen=3).status_code == 409
    assert "Cơ quan giải quyết đã nhận bản giấy" in words(site.applicant().get(f"/cases/{ref}"))


# ---- assignment ----


def test_a_head_picks_among_those_who_can_do_it(site: SmallSite, people: dict[str, At]) -> None:
    ref, head = given(site, people), people["head"]
    page = f"/desk/cases/{ref}"
    head.send(page, f"{page}/waits/phan_cong")
    shown = words(head.get(page))
    assert "Người xử lý bước tiếp theo Hãy chọn Trần An (trnan.xabinh) Lê Ba (lba.xabinh)" in shown
    assert "Lan (" not in shown
    answer = head.send(page, f"{page}/steps/phan_cong/giao")
    assert answer.status_code == 422
    assert 'href="#picks">Hãy chọn người xử lý bước tiếp theo.' in answer.text
    assert press(head, ref, "phan_cong", "giao", picks=people["desk"].officer.login) == 422
    assert press(head, ref, "phan_cong", "giao", picks="khong.co") == 422
    assert press(head, ref, "phan_cong", "giao", picks=people["an"].officer.login) == 302
    assert "Phân công: Giao việc Hưng · 09:00, 05/10/2026 Giao cho Trần An" in words(head.get(page))
    number = site.record(ref).number
    assert f"{number} Cấp giấy Đỗ Thị Hạnh Thẩm định" in words(people["an"].get("/desk"))
    assert number not in people["ba"].get("/desk").text
    assert number in head.get("/desk?show=waiting").text
    assert "Đạt" in words(people["an"].get(page))
    assert "Bạn chỉ xem được" in words(people["ba"].get(page))
    seen = site.record(ref).version
    assert people["ba"].post(f"{page}/steps/xem/dat", seen=seen).status_code == 403


def test_the_head_gives_a_waiting_step_to_another_when_somebody_is_away(site: SmallSite, people: dict[str, At]) -> None:
    ref, head, ba = picked(site, people), people["head"], people["ba"]
    page, login = f"/desk/cases/{ref}", ba.officer.login
    assert "Thẩm định: giao cho Trần An Giao cho người khác Hãy chọn Lê Ba" in words(head.get(page))
    assert "Giao cho người khác" not in words(ba.get(page))
    assert ba.post(f"{page}/picks/xem", seen=4, picks=login).status_code == 403
    with site.office.store.transaction() as books:
        books.accounts.change(people["an"].officer.account, disabled_at=site.office.now())
    assert "Người này hiện không làm được bước này" in words(head.get(page))
    answer = head.send(page, f"{page}/picks/xem", picks="")
    assert answer.status_code == 422
    assert 'href="#picks-xem">Hãy chọn người xử lý bước tiếp theo.' in answer.text
    stale = head.post(f"{page}/picks/xem", seen=3, picks=login)
    assert stale.status_code == 409
    assert head.send(page, f"{page}/picks/xem", picks=login).status_code == 302
    assert "Giao lại: Thẩm định Hưng · 09:00, 05/10/2026 Giao cho Lê Ba" in words(head.get(page))
    assert press(ba, ref, "xem", "dat") == 302
    assert "Lê Ba" not in words(site.applicant().get(f"/cases/{ref}"))


# ---- appointments ----


def test_an_office_offers_times_and_the_applicant_takes_one(site: SmallSite, people: dict[str, At]) -> None:
    ref, an, applicant = arranging(site, people), people["an"], site.applicant()
    assert site.record(ref).number in an.get("/desk").text
    assert "Cơ quan sẽ đưa ra giờ hẹn để bạn chọn." in words(applicant.get(f"/cases/{ref}"))
    assert offer(an, ref, "8/10/2026 8h30", "09/10/2026 14:00") == 302
    assert "Không có việc nào ở đây" in words(an.get("/desk"))
    page = applicant.get(f"/cases/{ref}")
    assert "Nếu bạn không chọn trước thứ Tư, 07/10/2026, 17:00 thì giờ đầu tiên là giờ hẹn." in words(page)
    assert "Chọn thứ Năm, 08/10/2026, 08:30 Chọn thứ Sáu, 09/10/2026, 14:00" in words(page)
    assert "Đang chờ bạn" in words(applicant.get("/cases"))
    address = f"/cases/{ref}/times/hen"
    for wrong in ("2026-10-08T09:00:00+07:00", "2026-10-08T08:30:00", "ngày mai", ""):
        assert applicant.send(f"/cases/{ref}", address, slot=wrong).status_code == 409
    stale = site.record(ref).version - 1
    assert applicant.post(address, seen=stale, slot="2026-10-09T14:00:00+07:00").status_code == 409
    assert applicant.send(f"/cases/{ref}", address, slot="2026-10-09T14:00:00+07:00").status_code == 303
    read = words(applicant.get(f"/cases/{ref}"))
    assert "Đã hẹn thứ Sáu, 09/10/2026, 14:00." in read
    assert "Lịch hẹn: Kiểm tra thực địa thứ Sáu, 09/10/2026, 14:00" in read
    shown = words(an.get(f"/desk/cases/{ref}"))
    assert "Đã hẹn: Kiểm tra thực địa thứ Sáu, 09/10/2026, 14:00" in shown
    assert "Kiểm tra thực địa: đã chọn giờ hẹn Đỗ Thị Hạnh" in shown


def test_times_that_cannot_be_kept_are_told_and_what_was_typed_stays(site: SmallSite, people: dict[str, At]) -> None:
    ref, an = arranging(site, people), people["an"]
    page = f"/desk/cases/{ref}"
    for typed, told in (
        (["10/10/2026 09:00"], "Giờ hẹn phải trong giờ làm việc của cơ quan."),
        (["04/10/2026 09:00"], "Giờ hẹn phải ở sau lúc này."),
        (["sáng thứ Năm", "08/10/2026 08:00"], "“Giờ hẹn” phải là ngày và giờ"),
        (["", " "], "Hãy nhập ít nhất một giờ hẹn."),
    ):
        answer = an.send(page, f"{page}/waits/hen", slots=typed)
        assert answer.status_code == 422
        assert f'href="#slot-1">{told}' in answer.text
        assert all(f'value="{slot}"' in answer.text for slot in typed if slot.strip())
    seen = site.record(ref).version
    assert people["head"].post(f"{page}/waits/hen", seen=seen, slots=["08/10/2026 08:00"]).status_code == 403


def test_where_the_applicant_is_silent_the_first_time_stands_and_a_late_choice_is_told_so(
    site: SmallSite, people: dict[str, At], clock: HandClock
) -> None:
    ref, applicant = arranging(site, people), site.applicant()
    assert offer(people["an"], ref, "08/10/2026 08:30", "09/10/2026 14:00") == 302
    clock.set(datetime(2026, 10, 7, 17, 1))
    applicant = site.applicant()
    seen = site.record(ref).version
    late = applicant.post(f"/cases/{ref}/times/hen", seen=seen, slot="2026-10-09T14:00:00+07:00")
    assert late.status_code == 409
    read = words(applicant.get(f"/cases/{ref}"))
    assert "Lịch hẹn: Kiểm tra thực địa thứ Năm, 08/10/2026, 08:30" in read
