"""Windows that end while something else is under way: another branch, another agency's silence, a suspension.

October 2026 begins on a Thursday; Monday is the 5th. The office is open 07:30-11:30 and 13:00-17:00, Monday to Friday.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, moment, officer, town

from motcua.domain.case import Case
from motcua.domain.refusals import NotOffered

DESK = "tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: %s}}}"
ENDS = """
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  het_han: {ends: lapsed}
  da_rut: {ends: withdrawn}
interrupts:
  - {id: rut, name: Rút, by: applicant, to: da_rut}
  - {id: ke_bien, name: Kê biên, by: specialist, does: suspend, clock: resume}
"""
TWO_ARE_ASKED = """
  hoi:
    waits_for: agencies
    asks: [{agency: xa_an}, {agency: xa_binh}]
    within: 1 ngày làm việc
    silence: agree
    clock: runs
    to: ky
"""
#: At Bình the office is closed on Tuesday 06/10.
CALENDAR = {
    "workflows/calendar.yaml": """
    agencies: {xa_binh: {days_off: [{date: 06/10/2026, name: Bảo trì}]}}
    """
}


def flow(root: Path, first: str, steps: str, **more: str) -> Town:
    return town(root, workflow=f"steps:\n  {DESK % first}\n{steps.strip(chr(10))}{ENDS}", **more)


def accepted(here: Town, **don: object) -> Case:
    """On Monday 05/10 at 09:00."""
    return here.act(here.file(), "tiep_nhan.nhan", "05/10/2026 09:00")


def at(case: Case) -> set[tuple[str, str | None]]:
    return {(active.step, active.agency) for active in case.state.active}


def suspended(case: Case, since: str) -> Case:
    return case.interrupt("ke_bien", who="specialist", by="officer:x", at=moment(since), reason="Tòa án")


# ---- joins ----

TWO_FORKS = """
  mot: {fork: [xem, cho], join: hai}
  xem: {role: specialist, at: decides, actions: {dat: {to: hai}}}
  cho: {waits_for: applicant, clock: runs, to: hai, runs_out: never}
  hai: {fork: [ve, nop], join: ky}
  ve: {role: specialist, at: decides, actions: {dat: {to: ky}}}
  nop: {waits_for: applicant, clock: runs, to: ky, runs_out: never}
"""


def test_a_join_that_forks_again_waits_for_the_last_branch_too(tmp_path: Path) -> None:
    here = flow(tmp_path, "mot", TWO_FORKS)
    case = here.act(accepted(here), "xem.dat", "05/10/2026 10:00")
    assert at(case) == {("cho", "xa_an")}
    assert {step for step, _ in at(case.reply("cho", by="citizen:1", at=moment("06/10/2026 09:00")))} == {"ve", "nop"}


def test_a_join_with_nothing_to_wait_for_is_passed_only_by_the_last_branch(tmp_path: Path) -> None:
    steps = TWO_FORKS.replace(
        "hai: {fork: [ve, nop], join: ky}",
        "hai: {waits_for: payment, fees: [phi], clock: runs, to: ky, runs_out: never}",
    )
    steps = "\n".join(line for line in steps.splitlines() if not line.startswith(("  ve:", "  nop:")))
    here = flow(tmp_path, "mot", steps, procedure="fees: [{id: phi, kind: phi, due: accepted, amount: 0}]")
    case = here.act(accepted(here), "xem.dat", "05/10/2026 10:00")
    assert at(case) == {("cho", "xa_an")}
    assert at(case.reply("cho", by="citizen:1", at=moment("06/10/2026 09:00"))) == {("ky", "xa_an")}


# ---- windows of several ----


def test_each_agency_is_silent_at_the_end_of_its_own_window(tmp_path: Path) -> None:
    """Asked on Monday: An's day ends on Tuesday, Bình's, which rests on Tuesday, on Wednesday."""
    here = flow(tmp_path, "hoi", TWO_ARE_ASKED, **CALENDAR)
    case = accepted(here).advance(moment("07/10/2026 10:00"))
    assert at(case) == {("hoi", "xa_binh")}
    case = case.answer("hoi", by=officer("leader", agency="xa_binh"), at=moment("07/10/2026 10:00"), opinion="agree")
    assert [(said["agency"], said["opinion"]) for said in case.state.opinions["hoi"]] == [
        ("xa_an", "agree"),
        ("xa_binh", "agree"),
    ]


def test_a_window_that_ran_out_in_another_branch_leaves_the_supplement_open(tmp_path: Path) -> None:
    here = flow(
        tmp_path,
        "mot",
        """
  mot: {fork: [xem, cho], join: ky}
  xem: {role: specialist, at: decides, actions: {dat: {to: ky}, bo_sung: {does: ask_supplement, to: cho_bo_sung}}}
  cho_bo_sung: {waits_for: supplement, within: 10 ngày làm việc, clock: runs, to: xem, runs_out: het_han}
  cho: {waits_for: applicant, within: 1 ngày làm việc, clock: runs, to: ky, runs_out: ky}
""",
    )
    case = here.act(accepted(here), "xem.bo_sung", "05/10/2026 10:00", reason="Thiếu", asks=["don.ten"])
    case = case.advance(moment("08/10/2026 09:00"))
    assert at(case) == {("cho_bo_sung", "xa_an")}
    assert at(here.supply(case, "08/10/2026 09:00", {"don": {"ten": "An"}})) == {("xem", "xa_an")}


# ---- a suspended case ----


def test_a_citizen_s_window_does_not_stand_while_the_case_is_suspended(tmp_path: Path) -> None:
    """Semantics 8: citizens' windows never stand; and 9: it is dated by its end."""
    here = flow(
        tmp_path,
        "cho",
        "  cho: {waits_for: applicant, within: 1 ngày làm việc, clock: runs, to: ky, runs_out: het_han}",
    )
    case = suspended(accepted(here), "05/10/2026 10:00").advance(moment("09/10/2026 09:00"))
    assert (case.state.outcome, case.state.ended_at) == ("lapsed", moment("06/10/2026 17:00"))


def test_the_window_of_an_agency_that_may_not_answer_meanwhile_stands(tmp_path: Path) -> None:
    """Asked and suspended on Monday 05/10, lifted on Thursday: the one day ends on Friday."""
    here = flow(tmp_path, "hoi", TWO_ARE_ASKED)
    case = suspended(accepted(here), "05/10/2026 10:00").advance(moment("08/10/2026 09:00"))
    assert at(case) == {("hoi", "xa_an"), ("hoi", "xa_binh")}
    case = case.lift("ke_bien", who="specialist", by="officer:x", at=moment("08/10/2026 09:00"))
    assert case.advance(moment("12/10/2026 09:00")).state.done["hoi"] == moment("09/10/2026 17:00")


def test_a_case_that_ended_while_it_was_suspended_is_not_lifted(tmp_path: Path) -> None:
    here = flow(tmp_path, "ky", "")
    case = suspended(accepted(here), "05/10/2026 10:00")
    case = case.interrupt("rut", who="applicant", by="citizen:1", at=moment("05/10/2026 11:00"))
    with pytest.raises(NotOffered):
        case.lift("ke_bien", who="specialist", by="officer:x", at=moment("06/10/2026 09:00"))
