"""Notices under an account: an officer finds what his agency was told, a citizen what happened to his case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.web.desk_site import words
from tests.web.small_site import SmallSite, small_site

from motcua.gateways.clock import HandClock

PROCEDURE = """
time_limits: [{id: cap, within: 7 ngày làm việc}]
notices: [{upon: accepted, to: [agency.receives], by: [portal], message: Mở sổ theo dõi.}]
"""
WORKFLOW = """
steps:
  tiep_nhan: {name: Tiếp nhận, role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}}}
  ky: {name: Ký, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, before: xong, does: suspend, clock: resume, asks_reason: true}
"""


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", procedure=PROCEDURE, workflow=WORKFLOW)


def test_an_officer_finds_what_his_agency_was_told_and_goes_to_the_case(site: SmallSite) -> None:
    clerk, elsewhere = site.officer("Lan", "one_stop"), site.officer("Xa", "one_stop", agency="xa_binh")
    ref = site.filed()
    site.act(clerk, ref, "tiep_nhan", "nhan")
    site.deliver()
    assert "Thông báo 1" in words(clerk.get("/desk"))
    page = clerk.get("/notices")
    assert f"Báo tin về hồ sơ {site.record(ref).number} Mới" in words(page)
    assert "Mở sổ theo dõi." in words(page)
    assert f'href="/desk/cases/{ref}"' in page.text
    assert clerk.post("/notices/read").status_code == 303
    assert "Mới" not in words(clerk.get("/notices"))
    assert "Chưa có thông báo nào." in words(elsewhere.get("/notices"))


def test_the_applicant_is_told_when_his_case_is_suspended_and_when_work_goes_on(
    site: SmallSite, clock: HandClock
) -> None:
    """Accepted Monday 05/10, suspended on Tuesday (day 1), lifted a week later: six days are left, until 21/10."""
    ref, specialist = site.filed(), site.officer("Minh", "specialist")
    site.act(site.officer("Lan", "one_stop"), ref, "tiep_nhan", "nhan")
    clock.set(datetime(2026, 10, 6, 9, 0))
    specialist = site.again(specialist)
    specialist.send(f"/desk/cases/{ref}/interrupts/ke_bien", reason="Quyết định 7/QĐ-THA")
    clock.set(datetime(2026, 10, 13, 9, 0))
    specialist = site.again(specialist)
    specialist.send(f"/desk/cases/{ref}/lifts/ke_bien", reason="Đã giải tỏa")
    site.deliver()
    told = words(site.applicant().get("/notices"))
    assert "tạm dừng giải quyết. Thời gian này không tính vào thời hạn. Lý do: Quyết định 7/QĐ-THA" in told
    assert "được giải quyết tiếp. Hẹn trả kết quả: thứ Tư, 21/10/2026, 17:00. Lý do: Đã giải tỏa" in told
