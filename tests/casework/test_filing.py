"""A citizen files: once, whole, or not at all."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from tests.casework.commune import ELSEWHERE, HERE, PROCEDURE, Commune, ks_1

from motcua.casework.save_draft import save_page
from motcua.casework.start_draft import start_draft
from motcua.casework.submit import submit
from motcua.domain.refusals import Closed, Incorrect, NotThere, Stale
from motcua.store.cases import CaseRecord


def nothing_was_filed(commune: Commune) -> bool:
    with commune.office.store.reading() as books:
        return books.inbox.of_applicant(commune.citizen.id) == () and books.outbox.backlog().waiting == 0


def problems_of(refused: Incorrect) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.problems}


def test_what_was_filed_is_what_was_answered(commune: Commune) -> None:
    case = commune.seen(commune.filed())
    assert case.number == "H56.102-261005-0001"
    assert case.answers["tre"]["ho_ten"] == "LÊ ĐỨC AN"
    assert case.answers["tre"]["tuoi_ngay"] == 4  # 01/10 to 05/10
    assert case.state.positions == {"receives": HERE, "decides": HERE}
    assert case.state.route == ("tiep_nhan",)
    assert case.fee_total == 16_000  # two copies; in time, so no registration fee


def test_a_draft_is_filed_once_however_often_it_is_sent(commune: Commune) -> None:
    """R5, small: the same receipt at every press."""
    draft = commune.draft()
    pressed = [commune.submit(draft) for _ in range(3)]
    assert {record.ref for record in pressed} == {pressed[0].ref}
    with commune.office.store.reading() as books:
        assert len(books.inbox.of_applicant(commune.citizen.id)) == 1
    assert [message.channel for message in commune.said(pressed[0].ref)] == ["portal", "email"]


def pressed_at_once(commune: Commune, *drafts: str) -> list[CaseRecord]:
    """Each draft is sent by a window of its own, all at the same moment."""
    barrier, filed = threading.Barrier(len(drafts)), list[CaseRecord]()

    def press(draft: str) -> None:
        barrier.wait()
        filed.append(commune.submit(draft))

    windows = [threading.Thread(target=press, args=(draft,)) for draft in drafts]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    return filed


def test_two_windows_that_send_one_draft_at_once_show_the_same_case(commune: Commune) -> None:
    """R5, small."""
    for _ in range(3):
        draft = commune.draft_at_once()
        first, second = pressed_at_once(commune, draft, draft)
        assert first == second
    with commune.office.store.reading() as books:
        assert len(books.inbox.of_applicant(commune.citizen.id)) == 3


@pytest.mark.soak
def test_five_hundred_drafts_sent_twice_at_once_are_five_hundred_cases(commune: Commune) -> None:
    """R5."""
    for _ in range(500):
        draft = commune.draft_at_once()
        first, second = pressed_at_once(commune, draft, draft)
        assert first == second == commune.submit(draft)
    with commune.office.store.reading() as books:
        lines = books.inbox.of_applicant(commune.citizen.id, most=1000)
        assert books.outbox.backlog().waiting == 1000  # portal and e-mail
    assert sorted(line.number for line in lines) == [f"H56.102-261005-{n:04}" for n in range(1, 501)]


def test_without_the_declaration_of_truth_nothing_is_sent(commune: Commune) -> None:
    """Article 22.1 of the regulation."""
    draft = commune.draft()
    with pytest.raises(Incorrect) as refused:
        submit(commune.office, draft, commune.citizen, declared=False)
    assert problems_of(refused.value) == {("declaration", "check")}
    assert nothing_was_filed(commune)


def test_a_filing_with_problems_tells_all_of_them_and_leaves_no_trace(commune: Commune) -> None:
    draft = commune.draft(without="me", tre={**ks_1()["tre"], "ho_ten": "", "ngay_sinh": "06/10/2026"})
    with pytest.raises(Incorrect) as refused:
        commune.submit(draft)
    assert {("tre.ho_ten", "required"), ("tre.ngay_sinh", "too_late"), ("me.ho_ten", "required")} <= problems_of(
        refused.value
    )
    assert nothing_was_filed(commune)
    assert commune.submit(commune.draft()).number == "H56.102-261005-0001"  # no number was taken


def test_a_paper_that_is_asked_and_missing_stops_the_filing(commune: Commune) -> None:
    draft = start_draft(commune.office, PROCEDURE, commune.citizen)
    for page, raw in ks_1().items():
        save_page(commune.office, draft.id, commune.citizen.id, page, raw, seen=draft.version)
    with pytest.raises(Incorrect) as refused:
        commune.submit(draft.id)
    assert ("paper.giay_chung_sinh", "paper_missing") in problems_of(refused.value)
    assert nothing_was_filed(commune)


def test_another_citizens_draft_is_not_there(commune: Commune) -> None:
    stranger = commune.stranger()
    with pytest.raises(NotThere):
        submit(commune.office, commune.draft(), stranger, declared=True)
    assert nothing_was_filed(commune)


def test_a_file_of_another_draft_is_not_taken_along(commune: Commune) -> None:
    """S5: an id in the draft's papers opens nothing that is not this draft's."""
    other = commune.draft()
    with commune.office.store.reading() as books:
        (upload,) = books.uploads.of_draft(other)
    with pytest.raises(NotThere):
        commune.submit(commune.draft_with_file(upload.id))
    assert nothing_was_filed(commune)


def test_a_computed_answer_cannot_be_sent(commune: Commune) -> None:
    """S5: what the form computes is computed, whatever the browser says."""
    case = commune.seen(commune.submit(commune.draft(tre={**ks_1()["tre"], "tuoi_ngay": "9999"})).ref)
    assert case.answers["tre"]["tuoi_ngay"] == 4


def test_what_the_form_does_not_ask_is_not_sent(commune: Commune) -> None:
    """S5: neither a field that it does not have nor an answer that is hidden."""
    page = {**ks_1()["noi_sinh"], "dia_chi": "Số 1", "outcome": "granted", "fee": 0}
    case = commune.seen(commune.submit(commune.draft(noi_sinh=page, version="7")).ref)
    assert not {"dia_chi", "outcome", "fee"} & case.answers["noi_sinh"].keys()
    assert "version" not in case.answers


def test_only_what_was_shown_is_filed(commune: Commune) -> None:
    """Another window changed the draft, or the law changed, since it was shown for checking."""
    draft = commune.draft()
    for shown in ({"seen": 1}, {"edition": "0" * 64}):
        with pytest.raises(Incorrect) as refused:
            submit(commune.office, draft, commune.citizen, declared=True, **shown)
        assert problems_of(refused.value) == {("", "check")}
    assert nothing_was_filed(commune)


def test_what_another_window_saves_while_the_filing_waits_is_filed(commune: Commune) -> None:
    """The rules were asked already when the last change came: they are asked again."""
    draft, filed = commune.draft_at_once(), list[CaseRecord]()
    button = threading.Thread(target=lambda: filed.append(commune.submit(draft)))
    with commune.office.store.transaction() as books:
        kept = books.drafts.get(draft, commune.citizen.id)
        button.start()
        button.join(0.5)  # it has judged, and waits for this transaction
        pages = {**kept.answers["pages"], "yeu_cau": {"so_ban_sao": "5"}}
        books.drafts.save(replace(kept, answers={**kept.answers, "pages": pages}), commune.clock.now())
    button.join()
    assert commune.seen(filed[0].ref).fee_total == 40_000


def test_what_was_filed_is_not_changed_any_more(commune: Commune) -> None:
    draft = commune.draft()
    commune.submit(draft)
    with pytest.raises(Closed):
        save_page(commune.office, draft, commune.citizen.id, "yeu_cau", {"so_ban_sao": "9"}, seen=99)


def test_two_windows_on_one_page_do_not_overwrite_each_other(commune: Commune) -> None:
    office, me = commune.office, commune.citizen.id
    draft = start_draft(office, PROCEDURE, commune.citizen)
    save_page(office, draft.id, me, "yeu_cau", {"so_ban_sao": "1"}, seen=draft.version)
    with pytest.raises(Stale):
        save_page(office, draft.id, me, "yeu_cau", {"so_ban_sao": "2"}, seen=draft.version)
    save_page(office, draft.id, me, "tre", ks_1()["tre"], seen=draft.version)  # another page is free


def test_the_citizen_picks_who_receives_and_the_childs_commune_decides(commune: Commune) -> None:
    record = commune.submit(commune.draft(picks=ELSEWHERE))
    assert record.number == "H56.107-261005-0001"
    assert commune.seen(record.ref).state.positions == {"receives": ELSEWHERE, "decides": HERE}
    assert commune.inbox(commune.desk) == []
    assert commune.inbox(commune.elsewhere) == [record.number]
