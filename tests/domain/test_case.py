"""What happens to a case: who may do what, what is offered, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, moment, officer, pages, problems_of, town

from motcua.domain.case import Case
from motcua.domain.case_state import fold
from motcua.domain.expression import AbsentRead
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered

#: The desk accepts, a specialist examines with a form, a leader signs; both may give back.
EXAMINED = """
start: tiep_nhan
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: tham_tra, slip: giay_tiep_nhan}}}
  tham_tra:
    role: specialist
    at: decides
    form: noi_bo/tham_tra
    actions:
      dat: {to: ky, when: "!step.tham_tra.nghi_van"}
      xac_minh: {to: tham_tra, when: step.tham_tra.nghi_van, at_most: 1}
      tra_lai: {does: give_back, at_most: 2, to: tiep_nhan}
      khong_dat: {does: refuse, to: tu_choi}
  ky:
    role: leader
    at: decides
    who: {not: tham_tra}
    actions: {ky: {does: sign, to: xong}, tra_lai: {does: give_back, at_most: 2, to: tham_tra}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  da_rut: {ends: withdrawn}
interrupts:
  - {id: rut, name: Rút, by: applicant, before: ky, to: da_rut}
"""
EXAMINATION = {
    "forms/noi_bo/tham_tra.yaml": """
    title: Thẩm tra
    type: object
    properties:
      nghi_van: {type: boolean, title: Nghi vấn}
      ghi_chu: {type: string, title: Ghi chú, when: has(this.nghi_van) && this.nghi_van, required_when: shown}
    """
}


def examined(root: Path, workflow: str = EXAMINED, **more: str) -> Town:
    return town(root, workflow=workflow, **{**EXAMINATION, **more})


def accepted(catalog: Town) -> Case:
    return catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 08:30")


def passed(catalog: Town, case: Case, at: str = "05/10/2026 09:00", **how: Any) -> Case:
    return catalog.act(case, "tham_tra.dat", at, facts={"nghi_van": "không"}, **how)


def offered(case: Case, *roles: str, agency: str = "xa_an") -> list[str]:
    return [o.action.id for o in case.offered(officer(*roles, agency=agency), case.events[-1].at)]


# ---- who ----


def test_only_the_role_of_the_step_is_offered_its_actions(tmp_path: Path) -> None:
    case = town(tmp_path).file()
    assert offered(case, "one_stop") == ["nhan", "bo_sung", "tu_choi"]
    assert offered(case, "leader") == []


def test_only_the_agency_of_the_step_is_offered_its_actions(tmp_path: Path) -> None:
    assert offered(town(tmp_path).file(), "one_stop", agency="xa_binh") == []


def test_whoever_may_not_act_is_refused(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    with pytest.raises(NotAllowed):
        catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00", by=officer("leader"))


def test_four_eyes_who_examined_may_not_sign(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    both = officer("specialist", "leader", login="an")
    case = passed(catalog, accepted(catalog), by=both)
    assert case.offered(both, case.events[-1].at) == []
    with pytest.raises(NotAllowed):
        catalog.act(case, "ky.ky", "05/10/2026 10:00", by=both)
    assert catalog.act(case, "ky.ky", "05/10/2026 10:00").state.outcome == "granted"


def test_two_eyes_whoever_began_must_end(tmp_path: Path) -> None:
    catalog = examined(tmp_path, EXAMINED.replace("who: {not: tham_tra}", "who: {same_as: tham_tra}"))
    first, second = (officer("specialist", "leader", login=login) for login in ("an", "binh"))
    case = passed(catalog, accepted(catalog), by=first)
    assert case.offered(second, case.events[-1].at) == []
    assert [o.action.id for o in case.offered(first, case.events[-1].at)] == ["ky", "tra_lai"]


# ---- what ----


def test_a_step_at_which_the_case_does_not_stand_offers_nothing(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    for act in ("ky.ky", "tiep_nhan.ky", "la.la"):
        with pytest.raises(NotOffered):
            catalog.act(catalog.file(), act, "05/10/2026 09:00")


def test_what_a_steps_own_form_decides_is_judged_when_it_is_sent(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = accepted(catalog)
    assert offered(case, "specialist") == ["dat", "xac_minh", "tra_lai", "khong_dat"]
    with pytest.raises(NotOffered):
        catalog.act(case, "tham_tra.dat", "05/10/2026 09:00", facts={"nghi_van": "có", "ghi_chu": "x"})


def test_an_action_whose_condition_reads_what_the_officer_left_out_is_loud(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    with pytest.raises(AbsentRead):
        catalog.act(accepted(catalog), "tham_tra.dat", "05/10/2026 09:00", facts={})


def test_what_an_officer_enters_wrong_is_told_and_nothing_happens(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = accepted(catalog)
    with pytest.raises(Incorrect) as no:
        catalog.act(case, "tham_tra.xac_minh", "05/10/2026 09:00", facts={"nghi_van": "có", "la": 1})
    assert problems_of(no.value) == {"la": "unknown", "ghi_chu": "required"}
    assert case.state.at_step("tham_tra") is not None


def test_what_officers_established_is_a_fact_for_later_rules(tmp_path: Path) -> None:
    fees = "fees: [{id: phi, kind: phi, due: step.ky, amount: [{when: step.tham_tra.nghi_van, is: 9.000}, {else: 1.000}]}]\n"
    catalog = examined(tmp_path, procedure=fees)
    assert passed(catalog, accepted(catalog)).fees[0].amount == 1_000


def test_a_repeated_steps_facts_are_its_last_passs(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = catalog.act(
        accepted(catalog), "tham_tra.xac_minh", "05/10/2026 09:00", facts={"nghi_van": "có", "ghi_chu": "hỏi lại"}
    )
    assert passed(catalog, case, "05/10/2026 10:00").facts.roots["step"]["tham_tra"]["nghi_van"] is False
    assert "ghi_chu" not in passed(catalog, case, "05/10/2026 10:00").facts.roots["step"]["tham_tra"]


def test_an_action_is_taken_at_most_so_often(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    doubt = {"nghi_van": "có", "ghi_chu": "x"}
    case = catalog.act(accepted(catalog), "tham_tra.xac_minh", "05/10/2026 09:00", facts=doubt)
    assert "xac_minh" not in offered(case, "specialist")
    with pytest.raises(NotOffered):
        catalog.act(case, "tham_tra.xac_minh", "05/10/2026 10:00", facts=doubt)


def test_a_case_is_given_back_at_most_so_often_over_all_its_passes(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = passed(catalog, accepted(catalog))
    for hour in ("10", "11"):
        case = catalog.act(case, "ky.tra_lai", f"05/10/2026 {hour}:00", reason="xem lại")
        case = passed(catalog, case, f"05/10/2026 {hour}:30")
    assert offered(case, "leader") == ["ky"]


# ---- reasons ----


@pytest.mark.parametrize("act", ["tham_tra.tra_lai", "tham_tra.khong_dat"])
def test_giving_back_and_refusing_need_a_reason(tmp_path: Path, act: str) -> None:
    catalog = examined(tmp_path)
    with pytest.raises(Incorrect) as no:
        catalog.act(accepted(catalog), act, "05/10/2026 09:00", reason="  ", facts={"nghi_van": "không"})
    assert problems_of(no.value) == {"reason": "reason"}


def test_a_refusal_ends_the_case_and_keeps_its_reason(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    case = catalog.act(catalog.file(), "tiep_nhan.tu_choi", "05/10/2026 09:00", reason="sai nơi")
    assert (case.state.outcome, case.state.active, case.events[-1].data["reason"]) == ("refused", (), "sai nơi")
    assert case.state.ended_at == moment("05/10/2026 09:00")


# ---- names and numbers ----


def test_an_act_makes_its_words_true(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    assert accepted(catalog).events[-1].names == (
        "step.tiep_nhan", "accepted", "slip.giay_tiep_nhan", "step.tham_tra.started"
    )  # fmt: skip


def test_signing_issues_every_result(tmp_path: Path) -> None:
    catalog = town(
        tmp_path, procedure='results: [{id: giay, name: Giấy, number: "{serial:3}"}, {id: the, name: Thẻ}]\n'
    )
    case = catalog.act(catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00"), "ky.ky", "05/10/2026 10:00")
    assert {"result.giay", "result.the"} <= case.state.happened.keys()
    assert case.state.numbers == {"result.giay": "001"}


def test_acceptance_counts_once_and_from_the_first_time(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = catalog.act(
        accepted(catalog), "tham_tra.tra_lai", "06/10/2026 09:00", reason="x", facts={"nghi_van": "có", "ghi_chu": "x"}
    )
    case = catalog.act(case, "tiep_nhan.nhan", "07/10/2026 09:00")
    assert case.state.happened["accepted"] == (moment("05/10/2026 08:30"),)


def test_acceptance_before_the_clocks_start_counts_from_then(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    case = catalog.act(catalog.file(at="10/10/2026 09:00"), "tiep_nhan.nhan", "10/10/2026 09:05")
    assert case.state.happened["accepted"] == (moment("12/10/2026 07:30"),)


# ---- passing through, choosing where to ----


def test_a_step_that_does_not_hold_is_passed_through(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=pages("don: {type: object, properties: {kho: {type: boolean, title: Khó, default: false}}}"),
        workflow="""
        start: nhan
        steps:
          nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
          xem: {role: specialist, at: decides, when: don.kho, actions: {xong: {to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    easy, hard = (catalog.file({"don": {"kho": kho}}) for kho in ("không", "có"))
    assert catalog.act(easy, "nhan.nhan", "05/10/2026 09:00").state.route == ("nhan", "ky")
    assert catalog.act(hard, "nhan.nhan", "05/10/2026 09:00").state.route == ("nhan", "xem")


def test_where_an_action_leads_is_chosen_by_rows(tmp_path: Path) -> None:
    catalog = examined(
        tmp_path,
        EXAMINED.replace(
            'dat: {to: ky, when: "!step.tham_tra.nghi_van"}',
            "dat: {to: [{when: step.tham_tra.nghi_van, is: tu_choi}, {else: ky}]}",
        ),
    )
    case = accepted(catalog)
    assert passed(catalog, case).state.at_step("ky") is not None
    doubted = catalog.act(case, "tham_tra.dat", "05/10/2026 09:00", facts={"nghi_van": "có", "ghi_chu": "x"})
    assert doubted.state.outcome == "refused"


# ---- the applicant withdraws ----


def test_the_applicant_may_withdraw_until_the_step_that_ends_it(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = accepted(catalog)
    assert [i.id for i in case.interrupts("applicant")] == ["rut"]
    gone = case.interrupt("rut", who="applicant", by="citizen:1", at=moment("05/10/2026 09:00"))
    assert (gone.state.outcome, gone.state.route) == ("withdrawn", ("tiep_nhan", "tham_tra"))


def test_after_that_step_was_reached_nobody_withdraws_even_when_it_is_given_back(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = passed(catalog, accepted(catalog))
    assert case.interrupts("applicant") == []
    back = catalog.act(case, "ky.tra_lai", "05/10/2026 10:00", reason="x")
    with pytest.raises(NotOffered):
        back.interrupt("rut", who="applicant", by="citizen:1", at=moment("05/10/2026 11:00"))


def test_an_ended_case_offers_nothing(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    case = catalog.act(catalog.file(), "tiep_nhan.tu_choi", "05/10/2026 09:00", reason="x")
    assert case.interrupts("applicant") == []
    assert offered(case, "one_stop") == []
    assert case.advance(moment("05/10/2027 09:00")) is case


# ---- events ----


def test_the_state_is_folded_from_the_events_alone(tmp_path: Path) -> None:
    catalog = examined(tmp_path)
    case = passed(catalog, accepted(catalog))
    assert fold(case.events) == case.state
    assert [event.seq for event in case.events] == [1, 2, 3]


def test_an_act_leaves_the_case_before_it_as_it_was(tmp_path: Path) -> None:
    catalog = town(tmp_path)
    case = catalog.file()
    catalog.act(case, "tiep_nhan.nhan", "05/10/2026 09:00")
    assert (len(case.events), case.state.route) == (1, ("tiep_nhan",))


def test_a_changed_rule_does_not_change_what_happened(tmp_path: Path) -> None:
    before = town(tmp_path / "a", procedure="fees: [{id: phi, kind: phi, amount: 1.000}]\n").file()
    after = town(tmp_path / "b", procedure="fees: [{id: phi, kind: phi, amount: 2.000}]\n")
    assert replace(before, procedure=after.procedure).fee_total == 1_000
