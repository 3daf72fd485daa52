"""From which moment a clock counts, and how it stands: several waits on end, a wait inside an extension, an end while
it stands.

October 2026 begins on a Thursday; Monday is the 5th. The office is open 07:30-11:30 and 13:00-17:00, Monday to Friday.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, moment, town

from motcua.domain.case import Case
from motcua.domain.case_clock import LimitState
from motcua.domain.refusals import NotOffered

WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
  xem:
    role: specialist
    at: decides
    actions:
      dat: {to: ky}
      bo_sung: {does: ask_supplement, to: cho_bo_sung}
      gia_han: {does: extend, by: 3 ngày làm việc, at_most: 1, to: xem}
      hai_noi: {to: song_song}
  cho_bo_sung: {waits_for: supplement, within: 30 ngày, clock: %s, to: cho, runs_out: het_han}
  cho: {waits_for: applicant, within: 2 ngày làm việc, clock: %s, to: xem, runs_out: xem}
  song_song: {fork: [mot, hai], join: ky}
  mot: {waits_for: applicant, within: 10 ngày làm việc, clock: resume, to: ky, runs_out: het_han}
  hai: {waits_for: applicant, clock: resume, to: ky, runs_out: never}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  het_han: {ends: lapsed}
interrupts: []
"""


def flow(root: Path, limit: str, clocks: tuple[str, str] = ("resume", "resume")) -> tuple[Town, Case]:
    """Accepted on Monday 05/10 at 09:00."""
    here = town(root, procedure=f"time_limits: [{{id: chinh, {limit}}}]\n", workflow=WORKFLOW % clocks)
    return here, here.act(here.file(), "tiep_nhan.nhan", "05/10/2026 09:00")


def asked(here: Town, case: Case, at: str) -> Case:
    return here.act(case, "xem.bo_sung", at, reason="Thiếu", asks=["don.ten"])


def answered(here: Town, case: Case, at: str) -> Case:
    return here.supply(case, at, {"don": {"ten": "An"}})


def chinh(case: Case, at: str) -> LimitState:
    (state,) = case.limits(moment(at))
    return state


def due(case: Case, at: str = "31/12/2026 08:00") -> str | None:
    end = chinh(case, at).due
    return end and end.strftime("%d/%m/%Y %H:%M")


# ---- from when ----


def test_what_the_citizen_sends_on_a_saturday_begins_a_limit_on_monday(tmp_path: Path) -> None:
    """Sent on Saturday 10/10: Monday 12 is day 0, the second day is Wednesday 14."""
    here, case = flow(tmp_path, "from: supplement_came, within: 2 ngày làm việc", ("runs", "runs"))
    case = answered(here, asked(here, case, "08/10/2026 10:00"), "10/10/2026 09:00")
    assert due(case) == "14/10/2026 17:00"


def test_a_window_that_a_citizen_s_act_opens_on_a_saturday_counts_from_monday(tmp_path: Path) -> None:
    here, case = flow(tmp_path, "within: 5 ngày làm việc")
    case = answered(here, asked(here, case, "08/10/2026 10:00"), "10/10/2026 09:00")
    case = case.advance(moment("20/10/2026 09:00"))
    assert case.state.done["cho"] == moment("14/10/2026 17:00")


def test_who_accepts_in_the_evening_is_told_the_due_date_of_the_clock_that_begins_next_morning(tmp_path: Path) -> None:
    here = town(tmp_path, procedure="time_limits: [{id: chinh, within: 5 ngày làm việc}]\n")
    case = here.act(here.file(at="05/10/2026 17:30"), "tiep_nhan.nhan", "05/10/2026 17:40")
    assert due(case, "05/10/2026 17:40") == "13/10/2026 17:00"  # Tuesday 06 is day 0


def test_a_promise_is_kept_only_by_what_came_after_it_began_wherever_that_counts_from(tmp_path: Path) -> None:
    """Sent in the evening and accepted at 17:40, which counts from Tuesday morning; the limit begins at 17:50."""
    here = town(
        tmp_path,
        procedure="time_limits: [{id: chinh, from: [accepted, step.ky], until: accepted, within: 5 ngày làm việc}]\n",
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: tra}}}
          tra: {role: one_stop, at: receives, actions: {tra: {to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    case = here.act(here.file(at="05/10/2026 17:30"), "tiep_nhan.nhan", "05/10/2026 17:40")
    assert chinh(here.act(case, "ky.ky", "05/10/2026 17:50"), "05/10/2026 18:00").met is None


# ---- one wait after another ----


@pytest.mark.parametrize(
    ("clocks", "day"),
    [
        (("resume", "resume"), "16/10/2026 17:00"),  # three days were used; Wednesday 14 is day 0, two are left
        (("restart", "resume"), "21/10/2026 17:00"),  # the whole five: 15, 16, 19, 20, 21
        (("resume", "restart"), "21/10/2026 17:00"),
    ],
)
def test_waits_without_a_break_count_the_whole_when_one_of_them_says_so(
    tmp_path: Path, clocks: tuple[str, str], day: str
) -> None:
    """Asked on Thursday 08/10 (day 3), answered on Monday 12; the second wait ends on Wednesday 14."""
    here, case = flow(tmp_path, "within: 5 ngày làm việc", clocks)
    case = answered(here, asked(here, case, "08/10/2026 10:00"), "12/10/2026 09:00")
    assert due(case, "13/10/2026 09:00") is None
    assert due(case.reply("cho", by="citizen:1", at=moment("14/10/2026 09:00"))) == day


# ---- extended ----


def test_the_clock_stands_inside_an_extension_as_before_it(tmp_path: Path) -> None:
    """Due on Monday 12, extended to Thursday 15; asked on Tuesday 13 (the first of three days), answered in the second
    wait on Monday 19: two days are left, 20 and 21.
    """
    here, case = flow(tmp_path, "within: 5 ngày làm việc")
    case = here.act(case, "xem.gia_han", "07/10/2026 09:00")
    assert due(case) == "15/10/2026 17:00"
    case = asked(here, case, "13/10/2026 10:00")
    assert due(case, "14/10/2026 08:00") is None
    case = answered(here, case, "16/10/2026 09:00").reply("cho", by="citizen:1", at=moment("19/10/2026 09:00"))
    assert due(case) == "21/10/2026 17:00"


def test_a_clock_that_counts_the_whole_again_counts_the_extension_too(tmp_path: Path) -> None:
    """Day 0 is Monday 19: five days to the 26th, three more to the 29th."""
    here, case = flow(tmp_path, "within: 5 ngày làm việc", ("restart", "resume"))
    case = asked(here, here.act(case, "xem.gia_han", "07/10/2026 09:00"), "13/10/2026 10:00")
    case = answered(here, case, "16/10/2026 09:00").reply("cho", by="citizen:1", at=moment("19/10/2026 09:00"))
    assert due(case) == "29/10/2026 17:00"


def test_the_ledger_says_from_when_it_was_extended(tmp_path: Path) -> None:
    here, case = flow(tmp_path, "within: 5 ngày làm việc")
    case = here.act(case, "xem.gia_han", "07/10/2026 09:00")
    told = [line.text() for line in chinh(case, "08/10/2026 09:00").deadline.ledger]
    assert "Gia hạn từ thứ Hai, 12/10/2026, 17:00: thêm 3 ngày làm việc" in told


# ---- ended ----


def test_a_case_that_lapses_while_its_clock_stands_was_not_late(tmp_path: Path) -> None:
    """Two waits that stop the clock from Tuesday 06 on; one of them runs out and ends the case."""
    here, case = flow(tmp_path, "within: 5 ngày làm việc")
    case = here.act(case, "xem.hai_noi", "06/10/2026 09:00").advance(moment("31/12/2026 08:00"))
    assert (case.state.outcome, chinh(case, "31/12/2026 08:00").late(moment("31/12/2026 08:00"))) == ("lapsed", False)


def test_a_day_that_is_past_is_not_put_off_by_a_finding_that_would_have_given_more_time(tmp_path: Path) -> None:
    """Due on Monday 12/10. On the 13th the officer finds that it was a hard case, of fifteen days, and puts it off."""
    here = town(
        tmp_path,
        procedure="""
        time_limits: [{id: chinh, within: [{when: "has(step.xem.kho) && step.xem.kho", is: 15 ngày làm việc}, {else: 5 ngày làm việc}]}]
        """,
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
          xem:
            role: specialist
            at: decides
            checklist: [{id: kho, name: Khó}]
            actions: {dat: {to: ky}, gia_han: {does: extend, by: 3 ngày làm việc, to: xem}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    case = here.act(here.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    with pytest.raises(NotOffered):
        here.act(case, "xem.gia_han", "13/10/2026 09:00", facts={"kho": "có"}, reason="Hồ sơ khó")
