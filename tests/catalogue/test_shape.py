"""What a schema refuses is said in an editor's words, one message a cause, at the key or the value that is wrong."""

from __future__ import annotations

import pytest

from motcua.catalogue.messages import say
from motcua.catalogue.schema_files import schema
from motcua.catalogue.shape import RULES, shape
from motcua.catalogue.source import parse


def told(kind: str, text: str) -> list[tuple[str, int, int]]:
    source = parse(text.encode(), "x.yaml")
    assert source.problems == ()
    return [(d.code, d.place.line, d.place.column) for d in shape(source, kind)]


def said(kind: str, text: str, lang: str = "vi") -> list[str]:
    return [say(d, lang) for d in shape(parse(text.encode(), "x.yaml"), kind)]


FORM = "title: Tờ khai\ntype: object\nproperties:\n  a:\n    type: object\n    title: A\n    properties:\n"
PROCEDURE = """\
code: "1.1"
name: Thủ tục
sector: ho_tich
level: commune
service: full
channels: [online]
agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {kind: ubnd_xa, for: a.xa}}
form: to_khai
workflow: {use: mot_cap}
"""


def test_the_example_of_the_design_is_told_as_it_promises() -> None:
    assert said("form", FORM + "      b: {type: string, lable: Họ tên}\n") == ["khoá lạ 'lable', có phải 'labels'?"]
    assert said("form", FORM + "      b: {type: string, lable: x}\n", "en") == [
        "unknown key 'lable', did you mean 'labels'?"
    ]


def test_a_misspelt_required_key_is_one_mistake_not_two() -> None:
    assert told("sectors", "sectors:\n  - {id: a, nam: A}\n") == [("C102", 2, 13)]


def test_a_key_that_is_like_none_is_told_without_a_guess() -> None:
    assert said("sectors", "sectors:\n  - {id: a, name: A, zzzzqq: 1}\n") == ["khoá lạ 'zzzzqq'"]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("name: 5", "ở đây phải là lời tiếng Việt, hoặc {vi: ..., en: ...}, không phải 5"),
        ("name: {en: A}", "thiếu khoá 'vi'"),
        ("name: [A]", "ở đây phải là lời tiếng Việt, hoặc {vi: ..., en: ...}, không phải một danh sách"),
        ('name: ""', "khoá 'name' chưa có giá trị"),
        ("name:", "khoá 'name' chưa có giá trị"),
    ],
)
def test_a_wrong_value_is_told_by_what_should_stand_there(item: str, message: str) -> None:
    assert said("sectors", f"sectors:\n  - id: a\n    {item}\n") == [message]


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("hồ_sơ", "ho_so"), ("Đơn đề nghị", "don_de_nghi"), ("giay-to", "giay_to"), ("2_ban", "x_2_ban"), ("đ", "d")],
)
def test_an_identifier_that_cel_cannot_read_is_told_with_one_that_it_can(name: str, proposed: str) -> None:
    found = said("form", FORM + f'      "{name}": {{type: string, title: A}}\n')

    assert len(found) == 1
    assert f"viết '{proposed}'" in found[0]


@pytest.mark.parametrize("word", ["case", "step", "known", "agency", "value", "in", "true", "while"])
def test_words_of_the_language_name_nothing_else(word: str) -> None:
    assert told("form", FORM + f'      "{word}": {{type: string, title: A}}\n') == [("C106", 8, 7)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("[{when: a.b, is: 1}, {else: 2}]", []),
        ("[{in_force: {to: 30/06/2025}, is: 1}, {in_force: {from: 01/07/2025}, is: 2}]", []),
        ("[{else: 2}, {when: a.b, is: 1}]", ["C113"]),
        ("[{is: 1}, {else: 2}]", ["C114"]),
        ("[{when: a.b}, {else: 2}]", ["C114"]),
        ("[{when: a.b, is: 1, else: 2}]", ["C114"]),
        ("[{when: a.b, else: 1}]", ["C114"]),
        ("{else: 1}", ["C114"]),
        ("[1, {else: 2}]", ["C114"]),
    ],
)
def test_rows_are_conditions_with_is_and_an_else_at_the_end(rows: str, expected: list[str]) -> None:
    found = told("procedure", PROCEDURE + f"fees:\n  - {{id: f, kind: phi, amount: {rows}}}\n")

    assert [code for code, _, _ in found] == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("{of: gia, times: [ty_le, 60 %], at_most: [{when: a.b, is: none}, {else: 500 triệu}], round_to: 1}", []),
        ("{sum: {each: giay_to, as: g, when: g.moi, amount: {of: {of: t(g.n), at_most: 200.000}, times: g.n}}}", []),
        ("{sum: [{of: a, times: [{when: a.b, is: 95 %}, {else: 1}], round_to: 1}, {of: 50.000, times: n}]}", []),
        ("{of: muc, times: {sum: [{of: he_so, times: n}, {highest: [x, y]}]}, round_to: 1}", []),
        ("{highest: {each: l, as: d, amount: d.gia, none: 0}}", []),
        ("{of: 1, sum: [2]}", ["C115"]),
        ("{times: 2}", ["C115"]),
        ("{of: 1, round_to: 1, round_up_to: 1}", ["C115"]),
        ("{of: 1, rund_to: 1}", ["C102"]),
        ("{sum: {as: g, amount: 1}}", ["C101"]),
    ],
)
def test_a_formula_has_one_base_and_at_most_one_rounding(amount: str, expected: list[str]) -> None:
    amount = amount.replace("t(g.n)", '"t(g.n)"')
    found = told("procedure", PROCEDURE + f"fees:\n  - id: f\n    kind: phi\n    amount: {amount}\n")

    assert [code for code, _, _ in found] == expected


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("{kind: ubnd_xa, for: a.xa}", []),
        ("{agency: so_tu_phap}", []),
        ("{above: receives, kind: ubnd_huyen}", []),
        ("[{in_force: {to: 30/06/2025}, is: {above: receives, kind: ubnd_huyen}}, {else: {agency: so_noi_vu}}]", []),
        ("{kind: ubnd_xa, for: a.xa, agency: x}", ["C115"]),
        ("{for: a.xa}", ["C101"]),
        ("{kin: ubnd_xa, for: a.xa}", ["C102"]),
    ],
)
def test_a_position_is_filled_in_one_way(position: str, expected: list[str]) -> None:
    text = PROCEDURE.replace("decides: {kind: ubnd_xa, for: a.xa}", f"decides: {position}")

    assert [code for code, _, _ in told("procedure", text)] == expected


@pytest.mark.parametrize("gone", ["form: to_khai\n", "workflow: {use: mot_cap}\n"])
def test_a_service_that_can_be_filed_has_a_form_and_a_workflow(gone: str) -> None:
    text = PROCEDURE.replace(gone, "")

    assert [code for code, _, _ in told("procedure", text)] == ["C101"]
    assert told("procedure", text.replace("full", "information")) == []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{role: leader, at: decides, actions: {ky: {to: xong}}}", []),
        ("{waits_for: payment, fees: [phi], within: 30 ngày, clock: resume, to: x, runs_out: never}", []),
        ("{waits_for: applicant, clock: runs, actions: {co: {to: x}}, runs_out: y, within: 1 ngày}", []),
        ("{waits_for: agencies, asks: $hoi, within: 3 ngày làm việc, silence: agree, clock: runs, to: hop}", []),
        ("{fork: [a, b], join: c}", []),
        ("{runs: niem_yet, with: {n: 1}, to: {xong: a, co: b}}", []),
        ("{ends: granted, silent: true}", []),
        ("{role: leader, ends: granted}", ["C115"]),
        ("{name: Gì đó}", ["C115"]),
        ("{role: leader, actions: {ky: {to: x}}}", ["C101"]),
        ("{waits_for: payment, to: x}", ["C101"]),
        ("{waits_for: payment, clock: runs}", ["C101"]),
        ("{waits_for: payment, clock: runs, silence: agree, to: x}", ["C116"]),
        ("{waits_for: paymet, clock: runs, to: x}", ["C104"]),
        ("{ends: granted, to: x}", ["C116"]),
        ("{role: leader, at: decides, actions: {ky: {does: sign}}}", ["C101"]),
    ],
)
def test_a_step_is_exactly_one_kind_and_has_the_keys_of_it(step: str, expected: list[str]) -> None:
    text = f"id: x\nstart: a\nsteps:\n  a: {step}\n"

    assert [code for code, _, _ in told("workflow", text)] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("{type: string, title: A, enum: [I, II], labels: {I: Một}}", []),
        ("{type: array, title: A, items: {type: string, enum: [x]}, labels: {x: X}}", []),
        ("{type: number, title: A, decimals: 1, minimum: 0.5}", []),
        ("{$ref: common#/$defs/person, title: A}", []),
        ("{title: A}", ["C101"]),
        ("{type: object, title: A}", ["C101"]),
        ("{type: array, title: A}", ["C101"]),
        ("{type: boolean, title: A, enum: [x]}", ["C116"]),
        ("{type: string, title: A, enum: [x], labels: {y: Y}}", ["C104"]),
        ("{type: string, title: A, enum: [x], default: y}", ["C104"]),
        ("{type: string, title: A, minimum: 3}", ["C116"]),
        ("{$ref: 'https://example.org/x'}", ["C107"]),
        ("{$ref: '../../secret#/$defs/x'}", ["C107"]),
        ("{type: string, title: A, pattern: '(a|b)*c'}", ["C118"]),
        ("{type: string, title: A, pattern: '(?=a)b'}", ["C118"]),
        ("{type: string, title: A, pattern: '(a)\\1'}", ["C118"]),
        ("{type: string, title: A, pattern: 'a*b*c*d'}", ["C118"]),
        ("{type: string, title: A, pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$'}", []),
        ("{type: string, title: A, pattern: '^[A-ZĐ]{2,4}-?[0-9]+(/[0-9]{4})?$'}", []),
    ],
)
def test_a_field_has_the_keys_of_its_type(field: str, expected: list[str]) -> None:
    assert [code for code, _, _ in told("form", FORM + f"      b: {field}\n")] == expected


def test_a_file_that_is_no_mapping_at_all_is_one_mistake() -> None:
    for kind in RULES:
        assert len(told(kind, "abc")) == 1, kind


@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_kind_of_file_has_a_published_schema(kind: str) -> None:
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(kind)["title"]
