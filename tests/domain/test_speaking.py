"""Who answers for an agency that was asked, notes another body's message, suspends and lifts: a role of one agency, and
nobody where nothing says who.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, mistakes, moment, officer, problems_of, town

from motcua.catalogue.check import check
from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered

WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: hoi}}}
  hoi: {waits_for: agencies, asks: [{agency: xa_binh}], by: specialist, within: 2 ngày làm việc, silence: agree, clock: runs, to: cho}
  cho: {waits_for: event, event: ended, clock: resume, to: ky}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  dung: {ends: stopped}
interrupts:
  - {id: ke_bien, name: Kê biên, by: specialist, before: xong, does: suspend, clock: resume, asks_reason: true}
  - {id: dinh_chi, name: Đình chỉ, by: leader, at: receives, to: dung, asks_reason: true}
"""
TUESDAY = "06/10/2026 09:00"


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return town(tmp_path, workflow=WORKFLOW)


def accepted(here: Town) -> Case:
    return here.act(here.file(), "tiep_nhan.nhan", "05/10/2026 09:00")


def answered(here: Town) -> Case:
    asked = officer("specialist", agency="xa_binh")
    return accepted(here).answer("hoi", by=asked, at=moment(TUESDAY), opinion="agree")


def test_only_the_role_that_the_wait_names_answers_for_the_agency_that_was_asked(here: Town) -> None:
    case = accepted(here)
    with pytest.raises(NotAllowed):
        case.answer("hoi", by=officer("leader", "one_stop", agency="xa_binh"), at=moment(TUESDAY), opinion="agree")
    with pytest.raises(NotOffered):
        case.answer("hoi", by=officer("specialist", agency="xa_an"), at=moment(TUESDAY), opinion="agree")
    assert [a.step for a in answered(here).state.active] == ["cho"]


def test_an_objection_says_why_and_an_opinion_is_one_of_two(here: Town) -> None:
    case, by = accepted(here), officer("specialist", agency="xa_binh")
    for opinion, wrong in (
        ("object", {"reason": "reason"}),
        ("silent", {"opinion": "opinion"}),
        ("", {"opinion": "opinion"}),
    ):
        with pytest.raises(Incorrect) as no:
            case.answer("hoi", by=by, at=moment(TUESDAY), opinion=opinion, text="  ")
        assert problems_of(no.value) == wrong
    case = case.answer("hoi", by=by, at=moment(TUESDAY), opinion="object", text=" Sát đê ")
    assert case.state.opinions["hoi"] == ({"agency": "xa_binh", "opinion": "object", "text": "Sát đê"},)


def test_the_role_of_the_province_notes_what_another_body_has_sent(here: Town) -> None:
    """The wait names none, so `answers: leader` of roles.yaml holds, in the agency where the case waits."""
    case = answered(here)
    for by in (officer("specialist"), officer("leader", agency="xa_binh")):
        with pytest.raises(NotAllowed):
            case.note("cho", by=by, at=moment(TUESDAY), text="Công văn 12")
    with pytest.raises(Incorrect):
        case.note("cho", by=officer("leader"), at=moment(TUESDAY), text=" ")
    case = case.note("cho", by=officer("leader"), at=moment(TUESDAY), text="Công văn 12/CV ngày 05/10")
    assert [a.step for a in case.state.active] == ["ky"]
    assert case.events[-1].data["reason"] == "Công văn 12/CV ngày 05/10"


def test_where_nothing_says_who_may_answer_the_check_says_so(tmp_path: Path) -> None:
    roles = (
        "roles: [{id: one_stop, name: Một cửa}, {id: specialist, name: A}, {id: leader, name: B}]\nanswers: nobody\n"
    )
    told = mistakes(tmp_path, workflow=WORKFLOW, **{"workflows/roles.yaml": roles})
    assert [code for place, code in told if "roles.yaml" in place] == ["C223"]
    (tmp_path / "workflows/roles.yaml").write_text(roles.replace("answers: nobody\n", ""), "utf-8")
    assert [(d.code, d.params.get("key")) for d in check(tmp_path).diagnostics if "workflows/" in str(d.place)] == [
        ("C101", "by")
    ]


def test_an_officer_interrupts_by_role_and_agency(here: Town) -> None:
    case, at = answered(here), moment(TUESDAY)

    def may(*roles: str, agency: str = "xa_an") -> list[str]:
        return [i.id for i in case.interrupts_of(officer(*roles, agency=agency), at)]

    assert may("specialist") == ["ke_bien"]
    assert may("leader") == ["dinh_chi"]
    assert may("specialist", "leader", agency="xa_binh") == []
    assert may("one_stop") == []


def test_whoever_may_suspend_may_lift_and_meanwhile_nobody_speaks(here: Town) -> None:
    case, at, by = answered(here), moment(TUESDAY), officer("specialist")
    with pytest.raises(Incorrect):
        case.interrupt("ke_bien", who="specialist", by="officer:x", at=at)
    case = case.interrupt("ke_bien", who="specialist", by="officer:x", at=at, reason="Quyết định 7/QĐ-THA")
    assert case.interrupts_of(by, at) == []
    assert [i.id for i in case.lifts_of(by, at)] == ["ke_bien"]
    assert case.lifts_of(officer("leader"), at) == []
    assert case.lifts_of(officer("specialist", agency="xa_binh"), at) == []
    with pytest.raises(NotOffered):
        case.note("cho", by=officer("leader"), at=at, text="Công văn 12")
    case = case.lift("ke_bien", who="specialist", by="officer:x", at=at, reason="Quyết định 9/QĐ-THA")
    assert case.lifts_of(by, at) == []
    assert case.events[-1].data["reason"] == "Quyết định 9/QĐ-THA"
