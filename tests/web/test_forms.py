"""A form page as controls, and what a browser sends as answers. B5 (names, dates, money, typing), S5."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from motcua.domain.expression import BOOL, TEXT, Language, Record
from motcua.domain.form import Choices, Field, Kind
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.web.forms import DateControl, Group, NarrowedSelect, PageForm, page_form

NEVER = Language({}).compile("false", BOOL)
TINH = Language({"to": Record({"tinh": TEXT})}).compile("to.tinh", TEXT)


def field(name: str, kind: Kind = Kind.TEXT, **more: object) -> Field:
    return Field(name, (name,), kind, Text(f"Tên của {name}"), **more)  # type: ignore[arg-type] # as a form file would


def group(*fields: Field) -> Field:
    return field("to", Kind.GROUP, fields=fields)


def sent(asked: Field, kept: dict[str, object], *pairs: tuple[str, str], shown: set[str] | None = None) -> object:
    """What is entered after a browser sent these pairs."""
    form = page_form([group(asked)], {"to": kept}, shown, {}, sent=MultiDict(pairs))
    return form.raw()["to"].get(asked.name)


@pytest.mark.parametrize(
    ("boxes", "kept"),
    [
        (("7", "3", "1990"), "7/3/1990"),
        (("07", "03", "1990"), "07/03/1990"),
        (("7/3/1990", "", ""), "7/3/1990"),
        (("07-03-1990", "", ""), "07-03-1990"),
        (("", "", "7 3 1990"), "7 3 1990"),
        (("31", "2", "1990"), "31/2/1990"),
        (("", "3", "1990"), "/3/1990"),
        (("", "", ""), ""),
    ],
)
def test_a_date_is_kept_as_it_was_typed(boxes: tuple[str, str, str], kept: str) -> None:
    pairs = zip(("to.ngay.day", "to.ngay.month", "to.ngay.year"), boxes, strict=True)
    assert sent(field("ngay", Kind.DATE), {}, *pairs) == kept


@pytest.mark.parametrize(
    ("kept", "boxes"),
    [
        ("07-03-1990", ("7", "3", "1990")),
        ("1990-03-07", ("7", "3", "1990")),
        (date(1990, 3, 7), ("7", "3", "1990")),
        ("31/2/1990", ("31", "2", "1990")),
        ("/3/1990", ("", "3", "1990")),
        ("mùng hai Tết", ("mùng hai Tết", "", "")),
        (None, ("", "", "")),
    ],
)
def test_a_date_is_shown_again_in_its_boxes(kept: object, boxes: tuple[str, str, str]) -> None:
    control = made(field("ngay", Kind.DATE), kept)
    assert isinstance(control, DateControl)
    assert control.boxes == boxes


def made(asked: Field, kept: object) -> object:
    return page_form([group(asked)], {"to": {asked.name: kept}}, None, {}).by_name[f"to.{asked.name}"]


def test_money_that_can_be_read_is_shown_with_dots_and_other_text_as_it_was_typed() -> None:
    money = field("tien", Kind.NUMBER, format="money")
    assert getattr(made(money, "1000000"), "data", None) == "1.000.000"
    assert getattr(made(money, "1,000,000"), "data", None) == "1,000,000"


def test_letters_typed_apart_from_their_marks_are_put_together_and_d_stays() -> None:
    assert sent(field("ten"), {}, ("to.ten", "Đặng Thi\u0323 Oa\u0300nh")) == "Đặng Thị Oành"


def test_a_name_that_is_written_in_capitals_becomes_so() -> None:
    assert sent(field("ten", widget="upper_name"), {}, ("to.ten", "đặng thị ý")) == "ĐẶNG THỊ Ý"


def test_what_no_database_takes_is_left_out() -> None:
    assert sent(field("ten"), {}, ("to.ten", "An\x00h")) == "Anh"


def test_what_a_browser_did_not_send_stays_as_it_was() -> None:
    assert sent(field("ten"), {"ten": "An"}) == "An"


def test_a_box_that_was_asked_and_not_ticked_is_a_no_and_one_that_was_not_asked_stays() -> None:
    tick = field("ho_ngheo", Kind.YES_NO, default=False)
    assert sent(tick, {"ho_ngheo": "true"}, ("asked", "to.ho_ngheo")) == "false"
    assert sent(tick, {"ho_ngheo": "false"}, ("asked", "to.ho_ngheo"), ("to.ho_ngheo", "y")) == "true"
    assert sent(tick, {"ho_ngheo": "true"}) == "true"


def test_what_is_not_shown_computed_or_of_no_form_changes_nothing() -> None:
    """S5."""
    assert sent(field("an"), {"an": "giữ"}, ("to.an", "đổi"), shown={"to"}) == "giữ"
    assert sent(field("tuoi", Kind.NUMBER, computed=NEVER), {}, ("to.tuoi", "99")) is None
    form = page_form([group(field("ten"))], {}, None, {}, sent=MultiDict([("to.la_quan_tri", "1"), ("is_admin", "1")]))
    assert form.raw() == {"to": {}}


def rows(kept: list[dict[str, str]], *pairs: tuple[str, str]) -> PageForm:
    asked = field("nguoi", Kind.ROWS, fields=(field("ten"), field("an", when=NEVER)), max_items=2)
    return page_form(
        [asked], {"nguoi": kept}, None if not kept else {"nguoi.0.ten"}, {}, sent=MultiDict(pairs) if pairs else None
    )


def test_the_rows_that_were_sent_are_the_rows_and_keep_what_they_did_not_show() -> None:
    entered = rows([{"ten": "An", "an": "giữ"}], ("nguoi.0.ten", "Bình"), ("nguoi.7.ten", "Chi"), ("nguoi.7.an", "x"))
    assert entered.raw() == {"nguoi": [{"ten": "Bình", "an": "giữ"}, {"ten": "Chi"}]}


@pytest.mark.parametrize("number", ["-1", "200", "10000000000", "²", "0x1", ""])
def test_a_row_number_that_no_page_has_is_no_row(number: str) -> None:
    assert rows([], (f"nguoi.{number}.ten", "An")).raw() == {"nguoi": []}


def test_a_list_that_another_answer_narrows_waits_for_it() -> None:
    xa = field("xa", Kind.CHOICE, choices=Choices({}, None, {"tinh": TINH}))
    waiting = page_form([group(xa)], {}, None, {"to.xa": None}).by_name["to.xa"]
    ready = page_form([group(xa)], {}, None, {"to.xa": {"14758": Text("Phường Hàm Rồng")} | many(6)}).by_name["to.xa"]
    assert isinstance(waiting, NarrowedSelect)
    assert waiting.waits
    assert isinstance(ready, NarrowedSelect)
    assert not ready.waits
    first, second, *_ = ready.choices
    assert (first.value, second.value, second.label) == ("", "14758", "Phường Hàm Rồng")


def test_a_list_that_is_always_narrowed_alike_has_nothing_to_wait_for() -> None:
    here = Language({}).compile('"38"', TEXT)
    xa = field("xa", Kind.CHOICE, choices=Choices({}, None, {"tinh": here}))
    ready = page_form([group(xa)], {}, None, {"to.xa": many(6)}).by_name["to.xa"]
    assert not isinstance(ready, NarrowedSelect)


def many(count: int) -> dict[str, Text]:
    return {str(number): Text(f"Xã {number}") for number in range(count)}


def test_a_problem_hangs_on_its_control_and_one_of_a_row_on_the_row() -> None:
    form = rows([{"ten": ""}])
    problems = [
        Problem("nguoi.0.ten", "required", {"title": Text("Tên")}),
        Problem("nguoi", "not_unique", {"title": Text("X")}),
    ]
    hung = form.show_problems([*problems, Problem("khac.muc", "required", {"title": Text("Khác")})], "vi")
    assert [node.name for node, _ in hung] == ["nguoi", "nguoi.0.ten"]
    listed = form.by_name["nguoi"]
    assert isinstance(listed, Group)
    assert listed.errors == ["Hai mục trong “X” trùng nhau."]
    assert form.by_name["nguoi.0.ten"].errors == ["Hãy nhập “Tên”."]
