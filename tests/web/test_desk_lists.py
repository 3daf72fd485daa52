"""The desk's lists say what is, also while no worker is about: what time has done to a case since it was written down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from tests.web.desk_site import words
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

WORKFLOW = """
steps:
  tiep_nhan:
    name: Tiếp nhận
    role: one_stop
    at: receives
    actions: {nhan: {does: accept, to: hoi}, bo_sung: {does: ask_supplement, to: cho_bo_sung}}
  cho_bo_sung: {name: Chờ bổ sung, waits_for: supplement, within: 2 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  hoi:
    name: Lấy ý kiến
    waits_for: agencies
    asks: [{agency: xa_binh}]
    by: specialist
    within: 2 ngày làm việc
    silence: agree
    clock: runs
    to: ky
  ky: {name: Ký kết quả, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {name: Hoàn thành, ends: granted}
  het_han: {name: Dừng vì quá hạn, ends: lapsed}
interrupts: []
"""


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    return small_site(app, clock, tmp_path / "catalog", workflow=WORKFLOW)


@pytest.fixture
def clerk(site: SmallSite) -> At:
    return site.officer("Lan", "one_stop")


def test_what_has_run_out_is_shown_as_it_stands_now_before_the_worker_has_written_it_down(
    site: SmallSite, clerk: At, clock: HandClock
) -> None:
    """Asked on Monday 05/10: the two working days of the other agency end on Wednesday 07/10 17:00."""
    ref, asked = site.filed(), site.officer("Hoa", "specialist", agency="xa_binh")
    site.act(clerk, ref, "tiep_nhan", "nhan")
    number = site.record(ref).number
    assert f"{number} Cấp giấy Đỗ Thị Hạnh Lấy ý kiến 17:00, 07/10/2026" in words(asked.get("/desk"))
    clock.set(datetime(2026, 10, 8, 8, 0))
    stored = words(site.again(asked).get("/desk"))
    assert f"{number} Cấp giấy Đỗ Thị Hạnh Ký kết quả Bước trước đã hết thời hạn" in stored
    found = words(site.again(clerk).get(f"/desk/cases?q={number}"))
    assert f"{number} Cấp giấy Đỗ Thị Hạnh Ký kết quả" in found
    assert "hết thời hạn" not in found
    site.wake()
    assert number not in site.again(asked).get("/desk").text


def test_a_case_that_has_ended_by_itself_is_shown_with_its_end(site: SmallSite, clerk: At, clock: HandClock) -> None:
    ref = site.filed()
    site.act(clerk, ref, "tiep_nhan", "bo_sung", reason="Thiếu tên", asks=["don"])
    number = site.record(ref).number
    clock.set(datetime(2026, 10, 8, 8, 0))
    here = site.again(clerk)
    for page in ("/desk?show=waiting", f"/desk/cases?q={number}"):
        assert f"Dừng vì quá thời gian chờ người nộp {number} Cấp giấy Đỗ Thị Hạnh Đã kết thúc" in words(here.get(page))


def test_looking_at_what_has_run_out_costs_two_questions_to_the_database_however_many_lines(
    site: SmallSite, clerk: At, clock: HandClock
) -> None:
    for _ in range(4):
        ref = site.filed()
        site.act(clerk, ref, "tiep_nhan", "bo_sung", reason="Thiếu tên", asks=["don"])
    fresh = questions(site, clerk)
    clock.set(datetime(2026, 10, 8, 8, 0))
    assert questions(site, site.again(clerk)) == fresh + 2


def questions(site: SmallSite, who: At) -> int:
    """How many questions a list asks, at its second showing."""
    asked: list[str] = []
    who.get("/desk?show=waiting")
    engine = site.office.store.engine
    event.listen(engine, "before_cursor_execute", count := (lambda *said: asked.append(said[2])))
    try:
        assert who.get("/desk?show=waiting").text.count("desk-next") == 4
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return sum(statement.lstrip().upper().startswith("SELECT") for statement in asked)
