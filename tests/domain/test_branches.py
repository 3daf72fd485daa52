"""Branches that run at the same time, agencies that are asked, money that is waited for, and a case that is
suspended.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.small_catalog import Town, mistakes, moment, officer, pages, problems_of, town

from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered
from motcua.domain.slip import Desk, SlipKind, Stationery

FORM = pages("""
    don:
      type: object
      title: Đơn
      properties:
        vung: {type: array, title: Vùng, items: {type: string, enum: [di_san, de], labels: {di_san: Di sản, de: Đê}}}
        co_phi: {type: boolean, title: Có phí, default: true}
""")
PROCEDURE = """
fees: [{id: phi, kind: phi, due: accepted, amount: [{when: don.co_phi, is: 75.000}, {else: 0}]}]
time_limits: [{id: cap, within: 7 ngày làm việc}]
"""
WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: song_song}}}
  song_song: {fork: [hoi, xem, nop], join: ky}
  hoi:
    waits_for: agencies
    asks: [{agency: xa_binh, when: "'di_san' in don.vung"}, {agency: xa_chau, when: "'de' in don.vung"}]
    within: 2 ngày làm việc
    silence: agree
    clock: runs
    to: ky
  xem: {role: specialist, at: decides, actions: {dat: {to: ky}, hong: {does: refuse, to: tu_choi}}}
  nop: {waits_for: payment, fees: [phi], clock: resume, to: ky, runs_out: never}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
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
    return here.act(here.file({"don": don}), "tiep_nhan.nhan", "05/10/2026 09:00")


def due(case: Case, looked: str) -> datetime | None:
    main = case.main_limit(moment(looked))
    assert main is not None
    return main.due


def at(case: Case) -> set[tuple[str, str | None]]:
    return {(a.step, a.agency) for a in case.state.active}


def test_every_branch_that_holds_starts_and_each_asked_agency_has_its_task(here: Town) -> None:
    case = accepted(here, vung=["di_san", "de"])
    assert at(case) == {("hoi", "xa_binh"), ("hoi", "xa_chau"), ("xem", "xa_an"), ("nop", "xa_an")}


def test_a_branch_with_nobody_to_ask_and_nothing_to_pay_is_passed(here: Town) -> None:
    assert at(accepted(here, co_phi=False)) == {("xem", "xa_an")}


def test_the_join_is_entered_when_the_last_branch_comes(here: Town) -> None:
    case = accepted(here, vung=["di_san"])
    case = here.act(case, "xem.dat", "05/10/2026 10:00")
    assert at(case) == {("hoi", "xa_binh"), ("nop", "xa_an")}
    case = case.answer("hoi", by=officer("leader", agency="xa_binh"), at=moment("06/10/2026 09:00"), opinion="agree")
    assert at(case) == {("nop", "xa_an")}
    case = case.pay({"phi": 75_000}, by="citizen:1", at=moment("06/10/2026 10:00"))
    assert at(case) == {("ky", "xa_an")}


def test_a_branch_that_ends_the_case_ends_the_others_too(here: Town) -> None:
    case = here.act(accepted(here, vung=["di_san"]), "xem.hong", "05/10/2026 10:00", reason="Không phù hợp quy hoạch")
    assert (case.state.outcome, case.state.active) == ("refused", ())


def test_silence_agrees_at_the_end_of_the_window_whenever_it_is_looked_at(here: Town) -> None:
    case = accepted(here, vung=["di_san", "de"])
    case = case.answer(
        "hoi", by=officer("leader", agency="xa_chau"), at=moment("06/10/2026 09:00"), opinion="object", text="Sát đê"
    )
    late = case.advance(moment("20/10/2026 09:00"))
    assert [(o["agency"], o["opinion"]) for o in late.state.opinions["hoi"]] == [
        ("xa_chau", "object"),
        ("xa_binh", "agree"),
    ]
    assert late.state.done["hoi"] == moment("07/10/2026 17:00")


def test_only_an_agency_that_was_asked_may_answer_and_once(here: Town) -> None:
    case = accepted(here, vung=["di_san"])
    with pytest.raises(NotOffered):
        case.answer("hoi", by=officer("leader", agency="xa_chau"), at=moment("06/10/2026 09:00"), opinion="agree")
    case = case.answer("hoi", by=officer("leader", agency="xa_binh"), at=moment("06/10/2026 09:00"), opinion="agree")
    with pytest.raises(NotOffered):
        case.answer("hoi", by=officer("leader", agency="xa_binh"), at=moment("06/10/2026 09:05"), opinion="object")


def test_only_exactly_what_is_owed_is_paid_and_once(here: Town) -> None:
    case = accepted(here)
    for wrong in ({"phi": 74_999}, {"phi": 75_001}, {"khac": 75_000}):
        with pytest.raises(NotOffered):
            case.pay(wrong, by="citizen:1", at=moment("05/10/2026 10:00"))
    case = case.pay({"phi": 75_000}, by="citizen:1", at=moment("05/10/2026 10:00"))
    assert "paid" in case.state.happened
    with pytest.raises(NotOffered):
        case.pay({"phi": 75_000}, by="citizen:1", at=moment("05/10/2026 10:01"))


def test_the_clock_runs_while_one_branch_works_and_stands_while_only_the_citizen_is_waited_for(here: Town) -> None:
    """Accepted Monday 05/10 (day 0); from Wednesday 07/10 (day 2) only the payment is missing; it comes on Monday
    12/10: five days are left, counted from then: Tuesday 13 (1) ... Monday 19/10 (5).
    """
    case = accepted(here)
    assert due(case, "06/10/2026 09:00") == moment("14/10/2026 17:00")
    case = here.act(case, "xem.dat", "07/10/2026 10:00")
    assert due(case, "08/10/2026 09:00") is None
    case = case.pay({"phi": 75_000}, by="citizen:1", at=moment("12/10/2026 10:00"))
    assert due(case, "12/10/2026 11:00") == moment("19/10/2026 17:00")


def test_a_suspended_case_stands_for_everybody_until_it_is_lifted(here: Town) -> None:
    """Suspended on Tuesday 06/10 (day 1), lifted on Tuesday 13/10: six of seven days are left: 14 (1) ... 21/10 (6)."""
    case = accepted(here, co_phi=False)
    case = case.interrupt("ke_bien", who="specialist", by="officer:x", at=moment("06/10/2026 09:00"), reason="Tòa án")
    assert due(case, "07/10/2026 09:00") is None
    with pytest.raises(NotAllowed):
        here.act(case, "xem.dat", "07/10/2026 10:00")
    case = case.lift("ke_bien", who="specialist", by="officer:x", at=moment("13/10/2026 09:00"))
    assert due(case, "13/10/2026 10:00") == moment("21/10/2026 17:00")
    assert at(here.act(case, "xem.dat", "13/10/2026 10:00")) == {("ky", "xa_an")}


def test_what_this_version_does_not_run_cannot_go_live(tmp_path: Path) -> None:
    workflow = WORKFLOW.replace("waits_for: payment, fees: [phi]", "waits_for: council, council: hoi_dong")
    told = mistakes(tmp_path, form=FORM, procedure=PROCEDURE, workflow=workflow, agencies=AGENCIES)
    assert "C510" in [code for _, code in told]


# ---- what may come at any time ----

HELD = WORKFLOW.replace("clock: resume}\n", "clock: resume, asks_reason: true}\n").replace(
    "  - {id: ke_bien",
    "  - {id: dung, name: Dừng, by: applicant, when: don.co_phi, before: ky, to: tu_choi}\n  - {id: ke_bien",
)


def test_an_interrupt_that_asks_a_reason_is_not_done_without_one(tmp_path: Path) -> None:
    here = town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=HELD, agencies=AGENCIES)
    with pytest.raises(Incorrect) as refused:
        accepted(here).interrupt("ke_bien", who="specialist", by="officer:s", at=moment("05/10/2026 10:00"), reason=" ")
    assert problems_of(refused.value) == {"reason": "reason"}


def test_an_interrupt_may_come_only_where_its_condition_holds(tmp_path: Path) -> None:
    here = town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=HELD, agencies=AGENCIES)
    assert [i.id for i in accepted(here).interrupts("applicant")] == ["dung"]
    assert accepted(here, co_phi=False).interrupts("applicant") == []


# ---- results that depend, slips of waits and ends, a day put off ----

SLIPS = {
    kind: SlipKind(kind, form, kind, "{serial}/" + form)
    for kind, form in (("giay_tiep_nhan", "01"), ("phieu_tu_choi", "03"), ("phieu_xin_loi", "04"))
}
PUTS_OFF = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem, slip: giay_tiep_nhan}}}
  xem:
    role: specialist
    at: decides
    checklist: [{id: du, name: Đủ}, {id: phi, name: Đã thu phí, when: don.co_phi}]
    actions:
      dat: {to: ky}
      thieu: {to: cho}
      hen: {does: extend, by: 3 ngày làm việc, to: xem, slip: phieu_xin_loi}
      hen_nua: {does: extend, by: 1 ngày làm việc, to: xem, slip: phieu_xin_loi}
  cho: {waits_for: applicant, within: 2 ngày làm việc, clock: runs, to: xem, runs_out: tu_choi}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused, slip: phieu_tu_choi}
interrupts: [{id: rut, name: Rút, by: applicant, to: tu_choi}]
"""
TWO_RESULTS = (
    PROCEDURE
    + """
results: [{id: giay, name: Giấy}, {id: bien_lai, name: Biên lai, when: don.co_phi}]
"""
)


def office(tmp_path: Path, **don: object) -> tuple[Town, Case]:
    """A case at its examination since Monday 05/10 09:00, due seven working days later: Wednesday 14/10."""
    here = town(tmp_path, form=FORM, procedure=TWO_RESULTS, workflow=PUTS_OFF, agencies=AGENCIES)
    case = here.file({"don": don})
    paper = Stationery(SLIPS, {"default": Desk("Một cửa", "MC")}, take=here.take)
    return here, here.act(replace(case, stationery=paper), "tiep_nhan.nhan", "05/10/2026 09:00")


def test_a_signature_issues_the_results_that_the_case_gives(tmp_path: Path) -> None:
    for co_phi, results in ((True, {"result.giay", "result.bien_lai"}), (False, {"result.giay"})):
        here, case = office(tmp_path, co_phi=co_phi)
        case = here.act(case, "xem.dat", "06/10/2026 09:00", facts={"du": True})
        if co_phi:
            case = case.pay({"phi": 75_000}, by="citizen:1", at=moment("06/10/2026 10:00"))
        case = here.act(case, "ky.ky", "07/10/2026 09:00")
        assert {name for name in case.state.happened if name.startswith("result.")} == results
        (main,) = case.limits(moment("30/10/2026 09:00"))
        assert main.met == moment("07/10/2026 09:00")


def test_a_box_of_a_checklist_is_asked_where_its_condition_holds(tmp_path: Path) -> None:
    here, case = office(tmp_path, co_phi=False)
    assert (
        "phi" not in here.act(case, "xem.dat", "06/10/2026 09:00", facts={"du": True, "phi": True}).state.facts["xem"]
    )


def test_a_refusal_by_the_clock_has_its_numbered_slip_dated_by_the_end(tmp_path: Path) -> None:
    here, case = office(tmp_path)
    waiting = here.act(case, "xem.thieu", "06/10/2026 09:00", facts={"du": False})
    refused = waiting.advance(moment("20/10/2026 08:00"))
    assert [(s.kind, s.number, s.issued_at) for s in refused.slips[1:]] == [
        ("phieu_tu_choi", "1/03", moment("08/10/2026 17:00"))
    ]


def test_a_mere_look_takes_no_number(tmp_path: Path) -> None:
    here, case = office(tmp_path)
    waiting = here.act(case, "xem.thieu", "06/10/2026 09:00", facts={"du": False})
    looked = replace(waiting, stationery=Stationery(SLIPS)).advance(moment("20/10/2026 08:00"))
    assert (looked.state.outcome, len(looked.slips)) == ("refused", 1)


def test_a_withdrawal_that_ends_the_case_issues_the_slip_of_its_end(tmp_path: Path) -> None:
    _, case = office(tmp_path)
    ended = case.interrupt("rut", who="applicant", by="citizen:1", at=moment("06/10/2026 09:00"))
    assert [slip.kind for slip in ended.slips] == ["giay_tiep_nhan", "phieu_tu_choi"]


@pytest.mark.parametrize(
    ("looked", "offered"),
    [
        ("13/10/2026 16:00", True),  # the day before the one promised
        ("14/10/2026 07:40", False),
        ("15/10/2026 09:00", False),
    ],
)
def test_a_new_day_is_named_at_the_latest_one_day_before_the_old_one(
    tmp_path: Path, looked: str, offered: bool
) -> None:
    _, case = office(tmp_path)
    actions = {o.action.id for o in case.offered(officer("specialist"), moment(looked))}
    assert ({"hen", "hen_nua"} <= actions) is offered


def test_a_new_day_is_named_once(tmp_path: Path) -> None:
    """Whichever action named it, and however many the workflow has."""
    here, case = office(tmp_path)
    case = here.act(case, "xem.hen", "06/10/2026 09:00", facts={"du": False})
    assert due(case, "06/10/2026 10:00") == moment("19/10/2026 17:00")
    with pytest.raises(NotOffered):
        here.act(case, "xem.hen_nua", "07/10/2026 09:00", facts={"du": False})


# ---- a wait for something of the case's own ----

OTHER_BRANCH = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: song_song}}}
  song_song: {fork: [xem, cho], join: ky}
  xem: {role: specialist, at: decides, actions: {dat: {to: do}, nhanh: {to: ky}}}
  do: {role: specialist, at: decides, actions: {xong: {to: ky}}}
  cho: {waits_for: event, event: step.do, clock: runs, within: 5 ngày làm việc, to: ky, runs_out: tu_choi}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
interrupts: []
"""


def test_a_wait_for_what_another_branch_does_is_over_as_it_is_done(tmp_path: Path) -> None:
    here = town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=OTHER_BRANCH, agencies=AGENCIES)
    case = here.act(accepted(here), "xem.dat", "05/10/2026 10:00")
    assert {a.step for a in case.state.active} == {"do", "cho"}
    assert {a.step for a in here.act(case, "do.xong", "05/10/2026 11:00").state.active} == {"ky"}


def test_a_wait_for_what_never_came_runs_out(tmp_path: Path) -> None:
    here = town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=OTHER_BRANCH, agencies=AGENCIES)
    case = here.act(accepted(here), "xem.nhanh", "05/10/2026 10:00")
    assert case.advance(moment("13/10/2026 08:00")).state.outcome == "refused"


def test_a_wait_for_what_nobody_does_is_told(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        form=FORM,
        procedure=PROCEDURE,
        agencies=AGENCIES,
        workflow=OTHER_BRANCH.replace("event: step.do", "event: step.doo"),
    )
    assert [code for _, code in found] == ["C506"]


# ---- the applicant's word and papers, whatever the offices are held from ----

HIS_TURN = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: loi}, gui: {does: accept, to: gui}}}
  loi: {waits_for: applicant, within: 2 ngày, clock: runs, actions: {dung: {to: ky}, sai: {to: tu_choi}}, runs_out: tu_choi}
  gui: {waits_for: applicant, sends: [anh], within: 2 ngày, clock: runs, to: xong_viec, runs_out: tu_choi}
  xong_viec: {waits_for: applicant, within: 2 ngày, clock: runs, to: ky, runs_out: tu_choi}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, does: suspend, clock: resume}
"""


@pytest.mark.parametrize("suspended", [False, True])
def test_what_the_applicant_is_asked_he_can_say_and_send_also_while_the_case_is_suspended(
    tmp_path: Path, suspended: bool
) -> None:
    papers = "papers: [{id: anh, name: Ảnh, copies: 1, optional: true}]\n"
    here = town(tmp_path, form=FORM, procedure=PROCEDURE + papers, workflow=HIS_TURN, agencies=AGENCIES)

    def asked(action: str) -> Case:
        case = here.act(here.file(), f"tiep_nhan.{action}", "05/10/2026 09:00")
        at = moment("05/10/2026 10:00")
        return case.interrupt("ke_bien", who="specialist", by="officer:s", at=at) if suspended else case

    said = asked("nhan").reply("loi", "dung", by="citizen:1", at=moment("05/10/2026 11:00"))
    assert said.state.route[-1] == "ky"
    sent = asked("gui").send({"anh": {"files": ["a"]}}, by="citizen:1", at=moment("05/10/2026 11:00"))
    assert sent.state.route[-1] == "xong_viec"
    assert sent.reply("xong_viec", by="citizen:1", at=moment("05/10/2026 12:00")).state.route[-1] == "ky"


def test_a_word_is_not_enough_where_papers_or_an_answer_are_waited_for(tmp_path: Path) -> None:
    papers = "papers: [{id: anh, name: Ảnh, copies: 1, optional: true}]\n"
    here = town(tmp_path, form=FORM, procedure=PROCEDURE + papers, workflow=HIS_TURN, agencies=AGENCIES)
    for action, step in (("nhan", "loi"), ("gui", "gui")):
        case = here.act(here.file(), f"tiep_nhan.{action}", "05/10/2026 09:00")
        with pytest.raises(NotOffered):
            case.reply(step, by="citizen:1", at=moment("05/10/2026 11:00"))
