"""A supplement: only what was ticked opens, everything is judged again, and what is newly needed is asked at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, moment, pages, problems_of, town

from motcua.domain.acts import supplying
from motcua.domain.case import Case
from motcua.domain.refusals import Incorrect, NotOffered

FORM = pages(
    """
    don:
      type: object
      required: [ten]
      properties:
        ten: {type: string, title: Tên}
        loai: {type: string, title: Loại, enum: [thuong, nhanh], default: thuong}
        ly_do: {type: string, title: Lý do, when: don.loai == "nhanh", required_when: shown}
        so: {type: integer, title: Số, default: 1}
    con:
      type: array
      title: Con
      items: {type: object, required: [ten], properties: {ten: {type: string, title: Tên con}, tuoi: {type: integer, title: Tuổi}}}
    """
)
PAPERS = """
papers:
  - {id: bang, name: Bằng, original: 1}
  - {id: don_gap, name: Đơn gấp, original: 1, when: don.loai == "nhanh"}
"""
ANSWERS = {"don": {"ten": "An", "so": 1}, "con": [{"ten": "Lan", "tuoi": 3}, {"ten": "Huệ"}]}
SENT = {"bang": {"files": ["f1"]}}


@pytest.fixture
def catalog(tmp_path: Path) -> Town:
    return town(tmp_path, form=FORM, procedure=PAPERS)


def asked(catalog: Town, *items: str) -> Case:
    case = catalog.file(ANSWERS, papers=SENT)
    return catalog.act(case, "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="thiếu", asks=items)


def given(catalog: Town, case: Case, patch: Any = None, papers: Any = None) -> Case:
    return catalog.supply(case, "06/10/2026 09:00", patch, papers)


# ---- asking ----


def test_a_supplement_names_what_it_asks_for_and_why(catalog: Town) -> None:
    state = asked(catalog, "don.ten", "paper.bang").state
    assert state.asked is not None
    assert (state.asked.fields, state.asked.papers, state.asked.reason) == (("don.ten",), ("bang",), "thiếu")
    assert state.route == ("tiep_nhan", "cho_bo_sung")


@pytest.mark.parametrize(
    ("asks", "reason", "wrong"),
    [
        ((), "thiếu", {"asks": "nothing_asked"}),
        (("don.ten",), "", {"reason": "reason"}),
        (("don.tne",), "thiếu", {"asks": "not_there"}),
        (("paper.don_gap",), "thiếu", {"asks": "not_there"}),
    ],
)
def test_a_supplement_asks_for_something_that_the_case_has_and_says_why(
    catalog: Town, asks: tuple[str, ...], reason: str, wrong: dict[str, str]
) -> None:
    case = catalog.file(ANSWERS, papers=SENT)
    with pytest.raises(Incorrect) as no:
        catalog.act(case, "tiep_nhan.bo_sung", "05/10/2026 09:00", reason=reason, asks=asks)
    assert problems_of(no.value) == wrong


def test_nobody_supplements_what_was_not_asked(catalog: Town) -> None:
    with pytest.raises(NotOffered):
        given(catalog, catalog.file(ANSWERS), {"don": {"ten": "Bình"}})


# ---- what opens ----


def test_a_ticked_field_opens(catalog: Town) -> None:
    case = given(catalog, asked(catalog, "don.ten"), {"don": {"ten": "Bình", "so": 1}})
    assert case.state.answers["don"]["ten"] == "Bình"
    assert case.state.route == ("tiep_nhan", "cho_bo_sung", "tiep_nhan")


def test_a_field_that_was_not_ticked_stays_closed(catalog: Town) -> None:
    with pytest.raises(Incorrect) as no:
        given(catalog, asked(catalog, "don.ten"), {"don": {"ten": "Bình", "so": 2}})
    assert problems_of(no.value) == {"don.so": "not_asked"}


def test_what_is_not_sent_again_stays_as_it_was(catalog: Town) -> None:
    case = given(catalog, asked(catalog, "don.ten"), {"don": {"ten": "Bình"}})
    assert case.state.answers == {"don": {"ten": "Bình", "so": 1, "loai": "thuong"}, "con": ANSWERS["con"]}


def test_a_ticked_page_opens_all_its_questions(catalog: Town) -> None:
    case = given(catalog, asked(catalog, "don"), {"don": {"ten": "Bình", "so": 5}})
    assert case.state.answers["don"] == {"ten": "Bình", "so": 5, "loai": "thuong"}


def test_one_row_of_a_list_opens_alone(catalog: Town) -> None:
    case = asked(catalog, "con.1.tuoi")
    done = given(catalog, case, {"con": [{"ten": "Lan", "tuoi": 3}, {"ten": "Huệ", "tuoi": 5}]})
    assert done.state.answers["con"][1] == {"ten": "Huệ", "tuoi": 5}
    with pytest.raises(Incorrect) as no:
        given(catalog, case, {"con": [{"ten": "Lan", "tuoi": 4}, {"ten": "Huệ", "tuoi": 5}]})
    assert problems_of(no.value) == {"con.0.tuoi": "not_asked"}


def test_a_list_that_was_not_ticked_keeps_its_rows(catalog: Town) -> None:
    with pytest.raises(Incorrect) as no:
        given(catalog, asked(catalog, "don.ten"), {"don": {"ten": "An"}, "con": [{"ten": "Lan", "tuoi": 3}]})
    assert problems_of(no.value) == {"con": "not_asked"}


# ---- judged again ----


def test_a_question_that_an_answer_newly_asks_opens_with_it(catalog: Town) -> None:
    case = asked(catalog, "don.loai", "paper.bang")
    with pytest.raises(Incorrect) as no:
        given(catalog, case, {"don": {"loai": "nhanh"}}, {**SENT, "don_gap": {"files": ["f2"]}})
    assert problems_of(no.value) == {"don.ly_do": "required"}
    done = given(catalog, case, {"don": {"loai": "nhanh", "ly_do": "đi xa"}}, {**SENT, "don_gap": {"files": ["f2"]}})
    assert done.state.answers["don"]["ly_do"] == "đi xa"


def test_a_paper_newly_needed_is_asked_in_the_same_round(catalog: Town) -> None:
    case = asked(catalog, "don.loai")
    with pytest.raises(Incorrect) as no:
        given(catalog, case, {"don": {"loai": "nhanh", "ly_do": "đi xa"}})
    assert problems_of(no.value) == {"paper.don_gap": "paper_missing"}


def test_the_open_fields_are_the_ticked_and_the_newly_asked(catalog: Town) -> None:
    case = asked(catalog, "don.loai")
    judged = supplying.judge(case, {"don": {"loai": "nhanh"}}, {})
    assert supplying.open_fields(case, judged.settled) == {"don.loai", "don.ly_do"}


# ---- papers ----


def test_a_ticked_paper_is_sent_anew(catalog: Town) -> None:
    case = asked(catalog, "paper.bang")
    with pytest.raises(Incorrect) as no:
        given(catalog, case)
    assert problems_of(no.value) == {"paper.bang": "paper_missing"}
    assert given(catalog, case, papers={"bang": {"files": ["f9"]}}).state.papers == {"bang": {"files": ["f9"]}}


def test_a_paper_that_was_not_ticked_stays_as_it_was(catalog: Town) -> None:
    case = given(catalog, asked(catalog, "don.ten"), {"don": {"ten": "Bình"}}, {"bang": {"files": ["f9"]}})
    assert case.state.papers == SENT


# ---- the window ----


def test_what_was_sent_before_the_end_is_in_time_and_at_the_end_it_is_over(catalog: Town) -> None:
    """Asked Monday 05/10; seven working days: Tuesday 06 (1) ... Wednesday 14 (7), 17:00."""
    case = asked(catalog, "don.ten")
    assert case.advance(moment("14/10/2026 16:59")).state.asked is not None
    assert case.advance(moment("14/10/2026 17:00")).state.outcome == "lapsed"


def test_a_window_that_ran_out_is_dated_by_its_end_whenever_that_is_noticed(catalog: Town) -> None:
    late = asked(catalog, "don.ten").advance(moment("01/12/2026 08:00"))
    assert (late.state.outcome, late.state.ended_at) == ("lapsed", moment("14/10/2026 17:00"))
    assert late.events[-1].by == "clock"
    assert late.advance(moment("02/12/2026 08:00")) is late
    with pytest.raises(NotOffered):
        catalog.supply(late, "02/12/2026 08:00", {"don": {"ten": "Bình"}})
