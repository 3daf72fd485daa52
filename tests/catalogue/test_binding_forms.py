"""Forms as they are written become forms as they are asked; what cannot be is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import FORM, mistakes, pages, town

from motcua.domain.form import Field, Form, Kind


def bound(root: Path, text: str, **more: str) -> Form:
    return town(root, form=pages(text), **more).procedure.form


def one(root: Path, schema: str) -> Field:
    field = bound(root, f"don: {{type: object, properties: {{x: {schema}}}}}").field("don.x")
    assert field is not None
    return field


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("{type: string}", Kind.TEXT),
        ("{type: string, format: email}", Kind.TEXT),
        ("{type: string, format: date}", Kind.DATE),
        ("{type: string, format: date-time}", Kind.MOMENT),
        ("{type: string, enum: [a, b]}", Kind.CHOICE),
        ("{type: integer}", Kind.NUMBER),
        ("{type: integer, format: money}", Kind.NUMBER),
        ("{type: number}", Kind.DECIMAL),
        ("{type: boolean}", Kind.YES_NO),
        ("{type: array, items: {type: string, enum: [a, b]}}", Kind.CHOICES),
        ("{type: array, items: {type: string}}", Kind.ROWS),
        ("{type: array, items: {type: object, properties: {y: {type: string}}}}", Kind.ROWS),
        ("{type: object, properties: {y: {type: string}}}", Kind.GROUP),
    ],
)
def test_a_schema_says_what_kind_of_answer_is_taken(tmp_path: Path, schema: str, kind: Kind) -> None:
    assert one(tmp_path, schema).kind is kind


def test_top_level_objects_and_lists_are_pages(tmp_path: Path) -> None:
    form = bound(
        tmp_path, "a: {type: object, properties: {x: {type: string}}}\nb: {type: array, items: {type: string}}"
    )
    assert [page.name for page in form.pages] == ["a", "b"]


def test_texts_may_be_in_two_languages_and_a_name_stands_in_for_a_title(tmp_path: Path) -> None:
    field = one(tmp_path, "{type: string, title: {vi: Tên, en: Name}, description: Gợi ý}")
    assert (field.title.in_("en"), field.title.vi, str(field.hint)) == ("Name", "Tên", "Gợi ý")
    assert str(one(tmp_path / "b", "{type: string}").title) == "x"


def test_words_of_a_choice_have_their_labels(tmp_path: Path) -> None:
    choices = one(tmp_path, "{type: string, enum: [nam, nu], labels: {nam: {vi: Nam, en: Male}}}").choices
    assert choices is not None
    assert {word: label.in_("en") for word, label in choices.labels.items()} == {"nam": "Male", "nu": "nu"}


def test_a_validator_gets_plain_json_schema(tmp_path: Path) -> None:
    text = """
    don:
      type: object
      required: [ten]
      properties:
        ten: {type: string, title: Tên, maxLength: 5, widget: upper_name, when: "true == true", prefill: account}
    """.replace("required: [ten]\n      ", "")
    assert bound(tmp_path, text).schema == {
        "type": "object",
        "properties": {"don": {"type": "object", "properties": {"ten": {"type": "string", "maxLength": 5}}}},
    }


# ---- shared parts ----

COMMON = {
    "forms/common.yaml": """
    $defs:
      person:
        type: object
        title: Người
        required: [ten]
        properties: {ten: {type: string, title: Tên, maxLength: 50}}
    """
}


def test_a_shared_part_takes_what_stands_beside_its_ref(tmp_path: Path) -> None:
    text = """
    nguoi:
      $ref: common#/$defs/person
      prefill: account
      required: [sdt]
      properties: {sdt: {type: string, title: Điện thoại}}
    """
    page = bound(tmp_path, text, **COMMON).field("nguoi")
    assert page is not None
    assert (str(page.title), page.prefill) == ("Người", "account")
    assert {f.name: f.required for f in page.fields} == {"ten": True, "sdt": True}


def test_a_shared_part_may_be_used_many_times(tmp_path: Path) -> None:
    text = "a: {$ref: common#/$defs/person}\nb: {type: array, items: {$ref: common#/$defs/person}}"
    form = bound(tmp_path, text, **COMMON)
    assert [f.dotted for f in form.walk()] == ["a", "a.ten", "b", "b.ten"]


def test_a_key_said_again_is_told_at_its_place(tmp_path: Path) -> None:
    form = "title: Đơn\ntype: object\nproperties:\n  nguoi:\n    $ref: common#/$defs/person\n    title: Ai\n"
    assert mistakes(tmp_path, form=form, **COMMON) == [(f"{FORM}:6:12", "C501")]


def test_a_field_said_again_with_other_words_is_told(tmp_path: Path) -> None:
    form = pages("nguoi: {$ref: common#/$defs/person, properties: {ten: {type: string, title: Họ tên}}}")
    assert [code for _, code in mistakes(tmp_path, form=form, **COMMON)] == ["C501"]


# ---- conditions ----


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('x: {type: string, title: X, when: don.la == "a"}', 41),
        ("x: {type: string, title: X, when: don.so}", 41),
        ("x: {type: string, title: X, required_when: don.so > 1 && don.y}", 64),
        ("x: {type: string, format: date, title: X, not_after: don.so}", 60),
        ("x: {type: integer, title: X, computed: don.y}", 46),
    ],
)
def test_a_condition_is_checked_when_it_is_read_at_its_place_in_the_text(
    tmp_path: Path, line: str, column: int
) -> None:
    form = f"title: Đơn\ntype: object\nproperties:\n  don:\n    type: object\n    properties:\n      {line}\n"
    form += "      so: {type: integer, title: Số}\n      y: {type: string, title: Y}\n"
    ((place, code),) = mistakes(tmp_path, form=form)
    assert place.split(":")[:2] == [FORM, "7"]
    assert code.startswith("C3")
    assert abs(int(place.split(":")[2]) - column) <= 4


def test_a_check_at_a_field_that_is_not_there_is_told_with_the_meant_word(tmp_path: Path) -> None:
    form = pages("don: {type: object, properties: {ten: {type: string, title: Tên}}}")
    form += "checks:\n  - {rule: size(don.ten) > 1, at: don.tne, message: Ngắn quá.}\n"
    assert [code for _, code in mistakes(tmp_path, form=form)] == ["C502"]


def test_a_shared_check_is_used_by_its_name(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=pages("don: {type: object, properties: {so: {type: integer, title: Số}}}"),
        procedure="checks: [{use: checks/so_duong, at: don.so}]\n",
        **{"procedures/checks/so_duong.yaml": "rule: don.so > 0\nmessage: Phải dương.\n"},
    )
    assert [(p.field, p.message()) for p in catalog.judge({"don": {"so": "0"}}).problems] == [("don.so", "Phải dương.")]
