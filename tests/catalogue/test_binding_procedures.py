"""A procedure bound from its files: what stands in them is there, and what cannot be is told at its place."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from tests.small_catalog import PROCEDURE, WORKFLOW, mistakes, pages, told, town


def test_what_a_procedure_says_of_itself_is_bound(tmp_path: Path) -> None:
    procedure = town(
        tmp_path,
        procedure="""
        name: {vi: Cấp giấy, en: A licence}
        level: [commune, district]
        audience: [citizen, business]
        decision: {number: 1/QĐ, date: 04/09/2020, received: 08/09/2020}
        effective: {from: 10/09/2020, to: 31/12/2026}
        legal_bases: [{id: luat, cite: Luật, in_force: {from: 01/01/2016}}]
        sets: 2
        description: Nộp đơn.
        """,
    ).procedure
    assert (procedure.id, procedure.code, procedure.name.in_("en")) == ("cap_giay", "9.000001", "A licence")
    assert (procedure.levels, procedure.audience, procedure.sets) == (
        ("commune", "district"),
        ("citizen", "business"),
        2,
    )
    assert (procedure.effective_from, procedure.effective_to) == (date(2020, 9, 10), date(2026, 12, 31))
    assert [(str(basis.cite), basis.since) for basis in procedure.legal_bases] == [("Luật", date(2016, 1, 1))]
    assert str(procedure.description) == "Nộp đơn."


def test_a_limit_has_its_defaults(tmp_path: Path) -> None:
    (limit,) = town(
        tmp_path, procedure='time_limits: [{id: a, cut_off: "15:00", within: trong ngày}]\n'
    ).procedure.time_limits
    assert (limit.from_, limit.until, limit.cut_off, limit.main) == (("accepted",), (), time(15, 0), False)


@pytest.mark.parametrize(
    "event",
    [
        "received", "accepted", "supplement_asked", "supplement_came", "paid", "ended", "fee.phi.paid", "step.ky",
        "step.ky.started", "slip.giay_tiep_nhan", "result.giay", "limit.khac.late",
    ],
)  # fmt: skip
def test_the_vocabulary_of_events_is_that_of_the_procedure(tmp_path: Path, event: str) -> None:
    text = f"fees: [{{id: phi, kind: phi, amount: 1}}]\ntime_limits: [{{id: mot, from: {event}, within: 1 ngày}}, {{id: khac, within: 1 ngày}}]\n"
    workflow = """
    steps:
      tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky, slip: giay_tiep_nhan}}}
      ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
      xong: {ends: granted}
    interrupts: []
    """
    assert mistakes(tmp_path, procedure=text, workflow=workflow) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("time_limits: [{id: a, from: step.la, within: 1 ngày}]", "C506"),
        ("time_limits: [{id: a, until: [accepted, result.la], within: 1 ngày}]", "C506"),
        ("time_limits: [{id: a, within: năm ngày}]", "C508"),
        ("time_limits: [{id: a, within: {earliest: [1 ngày, một ngày]}}]", "C508"),
        ("fees: [{id: phi, kind: phi, due: fee.la.paid, amount: 1}]", "C506"),
        ("papers: [{id: a, name: A, original: 1, each: don.ten, as: t}]", "C505"),
        ("papers: [{id: a, name: A, original: 1, issued_within: 8 giờ}]", "C508"),
        ("notices: [{upon: la, to: [applicant], by: [sms], message: Chào.}]", "C506"),
    ],
)
def test_what_leads_nowhere_is_told_once_on_its_line(tmp_path: Path, line: str, code: str) -> None:
    found = mistakes(tmp_path, procedure=line + "\n")
    assert [code for _, code in found] == [code], told(tmp_path)
    assert found[0][0].startswith(f"{PROCEDURE}:")


def test_an_event_that_was_nearly_named_is_meant(tmp_path: Path) -> None:
    mistakes(tmp_path, procedure="time_limits: [{id: a, from: acepted, within: 1 ngày}]\n")
    (line,) = told(tmp_path)
    assert "accepted" in line


# ---- workflows ----

PARAMETERS = """
parameters: {thoi_gian: time, noi: position, can: condition, vai: role}
steps:
  tiep_nhan: {role: one_stop, at: receives, within: $thoi_gian, actions: {nhan: {does: accept, to: xem}}}
  xem: {role: $vai, at: $noi, when: $can, actions: {xong: {to: xong}}}
  xong: {ends: granted}
interrupts: []
"""


def test_a_workflow_takes_the_arguments_that_the_procedure_gives(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=pages("don: {type: object, properties: {kho: {type: boolean, title: Khó, default: false}}}"),
        procedure="workflow: {use: mot_cua, with: {thoi_gian: 4 giờ làm việc, noi: decides, can: don.kho, vai: leader}}\n",
        workflow=PARAMETERS,
    )
    step = catalog.procedure.workflow.steps["xem"]
    assert step.role is not None
    assert step.at is not None
    assert (step.role.values, step.at.values) == (("leader",), ("decides",))
    case = catalog.act(catalog.file({"don": {"kho": "có"}}), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert case.state.route == ("tiep_nhan", "xem")


def test_a_mistake_in_an_argument_is_told_where_it_is_given(tmp_path: Path) -> None:
    text = "workflow: {use: mot_cua, with: {thoi_gian: mai, noi: decides, can: don.la, vai: leader}}\n"
    places = [place for place, _ in mistakes(tmp_path, procedure=text, workflow=PARAMETERS)]
    assert len(places) == 2
    assert all(place.startswith(PROCEDURE) for place in places)


def test_a_condition_of_a_step_is_checked_at_its_place_in_the_workflow(tmp_path: Path) -> None:
    workflow = """
    steps:
      tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xong, when: step.tiep_nhan.la}}}
      xong: {ends: granted}
    interrupts: []
    """
    ((place, code),) = mistakes(tmp_path, workflow=workflow)
    assert place.startswith(f"{WORKFLOW}:")
    assert code.startswith("C3")


def test_a_checklist_is_a_form_of_boxes_that_are_not_ticked(tmp_path: Path) -> None:
    workflow = """
    steps:
      tiep_nhan:
        role: one_stop
        at: receives
        checklist: [{id: du, name: Đủ}, {id: ro, name: Rõ}]
        actions: {nhan: {does: accept, to: xong, when: step.tiep_nhan.du}}
      xong: {ends: granted}
    interrupts: []
    """
    catalog = town(tmp_path, workflow=workflow)
    case = catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00", facts={"du": "có"})
    assert case.state.facts == {"tiep_nhan": {"du": True, "ro": False}}


def test_an_action_without_a_name_is_called_by_what_it_does(tmp_path: Path) -> None:
    actions = town(tmp_path).procedure.workflow.steps["tiep_nhan"].actions
    assert [str(action.name) for action in actions] == ["Tiếp nhận", "Yêu cầu bổ sung", "Từ chối"]


# ---- what may be read ----


@pytest.mark.parametrize(
    "expression",
    [
        "case.channel == 'online'",
        "case.filed_on > date('01/01/2026')",
        "has(step.ky.done_on) && step.ky.done_on > case.filed_on",
        "has(fee.phi.amount) && fee.phi.amount > 0",
        "has(known.cu_tru.xa) && known.cu_tru.xa == '01'",
        "agency.decides.code == 'H56.01'",
        "has(paper.bang.issued_on)",
        "value.dung",
        "dung",
    ],
)
def test_a_rule_may_read_all_that_is_known_of_a_case(tmp_path: Path, expression: str) -> None:
    text = f"""
    values: {{dung: {{is: "1 < 2"}}}}
    looks_up: {{cu_tru: {{register: dan_cu, of: don.ten}}}}
    papers: [{{id: bang, name: Bằng, original: 1}}]
    fees: [{{id: phi, kind: phi, amount: 1.000}}]
    checks: [{{rule: "{expression}", message: Sai.}}]
    """
    registers = "registers: [{id: dan_cu, name: Dân cư, key: text, answer: {xa: text}}]\n"
    assert mistakes(tmp_path, procedure=text, **{"procedures/registers.yaml": registers}) == []


@pytest.mark.parametrize(
    "expression", ["now()", "case.now", "step.la.done_on", "agency.la.code", "case.channel == 'la'"]
)
def test_what_nobody_can_know_is_told_when_it_is_read(tmp_path: Path, expression: str) -> None:
    text = f"""checks: [{{rule: "{expression} == {expression}", message: Sai.}}]\n"""
    codes = {code for _, code in mistakes(tmp_path, procedure=text)}
    assert codes
    assert all(code.startswith("C3") for code in codes)
