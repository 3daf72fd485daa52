"""A supplement: asked once and whole, answered through a draft in which only the ticked parts are open, or run out."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from tests.casework.commune import ELSEWHERE, HERE, Commune, other_door

from motcua.casework.start_draft import start_supplement
from motcua.casework.wake import wake
from motcua.domain.refusals import Closed, Incorrect, NotOffered, NotThere

#: Asked on Monday 05/10/2026: Tuesday 06 is the first of seven working days, Wednesday 14 the last.
WINDOW_ENDS = datetime(2026, 10, 14, 17, 0)


def asked(commune: Commune, *items: str) -> str:
    """A case that waits for its citizen."""
    ref = commune.filed()
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", asks=items, reason="Ảnh giấy chứng sinh không đọc được")
    return ref


def asked_for_paper_and_number(commune: Commune) -> str:
    return asked(commune, "paper.giay_chung_sinh", "noi_sinh.so_giay_chung_sinh")


def test_only_the_ticked_parts_change_and_the_case_goes_back_to_the_desk(commune: Commune) -> None:
    ref = asked_for_paper_and_number(commune)
    before = commune.seen(ref)
    commune.clock.forward(hours=2)
    draft = commune.supplement(ref, papers=["giay_chung_sinh"], noi_sinh={"so_giay_chung_sinh": "2026-04813"})
    case = commune.supplied(draft)
    assert case.answers["noi_sinh"] == {**before.answers["noi_sinh"], "so_giay_chung_sinh": "2026-04813"}
    assert {k: v for k, v in case.answers.items() if k != "noi_sinh"} == {
        k: v for k, v in before.answers.items() if k != "noi_sinh"
    }
    assert case.state.papers["giay_chung_sinh"]["files"] != before.state.papers["giay_chung_sinh"]["files"]
    assert case.state.route == ("tiep_nhan", "cho_bo_sung", "tiep_nhan")
    assert commune.inbox(commune.desk) == [case.number]


def test_a_part_that_was_not_ticked_cannot_change_and_nothing_is_sent(commune: Commune) -> None:
    """S5."""
    ref = asked_for_paper_and_number(commune)
    draft = commune.supplement(ref, papers=["giay_chung_sinh"], tre={"ho_ten": "LÊ ĐỨC ANH"})
    with pytest.raises(Incorrect) as refused:
        commune.supplied(draft)
    assert [(p.field, p.code) for p in refused.value.problems] == [("tre.ho_ten", "not_asked")]
    assert commune.seen(ref).answers["tre"]["ho_ten"] == "LÊ ĐỨC AN"
    assert len(commune.record(ref).events) == 2


def test_the_asked_paper_must_come_anew(commune: Commune) -> None:
    ref = asked(commune, "paper.giay_chung_sinh")
    with pytest.raises(Incorrect) as refused:
        commune.supplied(commune.supplement(ref))
    assert [(p.field, p.code) for p in refused.value.problems] == [("paper.giay_chung_sinh", "paper_missing")]


def test_an_answer_to_a_supplement_is_taken_once(commune: Commune) -> None:
    """R5."""
    ref = asked_for_paper_and_number(commune)
    draft = commune.supplement(ref, papers=["giay_chung_sinh"])
    versions = {len(commune.supplied(draft).events) for _ in range(3)}
    assert versions == {3}
    told = [m.channel for m in commune.said(ref) if m.text == "notice.supplement_came"]
    assert told == ["portal", "email"]


def test_the_same_draft_is_found_again_and_a_stranger_has_none(commune: Commune) -> None:
    ref = asked_for_paper_and_number(commune)
    assert commune.supplement(ref) == commune.supplement(ref)
    with pytest.raises(NotThere):
        start_supplement(commune.office, ref, commune.stranger())


def test_what_a_supplement_changes_may_make_another_commune_competent(commune: Commune) -> None:
    ref = asked(commune, "tre.noi_cu_tru")
    assert commune.seen(ref).state.positions["decides"] == HERE
    commune.supplied(commune.supplement(ref, tre={"noi_cu_tru": {"tinh": "38", "xa": "15499"}}))
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    case = commune.seen(ref)
    assert case.state.positions == {"receives": HERE, "decides": ELSEWHERE}
    assert commune.inbox(commune.elsewhere) == [case.number]
    assert commune.inbox(commune.examiner) == []


def test_a_supplement_is_asked_once_and_says_what_and_why(commune: Commune) -> None:
    ref = commune.filed()
    with pytest.raises(Incorrect) as refused:
        commune.act(commune.desk, ref, "tiep_nhan", "bo_sung")
    assert {p.code for p in refused.value.problems} == {"reason", "nothing_asked"}
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", asks=["yeu_cau.so_ban_sao"], reason="Ghi rõ số bản sao")
    commune.supplied(commune.supplement(ref, yeu_cau={"so_ban_sao": "3"}))
    assert commune.seen(ref).fee_total == 24_000
    with pytest.raises(NotOffered):
        commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", asks=["tre.ho_ten"], reason="Lần thứ hai")


def test_a_supplement_in_time_may_come_in_the_last_minute(commune: Commune) -> None:
    ref = asked_for_paper_and_number(commune)
    draft = commune.supplement(ref, papers=["giay_chung_sinh"])
    commune.at(datetime(2026, 10, 14, 16, 59))
    assert commune.supplied(draft).open


def test_when_the_window_has_run_out_a_look_shows_it_though_no_worker_ran(commune: Commune) -> None:
    ref = asked_for_paper_and_number(commune)
    draft = commune.supplement(ref, papers=["giay_chung_sinh"])
    commune.at(WINDOW_ENDS)
    case = commune.seen(ref)
    assert case.state.outcome == "lapsed"
    assert case.state.ended_at is not None
    assert case.state.ended_at.replace(tzinfo=None) == WINDOW_ENDS
    assert len(commune.record(ref).events) == 2  # nothing was written
    with pytest.raises(Closed):
        commune.supplied(draft)
    with pytest.raises(NotOffered):
        commune.withdraw(ref)


def test_the_worker_writes_the_end_down_and_tells_it_once(commune: Commune) -> None:
    ref = asked_for_paper_and_number(commune)
    commune.at(datetime(2026, 10, 14, 16, 59))
    assert wake(commune.office) == 0
    commune.at(datetime(2026, 10, 15, 7, 30))
    assert [wake(commune.office), wake(commune.office)] == [1, 0]
    event = commune.record(ref).events[-1]
    assert (event.kind, event.by, event.at.replace(tzinfo=None)) == ("ran_out", "clock", WINDOW_ENDS)
    told = [message for message in commune.said(ref) if message.text == "notice.ran_out_ended"]
    assert [message.channel for message in told] == ["portal", "email", "sms"]
    assert {message.params["at"] for message in told} == {event.at.isoformat()}


def test_two_workers_that_wake_at_once_write_one_end(commune: Commune) -> None:
    refs = [asked_for_paper_and_number(commune) for _ in range(4)]
    commune.at(datetime(2026, 10, 15, 7, 30))
    barrier, woken = threading.Barrier(2), list[int]()

    def work(office: Commune) -> None:
        barrier.wait()
        woken.append(wake(office.office))

    doors = [commune, other_door(commune)]
    workers = [threading.Thread(target=work, args=(door,)) for door in doors]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    doors[1].office.store.close()
    assert sum(woken) == 4
    assert [len(commune.record(ref).events) for ref in refs] == [3, 3, 3, 3]
