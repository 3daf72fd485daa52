"""What a workflow waits for from the applicant: papers that he sends, and his word. Over HTTP."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from tests.casework.commune import PDF
from tests.web.desk_site import words
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

PROCEDURE = """
papers:
  - {id: don, name: Đơn, original: 1, from_form: true}
  - {id: bao_cao, name: Báo cáo khắc phục, original: 1, files: [pdf], when: has(step.xem.du) && !step.xem.du}
"""
WORKFLOW = """
steps:
  tiep_nhan: {name: Tiếp nhận, role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
  xem:
    name: Kiểm tra
    role: specialist
    at: decides
    checklist: [{id: du, name: Đủ}]
    actions:
      thieu: {name: Yêu cầu khắc phục, to: cho_bao_cao, when: "!step.xem.du"}
      hoi: {name: Hỏi người nộp, to: hoi_lai, when: step.xem.du}
  cho_bao_cao: {name: Chờ báo cáo khắc phục, waits_for: applicant, sends: [bao_cao], within: 5 ngày làm việc, clock: resume, to: hoi_lai, runs_out: dung}
  hoi_lai:
    name: Chờ người nộp xác nhận nội dung
    waits_for: applicant
    within: 3 ngày làm việc
    clock: resume
    actions:
      dung: {name: Nội dung đúng, to: cho_lam}
      sai: {name: Cần sửa, asks_reason: true, to: xem}
    runs_out: dung
  cho_lam: {name: Chờ người nộp cắm mốc, waits_for: applicant, clock: resume, to: ky, runs_out: never}
  ky: {name: Ký, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
  dung: {name: Dừng vì quá hạn, ends: lapsed}
interrupts: []
"""


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", workflow=WORKFLOW, procedure=PROCEDURE)


def waiting(site: SmallSite, *, enough: bool) -> tuple[str, At]:
    """The case waits for the applicant since Monday 05/10 09:00: for the report, or for his word when it is enough."""
    ref = site.filed()
    site.act(site.officer("Lan", "one_stop"), ref, "tiep_nhan", "nhan")
    specialist = site.officer("Minh", "specialist")
    site.act(specialist, ref, "xem", "hoi" if enough else "thieu", facts={"du": enough})
    return ref, site.applicant()


def test_the_applicant_sends_the_papers_that_the_workflow_waits_for(site: SmallSite) -> None:
    """Five working days from Monday: until Monday 12/10 17:00."""
    ref, applicant = waiting(site, enough=False)
    assert "Đang chờ bạn" in words(applicant.get("/cases"))
    page = words(applicant.get(f"/cases/{ref}"))
    assert "Hồ sơ đang chờ bạn gửi giấy tờ Báo cáo khắc phục Hạn của bạn: thứ Hai, 12/10/2026, 17:00." in page
    draft = str(applicant.post(f"/cases/{ref}/supplement").location)
    assert "Báo cáo khắc phục" in words(applicant.get(f"{draft}/papers"))
    early = applicant.post(f"{draft}/send", declaration="y")
    assert early.status_code == 422
    assert "Hãy đính kèm “Báo cáo khắc phục”." in words(early)
    bad = applicant.post(f"{draft}/papers", paper="bao_cao", file=(BytesIO(b"MZ"), "bao_cao.exe"))
    assert bad.status_code == 422
    assert applicant.post(f"{draft}/papers", paper="don", file=(BytesIO(PDF), "don.pdf")).status_code == 404
    sent = applicant.post(f"{draft}/papers", paper="bao_cao", file=(BytesIO(PDF), "báo cáo.pdf"))
    assert sent.status_code == 303
    done = applicant.post(f"{draft}/send", declaration="y")
    assert (done.status_code, done.location) == (303, f"/cases/{ref}")
    assert [a.step for a in site.seen(ref).state.active] == ["hoi_lai"]
    read = words(applicant.get(f"/cases/{ref}"))
    assert "báo cáo.pdf" in read
    assert "Bạn đã gửi giấy tờ đang chờ" in read
    assert applicant.post(f"{draft}/send", declaration="y").location == f"/cases/{ref}"
    assert "báo cáo.pdf" in words(site.officer("Sáu", "specialist").get(f"/desk/cases/{ref}"))


def test_papers_after_the_window_are_not_taken(site: SmallSite, clock: HandClock) -> None:
    ref, applicant = waiting(site, enough=False)
    draft = str(applicant.post(f"/cases/{ref}/supplement").location)
    applicant.post(f"{draft}/papers", paper="bao_cao", file=(BytesIO(PDF), "báo cáo.pdf"))
    clock.set(datetime(2026, 10, 12, 17, 1))
    applicant = site.applicant()
    assert applicant.post(f"{draft}/send", declaration="y").status_code == 409
    assert "Dừng vì quá thời gian chờ người nộp" in words(applicant.get(f"/cases/{ref}"))


def test_the_applicant_answers_with_one_of_the_answers_that_the_step_names(site: SmallSite) -> None:
    ref, applicant = waiting(site, enough=True)
    page = applicant.get(f"/cases/{ref}")
    assert "Chờ người nộp xác nhận nội dung Hồ sơ đang chờ bạn trả lời. Hạn của bạn: thứ Năm, 08/10/2026" in words(page)
    address = f"/cases/{ref}/replies/hoi_lai"
    answer = applicant.send(f"/cases/{ref}", address, action="sai", reason=" ")
    assert answer.status_code == 422
    assert "Hãy nêu lý do." in words(answer)
    assert applicant.send(f"/cases/{ref}", address, action="khong-co").status_code == 409
    assert applicant.send(f"/cases/{ref}", address, action="sai", reason="Sai số nhà").status_code == 303
    assert [a.step for a in site.seen(ref).state.active] == ["xem"]
    read = words(site.officer("Sáu", "specialist").get(f"/desk/cases/{ref}"))
    assert "Chờ người nộp xác nhận nội dung: Cần sửa Đỗ Thị Hạnh · 09:00, 05/10/2026 Lý do: Sai số nhà" in read


def test_where_the_workflow_names_no_answer_the_applicant_says_that_it_is_done(site: SmallSite) -> None:
    ref, applicant = waiting(site, enough=True)
    applicant.send(f"/cases/{ref}", f"/cases/{ref}/replies/hoi_lai", action="dung")
    assert "Tôi đã làm xong" in words(applicant.get(f"/cases/{ref}"))
    seen = site.record(ref).version
    assert applicant.post(f"/cases/{ref}/replies/cho_lam", seen=seen - 1).status_code == 409
    assert applicant.post(f"/cases/{ref}/replies/cho_lam", seen=seen).status_code == 303
    assert [a.step for a in site.seen(ref).state.active] == ["ky"]
    assert applicant.post(f"/cases/{ref}/replies/ky", seen=seen + 1).status_code == 409
