"""The fees of a case: fixed when they fall due, computed anew after a supplement, given back after an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, moment, officer, pages, problems_of, town

from motcua.domain.case import Case
from motcua.domain.expression import AbsentRead
from motcua.domain.refusals import Incorrect, NotOffered

FORM = pages(
    """
    don:
      type: object
      properties:
        so_ban: {type: integer, title: Số bản, default: 1}
        dien_tich: {type: integer, title: Diện tích}
        ngheo: {type: boolean, title: Hộ nghèo, default: false}
    """
)
COPIES = "{id: ban_sao, kind: phi, amount: {of: 8.000, times: don.so_ban}%s}"


def fees(root: Path, *lines: str, **more: str) -> Town:
    return town(root, form=FORM, procedure="fees:\n" + "".join(f"  - {line}\n" for line in lines), **more)


def amounts(case: Case) -> dict[str, int | None]:
    return {line.fee.id: line.amount for line in case.fees}


def asked(catalog: Town, case: Case, *items: str) -> Case:
    return catalog.act(case, "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="thiếu", asks=items or ("don",))


def supplied(catalog: Town, case: Case, **don: Any) -> Case:
    return catalog.supply(asked(catalog, case), "06/10/2026 09:00", {"don": don})


# ---- when it falls due ----


def test_a_fee_is_an_estimate_until_its_event_and_fixed_then(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", due: accepted")
    filed = catalog.file({"don": {"so_ban": "2"}})
    assert [(line.amount, line.due) for line in filed.fees] == [(16_000, False)]
    accepted = catalog.act(filed, "tiep_nhan.nhan", "05/10/2026 09:00")
    assert [(line.amount, line.due) for line in accepted.fees] == [(16_000, True)]


def test_a_fee_falls_due_as_the_case_is_received_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert fees(tmp_path, COPIES % "").file().fees[0].due


def test_a_fee_of_several_events_falls_due_with_the_last(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", due: [accepted, step.ky]")
    accepted = catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert not accepted.fees[0].due
    assert catalog.act(accepted, "ky.ky", "05/10/2026 10:00").fees[0].due


def test_a_row_that_makes_it_free_says_why(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=FORM,
        procedure="""
        legal_bases: [{id: nq, cite: Nghị quyết}]
        fees: [{id: phi, kind: phi, amount: [{when: don.ngheo, is: 0, why: Hộ nghèo, basis: nq}, {else: 5.000}]}]
        """,
    )
    (line,) = catalog.file({"don": {"ngheo": "có"}}).fees
    assert (line.amount, str(line.why), line.basis) == (0, "Hộ nghèo", "nq")


def test_a_fee_that_does_not_apply_is_not_there(tmp_path: Path) -> None:
    catalog = fees(
        tmp_path, COPIES % ", when: don.so_ban > 1", "{id: cu, kind: phi, amount: 1.000, in_force: {to: 31/12/2025}}"
    )
    assert amounts(catalog.file()) == {}
    assert amounts(catalog.file({"don": {"so_ban": "3"}}, at="31/12/2025 08:00")) == {"ban_sao": 24_000, "cu": 1_000}


def test_the_law_of_the_filing_day_holds_when_the_fee_falls_due_later(tmp_path: Path) -> None:
    catalog = fees(
        tmp_path,
        "{id: phi, kind: phi, due: step.ky, amount: [{in_force: {to: 31/12/2026}, is: 1.000}, {else: 2.000}]}",
    )
    case = catalog.act(catalog.file(at="31/12/2026 08:00"), "tiep_nhan.nhan", "31/12/2026 09:00")
    assert amounts(catalog.act(case, "ky.ky", "04/01/2027 09:00")) == {"phi": 1_000}


# ---- unknown ----

BY_AREA = "{id: phi, kind: phi, due: %s, amount: {of: 1.000, times: don.dien_tich}}"


def test_a_fee_that_cannot_be_computed_yet_has_no_amount(tmp_path: Path) -> None:
    judged = fees(tmp_path, BY_AREA % "accepted").judge()
    assert [line.amount for line in judged.fees] == [None]
    assert judged.fee_total == 0


def test_a_filing_cannot_fix_a_fee_that_nobody_can_compute(tmp_path: Path) -> None:
    with pytest.raises(AbsentRead):
        fees(tmp_path, BY_AREA % "received").file()


def test_the_action_behind_a_fee_is_not_offered_while_the_fee_is_unknown(tmp_path: Path) -> None:
    catalog = fees(tmp_path, BY_AREA % "accepted")
    case = catalog.file()
    assert [o.action.id for o in case.offered(officer("one_stop"), case.events[-1].at)] == ["bo_sung", "tu_choi"]
    with pytest.raises(NotOffered):
        catalog.act(case, "tiep_nhan.nhan", "05/10/2026 09:00")


def test_a_finding_makes_the_fee_known(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        procedure="fees: [{id: phi, kind: phi, due: step.do_dac, amount: {of: 1.000, times: step.do_dac.dien_tich}}]",
        workflow="""
        start: tiep_nhan
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: do_dac}}}
          do_dac: {role: specialist, at: decides, form: ho_tich/do_dac, actions: {xong: {to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
        **{
            "forms/ho_tich/do_dac.yaml": "title: Đo\ntype: object\nproperties: {dien_tich: {type: integer, title: Diện tích}}\n"
        },
    )
    case = catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert amounts(case) == {"phi": None}
    assert amounts(catalog.act(case, "do_dac.xong", "05/10/2026 10:00", facts={"dien_tich": "30"})) == {"phi": 30_000}
    with pytest.raises(NotOffered):
        catalog.act(case, "do_dac.xong", "05/10/2026 10:00", facts={})


# ---- after a supplement ----


def test_a_supplement_that_changes_an_answer_asks_for_more(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % "")
    assert amounts(supplied(catalog, catalog.file(), so_ban="3")) == {"ban_sao": 24_000}


def test_less_is_given_back(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % "")
    assert amounts(supplied(catalog, catalog.file({"don": {"so_ban": "3"}}), so_ban="1")) == {"ban_sao": 8_000}


def test_less_is_kept_where_the_fee_says_so(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", if_less: keep")
    filed = catalog.file({"don": {"so_ban": "3"}})
    assert amounts(supplied(catalog, filed, so_ban="1")) == {"ban_sao": 24_000}


def test_the_same_amount_is_silence(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % "")
    assert "fees" not in supplied(catalog, catalog.file(), ngheo="có").events[-1].data


def test_a_fee_that_ceases_to_apply_is_given_back_whole(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", when: '!don.ngheo'")
    assert supplied(catalog, catalog.file(), ngheo="có").fee_total == 0


def test_a_fee_that_newly_applies_is_asked_for(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", when: don.ngheo")
    assert supplied(catalog, catalog.file(), ngheo="có").fee_total == 8_000


def test_a_fee_that_a_supplement_leaves_alone_stays_as_it_was_fixed(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", due: step.ky", "{id: don, kind: le_phi, amount: 5.000}")
    assert supplied(catalog, catalog.file(), so_ban="2").state.fees == {"don": 5_000}


# ---- after an end ----


def refused(catalog: Town, case: Case) -> Case:
    return catalog.act(case, "tiep_nhan.tu_choi", "05/10/2026 09:00", reason="không đủ")


def test_a_refusal_keeps_what_was_paid(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % "")
    assert refused(catalog, catalog.file()).fee_total == 8_000


def test_a_refusal_gives_back_where_the_fee_says_so(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", if_refused: refund")
    (line,) = refused(catalog, catalog.file()).fees
    assert (line.amount, line.refunded, line.owed) == (8_000, True, 0)


def test_a_case_that_lapsed_gives_back_too(tmp_path: Path) -> None:
    """Sheet 01, applicant 5: 16.000 for two copies, nothing comes within seven working days; kept: 0."""
    catalog = fees(tmp_path, COPIES % ", if_refused: refund")
    lapsed = asked(catalog, catalog.file({"don": {"so_ban": "2"}})).advance(moment("20/10/2026 08:00"))
    assert (lapsed.state.outcome, lapsed.fee_total) == ("lapsed", 0)


def test_a_granted_case_gives_nothing_back(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", if_refused: refund")
    case = catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert catalog.act(case, "ky.ky", "05/10/2026 10:00").fee_total == 8_000


# ---- the total ----

ALL_KINDS = (
    "{id: a, kind: phi, amount: 1.000}",
    "{id: b, kind: le_phi, amount: 20.000, due: step.ky}",
    "{id: c, kind: thue, amount: 300.000}",
    "{id: d, kind: gia, amount: 4.000.000}",
)


def test_the_total_has_only_what_is_phi_or_le_phi(tmp_path: Path) -> None:
    catalog = fees(tmp_path, *ALL_KINDS)
    assert catalog.file().fee_total == 1_000


def test_once_accepted_the_total_has_what_is_still_to_come(tmp_path: Path) -> None:
    catalog = fees(tmp_path, *ALL_KINDS)
    assert catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00").fee_total == 21_000


def test_after_an_end_the_total_has_only_what_had_fallen_due(tmp_path: Path) -> None:
    catalog = fees(
        tmp_path, "{id: a, kind: phi, amount: 1.000}", "{id: b, kind: le_phi, amount: 20.000, due: result.giay}"
    )
    accepted = catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert accepted.fee_total == 21_000
    assert catalog.act(accepted, "ky.tu_choi", "05/10/2026 10:00", reason="không đủ").fee_total == 1_000


def test_what_had_not_fallen_due_when_the_case_ended_is_no_fee_of_it(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % ", due: accepted", "{id: phi, kind: phi, amount: 5.000}")
    assert amounts(catalog.file()) == {"ban_sao": 8_000, "phi": 5_000}
    assert amounts(refused(catalog, catalog.file())) == {"phi": 5_000}


def test_a_supplement_with_a_wrong_answer_fixes_nothing(tmp_path: Path) -> None:
    catalog = fees(tmp_path, COPIES % "")
    case = asked(catalog, catalog.file())
    with pytest.raises(Incorrect) as no:
        catalog.supply(case, "06/10/2026 09:00", {"don": {"so_ban": "nhiều"}})
    assert problems_of(no.value) == {"don.so_ban": "not_number"}
