"""What may come at any time: an officer suspends a case or stops it, with his reason, and lets it go on again; and what
another body sends is noted. Over HTTP.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.web.desk_site import words
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

WORKFLOW = """
steps:
  tiep_nhan: {name: Tiếp nhận, role: one_stop, at: receives, actions: {nhan: {does: accept, to: cho}}}
  cho: {name: Chờ tòa án trả lời, waits_for: event, event: ended, by: specialist, clock: runs, to: ky}
  ky: {name: Ký, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
  dung: {name: Dừng giải quyết, ends: stopped}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, before: xong, does: suspend, clock: resume, asks_reason: true}
  - {id: dinh_chi, name: Đình chỉ, by: leader, before: xong, to: dung, asks_reason: true}
  - {id: rut, name: Rút hồ sơ, by: applicant, before: xong, to: dung, asks_reason: true}
"""
PROCEDURE = "time_limits: [{id: cap, within: 7 ngày làm việc}]\n"
REASON = "Quyết định 7/QĐ-THA ngày 06/10/2026"


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", workflow=WORKFLOW, procedure=PROCEDURE)


def accepted(site: SmallSite) -> tuple[str, At, At]:
    """Waiting for the court since Monday 05/10 09:00; a specialist and the leader of the office."""
    ref = site.filed()
    site.act(site.officer("Lan", "one_stop"), ref, "tiep_nhan", "nhan")
    return ref, site.officer("Minh", "specialist"), site.officer("Hưng", "leader")


def test_a_suspension_asks_its_reason_and_the_text_is_kept(site: SmallSite) -> None:
    ref, specialist, _ = accepted(site)
    page = specialist.get(f"/desk/cases/{ref}")
    assert f'href="/desk/cases/{ref}/interrupts/ke_bien"' in page.text
    asked = words(specialist.get(f"/desk/cases/{ref}/interrupts/ke_bien"))
    assert "Thời hạn đứng lại và không ai xử lý được hồ sơ, cho đến khi được tiếp tục." in asked
    answer = specialist.send(f"/desk/cases/{ref}/interrupts/ke_bien", reason="  ")
    assert answer.status_code == 422
    assert 'href="#reason">Hãy nêu lý do.' in answer.text
    assert len(site.record(ref).events) == 2


def test_while_suspended_everybody_reads_since_when_why_and_by_whom_and_nobody_acts(
    site: SmallSite, clock: HandClock
) -> None:
    """Suspended on Tuesday 06/10 (day 1), lifted on Tuesday 13/10: six of seven days are left, until 21/10."""
    ref, specialist, leader = accepted(site)
    clock.set(datetime(2026, 10, 6, 9, 0))
    specialist, leader = site.again(specialist), site.again(leader)
    answer = specialist.send(f"/desk/cases/{ref}/interrupts/ke_bien", reason=REASON)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/cases/{ref}")
    read = words(leader.get(f"/desk/cases/{ref}"))
    assert "Hồ sơ đang tạm dừng: Văn bản kê biên Từ thứ Ba, 06/10/2026, 09:00, Minh tạm dừng. Cơ quan: Xã An." in read
    assert REASON in read
    assert "Dừng, còn 6 ngày làm việc" in read
    assert "Hồ sơ đang tạm dừng. Không ai xử lý được" in read
    assert "Cho tiếp tục xử lý" not in read
    assert "Cho tiếp tục xử lý" in words(specialist.get(f"/desk/cases/{ref}"))
    told = words(site.applicant().get(f"/cases/{ref}"))
    assert "Từ thứ Ba, 06/10/2026, 09:00, hồ sơ tạm dừng vì: Văn bản kê biên. Nơi tạm dừng: Xã An." in told
    assert f"{REASON} Thời gian tạm dừng không tính vào thời hạn." in told
    assert specialist.post(f"/desk/cases/{ref}/waits/cho", seen=3, reason="Công văn 5").status_code == 409
    clock.set(datetime(2026, 10, 13, 9, 0))
    specialist, leader = site.again(specialist), site.again(leader)
    assert leader.send(f"/desk/cases/{ref}/lifts/ke_bien").status_code == 409
    answer = specialist.send(f"/desk/cases/{ref}/lifts/ke_bien", reason="Đã giải tỏa kê biên")
    assert answer.status_code == 302
    read = words(specialist.get(f"/desk/cases/{ref}"))
    assert "Hồ sơ đang tạm dừng" not in read
    assert "thứ Tư, 21/10/2026, 17:00" in read
    assert "Cho tiếp tục: Văn bản kê biên Minh · 09:00, 13/10/2026 Lý do: Đã giải tỏa kê biên" in read
    assert "Hồ sơ được giải quyết tiếp" in words(site.applicant().get(f"/cases/{ref}"))


def test_a_stop_ends_the_case_with_its_reason(site: SmallSite) -> None:
    ref, _, leader = accepted(site)
    asked = words(leader.get(f"/desk/cases/{ref}/interrupts/dinh_chi"))
    assert "Hồ sơ kết thúc: Dừng giải quyết." in asked
    assert leader.send(f"/desk/cases/{ref}/interrupts/dinh_chi", reason="Bản án 9/2026").status_code == 302
    assert site.seen(ref).state.outcome == "stopped"
    assert "Bản án 9/2026" in words(site.applicant().get(f"/cases/{ref}"))


def test_a_withdrawal_asks_its_reason_where_the_workflow_does(site: SmallSite) -> None:
    ref, _, _ = accepted(site)
    applicant = site.applicant()
    assert "không bắt buộc" not in words(applicant.get(f"/cases/{ref}/withdraw")).lower()
    answer = applicant.send(f"/cases/{ref}/withdraw", way="rut", reason=" ")
    assert answer.status_code == 422
    assert 'href="#reason">Hãy nêu lý do.' in answer.text
    assert applicant.send(f"/cases/{ref}/withdraw", way="rut", reason="Đã bán nhà").status_code == 303
    assert site.seen(ref).events[-1].data["reason"] == "Đã bán nhà"


def test_only_the_role_in_the_office_that_has_the_case_interrupts_and_lifts(site: SmallSite) -> None:
    ref, specialist, leader = accepted(site)
    for other, name in ((leader, "ke_bien"), (specialist, "dinh_chi"), (specialist, "khong-co"), (leader, "rut")):
        assert other.get(f"/desk/cases/{ref}/interrupts/{name}").status_code == 409
        assert other.post(f"/desk/cases/{ref}/interrupts/{name}", seen=2, reason="Thử").status_code == 409
        assert other.post(f"/desk/cases/{ref}/lifts/{name}", seen=2, reason="Thử").status_code == 409
    elsewhere = site.officer("Xa", "specialist", "leader", agency="xa_binh")
    assert elsewhere.get(f"/desk/cases/{ref}/interrupts/ke_bien").status_code == 404
    assert elsewhere.post(f"/desk/cases/{ref}/interrupts/ke_bien", seen=2, reason="Thử").status_code == 404
    assert specialist.post(f"/desk/cases/{ref}/interrupts/ke_bien", reason="Thử").status_code == 400
    assert len(site.record(ref).events) == 2


def test_of_a_suspension_and_a_stop_at_once_one_wins_and_the_other_keeps_his_text(site: SmallSite) -> None:
    ref, specialist, leader = accepted(site)
    seen = site.record(ref).version
    answer = specialist.post(f"/desk/cases/{ref}/interrupts/ke_bien", seen=seen, reason=REASON)
    assert answer.status_code == 302
    answer = leader.post(f"/desk/cases/{ref}/interrupts/dinh_chi", seen=seen, reason="Bản án 9/2026")
    assert answer.status_code == 409
    assert "Minh đã làm “Tạm dừng: Văn bản kê biên”" in words(answer)
    assert "Bản án 9/2026</textarea>" in answer.text
    again = specialist.post(f"/desk/cases/{ref}/interrupts/ke_bien", seen=seen, reason="Lần hai")
    assert again.status_code == 409
    assert "Lần hai" in again.text


def test_an_officer_notes_what_another_body_has_sent_and_the_case_goes_on(site: SmallSite) -> None:
    ref, specialist, leader = accepted(site)
    assert site.record(ref).number in specialist.get("/desk?show=waiting").text
    assert "Ghi nhận đã nhận" not in words(leader.get(f"/desk/cases/{ref}"))
    assert leader.post(f"/desk/cases/{ref}/waits/cho", seen=2, reason="Công văn 5").status_code == 403
    page = f"/desk/cases/{ref}"
    answer = specialist.send(page, f"{page}/waits/cho", reason=" ")
    assert answer.status_code == 422
    assert 'href="#reason">Hãy ghi văn bản đã nhận' in answer.text
    answer = specialist.send(page, f"{page}/waits/cho", reason="Công văn 5/TA ngày 05/10/2026")
    assert answer.status_code == 302
    assert [a.step for a in site.seen(ref).state.active] == ["ky"]
    read = words(leader.get(page))
    assert "Chờ tòa án trả lời: đã nhận Minh · 09:00, 05/10/2026 Công văn 5/TA ngày 05/10/2026" in read
    assert "Đã nhận văn bản đang chờ Công văn 5/TA" in words(site.applicant().get(f"/cases/{ref}"))
