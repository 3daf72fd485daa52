"""Officers act: the inbox moves with the case, rules of who may hold, and of two at once one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.casework.commune import Commune, also

from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, NotThere, Refused, Stale


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


# ---- two at once ----

Act = Callable[[Commune, str, int], Case]


def _of(who: str, step: str, action: str, **more: str) -> Act:
    return lambda commune, ref, seen: commune.act(getattr(commune, who), ref, step, action, seen=seen, **more)


def _withdraw(commune: Commune, ref: str, seen: int) -> Case:
    return commune.withdraw(ref, seen=seen)


ACCEPT = _of("desk", "tiep_nhan", "tiep_nhan")
DECLINE = _of("desk", "tiep_nhan", "tu_choi", reason="Không thuộc thẩm quyền")
SIGN = _of("leader", "ky", "ky")
GIVE_BACK = _of("leader", "ky", "tra_lai", reason="Sai ngày sinh của cha")
#: what the case must have come to before, and the two acts that exclude each other
PAIRS: dict[str, tuple[int, Act, Act]] = {
    "accept or decline": (1, ACCEPT, DECLINE),
    "accept twice": (1, ACCEPT, ACCEPT),
    "sign or give back": (3, SIGN, GIVE_BACK),
    "accept or withdraw": (1, ACCEPT, _withdraw),
}


def race(commune: Commune, version: int, acts: tuple[Act, Act]) -> None:
    """Two press at the same moment on the same version: one act, one event, and the other is told so."""
    ref = commune.filed_at_once()
    if version == 3:
        commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan", seen=1)
        commune.act(commune.examiner, ref, "tham_tra", "dat", seen=2)
    said = len(commune.said(ref))
    barrier, told = threading.Barrier(2), list[Refused | Case]()

    def press(act: Act) -> None:
        barrier.wait()
        try:
            told.append(act(commune, ref, version))
        except Refused as no:
            told.append(no)

    people = [threading.Thread(target=press, args=(act,)) for act in acts]
    for person in people:
        person.start()
    for person in people:
        person.join()
    (won,) = [case for case in told if isinstance(case, Case)]
    (lost,) = [no for no in told if isinstance(no, Refused)]
    record = commune.record(ref)
    assert (record.version, len(record.events)) == (version + 1, version + 1)
    assert record.events[-1] == won.events[-1]
    assert isinstance(lost, Stale)
    assert (lost.by, lost.at, lost.act) == (won.events[-1].by, won.events[-1].at, won.events[-1].kind)
    assert {m.key.split(":")[1] for m in commune.said(ref)[said:]} <= {str(version + 1)}


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_at_once_one_wins_and_the_other_is_told_who(commune: Commune, pair: str) -> None:
    """R4, small."""
    version, *acts = PAIRS[pair]
    for _ in range(3):
        race(commune, version, (acts[0], acts[1]))


@pytest.mark.soak
@pytest.mark.parametrize("pair", PAIRS)
def test_of_a_thousand_pairs_a_thousand_win_and_a_thousand_are_told(commune: Commune, pair: str) -> None:
    """R4: nothing lost, doubled or "locked"."""
    version, *acts = PAIRS[pair]
    for _ in range(1000):
        race(commune, version, (acts[0], acts[1]))
    with commune.office.store.reading() as books:
        lines = books.inbox.of_applicant(commune.citizen.id, most=1001)
    assert len({line.number for line in lines}) == 1000
