"""Which questions are asked for these answers, and what is wrong with what was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, pages, town

from motcua.domain.asking import Circular
from motcua.domain.expression import AbsentRead


def form(root: Path, properties: str, **more: str) -> Town:
    return town(root, form=pages(properties), **more)


BIRTH = """
noi_sinh:
  type: object
  required: [loai]
  properties:
    loai: {type: string, enum: [vien, nha], labels: {vien: Viện, nha: Nhà}}
    vien: {type: string, title: Tên viện, when: noi_sinh.loai == "vien", required_when: shown}
    giuong: {type: string, title: Số giường, when: has(noi_sinh.vien)}
"""


def test_a_question_is_asked_while_its_condition_holds(tmp_path: Path) -> None:
    said = form(tmp_path, BIRTH).judge({"noi_sinh": {"loai": "vien", "vien": "Phụ sản"}})
    assert "noi_sinh.vien" in said.settled.shown


def test_a_hidden_answer_is_not_sent(tmp_path: Path) -> None:
    said = form(tmp_path, BIRTH).judge({"noi_sinh": {"loai": "nha", "vien": "Phụ sản"}})
    assert said.settled.answers == {"noi_sinh": {"loai": "nha"}}


def test_a_hidden_answer_is_absent_to_other_conditions(tmp_path: Path) -> None:
    said = form(tmp_path, BIRTH).judge({"noi_sinh": {"loai": "nha", "vien": "Phụ sản", "giuong": "4"}})
    assert "noi_sinh.giuong" not in said.settled.shown


def test_a_condition_of_another_page_hides_a_whole_page(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
        loai: {type: object, properties: {ai: {type: string, enum: [nguoi, to_chuc]}}}
        to_chuc:
          type: object
          when: loai.ai == "to_chuc"
          required: [ten]
          properties: {ten: {type: string, title: Tên}}
        """,
    )
    assert catalog.wrong({"loai": {"ai": "nguoi"}}) == {}
    assert catalog.wrong({"loai": {"ai": "to_chuc"}}) == {"to_chuc.ten": "required"}


def test_what_is_shown_by_a_condition_is_required_only_then(tmp_path: Path) -> None:
    catalog = form(tmp_path, BIRTH)
    assert catalog.wrong({"noi_sinh": {"loai": "vien"}}) == {"noi_sinh.vien": "required"}
    assert catalog.wrong({"noi_sinh": {"loai": "nha"}}) == {}


def test_required_when_asks_for_an_answer_only_while_it_holds(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don:
  type: object
  properties:
    gap: {type: boolean, title: Gấp, default: false}
    ly_do: {type: string, title: Lý do, required_when: don.gap}
""",
    )
    assert catalog.wrong({"don": {"gap": "true"}}) == {"don.ly_do": "required"}
    assert catalog.wrong({"don": {}}) == {}


def test_a_missing_choice_is_asked_as_a_choice(tmp_path: Path) -> None:
    assert form(tmp_path, BIRTH).wrong({"noi_sinh": {}}) == {"noi_sinh.loai": "required_choice"}


def test_a_required_page_whose_questions_are_all_optional_may_be_left_empty(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form="""
        required: [them]
        properties:
          them: {type: object, title: Thêm, properties: {ghi_chu: {type: string, title: Ghi chú}}}
        """,
    )
    assert catalog.wrong({}) == {}


# ---- absent, empty, false ----


def test_a_box_without_a_default_is_absent_and_one_with_a_default_is_not(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don:
  type: object
  properties:
    gap: {type: boolean, title: Gấp}
    xa: {type: boolean, title: Xa, default: false}
""",
    )
    assert catalog.judge({}).settled.answers == {"don": {"xa": False}}


def test_a_condition_that_reads_an_absent_answer_is_loud_at_filing(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don:
  type: object
  properties:
    gap: {type: boolean, title: Gấp}
    ly_do: {type: string, title: Lý do, when: don.gap}
""",
    )
    with pytest.raises(AbsentRead):
        catalog.judge({"don": {}})


def test_a_condition_that_asks_first_is_quiet(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don:
  type: object
  properties:
    gap: {type: boolean, title: Gấp}
    ly_do: {type: string, title: Lý do, when: has(don.gap) && don.gap}
""",
    )
    assert catalog.wrong({"don": {}}) == {}


def test_an_absent_answer_that_is_itself_a_problem_is_told_and_not_raised(tmp_path: Path) -> None:
    assert form(tmp_path, BIRTH).wrong({}) == {"noi_sinh.loai": "required_choice"}


def test_a_list_that_nobody_filled_is_empty_and_not_absent(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
con: {type: array, title: Con, items: {type: object, properties: {ten: {type: string, title: Tên}}}}
don:
  type: object
  properties:
    khong_con: {type: string, title: Không con, when: size(con) == 0}
""",
    )
    said = catalog.judge({})
    assert said.settled.answers == {"con": [], "don": {}}
    assert "don.khong_con" in said.settled.shown


def test_a_hidden_list_is_empty_and_not_absent(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don: {type: object, properties: {co: {type: boolean, title: Có, default: false}}}
con:
  type: array
  title: Con
  when: don.co
  items: {type: object, properties: {ten: {type: string, title: Tên}}}
dem: {type: object, properties: {x: {type: string, title: X, when: size(con) == 0}}}
""",
    )
    said = catalog.judge({"con": [{"ten": "An"}]})
    assert said.settled.answers["con"] == []
    assert "dem.x" in said.settled.shown


# ---- rows of a list ----

PAPERS = """
giay_to:
  type: array
  title: Giấy tờ
  minItems: 1
  maxItems: 2
  unique_by: [so]
  items:
    type: object
    required: [loai]
    properties:
      loai: {type: string, title: Loại, enum: [trong, ngoai]}
      da_hop_phap: {type: boolean, title: Đã hợp pháp hóa, default: false, when: this.loai == "ngoai"}
      mien: {type: string, title: Lý do miễn, when: 'this.loai == "ngoai" && !this.da_hop_phap', required_when: shown}
      so: {type: string, title: Số}
"""


def test_this_is_the_row_in_which_a_condition_stands(tmp_path: Path) -> None:
    said = form(tmp_path, PAPERS).judge({"giay_to": [{"loai": "trong"}, {"loai": "ngoai", "mien": "hộ chiếu"}]})
    assert "giay_to.0.mien" not in said.settled.shown
    assert "giay_to.1.mien" in said.settled.shown


def test_a_rows_own_default_is_there_for_its_conditions(tmp_path: Path) -> None:
    assert form(tmp_path, PAPERS).wrong({"giay_to": [{"loai": "ngoai"}]}) == {"giay_to.0.mien": "required"}


def test_a_hidden_answer_of_a_row_is_absent_to_that_row(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
giay_to:
  type: array
  title: Giấy tờ
  items:
    type: object
    properties:
      loai: {type: string, title: Loại, enum: [trong, ngoai]}
      nuoc: {type: string, title: Nước, when: has(this.loai) && this.loai == "ngoai"}
      dich: {type: string, title: Bản dịch, when: has(this.nuoc)}
""",
    )
    said = catalog.judge({"giay_to": [{"loai": "trong", "nuoc": "Lào", "dich": "có"}]})
    assert said.settled.answers == {"giay_to": [{"loai": "trong"}]}


def test_each_row_has_problems_of_its_own_at_its_number(tmp_path: Path) -> None:
    assert form(tmp_path, PAPERS).wrong({"giay_to": [{"loai": "trong"}, {"so": "1"}]}) == {
        "giay_to.1.loai": "required_choice"
    }


def test_a_list_that_needs_a_row_says_so(tmp_path: Path) -> None:
    assert form(tmp_path, PAPERS).wrong({}) == {"giay_to": "required_rows"}


def test_a_list_takes_no_more_rows_than_it_says(tmp_path: Path) -> None:
    assert form(tmp_path, PAPERS).wrong({"giay_to": [{"loai": "trong"}] * 3}) == {"giay_to": "too_many_rows"}


def test_two_rows_may_not_share_what_makes_them_unique(tmp_path: Path) -> None:
    rows = [{"loai": "trong", "so": "7"}, {"loai": "ngoai", "so": "7", "mien": "x"}]
    assert form(tmp_path, PAPERS).wrong({"giay_to": rows}) == {"giay_to": "not_unique"}


def test_rows_that_leave_the_unique_answer_empty_are_not_compared(tmp_path: Path) -> None:
    assert form(tmp_path, PAPERS).wrong({"giay_to": [{"loai": "trong"}, {"loai": "trong"}]}) == {}


# ---- bounds ----


def test_a_date_may_not_be_after_the_day_that_the_form_names(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
tre:
  type: object
  properties: {ngay_sinh: {type: string, format: date, title: Ngày sinh, not_after: case.filed_on}}
""",
    )
    (late,) = catalog.judge({"tre": {"ngay_sinh": "06/10/2026"}}).problems
    assert (late.field, late.message()) == ("tre.ngay_sinh", "“Ngày sinh” không được sau 05/10/2026.")
    assert catalog.wrong({"tre": {"ngay_sinh": "05/10/2026"}}) == {}


def test_a_bound_that_needs_another_answer_waits_for_it(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
thue:
  type: object
  properties:
    tu: {type: string, format: date, title: Từ ngày}
    den: {type: string, format: date, title: Đến ngày, not_before: thue.tu}
""",
    )
    assert catalog.wrong({"thue": {"den": "01/10/2026"}}) == {}
    assert catalog.wrong({"thue": {"tu": "02/10/2026", "den": "01/10/2026"}}) == {"thue.den": "too_early"}


def test_a_moment_is_bounded_by_its_day(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
hen:
  type: object
  properties:
    gio: {type: string, format: date-time, title: Giờ hẹn, not_before: 'plus(case.filed_on, "1 ngày")'}
""",
    )
    assert catalog.wrong({"hen": {"gio": "05/10/2026 17:00"}}) == {"hen.gio": "too_early"}
    assert catalog.wrong({"hen": {"gio": "06/10/2026 07:30"}}) == {}


@pytest.mark.parametrize(
    ("said", "code"),
    [("0.1", None), ("0.09", "too_small"), ("2.5", None), ("2.51", "too_precise"), ("3", "too_large")],
)
def test_a_decimal_is_judged_as_it_was_typed(tmp_path: Path, said: str, code: str | None) -> None:
    catalog = form(
        tmp_path,
        """
dat:
  type: object
  properties: {dien_tich: {type: number, title: Diện tích, decimals: 1, minimum: "0.1", maximum: "2.9"}}
""",
    )
    assert catalog.wrong({"dat": {"dien_tich": said}}).get("dat.dien_tich") == code


@pytest.mark.parametrize(("said", "fine"), [("0912 345 678", True), ("0162 345 6789", False), ("12", False)])
def test_a_telephone_is_one_of_today(tmp_path: Path, said: str, fine: bool) -> None:
    catalog = form(
        tmp_path,
        """
nguoi: {type: object, properties: {dien_thoai: {type: string, format: phone, title: Điện thoại}}}
""",
    )
    assert catalog.wrong({"nguoi": {"dien_thoai": said}}) == ({} if fine else {"nguoi.dien_thoai": "bad_phone"})


def test_an_email_and_a_pattern_are_told_in_our_words(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
nguoi:
  type: object
  properties:
    thu: {type: string, format: email, title: Thư}
    so: {type: string, pattern: "^[0-9]{12}$", title: Số định danh, examples: ["038196000101"]}
""",
    )
    said = {p.field: p.message() for p in catalog.judge({"nguoi": {"thu": "an.vn", "so": "12"}}).problems}
    assert said == {
        "nguoi.thu": "“Thư” phải là địa chỉ thư điện tử, ví dụ ten@vidu.vn.",
        "nguoi.so": "“Số định danh” chưa đúng mẫu, ví dụ 038196000101.",
    }


# ---- long lists ----

PLACES = """
noi:
  type: object
  properties:
    tinh: {type: string, title: Tỉnh, choices: lists/tinh}
    xa: {type: string, title: Xã, choices: lists/xa, filter: {tinh: noi.tinh}}
"""
LISTS = {
    "forms/lists/tinh.yaml": 'id: tinh\ntitle: Tỉnh\ncolumns: [code, name]\nrows: [["38", Thanh Hóa], ["40", Nghệ An]]\n',
    "forms/lists/xa.yaml": """\
id: xa
title: Xã
entries:
  - {code: "01", name: Xã An, tinh: "38"}
  - {code: "02", name: Xã Bình, tinh: "40"}
  - {code: "03", name: Xã Cũ, tinh: "38", in_force: {to: 30/06/2025}}
""",
}


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ({"tinh": "38", "xa": "01"}, {}),
        ({"tinh": "38", "xa": "02"}, {"noi.xa": "not_a_choice"}),
        ({"tinh": "38", "xa": "03"}, {"noi.xa": "not_a_choice"}),
        ({"tinh": "99"}, {"noi.tinh": "not_a_choice"}),
        ({"xa": "02"}, {}),
    ],
)
def test_a_choice_is_of_the_list_as_filtered_and_in_force_on_the_filing_day(
    tmp_path: Path, place: dict[str, str], wrong: dict[str, str]
) -> None:
    assert form(tmp_path, PLACES, **LISTS).wrong({"noi": place}) == wrong


def test_an_ended_code_may_be_chosen_by_who_filed_while_it_was_in_force(tmp_path: Path) -> None:
    catalog = form(tmp_path, PLACES, **LISTS)
    assert catalog.wrong({"noi": {"tinh": "38", "xa": "03"}}, at="30/06/2025 08:00") == {}


# ---- computed ----


def test_a_computed_value_is_the_servers_whatever_was_sent(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
tre:
  type: object
  properties:
    sinh: {type: string, format: date, title: Sinh}
    tuoi: {type: integer, title: Tuổi, computed: "years(tre.sinh, case.filed_on)"}
    lop: {type: string, title: Lớp, when: has(tre.tuoi) && tre.tuoi >= 6}
""",
    )
    said = catalog.judge({"tre": {"sinh": "06/10/2019", "tuoi": 40, "lop": "1A"}})
    assert said.settled.answers["tre"]["tuoi"] == 6  # seven tomorrow
    assert "tre.lop" in said.settled.shown


def test_a_computed_value_that_cannot_be_told_yet_is_absent(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
tre:
  type: object
  properties:
    sinh: {type: string, format: date, title: Sinh}
    tuoi: {type: integer, title: Tuổi, computed: "years(tre.sinh, case.filed_on)"}
""",
    )
    assert catalog.judge({}).settled.answers == {"tre": {}}


def test_conditions_that_hide_each_other_for_ever_are_loud(tmp_path: Path) -> None:
    catalog = form(
        tmp_path,
        """
don:
  type: object
  properties:
    a: {type: string, title: A, when: "!has(don.b)"}
    b: {type: string, title: B, when: has(don.a)}
""",
    )
    with pytest.raises(Circular):
        catalog.judge({"don": {"a": "1", "b": "2"}})


# ---- checks ----

TWO_GATES = """
checks:
  - {rule: "!don.le || don.so > 0", message: Số phải lớn hơn 0.}
  - {rule: "don.so < 10", message: Số phải nhỏ hơn 10.}
  - {rule: "don.so != 12", message: Không nhận số 12.}
  - {rule: "don.so != 12", message: Số 12 không hay., at: don.so, level: warning}
"""
NUMBER = """
don:
  type: object
  properties:
    le: {type: boolean, title: Lẻ, default: true}
    so: {type: integer, title: Số}
"""


def test_every_broken_rule_speaks(tmp_path: Path) -> None:
    said = form(tmp_path, NUMBER, procedure=TWO_GATES).judge({"don": {"so": "12"}}).problems
    assert [p.message() for p in said if p.stops] == ["Số phải nhỏ hơn 10.", "Không nhận số 12."]


def test_a_rule_is_silent_while_the_answers_that_it_reads_are_not_there(tmp_path: Path) -> None:
    asked = NUMBER.replace("type: object", "type: object\n  required: [so]")
    assert form(tmp_path, asked, procedure=TWO_GATES).wrong({}) == {"don.so": "required"}


def test_a_rule_that_reads_what_is_not_sent_stops_the_filing_aloud(tmp_path: Path) -> None:
    """Semantics 2: never a default, and never a guard that lets through what it could not judge."""
    with pytest.raises(AbsentRead):
        form(tmp_path, NUMBER, procedure=TWO_GATES).judge({})


def test_a_rule_is_asked_only_where_and_while_it_applies(tmp_path: Path) -> None:
    when = 'checks: [{when: has(don.so), rule: "don.so < 10", message: Nhỏ hơn 10.}]\n'
    dated = 'checks: [{in_force: {from: 01/01/2027}, when: has(don.so), rule: "don.so < 10", message: Nhỏ hơn 10.}]\n'
    assert form(tmp_path / "a", NUMBER, procedure=when).wrong({}) == {}
    assert form(tmp_path / "a", NUMBER, procedure=when).wrong({"don": {"so": "12"}}) == {"": "check"}
    assert form(tmp_path / "b", NUMBER, procedure=dated).wrong({"don": {"so": "12"}}) == {}


def test_a_warning_does_not_stop_a_filing(tmp_path: Path) -> None:
    checks = 'checks: [{rule: "don.so < 10", at: don.so, level: warning, message: Số lớn.}]\n'
    said = form(tmp_path, NUMBER, procedure=checks).judge({"don": {"so": "12"}})
    assert [(p.field, p.level) for p in said.problems] == [("don.so", "warning")]
    assert said.ready


def test_a_rule_at_a_field_is_silent_where_the_field_is_wrong_already(tmp_path: Path) -> None:
    checks = 'checks: [{rule: "don.so < 10", at: don.so, message: Số lớn.}]\n'
    catalog = form(tmp_path, NUMBER.replace("title: Số}", "title: Số, maximum: 11}"), procedure=checks)
    assert catalog.wrong({"don": {"so": "12"}}) == {"don.so": "too_large"}
