"""Registers are asked while a draft grows: what they know is not asked of the citizen, and the case keeps their answer.

The citizen's is the example ks-1: number 038196000101, birth notice 2026-04812.
"""

from __future__ import annotations

import json
from typing import Any

from tests.casework.commune import Commune, ks_1

from motcua.casework.judged_draft import JudgedDraft, judge_draft


def says(commune: Commune, register: str, answers: dict[str, Any]) -> None:
    folder = commune.office.settings.registers
    folder.mkdir(exist_ok=True)
    (folder / f"{register}.json").write_text(json.dumps(answers), encoding="utf-8")


def judged(commune: Commune, draft: str) -> JudgedDraft:
    with commune.office.store.reading() as books:
        return judge_draft(commune.office, books.drafts.get(draft, commune.citizen.id))


def papers(commune: Commune, draft: str) -> set[str]:
    return {paper.key for paper in judged(commune, draft).judged.papers}


def test_a_paper_that_a_register_has_is_not_asked(commune: Commune) -> None:
    draft = commune.draft()
    assert papers(commune, draft) == {"to_khai", "giay_chung_sinh", "giay_to_cu_tru"}
    says(commune, "y_te.giay_chung_sinh", {"2026-04812": {"ngay_sinh": "01/10/2026", "gioi_tinh": "nam"}})
    assert papers(commune, draft) == {"to_khai", "giay_to_cu_tru"}
    says(commune, "dan_cu.cu_tru", {"038196000101": {"xa": "14758"}})
    assert papers(commune, draft) == {"to_khai"}


def test_the_answer_for_another_key_changes_nothing(commune: Commune) -> None:
    says(commune, "y_te.giay_chung_sinh", {"2026-04813": {"ngay_sinh": "01/10/2026"}})
    assert "giay_chung_sinh" in papers(commune, commune.draft())


def test_the_case_keeps_what_the_register_said_on_the_day_of_filing(commune: Commune) -> None:
    draft = commune.draft()
    says(commune, "dan_cu.cu_tru", {"038196000101": {"xa": "14758"}})
    case = commune.seen(commune.submit(draft).ref)
    says(commune, "dan_cu.cu_tru", {})
    again = commune.seen(case.ref)
    assert again.state.known == {"cu_tru": {"xa": "14758"}}
    assert {paper.key for paper in again.papers} == {"to_khai", "giay_chung_sinh"}


def test_a_register_is_not_asked_where_its_question_is_hidden(commune: Commune) -> None:
    """Born at home: there is no notice of a facility, whatever number was typed before."""
    says(commune, "y_te.giay_chung_sinh", {"2026-04812": {"ngay_sinh": "01/10/2026"}})
    born = {"loai": "tai_nha", "so_giay_chung_sinh": "2026-04812", "tinh": "38", "xa": "14797", "dia_chi": "Khu 1"}
    looked = judged(commune, commune.draft_at_once({**ks_1(), "noi_sinh": born}))
    assert looked.filing.known == {}
    assert "cam_doan" in {paper.key for paper in looked.judged.papers}
