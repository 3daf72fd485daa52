"""Officers act: the inbox moves with the case, and rules of who may hold. Two at once: test_races."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.casework.commune import Commune, also

from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, NotThere, Stale


def inboxes(commune: Commune) -> tuple[int, int, int]:
    """How many cases the desk, the examiner and the leader find."""
    return tuple(len(commune.inbox(who)) for who in (commune.desk, commune.examiner, commune.leader))


def test_the_row_of_the_inbox_moves_with_the_case(commune: Commune) -> None:
    ref = commune.filed()
    assert inboxes(commune) == (1, 0, 0)
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    assert inboxes(commune) == (0, 1, 0)
    commune.act(commune.examiner, ref, "tham_tra", "dat")
    assert inboxes(commune) == (0, 0, 1)
    commune.act(commune.leader, ref, "ky", "ky")
    assert inboxes(commune) == (1, 0, 0)
    commune.act(commune.desk, ref, "tra_ket_qua", "tra")
    assert inboxes(commune) == (0, 0, 0)
    case = commune.seen(ref)
    numbers = {"slip.giay_tiep_nhan": "1/BPTNTKQ", "result.giay_khai_sinh": "H56.102-2026-00001"}
    assert (case.state.outcome, case.state.numbers) == ("granted", numbers)


def test_another_commune_finds_nothing_and_may_do_nothing(commune: Commune) -> None:
    ref = commune.filed()
    assert commune.inbox(commune.elsewhere) == []
    with commune.office.store.reading() as books:
        assert not books.inbox.may_see({commune.elsewhere.agency}, ref)
    with pytest.raises(NotAllowed):
        commune.act(commune.elsewhere, ref, "tiep_nhan", "tiep_nhan")


def test_who_examined_does_not_sign(commune: Commune) -> None:
    """Four eyes: `who: {not: tham_tra}`, whatever roles the person has."""
    both = also(commune.examiner, "leader")
    ref = commune.accepted()
    commune.act(both, ref, "tham_tra", "dat")
    with pytest.raises(NotAllowed):
        commune.act(both, ref, "ky", "ky")
    assert commune.act(commune.leader, ref, "ky", "ky").state.route[-1] == "tra_ket_qua"


def test_who_looked_at_an_older_version_is_told_who_was_quicker(commune: Commune) -> None:
    """R4."""
    ref = commune.filed()
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan", seen=1)
    with pytest.raises(Stale) as refused:
        commune.act(commune.desk, ref, "tiep_nhan", "tu_choi", seen=1, reason="Không thuộc thẩm quyền")
    assert (refused.value.by, refused.value.at) == ("officer:nguyenthilan.hamrong", commune.clock.now())
    assert len(commune.record(ref).events) == 2


def test_a_doubt_leads_to_verification_and_to_five_days(commune: Commune) -> None:
    ref = commune.accepted()
    with pytest.raises(NotOffered):
        commune.act(commune.examiner, ref, "tham_tra", "xac_minh")
    doubt = {"nghi_van": "true", "noi_dung_xac_minh": "Tình trạng hôn nhân của cha"}
    with pytest.raises(NotOffered):
        commune.act(commune.examiner, ref, "tham_tra", "dat", facts=doubt)
    case = commune.act(commune.examiner, ref, "tham_tra", "xac_minh", facts=doubt)
    main = case.main_limit(commune.clock.now())
    assert main is not None
    assert main.due is not None
    assert main.due.isoformat() == "2026-10-12T17:00:00+07:00"  # Tuesday 06 is the first of five working days


def test_findings_are_judged_like_answers(commune: Commune) -> None:
    ref = commune.accepted()
    with pytest.raises(Incorrect) as refused:
        commune.act(commune.examiner, ref, "tham_tra", "xac_minh", facts={"nghi_van": "true"})
    assert [(p.field, p.code) for p in refused.value.problems] == [("noi_dung_xac_minh", "required")]


def test_a_refused_case_gives_the_fee_for_copies_back(commune: Commune) -> None:
    """`if_refused: refund`: two copies were 16.000 đồng."""
    ref = commune.accepted()
    assert commune.seen(ref).fee_total == 16_000
    case = commune.act(commune.examiner, ref, "tham_tra", "khong_dat", reason="Trẻ đã được đăng ký khai sinh")
    copies = next(line for line in case.fees if line.fee.id == "phi_ban_sao")
    assert (copies.amount, copies.refunded, copies.owed) == (16_000, True, 0)
    assert case.fee_total == 0


def test_a_citizen_withdraws_and_the_inbox_is_empty(commune: Commune) -> None:
    ref = commune.accepted()
    case = commune.withdraw(ref)
    assert (case.state.outcome, case.fee_total) == ("withdrawn", 0)
    assert inboxes(commune) == (0, 0, 0)
    with pytest.raises(NotOffered):
        commune.act(commune.examiner, ref, "tham_tra", "dat")


def test_before_the_signature_is_the_last_moment_to_withdraw(commune: Commune) -> None:
    ref = commune.examined()
    with pytest.raises(NotOffered):
        commune.withdraw(ref)


def test_only_who_filed_withdraws(commune: Commune) -> None:
    ref = commune.filed()
    with pytest.raises(NotThere):
        replace(commune, citizen=commune.stranger()).withdraw(ref)
