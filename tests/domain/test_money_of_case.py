"""Money between a citizen and an office: the difference is owed, too much is given back, and at the end what was paid
less what was given back is what is owed (semantics 5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_catalog import Town, moment, pages, town

from motcua.domain.case import Case
from motcua.domain.refusals import NotOffered

FORM = pages("""
    don:
      type: object
      properties:
        so_ban: {type: integer, title: Số bản, default: 1}
""")
#: 8.000 for each copy, and 5.000 that never changes
FEES = """
fees:
  - {id: ban_sao, kind: phi, amount: {of: 8.000, times: don.so_ban}%s}
  - {id: don, kind: le_phi, amount: 5.000}
"""
#: the money is waited for after acceptance
WAITS = """
steps:
  tiep_nhan:
    role: one_stop
    at: receives
    actions:
      nhan: {does: accept, to: cho}
      bo_sung: {does: ask_supplement, to: cho_bo_sung}
      tu_choi: {does: refuse, to: tu_choi}
  cho_bo_sung: {waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  cho: {waits_for: payment, fees: [ban_sao, don], clock: resume, to: ky, runs_out: never}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}, tu_choi: {does: refuse, to: tu_choi}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  het_han: {ends: lapsed}
  da_rut: {ends: withdrawn}
"""


def catalog(root: Path, more: str = "", workflow: str = WAITS) -> Town:
    return town(root, form=FORM, procedure=FEES % more, workflow=workflow)


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return catalog(tmp_path)


def filed(here: Town, so_ban: int = 1) -> Case:
    return here.file({"don": {"so_ban": str(so_ban)}})


def paid(case: Case, at: str = "05/10/2026 08:30") -> Case:
    """All that is owed is paid."""
    return case.pay(case.to_pay, by="citizen:1", at=moment(at))


def changed(here: Town, case: Case, so_ban: int) -> Case:
    """The office asks, and the citizen answers with another number of copies."""
    asked = here.act(case, "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="thiếu", asks=("don",))
    return here.supply(asked, "06/10/2026 09:00", {"don": {"so_ban": str(so_ban)}})


def refunded(case: Case, at: str = "07/10/2026 09:00") -> Case:
    """All that is owed back is given back."""
    for due in case.refunds_due:
        case = case.refund(due.seq, due.fees, by="officer:x", at=moment(at), proof={"number": "1"})
    return case


def back(case: Case) -> list[tuple[dict[str, int], str]]:
    return [(dict(due.fees), due.why) for due in case.refunds_due]


# ---- more is asked for ----


def test_of_a_fee_that_became_dearer_the_difference_is_owed(here: Town) -> None:
    """One copy paid (8.000), three asked for (24.000): 16.000 are missing."""
    case = changed(here, paid(filed(here)), so_ban=3)
    assert case.to_pay == {"ban_sao": 16_000}
    assert {line.fee.id: (line.amount, line.paid) for line in case.fees} == {
        "ban_sao": (24_000, False),
        "don": (5_000, True),
    }
    case = paid(case, "06/10/2026 10:00")
    assert (case.to_pay, case.state.paid) == ({}, {"ban_sao": 24_000, "don": 5_000})


def test_the_whole_amount_is_no_answer_to_what_is_owed(here: Town) -> None:
    case = changed(here, paid(filed(here)), so_ban=3)
    with pytest.raises(NotOffered):
        case.pay({"ban_sao": 24_000}, by="citizen:1", at=moment("06/10/2026 10:00"))


def test_a_fee_is_paid_for_the_rules_only_while_nothing_is_owed(here: Town) -> None:
    def holds(case: Case) -> tuple[bool, bool, bool]:
        fact = bool(case.facts.roots["fee"]["ban_sao"]["paid"])
        return fact, "fee.ban_sao.paid" in case.state.happened, "paid" in case.state.happened

    case = paid(filed(here))
    assert holds(case) == (True, True, True)
    dearer = changed(here, case, so_ban=3)
    assert holds(dearer) == (False, False, False)
    assert holds(paid(dearer, "06/10/2026 10:00")) == (True, True, True)
    assert "fee.don.paid" in dearer.state.happened


def test_what_comes_to_the_paid_amount_again_is_paid_again(here: Town) -> None:
    case = changed(here, changed(here, paid(filed(here)), so_ban=3), so_ban=1)
    assert (case.to_pay, case.refunds_due) == ({}, [])
    assert {"fee.ban_sao.paid", "paid"} <= case.state.happened.keys()


def test_a_case_waits_for_the_difference_and_goes_on_by_itself(here: Town) -> None:
    case = changed(here, paid(filed(here)), so_ban=2)
    case = here.act(case, "tiep_nhan.nhan", "06/10/2026 10:00")
    assert [a.step for a in case.state.active] == ["cho"]
    assert [a.step for a in paid(case, "06/10/2026 11:00").state.active] == ["ky"]


def test_what_was_paid_before_is_not_waited_for(here: Town) -> None:
    case = here.act(paid(filed(here)), "tiep_nhan.nhan", "05/10/2026 10:00")
    assert [a.step for a in case.state.active] == ["ky"]


# ---- less is given back ----


def test_what_became_cheaper_is_given_back(here: Town) -> None:
    case = changed(here, paid(filed(here, 3)), so_ban=1)
    assert back(case) == [({"ban_sao": 16_000}, "less")]
    assert case.to_pay == {}
    case = refunded(case)
    assert (case.refunds_due, case.state.refunded) == ([], {"ban_sao": 16_000})


def test_what_became_cheaper_before_it_was_paid_is_simply_less(here: Town) -> None:
    case = changed(here, filed(here, 3), so_ban=1)
    assert (case.to_pay, case.refunds_due) == ({"ban_sao": 8_000, "don": 5_000}, [])


def test_less_is_kept_where_the_fee_says_so(tmp_path: Path) -> None:
    here = catalog(tmp_path, ", if_less: keep")
    assert changed(here, paid(filed(here, 3)), so_ban=1).refunds_due == []


def test_of_two_payments_the_last_is_given_back_first(here: Town) -> None:
    """8.000 + 5.000, then 16.000 more; two copies of three are taken back: all of the second payment."""
    case = paid(changed(here, paid(filed(here)), so_ban=3), "06/10/2026 10:00")
    first, second = (payment.seq for payment in case.state.payments)
    assert [due.seq for due in changed(here, case, so_ban=1).refunds_due] == [second]
    none = changed(here, case, so_ban=0)
    assert [(due.seq, dict(due.fees)) for due in none.refunds_due] == [
        (second, {"ban_sao": 16_000}),
        (first, {"ban_sao": 8_000}),
    ]


# ---- after an end ----


@pytest.mark.parametrize("end", ["refused", "lapsed", "withdrawn"])
def test_an_end_without_the_result_gives_back_what_the_fee_says(tmp_path: Path, end: str) -> None:
    here = catalog(tmp_path, ", if_refused: refund")
    case = ended(here, paid(filed(here, 2)), end)
    assert case.state.outcome == end
    assert (back(case), case.to_pay) == ([({"ban_sao": 16_000}, end)], {})


def test_a_refusal_keeps_what_was_paid_and_asks_for_nothing_more(here: Town) -> None:
    assert ended(here, paid(filed(here)), "refused").refunds_due == []
    assert ended(here, filed(here), "refused").to_pay == {}


def test_too_much_is_given_back_after_a_refusal_too(here: Town) -> None:
    case = ended(here, changed(here, paid(filed(here, 3)), so_ban=1), "refused")
    assert back(case) == [({"ban_sao": 16_000}, "refused")]


def test_nothing_is_given_back_of_what_was_never_paid(tmp_path: Path) -> None:
    here = catalog(tmp_path, ", if_refused: refund")
    assert ended(here, filed(here), "refused").refunds_due == []


def ended(here: Town, case: Case, end: str) -> Case:
    if end == "refused":
        return here.act(case, "tiep_nhan.tu_choi", "08/10/2026 09:00", reason="không đủ")
    if end == "withdrawn":
        return case.interrupt("rut", who="applicant", by="citizen:1", at=moment("08/10/2026 09:00"))
    asked = here.act(case, "tiep_nhan.bo_sung", "08/10/2026 09:00", reason="thiếu", asks=("don",))
    return asked.advance(moment("30/10/2026 08:00"))


# ---- never twice, never more ----


@pytest.mark.parametrize("fees", [{}, {"ban_sao": 24_001}, {"ban_sao": 0}, {"ban_sao": -1}, {"other": 1}], ids=str)
def test_no_more_is_given_back_than_came(here: Town, fees: dict[str, int]) -> None:
    case = changed(here, paid(filed(here, 3)), so_ban=1)
    with pytest.raises(NotOffered):
        case.refund(case.refunds_due[0].seq, fees, by="officer:x", at=moment("07/10/2026 09:00"), proof={})


def test_no_payment_gives_back_what_another_brought(here: Town) -> None:
    case = paid(filed(here, 3))
    with pytest.raises(NotOffered):
        case.refund(99, {"ban_sao": 8_000}, by="officer:x", at=moment("07/10/2026 09:00"), proof={})


def test_money_that_was_on_its_way_back_is_owed_again(here: Town) -> None:
    """16.000 go back; meanwhile the third copy is wanted again."""
    less = changed(here, paid(filed(here, 3)), so_ban=1)
    (due,) = less.refunds_due
    case = changed(here, less, so_ban=3)
    assert (case.to_pay, case.refunds_due) == ({}, [])
    case = case.refund(due.seq, due.fees, by="officer:x", at=moment("07/10/2026 09:00"), proof={})
    assert (case.to_pay, "fee.ban_sao.paid" in case.state.happened) == ({"ban_sao": 16_000}, False)


# ---- an officer's finding ----

FOUND = """
start: tiep_nhan
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: do_dac}}}
  do_dac:
    role: specialist
    at: decides
    form: ho_tich/do_dac
    actions: {xong: {to: cho}}
  cho: {waits_for: payment, fees: [phi], clock: resume, to: ky, runs_out: never}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}, lai: {does: give_back, at_most: 2, to: do_dac}}}
  xong: {ends: granted}
interrupts: []
"""


@pytest.fixture
def measured(tmp_path: Path) -> Town:
    return town(
        tmp_path,
        procedure="fees: [{id: phi, kind: phi, due: step.do_dac, amount: {of: 1.000, times: step.do_dac.dien_tich}}]",
        workflow=FOUND,
        **{
            "forms/ho_tich/do_dac.yaml": (
                "title: Đo\ntype: object\nproperties: {dien_tich: {type: integer, title: Diện tích}}\n"
            )
        },
    )


def found(here: Town, case: Case, dien_tich: int, at: str) -> Case:
    return here.act(case, "do_dac.xong", at, facts={"dien_tich": str(dien_tich)})


def test_a_finding_that_makes_it_dearer_asks_for_the_difference(measured: Town) -> None:
    """30 m² paid; measured again: 45 m², 15.000 more, and the case waits for them."""
    case = measured.act(measured.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    case = paid(found(measured, case, 30, "05/10/2026 10:00"), "05/10/2026 11:00")
    case = measured.act(case, "ky.lai", "05/10/2026 13:30", reason="đo lại")
    case = found(measured, case, 45, "05/10/2026 14:00")
    assert (case.to_pay, [a.step for a in case.state.active]) == ({"phi": 15_000}, ["cho"])
    assert [a.step for a in paid(case, "05/10/2026 15:00").state.active] == ["ky"]


def test_a_finding_that_makes_it_cheaper_gives_back(measured: Town) -> None:
    case = measured.act(measured.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    case = paid(found(measured, case, 30, "05/10/2026 10:00"), "05/10/2026 11:00")
    case = measured.act(case, "ky.lai", "05/10/2026 13:30", reason="đo lại")
    case = found(measured, case, 20, "05/10/2026 14:00")
    assert (back(case), [a.step for a in case.state.active]) == ([({"phi": 10_000}, "less")], ["ky"])


def test_the_wait_for_a_payment_is_over_when_a_branch_beside_it_makes_the_fee_nothing(tmp_path: Path) -> None:
    here = town(
        tmp_path,
        form=FORM,
        procedure="fees: [{id: ban_sao, kind: phi, amount: {of: 8.000, times: don.so_ban}}]",
        workflow="""
        start: chia
        steps:
          chia: {fork: [xem, cho], join: ky}
          xem:
            role: one_stop
            at: receives
            actions: {bo_sung: {does: ask_supplement, to: cho_bo_sung}, dat: {does: accept, to: ky}}
          cho_bo_sung: {waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: xem, runs_out: het_han}
          cho: {waits_for: payment, fees: [ban_sao], clock: runs, to: ky, runs_out: never}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
          het_han: {ends: lapsed}
        interrupts: []
        """,
    )
    case = here.act(filed(here), "xem.bo_sung", "05/10/2026 09:00", reason="thiếu", asks=("don",))
    assert {a.step for a in case.state.active} == {"cho", "cho_bo_sung"}
    case = here.supply(case, "06/10/2026 09:00", {"don": {"so_ban": "0"}})
    assert [a.step for a in case.state.active] == ["xem"]


# ---- whatever happens ----

TURN = st.one_of(
    st.tuples(st.just("change"), st.integers(0, 6)),
    st.tuples(st.sampled_from(("pay", "refund")), st.just(0)),
)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Town]:
    return {
        more: catalog(tmp_path_factory.mktemp("money"), more)
        for more in ("", ", if_less: keep", ", if_refused: refund", ", if_less: keep, if_refused: refund")
    }


@given(
    data=st.data(),
    turns=st.lists(TURN, max_size=8),
    end=st.sampled_from(("", "refused", "lapsed", "withdrawn")),
    first=st.integers(0, 6),
)
def test_paid_less_given_back_is_what_is_owed_at_the_end(
    towns: dict[str, Town], data: st.DataObject, turns: list[tuple[str, int]], end: str, first: int
) -> None:
    """A model of two numbers: what the fee comes to, and what the office holds of it."""
    more = data.draw(st.sampled_from(sorted(towns)))
    here = towns[more]
    case, fixed, held = filed(here, first), first * 8_000, 0
    for turn, copies in turns:
        if turn == "change":
            case = changed(here, case, copies)
            fixed = max(fixed, copies * 8_000) if "if_less" in more else copies * 8_000
        elif turn == "pay" and case.to_pay:
            case, held = paid(case), max(held, fixed)
        elif turn == "refund":
            case, held = refunded(case), min(held, fixed)
        assert case.to_pay.get("ban_sao", 0) == max(0, fixed - held)
        assert sum(due.fees.get("ban_sao", 0) for due in case.refunds_due) == max(0, held - fixed)
        assert case.state.paid.get("ban_sao", 0) - case.state.refunded.get("ban_sao", 0) == held
    if end:
        case = refunded(ended(here, case, end))
        kept = 0 if "if_refused" in more else min(fixed, held)
        assert (case.to_pay, case.refunds_due) == ({}, [])
    else:
        case = refunded(paid(case)) if case.to_pay else refunded(case)
        kept = fixed
        assert (case.to_pay, case.refunds_due) == ({}, [])
    assert case.state.paid.get("ban_sao", 0) - case.state.refunded.get("ban_sao", 0) == kept
