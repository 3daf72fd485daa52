"""Which papers a case needs, in how many pieces, and from what day they must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, pages, problems_of, town

from motcua.domain.expression import AbsentRead
from motcua.domain.refusals import Incorrect
from motcua.domain.rows import Hole

FORM = pages(
    """
    don:
      type: object
      properties:
        loai: {type: string, title: Loại, enum: [moi, doi, mat]}
        so_ban: {type: integer, title: Số bản, default: 1}
    thanh_vien:
      type: array
      title: Thành viên
      items:
        type: object
        required: [ho_ten, loai]
        properties:
          ho_ten: {type: string, title: Họ tên}
          loai: {type: string, title: Loại, enum: [ca_nhan, to_chuc]}
    """
)


def papers(root: Path, text: str, **more: str) -> Town:
    return town(
        root, form=FORM, procedure="papers:\n" + "".join(f"  - {line}\n" for line in text.strip().splitlines()), **more
    )


def asked(catalog: Town, answers: Any = None, **how: Any) -> list[tuple[str, int, int]]:
    return [(p.key, p.original, p.copies) for p in catalog.judge(answers, **how).papers]


def test_a_paper_is_asked_in_originals_and_copies(tmp_path: Path) -> None:
    catalog = papers(tmp_path, "{id: don, name: Đơn, original: 1, copies: don.so_ban + 1}")
    assert asked(catalog, {"don": {"so_ban": "3"}}) == [("don", 1, 4)]


def test_a_count_may_be_chosen_by_rows(tmp_path: Path) -> None:
    catalog = papers(tmp_path, "{id: don, name: Đơn, original: [{when: don.so_ban > 1, is: 2}, {else: 1}]}")
    assert asked(catalog, {"don": {"so_ban": "2"}}) == [("don", 2, 0)]


def test_a_paper_is_asked_only_when_its_condition_holds(tmp_path: Path) -> None:
    catalog = papers(tmp_path, '{id: cu, name: Giấy cũ, original: 1, when: has(don.loai) && don.loai == "doi"}')
    assert asked(catalog, {"don": {"loai": "doi"}}) == [("cu", 1, 0)]
    assert asked(catalog, {"don": {"loai": "moi"}}) == []


def test_a_paper_is_asked_only_in_its_days(tmp_path: Path) -> None:
    catalog = papers(tmp_path, "{id: ho_khau, name: Sổ hộ khẩu, original: 1, in_force: {to: 31/12/2022}}")
    assert asked(catalog, at="31/12/2022 08:00") == [("ho_khau", 1, 0)]
    assert asked(catalog, at="01/01/2023 08:00") == []


def test_a_condition_that_reads_what_is_absent_is_loud_once_nothing_else_is_wrong(tmp_path: Path) -> None:
    catalog = papers(tmp_path, '{id: cu, name: Giấy cũ, original: 1, when: don.loai == "doi"}')
    with pytest.raises(AbsentRead):
        catalog.judge({})


def test_a_paper_that_cannot_be_judged_yet_is_left_out_of_a_draft(tmp_path: Path) -> None:
    catalog = papers(tmp_path, '{id: cu, name: Giấy cũ, original: 1, when: don.loai == "doi"}')
    assert asked(catalog, {"don": {"so_ban": "nhiều"}}) == []


LOOK_UP = """
looks_up: {cu_tru: {register: dan_cu, of: don.so_ban}}
papers: [{id: cu_tru, name: Giấy tờ cư trú, original: 1, skip_if_known: cu_tru}]
"""
REGISTERS = {"procedures/registers.yaml": "registers: [{id: dan_cu, name: Dân cư, key: text, answer: {xa: text}}]\n"}


def test_a_paper_is_not_asked_when_the_register_answered(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM, procedure=LOOK_UP, **REGISTERS)
    assert asked(catalog, known={"cu_tru": {"xa": "01"}}) == []


def test_a_register_that_is_silent_leaves_the_paper_asked(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM, procedure=LOOK_UP, **REGISTERS)
    assert asked(catalog) == [("cu_tru", 1, 0)]
    assert asked(catalog, known={"cu_tru": {}}) == [("cu_tru", 1, 0)]


EACH = '{id: gt, name: "Giấy tờ của {t.ho_ten}", copies: 1, each: thanh_vien, as: t, when: t.loai == "ca_nhan"}'
MEMBERS = {
    "thanh_vien": [
        {"ho_ten": "Lan", "loai": "ca_nhan"},
        {"ho_ten": "Công ty Sao", "loai": "to_chuc"},
        {"ho_ten": "Huệ", "loai": "ca_nhan"},
    ]
}


def test_a_paper_for_each_row_is_asked_for_the_rows_that_hold_under_the_rows_own_name(tmp_path: Path) -> None:
    found = papers(tmp_path, EACH).judge(MEMBERS).papers
    assert [(p.key, str(p.name)) for p in found] == [("gt.1", "Giấy tờ của Lan"), ("gt.3", "Giấy tờ của Huệ")]


def test_a_list_of_nobody_asks_nothing(tmp_path: Path) -> None:
    assert asked(papers(tmp_path, EACH)) == []


# ---- one of several ----

ONE_OF = """
papers:
  - id: vi_tri
    name: Chứng minh vị trí
    one_of:
      - {when: has(don.loai) && don.loai == "moi", all_of: [{id: dieu_le, name: Điều lệ, copies: 1}, {id: bo_nhiem, name: Quyết định, copies: 1}]}
      - {all_of: [{id: van_bang, name: Văn bằng, copies: 1}]}
"""


def test_the_first_way_that_holds_asks_all_its_papers(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM, procedure=ONE_OF)
    assert [key for key, _, _ in asked(catalog, {"don": {"loai": "moi"}})] == ["dieu_le", "bo_nhiem"]
    assert [key for key, _, _ in asked(catalog, {"don": {"loai": "doi"}})] == ["van_bang"]


def test_the_applicant_takes_another_way_that_holds_by_sending_its_papers(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM, procedure=ONE_OF)
    sent = {"van_bang": {"files": ["f"]}}
    assert asked(catalog, {"don": {"loai": "moi"}}, papers=sent) == [("van_bang", 0, 1)]
    assert catalog.wrong({"don": {"loai": "moi"}}, papers=sent) == {}
    assert list(catalog.file({"don": {"loai": "moi"}}, papers=sent).state.papers) == ["van_bang"]


def test_a_way_that_does_not_hold_cannot_be_taken(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM, procedure=ONE_OF)
    sent = {"dieu_le": {"files": ["f"]}, "bo_nhiem": {"files": ["f"]}}
    assert catalog.wrong({"don": {"loai": "doi"}}, papers=sent) == {"paper.van_bang": "paper_missing"}


def test_that_no_way_holds_is_loud(tmp_path: Path) -> None:
    text = ONE_OF.replace(
        "{all_of: [{id: van_bang", '{when: has(don.loai) && don.loai == "doi", all_of: [{id: van_bang'
    )
    catalog = town(tmp_path, form=FORM, procedure=text)
    with pytest.raises(Hole):
        catalog.judge({"don": {"loai": "mat"}})


# ---- shared ----


def test_a_shared_paper_takes_what_stands_beside_its_use(tmp_path: Path) -> None:
    catalog = papers(
        tmp_path,
        "{use: papers/uy_quyen, original: don.so_ban}",
        **{"procedures/papers/uy_quyen.yaml": "id: uy_quyen\nname: Giấy ủy quyền\nfiles: [pdf]\n"},
    )
    (only,) = catalog.judge({"don": {"so_ban": "2"}}).papers
    assert (only.key, str(only.name), only.original, only.paper.files) == ("uy_quyen", "Giấy ủy quyền", 2, ("pdf",))


# ---- what is attached ----

ATTACH = """
{id: to_khai, name: Tờ khai, original: 1, from_form: true}
{id: cccd, name: Căn cước, shown: true}
{id: anh, name: Ảnh, original: 1, optional: true}
{id: bang, name: Bằng, original: 1}
"""


def test_only_what_is_to_be_attached_is_missed(tmp_path: Path) -> None:
    catalog = papers(tmp_path, ATTACH)
    assert catalog.wrong(papers={}) == {"paper.bang": "paper_missing"}
    assert catalog.wrong(papers={"bang": {"files": []}}) == {"paper.bang": "paper_missing"}
    assert catalog.wrong(papers={"bang": {"files": ["f"]}}) == {}


def test_a_paper_that_is_not_asked_is_not_sent(tmp_path: Path) -> None:
    sent = {"bang": {"files": ["f"]}, "la": {"files": ["g"]}}
    assert papers(tmp_path, ATTACH).file(papers=sent).state.papers == {"bang": {"files": ["f"]}}


def test_a_missing_paper_is_told_by_its_name(tmp_path: Path) -> None:
    (missing,) = papers(tmp_path, ATTACH).judge(papers={}).problems
    assert missing.message() == "Hãy đính kèm “Bằng”."


# ---- from what day ----

HEALTH = "{id: suc_khoe, name: Giấy khám sức khỏe, original: 1, issued_within: 12 tháng}"


@pytest.mark.parametrize(
    ("issued_on", "code"),
    [
        ("2025-10-05", None),  # twelve months to the day
        ("2025-10-04", "too_old"),
        ("2026-10-05", None),
        ("2026-10-06", "too_late"),  # tomorrow
        (None, "issued_on"),
        ("", "issued_on"),
        ("hôm qua", "not_date"),
    ],
)
def test_a_paper_is_of_within_so_long_before_the_filing_day(
    tmp_path: Path, issued_on: str | None, code: str | None
) -> None:
    sent = {"suc_khoe": {"files": ["f"], "issued_on": issued_on}}
    assert papers(tmp_path, HEALTH).wrong(papers=sent).get("paper.suc_khoe") == code


def test_a_paper_that_is_not_attached_is_missing_and_not_asked_its_day(tmp_path: Path) -> None:
    assert papers(tmp_path, HEALTH).wrong(papers={}) == {"paper.suc_khoe": "paper_missing"}


def test_working_days_count_back_to_the_day_of_issue(tmp_path: Path) -> None:
    """Issued Thursday: Friday 1, Monday 2."""
    catalog = papers(tmp_path, HEALTH.replace("12 tháng", "2 ngày làm việc"))
    assert catalog.wrong(papers={"suc_khoe": {"files": ["f"], "issued_on": "2026-10-01"}}) == {}
    assert catalog.wrong(papers={"suc_khoe": {"files": ["f"], "issued_on": "2026-09-30"}}) == {
        "paper.suc_khoe": "too_old"
    }


def test_too_old_a_paper_says_within_what(tmp_path: Path) -> None:
    (old,) = papers(tmp_path, HEALTH).judge(papers={"suc_khoe": {"files": ["f"], "issued_on": "2020-01-01"}}).problems
    assert old.message() == "“Giấy khám sức khỏe” cấp quá lâu, phải trong vòng 12 tháng."


def test_a_rule_reads_the_day_on_which_a_paper_was_issued(tmp_path: Path) -> None:
    text = f"""
    papers: [{HEALTH}]
    checks:
      - {{rule: "paper.suc_khoe.issued_on >= date('01/01/2026')", message: Phải khám trong năm nay.}}
    """
    catalog = town(tmp_path, procedure=text)
    said = catalog.judge(papers={"suc_khoe": {"files": ["f"], "issued_on": "2025-12-31"}}).problems
    assert [p.message() for p in said] == ["Phải khám trong năm nay."]


def test_the_day_of_issue_is_kept_with_the_case(tmp_path: Path) -> None:
    sent = {"suc_khoe": {"files": ["f"], "issued_on": "2026-01-02"}}
    assert papers(tmp_path, HEALTH).file(papers=sent).state.papers == sent


def test_an_old_paper_cannot_be_filed(tmp_path: Path) -> None:
    with pytest.raises(Incorrect) as no:
        papers(tmp_path, HEALTH).file(papers={"suc_khoe": {"files": ["f"], "issued_on": "2020-01-01"}})
    assert problems_of(no.value) == {"paper.suc_khoe": "too_old"}
