"""Each kind of wait runs out by itself: with the worker at work, and with the worker stopped so that only the next look
finds it. The state shown, its date (the end itself, never the moment of looking) and what is said are the same.

The ends are counted by hand; office hours 07:30-11:30, 13:00-17:00, Monday to Friday; 05/10/2026 is a Monday.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from tests.small_catalog import moment
from tests.stories.seen_case import DeskPage, words
from tests.web.small_site import At, SmallSite, small_site

from motcua.casework.deliver import deliver
from motcua.casework.offer_times import offer_times
from motcua.gateways.clock import HandClock
from motcua.web.letters import in_words
from motcua.web.theme import THEME

MAIL = "hanh@nguoidan.example"
ACCEPT: tuple[str, str, dict[str, Any]] = ("tiep_nhan", "nhan", {})

#: Accepted, then it waits at `cho`, then the leader signs.
ONE_WAIT = """\
steps:
  tiep_nhan: {{role: one_stop, at: receives,{form} actions: {{nhan: {{does: accept, to: cho}}}}}}
  cho: {cho}
  ky: {{name: Ký giấy, role: leader, at: decides, actions: {{ky: {{does: sign, to: xong}}, tu_choi: {{does: refuse, to: tu_choi}}}}}}
  xong: {{ends: granted}}
  tu_choi: {{ends: refused}}
  het_han: {{ends: lapsed}}
  da_rut: {{ends: withdrawn}}
"""


@dataclass(frozen=True)
class Wait:
    """`at` is when the last of `acts` begins the wait, `ends` when it runs out; `stands` is what the applicant reads
    then, `history` the officer's line, `notice` what is said, if anything.
    """

    name: str
    at: str
    acts: tuple[tuple[str, str, dict[str, Any]], ...]
    ends: str
    stands: str
    history: str
    notice: str | None
    files: dict[str, str] = field(default_factory=dict)


def waiting(cho: str, *, form: str = "", **more: str) -> dict[str, str]:
    return {"workflow": ONE_WAIT.format(cho=cho, form=form), **more}


ASKS = "{{name: Chờ ý kiến, waits_for: agencies, asks: [{{agency: xa_binh}}], within: 2 ngày làm việc, silence: {}, clock: runs, to: ky}}"
FEE = "fees: [{id: le_phi, name: Lệ phí, kind: le_phi, due: accepted, amount: 50.000}]"

WAITS = [
    Wait(
        "supplement",  # Tuesday 06: 07 (1), 08, 09 (3), 12, 13, 14, Thursday 15 (7)
        at="06/10/2026 09:00",
        acts=(("tiep_nhan", "bo_sung", {"asks": ["don.ten"], "reason": "Chưa ghi tên"}),),
        ends="15/10/2026 17:00",
        stands="Dừng vì quá thời gian chờ người nộp",
        history="Chờ bổ sung: hết thời gian",
        notice="dừng vì quá thời gian chờ bạn. Thời gian chờ đã hết lúc thứ Năm, 15/10/2026, 17:00.",
        files={
            "workflow": """\
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}, bo_sung: {does: ask_supplement, to: cho}}}
  cho: {name: Chờ bổ sung, waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  het_han: {ends: lapsed}
interrupts: []
"""
        },
    ),
    Wait(
        "payment",  # Tuesday 06, 5 days: Sunday 11, so Monday 12
        at="06/10/2026 09:00",
        acts=(ACCEPT,),
        ends="12/10/2026 17:00",
        stands="Dừng vì quá thời gian chờ người nộp",
        history="Chờ nộp lệ phí: hết thời gian",
        notice="dừng vì quá thời gian chờ bạn. Thời gian chờ đã hết lúc thứ Hai, 12/10/2026, 17:00.",
        files=waiting(
            "{name: Chờ nộp lệ phí, waits_for: payment, fees: [le_phi], within: 5 ngày, clock: resume, to: ky, runs_out: het_han}",
            procedure=FEE,
        ),
    ),
    Wait(
        "the applicant's word",  # Friday 09 10:00, 24 hours: Saturday 10:00, so Monday 12 at opening
        at="09/10/2026 10:00",
        acts=(ACCEPT,),
        ends="12/10/2026 07:30",
        stands="Ký giấy",
        history="Chờ xác nhận bản thảo: hết thời gian",
        notice="thời gian chờ đã hết lúc thứ Hai, 12/10/2026, 07:30 nên hồ sơ tự chuyển bước.",
        files=waiting(
            "{name: Chờ xác nhận bản thảo, waits_for: applicant, within: 24 giờ, clock: runs, to: ky, runs_out: ky}"
        ),
    ),
    Wait(
        "silence that agrees",  # Wednesday 07: 08 (1), Friday 09 (2)
        at="07/10/2026 10:00",
        acts=(ACCEPT,),
        ends="09/10/2026 17:00",
        stands="Ký giấy",
        history="Xã Bình không trả lời trong hạn: coi như đồng ý",
        notice="Đã có ý kiến của các cơ quan.",
        files=waiting(
            ASKS.format("agree"),
            procedure="notices: [{upon: step.cho, to: [applicant], by: [portal, email], message: Đã có ý kiến của các cơ quan.}]",
        ),
    ),
    Wait(
        "silence that objects",
        at="07/10/2026 10:00",
        acts=(ACCEPT,),
        ends="09/10/2026 17:00",
        stands="Ký giấy",
        history="Xã Bình không trả lời trong hạn: coi như không đồng ý",
        notice=None,
        files=waiting(ASKS.format("object")),
    ),
    Wait(
        "silence that is only late",
        at="07/10/2026 10:00",
        acts=(ACCEPT,),
        ends="09/10/2026 17:00",
        stands="Chờ ý kiến",
        history="",
        notice=None,
        files=waiting(ASKS.format("late")),
    ),
    Wait(
        "another body's message, until a day",
        at="06/10/2026 09:00",
        acts=(("tiep_nhan", "nhan", {"facts": {"han": "13/10/2026"}}),),
        ends="13/10/2026 17:00",
        stands="Không được giải quyết",
        history="Chờ công văn của Tòa án: hết thời gian",
        notice="không được giải quyết. Thời gian chờ đã hết lúc thứ Ba, 13/10/2026, 17:00.",
        files=waiting(
            "{name: Chờ công văn của Tòa án, waits_for: event, event: ended, within: {at: step.tiep_nhan.han}, clock: resume, to: ky, runs_out: tu_choi}",
            form=" form: noi_bo/hen,",
            **{
                "forms/noi_bo/hen.yaml": """\
title: Hẹn
type: object
required: [han]
properties: {han: {type: string, format: date, title: Chờ đến hết ngày}}
"""
            },
        ),
    ),
    Wait(
        "the choice of a time",  # Tuesday 06, 1 working day: Wednesday 07; the first time that was offered stands
        at="06/10/2026 09:00",
        acts=(ACCEPT, ("cho", "offer", {"slots": ["08/10/2026 09:00", "09/10/2026 14:00"]})),
        ends="07/10/2026 17:00",
        stands="Ký giấy",
        history="Hẹn giờ kiểm tra: đã chọn giờ hẹn",
        notice="giờ hẹn là thứ Năm, 08/10/2026, 09:00.",
        files=waiting(
            "{name: Hẹn giờ kiểm tra, waits_for: appointment, place: site, by: one_stop, offers: 3, "
            "confirm: 1 ngày làm việc, clock: runs, to: ky}"
        ),
    ),
    Wait(
        "the applicant's papers",  # Tuesday 06: 07 (1), 08, Friday 09 (3)
        at="06/10/2026 09:00",
        acts=(ACCEPT,),
        ends="09/10/2026 17:00",
        stands="Không được giải quyết",
        history="Chờ báo cáo khắc phục: hết thời gian",
        notice="không được giải quyết. Thời gian chờ đã hết lúc thứ Sáu, 09/10/2026, 17:00.",
        files=waiting(
            "{name: Chờ báo cáo khắc phục, waits_for: applicant, sends: [bao_cao], within: 3 ngày làm việc, "
            "clock: resume, to: ky, runs_out: tu_choi}",
            procedure="papers: [{id: bao_cao, name: Báo cáo khắc phục, original: 1, optional: true}]",
        ),
    ),
    Wait(
        "a limit whose end grants",  # Tuesday 06: 07 (1), 08, 09, 12, Tuesday 13 (5)
        at="06/10/2026 09:00",
        acts=(ACCEPT,),
        ends="13/10/2026 17:00",
        stands="Đã có kết quả",
        history="Trả lời: hết thời gian",
        notice="thời hạn trả lời đã hết lúc thứ Ba, 13/10/2026, 17:00; theo quy định, yêu cầu được coi là đã chấp thuận.",
        files={
            "procedure": "time_limits: [{id: tra_loi, name: Trả lời, within: 5 ngày làm việc, runs_out: dong_y_ngam}]",
            "workflow": """\
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}}}
  ky: {name: Ký giấy, role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  dong_y_ngam: {ends: granted, silent: true}
interrupts: []
""",
        },
    ),
]


@pytest.mark.parametrize("worker", ["at work", "stopped"])
@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.name)
def test_a_wait_runs_out_at_its_end(app: Flask, clock: HandClock, tmp_path: Path, wait: Wait, worker: str) -> None:
    site = small_site(app, clock, tmp_path / "catalog", **wait.files)
    story = begun(site, wait)
    ends = moment(wait.ends)
    clock.set(ends - timedelta(minutes=1))
    story.has_not_happened()
    if worker == "at work":
        work(site)
        clock.set(ends + timedelta(minutes=1))
        work(site)
    clock.set(ends + timedelta(days=3, hours=2))
    story.has_happened(wait, ends)
    for _ in range(2):  # a worker that was stopped comes back; one that was not has nothing left to do
        work(site)
    story.has_happened(wait, ends)
    happened_once(site, story.ref, wait, ends)


@dataclass(frozen=True)
class Story:
    """A case that waits, and an officer who looks at it."""

    site: SmallSite
    ref: str
    officer: At

    def has_not_happened(self) -> None:
        """A minute before: the last that is told of is what somebody did."""
        assert "Hệ thống ·" not in words(self.desk)

    def has_happened(self, wait: Wait, ends: datetime) -> None:
        """Days after: where the case stands, and that it came there at the end, not now."""
        day, mine = f"{ends:%H:%M, %d/%m/%Y}", words(self.site.applicant().get(f"/cases/{self.ref}").text)
        assert wait.stands in DeskPage.read(self.desk).state
        assert wait.stands in mine
        if wait.history:
            assert f"{wait.history} Hệ thống · {day}" in words(self.desk)
            assert day in mine
        else:
            assert f"Quá hạn trả lời – phải trả lời trước {day}" in words(self.desk)

    @property
    def desk(self) -> str:
        return self.site.again(self.officer).get(f"/desk/cases/{self.ref}").text


def happened_once(site: SmallSite, ref: str, wait: Wait, ends: datetime) -> None:
    """Kept as one event of the clock, dated by the end; told once, by the same words, on every channel."""
    events = [event for event in site.seen(ref).events if event.by == "clock"]
    assert [event.at for event in events] == ([ends] if wait.history else [])
    letters = [letter.text for letter in site.office.mail.letters() if wait.notice and wait.notice in letter.text]
    assert len(letters) == (1 if wait.notice else 0)
    shown = words(site.applicant().get("/notices").text)
    assert shown.count(wait.notice) == 1 if wait.notice else "Hệ thống" not in shown


def begun(site: SmallSite, wait: Wait) -> Story:
    """Filed on Monday morning; the last act begins the wait."""
    with site.office.store.transaction() as books:
        books.accounts.change(site.citizen.id, email=MAIL)
    ref = site.filed(don={"ten": "Giấy"})
    site.clock.set(moment(wait.at))
    desk = site.officer("Phạm Văn Nam", "one_stop")
    for step, action, said in wait.acts:
        if action == "offer":
            offer(site, desk, ref, step, said["slots"])
        else:
            site.act(desk, ref, step, action, **said)
    return Story(site, ref, desk)


def offer(site: SmallSite, desk: At, ref: str, step: str, slots: list[str]) -> None:
    seen = site.record(ref).version
    offer_times(site.office, ref, step, seen=seen, by=desk.officer, slots=[moment(slot) for slot in slots])


def work(site: SmallSite) -> None:
    """One look of the worker: what ran out has its effect, messages leave."""
    site.wake()
    office = site.office
    deliver(office.store, in_words(site.app.extensions[THEME].words), office.mail, office.sms, office.clock)
