"""What officers arrange between them and with the applicant: who does the next step, originals that go from one agency
to another, and a time for an inspection.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_catalog import Town, mistakes, moment, officer, problems_of, told, town

from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered

PROCEDURE = """
agencies: {receives: {agency: xa_an}, decides: {agency: xa_binh}}
papers:
  - {id: gcn, name: Giấy chứng nhận gốc, original: 1}
  - {id: anh, name: Ảnh, copies: 1}
"""
WORKFLOW = """
steps:
  tiep_nhan:
    role: one_stop
    at: receives
    hands_over: [{paper: gcn, when: case.channel != "online"}]
    actions: {nhan: {does: accept, to: phan_cong}, tra: {does: refuse, to: tu_choi}}
  phan_cong:
    role: leader
    at: decides
    picks: xem
    actions: {giao: {to: xem}, tra_lai: {does: give_back, to: tiep_nhan}}
  xem: {role: specialist, at: decides, who: {not: tiep_nhan}, actions: {dat: {to: hen}}}
  hen:
    waits_for: appointment
    place: site
    by: specialist
    offers: 3
    confirm: 2 ngày làm việc
    clock: runs
    to: kiem_tra
  kiem_tra: {role: specialist, at: decides, actions: {dat: {to: xong}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
interrupts: []
"""
HEAD, DESK = officer("leader", agency="xa_binh"), officer("one_stop", login="lan")
AN, BINH = officer("specialist", agency="xa_binh", login="an"), officer("specialist", agency="xa_binh", login="binh")


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return town(tmp_path, procedure=PROCEDURE, workflow=WORKFLOW)


def filed(here: Town, channel: str = "counter") -> Case:
    return here.file({}, channel=channel)


def accepted(here: Town, channel: str = "counter") -> Case:
    return here.act(filed(here, channel), "tiep_nhan.nhan", "05/10/2026 09:00", by=DESK, hands=True)


def picked(here: Town) -> Case:
    case = accepted(here).take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"))
    return here.act(case, "phan_cong.giao", "05/10/2026 15:00", by=HEAD, picks=AN)


def waiting(here: Town) -> Case:
    return here.act(picked(here), "xem.dat", "06/10/2026 09:00", by=AN)


def offered(here: Town, *slots: str) -> Case:
    times = [moment(slot) for slot in slots or ("08/10/2026 08:00", "09/10/2026 08:00")]
    return waiting(here).offer("hen", times, by=AN, at=moment("06/10/2026 10:00"))


def actions(case: Case, by: Officer, at: str) -> list[str]:
    return [one.action.id for one in case.offered(by, moment(at))]


# ---- originals ----


def test_who_sends_the_case_to_another_agency_says_that_the_originals_were_given(here: Town) -> None:
    with pytest.raises(Incorrect) as refused:
        here.act(filed(here), "tiep_nhan.nhan", "05/10/2026 09:00", by=DESK)
    assert problems_of(refused.value) == {"hands": "not_handed"}


def test_until_the_other_agency_has_confirmed_nothing_else_is_done_there(here: Town) -> None:
    case = accepted(here)
    (handing,) = case.state.handing
    assert (handing.gives, handing.takes, handing.papers) == ("xa_an", "xa_binh", ("gcn",))
    assert actions(case, HEAD, "05/10/2026 14:00") == []
    with pytest.raises(NotOffered):
        here.act(case, "phan_cong.giao", "05/10/2026 14:00", by=HEAD, picks=AN)
    taken = case.take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"), note="Rách một góc.")
    assert taken.state.handing == ()
    assert actions(taken, HEAD, "05/10/2026 14:00") == ["giao", "tra_lai"]
    assert (taken.events[-1].by, taken.events[-1].data["reason"]) == ("officer:leader", "Rách một góc.")


def test_only_who_may_act_there_confirms_and_only_once(here: Town) -> None:
    case = accepted(here)
    for stranger in (DESK, AN, officer("leader", agency="xa_an")):
        with pytest.raises(NotAllowed):
            case.take("phan_cong", by=stranger, at=moment("05/10/2026 14:00"))
    taken = case.take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"))
    with pytest.raises(NotOffered):
        taken.take("phan_cong", by=HEAD, at=moment("05/10/2026 14:05"))


def test_nothing_is_handed_over_where_the_papers_came_online(here: Town) -> None:
    case = here.act(filed(here, "online"), "tiep_nhan.nhan", "05/10/2026 09:00", by=DESK)
    assert case.state.handing == ()


def test_nothing_is_handed_over_where_the_case_stays_in_the_house(here: Town, tmp_path: Path) -> None:
    one_house = town(tmp_path / "house", procedure=PROCEDURE.replace("xa_binh", "xa_an"), workflow=WORKFLOW)
    assert here.act(filed(one_house), "tiep_nhan.nhan", "05/10/2026 09:00", by=DESK).state.handing == ()


def test_a_paper_that_nobody_asks_for_cannot_be_handed_over(tmp_path: Path) -> None:
    found = mistakes(tmp_path, procedure=PROCEDURE, workflow=WORKFLOW.replace("paper: gcn", "paper: gnc"))
    assert [code for _, code in found] == ["C223"], told(tmp_path)


# ---- assignment ----


def test_a_head_picks_and_nobody_else_acts_there(here: Town) -> None:
    case = picked(here)
    assert actions(case, AN, "06/10/2026 08:00") == ["dat"]
    assert actions(case, BINH, "06/10/2026 08:00") == []
    with pytest.raises(NotAllowed):
        here.act(case, "xem.dat", "06/10/2026 08:00", by=BINH)


def test_a_head_must_pick_somebody_who_can_do_it(here: Town) -> None:
    case = accepted(here).take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"))
    for who, code in (
        (None, "nobody_picked"),
        (HEAD, "cannot_do"),
        (replace(AN, agency="xa_an"), "cannot_do"),
        (replace(AN, login="lan"), "cannot_do"),
    ):
        with pytest.raises(Incorrect) as refused:
            here.act(case, "phan_cong.giao", "05/10/2026 15:00", by=HEAD, picks=who)
        assert problems_of(refused.value) == {"picks": code}


def test_nobody_is_picked_with_what_does_not_lead_on(here: Town) -> None:
    case = accepted(here).take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"))
    back = here.act(case, "phan_cong.tra_lai", "05/10/2026 15:00", by=HEAD, reason="Thiếu trang.")
    assert back.state.route[-1] == "tiep_nhan"


def test_the_head_gives_a_waiting_step_to_another(here: Town) -> None:
    case = picked(here).pick("xem", BINH, by=HEAD, at=moment("06/10/2026 08:00"))
    assert actions(case, BINH, "06/10/2026 08:30") == ["dat"]
    assert actions(case, AN, "06/10/2026 08:30") == []


def test_only_a_head_picks_anew_and_only_while_the_step_waits(here: Town) -> None:
    with pytest.raises(NotAllowed):
        picked(here).pick("xem", BINH, by=AN, at=moment("06/10/2026 08:00"))
    with pytest.raises(NotOffered):
        waiting(here).pick("xem", BINH, by=HEAD, at=moment("06/10/2026 10:00"))


# ---- appointments ----


def test_the_applicant_takes_one_of_the_times_and_the_case_goes_on(here: Town) -> None:
    case = offered(here).choose("hen", moment("09/10/2026 08:00"), by="citizen:1", at=moment("06/10/2026 20:00"))
    assert case.state.route[-1] == "kiem_tra"
    assert case.facts.read("step.hen.slot") == moment("09/10/2026 08:00")


def test_where_the_applicant_is_silent_the_first_time_stands(here: Town) -> None:
    """Offered Tuesday 06/10: two working days end on Thursday 08/10 17:00, after the first time has come."""
    later = offered(here, "12/10/2026 08:00", "13/10/2026 08:00").advance(moment("20/10/2026 08:00"))
    agreed = next(event for event in later.events if event.kind == "agreed")
    assert (agreed.at, agreed.by) == (moment("08/10/2026 17:00"), "clock")
    assert later.facts.read("step.hen.slot") == moment("12/10/2026 08:00")
    sooner = offered(here).advance(moment("20/10/2026 08:00"))
    assert next(event.at for event in sooner.events if event.kind == "agreed") == moment("08/10/2026 08:00")


def test_a_time_that_was_not_offered_cannot_be_taken(here: Town) -> None:
    with pytest.raises(NotOffered):
        offered(here).choose("hen", moment("07/10/2026 08:00"), by="citizen:1", at=moment("06/10/2026 20:00"))
    with pytest.raises(NotOffered):
        waiting(here).choose("hen", moment("09/10/2026 08:00"), by="citizen:1", at=moment("06/10/2026 20:00"))


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([], "no_slot"),
        (["06/10/2026 09:00"], "slot_past"),
        (["10/10/2026 09:00"], "slot_closed"),  # a Saturday
        (["08/10/2026 12:00"], "slot_closed"),
        (["07/10/2026 08:00", "07/10/2026 09:00", "07/10/2026 10:00", "07/10/2026 11:00"], "too_many_slots"),
    ],
)
def test_only_times_that_can_be_kept_are_offered(here: Town, slots: list[str], code: str) -> None:
    with pytest.raises(Incorrect) as refused:
        waiting(here).offer("hen", [moment(s) for s in slots], by=AN, at=moment("06/10/2026 10:00"))
    assert problems_of(refused.value) == {"slots": code}


def test_only_the_role_that_arranges_it_offers_times(here: Town) -> None:
    with pytest.raises(NotAllowed):
        waiting(here).offer("hen", [moment("08/10/2026 08:00")], by=HEAD, at=moment("06/10/2026 10:00"))


def test_times_offered_anew_replace_the_old_ones(here: Town) -> None:
    case = offered(here).offer("hen", [moment("12/10/2026 08:00")], by=BINH, at=moment("07/10/2026 08:00"))
    assert case.state.offers["hen"].slots == (moment("12/10/2026 08:00"),)


# ---- while the case is suspended only the applicant acts, and his time runs on ----

HELD = WORKFLOW.replace(
    "interrupts: []",
    """\
interrupts:
  - {id: ke_bien, name: Kê biên, by: specialist, at: decides, does: suspend, clock: resume}
""",
)


@pytest.fixture
def held(tmp_path: Path) -> Case:
    """Times were offered on Tuesday 06/10, and the case was suspended the same day."""
    case = offered(town(tmp_path, procedure=PROCEDURE, workflow=HELD))
    return case.interrupt("ke_bien", who="specialist", by="officer:an", at=moment("06/10/2026 11:00"))


def test_the_applicant_takes_a_time_while_the_case_is_suspended(held: Case) -> None:
    case = held.choose("hen", moment("09/10/2026 08:00"), by="citizen:1", at=moment("06/10/2026 20:00"))
    assert (case.state.route[-1], bool(case.state.suspended)) == ("kiem_tra", True)


def test_his_time_to_choose_is_over_though_the_case_is_suspended(held: Case) -> None:
    """The first of the offered times, Thursday 08/10 08:00, comes before the two days are over."""
    case = held.advance(moment("20/10/2026 08:00"))
    assert [(e.at, e.by) for e in case.events if e.kind == "agreed"] == [(moment("08/10/2026 08:00"), "clock")]


def test_nobody_offers_other_times_meanwhile(held: Case) -> None:
    with pytest.raises(NotAllowed):
        held.offer("hen", [moment("12/10/2026 08:00")], by=AN, at=moment("07/10/2026 08:00"))
