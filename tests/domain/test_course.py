"""The course of a case: what it passed, where it stands, what is left; forks drawn as branches that meet again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, moment, officer, pages, town

from motcua.domain.case import Case
from motcua.domain.course.course import course, plan
from motcua.domain.course.onward import Node, Split, Upcoming

FORM = pages("""
    don:
      type: object
      title: Đơn
      properties:
        vung: {type: array, title: Vùng, items: {type: string, enum: [di_san, de], labels: {di_san: Di sản, de: Đê}}}
        co_phi: {type: boolean, title: Có phí, default: true}
""")
PROCEDURE = """
fees: [{id: phi, kind: phi, due: step.ky, amount: [{when: don.co_phi, is: 75.000}, {else: 0}]}]
time_limits: [{id: cap, within: 7 ngày làm việc}]
"""
WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xet}, bo_sung: {does: ask_supplement, to: cho_bo_sung}}}
  cho_bo_sung: {waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  xet: {role: specialist, at: decides, checklist: [{id: can, name: Cần kiểm tra}], actions: {dat: {to: song_song}}}
  song_song: {fork: [hoi, xem], join: ky}
  hoi:
    waits_for: agencies
    asks: [{agency: xa_binh, when: "'di_san' in don.vung"}, {agency: xa_chau, when: "'de' in don.vung"}]
    within: 2 ngày làm việc
    silence: agree
    clock: runs
    to: ky
  xem:
    role: specialist
    at: decides
    when: has(step.xet.can) && step.xet.can
    actions: {dat: {to: do_dac}, hong: {does: refuse, to: tu_choi}}
  do_dac: {role: specialist, at: decides, actions: {xong: {to: ky}}}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: nop}, lai: {does: give_back, to: song_song, at_most: 1}}}
  nop: {waits_for: payment, fees: [phi], clock: resume, to: xong, runs_out: never}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  het_han: {ends: lapsed}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, before: xong, does: suspend, clock: resume}
"""
AGENCIES = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01"}
  - {id: xa_binh, code: H56.02, name: Xã Bình, kind: ubnd_xa, level: commune, area: "02"}
  - {id: xa_chau, code: H56.03, name: Xã Châu, kind: ubnd_xa, level: commune, area: "03"}
"""


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=WORKFLOW, agencies=AGENCIES)


def accepted(here: Town, **don: object) -> Case:
    return here.act(here.file({"don": {"vung": ["di_san", "de"], **don}}), "tiep_nhan.nhan", "05/10/2026 09:00")


def forked(here: Town, can: str = "có", **don: object) -> Case:
    return here.act(accepted(here, **don), "xet.dat", "06/10/2026 09:00", facts={"can": can})


def told(nodes: Iterable[Node]) -> list[Any]:
    """Each step in a word: passed, `*` where it stands, `+` to come, `?` perhaps, `x` cut off; a fork as its branches."""
    return [_told(node) for node in nodes]


def _told(node: Node) -> Any:
    if isinstance(node, Split):
        return [node.fork.id, *(told(branch) for branch in node.branches)]
    if isinstance(node, Upcoming):
        return f"{'+' if node.sure else '?'}{node.step.id}"
    return f"{'*' if node.open else 'x' if node.cut_off else ''}{node.step.id}"


def test_what_hangs_on_a_finding_to_come_is_not_sure(here: Town) -> None:
    """Who is asked is known from the answers; whether it is inspected, the examiner will say."""
    assert told(course(accepted(here))) == [
        "tiep_nhan",
        "*xet",
        ["song_song", ["+hoi"], ["?xem", "+do_dac"]],
        "+ky",
        "+nop",
    ]


def test_what_is_known_not_to_come_is_left_out(here: Town) -> None:
    """Nobody to ask, and nothing to pay: one branch is no fork."""
    assert told(course(accepted(here, vung=[], co_phi=False))) == ["tiep_nhan", "*xet", "?xem", "+do_dac", "+ky"]


def test_before_there_is_a_case_every_step_of_the_way_may_come(here: Town) -> None:
    drawn = told(plan(here.procedure.workflow))
    assert drawn == ["+tiep_nhan", "+xet", ["song_song", ["?hoi"], ["?xem", "+do_dac"]], "+ky", "?nop"]


def test_the_steps_to_come_say_which_agencies_have_them(here: Town) -> None:
    _, _, split, ky, _ = course(accepted(here, vung=["de"]))
    assert isinstance(split, Split)
    assert isinstance(split.branches[0][0], Upcoming)
    assert isinstance(ky, Upcoming)
    assert (split.branches[0][0].agencies, ky.agencies) == (("xa_chau",), ("xa_an",))


def test_branches_stand_beside_each_other_and_meet_again(here: Town) -> None:
    case = here.act(forked(here), "xem.dat", "06/10/2026 10:00")
    assert told(course(case)) == ["tiep_nhan", "xet", ["song_song", ["*hoi"], ["xem", "*do_dac"]], "+ky", "+nop"]
    case = here.act(case, "do_dac.xong", "06/10/2026 11:00")
    assert told(course(case)) == ["tiep_nhan", "xet", ["song_song", ["*hoi"], ["xem", "do_dac"]], "+ky", "+nop"]
    case = case.advance(moment("09/10/2026 08:00"))  # nobody answered by Thursday 08/10 17:00, which is agreement
    assert told(course(case)) == ["tiep_nhan", "xet", ["song_song", ["hoi"], ["xem", "do_dac"]], "*ky", "+nop"]


def test_an_asked_agency_has_answered_or_has_not(here: Town) -> None:
    case = answer(forked(here, "không"), "xa_binh", "object")
    _, _, hoi, *_ = course(case)
    assert not isinstance(hoi, Split | Upcoming)
    assert hoi.agencies == ("xa_binh", "xa_chau")
    assert {agency: said.opinion for agency, said in hoi.opinions.items()} == {"xa_binh": "object"}


def answer(case: Case, agency: str, opinion: str) -> Case:
    by = officer("one_stop", "specialist", "leader", "agency_answer", agency=agency)
    return case.answer("hoi", by=by, at=moment("06/10/2026 14:00"), opinion=opinion, text="Vướng quy hoạch")


def test_a_fork_that_is_passed_again_is_drawn_again(here: Town) -> None:
    case = here.act(forked(here, vung=["di_san"]), "xem.dat", "06/10/2026 10:00")
    case = answer(here.act(case, "do_dac.xong", "06/10/2026 11:00"), "xa_binh", "object")
    case = here.act(case, "ky.lai", "06/10/2026 15:00", reason="Đo lại")
    first, again = ["song_song", ["hoi"], ["xem", "do_dac"]], ["song_song", ["*hoi"], ["*xem", "+do_dac"]]
    assert told(course(case)) == ["tiep_nhan", "xet", first, "ky", again, "+ky", "+nop"]


def test_a_supplement_is_told_as_it_happened(here: Town) -> None:
    case = here.act(
        here.file({"don": {"vung": ["de"]}}), "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="x", asks=["don"]
    )
    assert told(course(case))[:3] == ["tiep_nhan", "*cho_bo_sung", "+tiep_nhan"]
    case = here.supply(case, "06/10/2026 09:00", {"don": {"vung": []}})
    assert told(course(case))[:4] == ["tiep_nhan", "cho_bo_sung", "*tiep_nhan", "+xet"]


def test_a_refusal_in_one_branch_cuts_the_others_off(here: Town) -> None:
    case = here.act(forked(here), "xem.hong", "06/10/2026 10:00", reason="Không đúng")
    assert told(course(case)) == ["tiep_nhan", "xet", ["song_song", ["xhoi"], ["xem"]]]


def test_a_suspension_is_told_where_the_case_stood(here: Town) -> None:
    case = accepted(here)
    by = officer("specialist")
    case = case.interrupt("ke_bien", who="specialist", by=f"officer:{by.login}", at=moment("06/10/2026 09:00"))
    xet = course(case)[1]
    assert not isinstance(xet, Split | Upcoming)
    assert [(hold.interrupt, hold.lifted) for hold in xet.holds] == [("ke_bien", None)]
    case = case.lift("ke_bien", who="specialist", by=f"officer:{by.login}", at=moment("07/10/2026 09:00"))
    xet = course(case)[1]
    assert not isinstance(xet, Split | Upcoming)
    assert [hold.lifted and hold.lifted.at for hold in xet.holds] == [moment("07/10/2026 09:00")]
