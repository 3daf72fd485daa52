"""Agencies that are asked: who finds the request, what he may answer, what the asking office sees, and what silence has
said. Over HTTP.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.small_catalog import pages
from tests.web.desk_site import words
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

FORM = pages("""
    don:
      type: object
      title: Đơn
      properties:
        vung: {type: array, title: Vùng, items: {type: string, enum: [di_san, de], labels: {di_san: Di sản, de: Đê}}}
""")
WORKFLOW = """
steps:
  tiep_nhan: {name: Tiếp nhận, role: one_stop, at: receives, actions: {nhan: {does: accept, to: hoi}}}
  hoi:
    name: Lấy ý kiến
    waits_for: agencies
    asks: [{agency: xa_binh, when: "'di_san' in don.vung"}, {agency: xa_chau, when: "'de' in don.vung"}]
    by: specialist
    within: 2 ngày làm việc
    silence: agree
    clock: runs
    to: ky
  ky: {name: Ký, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
interrupts: []
"""
AGENCIES = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01"}
  - {id: xa_binh, code: H56.02, name: Xã Bình, kind: ubnd_xa, level: commune, area: "02"}
  - {id: xa_chau, code: H56.03, name: Xã Châu, kind: ubnd_xa, level: commune, area: "03"}
"""
BOTH = {"vung": ["di_san", "de"]}


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", form=FORM, workflow=WORKFLOW, agencies=AGENCIES)


def asked(site: SmallSite) -> tuple[str, At, At, At]:
    """A case about which Bình and Châu are asked since Monday 05/10 09:00; the desk of An, and a specialist of each."""
    clerk = site.officer("Lan", "one_stop", "leader")
    ref = site.filed(don=BOTH)
    site.act(clerk, ref, "tiep_nhan", "nhan")
    binh, chau = (site.officer(name, "specialist", agency=a) for name, a in (("Hoa", "xa_binh"), ("Đức", "xa_chau")))
    return ref, clerk, binh, chau


def test_whoever_answers_for_an_agency_that_was_asked_finds_it_in_his_inbox(site: SmallSite) -> None:
    """Two working days from Monday: until Wednesday 07/10 17:00."""
    ref, clerk, binh, _ = asked(site)
    number = site.record(ref).number
    mine = words(binh.get("/desk"))
    assert f"{number} Cấp giấy Đỗ Thị Hạnh Lấy ý kiến 17:00, 07/10/2026" in mine
    for other in (site.officer("Tư", "leader", "one_stop", agency="xa_binh"), clerk):
        assert number not in other.get("/desk").text
    assert number in clerk.get("/desk?show=waiting").text


def test_who_was_asked_sees_the_case_and_answers_and_the_asking_office_reads_it(site: SmallSite) -> None:
    ref, clerk, binh, _ = asked(site)
    page = words(binh.get(f"/desk/cases/{ref}"))
    assert "Trả lời thay cơ quan: Lấy ý kiến Hạn: thứ Tư, 07/10/2026, 17:00." in page
    answer = binh.send(f"/desk/cases/{ref}", f"/desk/cases/{ref}/waits/hoi", opinion="object", reason="Sát thành cổ")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk")
    assert f"Đã gửi ý kiến về hồ sơ {site.record(ref).number}." in words(binh.get("/desk"))
    read = words(clerk.get(f"/desk/cases/{ref}"))
    assert "Không trả lời trong hạn được coi là đồng ý." in read
    assert "Xã Bình Không đồng ý Sát thành cổ 09:00, 05/10/2026 Hoa" in read
    assert "Xã Châu Chưa trả lời – chờ đến 17:00, 07/10/2026" in read
    assert "Xã Bình: không đồng ý Hoa · 09:00, 05/10/2026 Sát thành cổ" in read


def test_the_last_answer_lets_the_case_go_on(site: SmallSite) -> None:
    ref, clerk, binh, chau = asked(site)
    for who in (binh, chau):
        assert who.send(f"/desk/cases/{ref}", f"/desk/cases/{ref}/waits/hoi", opinion="agree").status_code == 302
    assert [a.step for a in site.seen(ref).state.active] == ["ky"]
    assert site.record(ref).number in clerk.get("/desk").text
    assert "Xã Bình Đồng ý" in words(binh.get(f"/desk/cases/{ref}"))


def test_an_objection_without_words_and_no_choice_at_all_are_told_and_kept(site: SmallSite) -> None:
    ref, _, binh, _ = asked(site)
    answer = binh.send(f"/desk/cases/{ref}", f"/desk/cases/{ref}/waits/hoi", opinion="object", reason=" ")
    assert answer.status_code == 422
    assert 'href="#reason">Hãy nêu lý do.' in answer.text
    assert 'value="object" checked' in answer.text
    answer = binh.send(f"/desk/cases/{ref}", f"/desk/cases/{ref}/waits/hoi", reason="Còn xem <b>đã</b>")
    assert answer.status_code == 422
    assert 'href="#opinion-agree">Hãy chọn đồng ý hoặc không đồng ý.' in answer.text
    assert "Còn xem &lt;b&gt;đã&lt;/b&gt;</textarea>" in answer.text
    assert len(site.record(ref).events) == 2


def test_another_role_another_agency_and_another_step_are_refused(site: SmallSite) -> None:
    ref, clerk, binh, _ = asked(site)
    others = (
        (site.officer("Tư", "leader", "one_stop", agency="xa_binh"), 403),
        (site.officer("Sáu", "specialist"), 409),
        (clerk, 409),
    )
    for other, status in others:
        assert "Trả lời thay cơ quan" not in other.get(f"/desk/cases/{ref}").text
        assert other.post(f"/desk/cases/{ref}/waits/hoi", seen=2, opinion="agree").status_code == status
    for step in ("ky", "xong", "khong-co"):
        assert binh.post(f"/desk/cases/{ref}/waits/{step}", seen=2, opinion="agree").status_code == 409
    assert binh.post(f"/desk/cases/{ref}/waits/hoi", opinion="agree").status_code == 400
    assert len(site.record(ref).events) == 2


@pytest.mark.parametrize("woken", [False, True])
def test_an_answer_after_silence_is_told_what_silence_has_said(site: SmallSite, clock: HandClock, woken: bool) -> None:
    """Whether the worker has written it down yet or not."""
    ref, clerk, binh, chau = asked(site)
    seen = site.record(ref).version
    chau.post(f"/desk/cases/{ref}/waits/hoi", seen=seen, opinion="agree")
    clock.set(datetime(2026, 10, 8, 8, 0))
    if woken:
        site.wake()
    binh = site.again(binh)
    answer = binh.post(
        f"/desk/cases/{ref}/waits/hoi", seen=site.record(ref).version, opinion="object", reason="Sát thành cổ"
    )
    assert answer.status_code == 409
    told = words(answer)
    assert "Cơ quan của bạn không trả lời trước thứ Tư, 07/10/2026, 17:00 nên được coi là đồng ý." in told
    assert "Sát thành cổ" in answer.text
    read = words(site.again(clerk).get(f"/desk/cases/{ref}"))
    assert "Xã Bình Đồng ý Không trả lời trong hạn 17:00, 07/10/2026" in read
    assert "Xã Bình không trả lời trong hạn: coi như đồng ý Hệ thống" in read


def test_of_two_colleagues_at_once_one_answers_and_the_other_keeps_his_text(site: SmallSite) -> None:
    ref, _, binh, _ = asked(site)
    colleague = site.officer("Bảy", "specialist", agency="xa_binh")
    seen = site.record(ref).version
    assert binh.post(f"/desk/cases/{ref}/waits/hoi", seen=seen, opinion="agree").status_code == 302
    answer = colleague.post(f"/desk/cases/{ref}/waits/hoi", seen=seen, opinion="object", reason="Khoan đã")
    assert answer.status_code == 409
    assert "Hoa đã làm “Xã Bình: đồng ý”" in words(answer)
    assert "Khoan đã" in answer.text
    assert colleague.post(f"/desk/cases/{ref}/waits/hoi", seen=seen + 1, opinion="agree").status_code == 409
    assert len(site.seen(ref).state.opinions["hoi"]) == 1
