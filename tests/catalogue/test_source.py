"""What YAML words become, where they stand, and every trap that is closed while a file is read (S1)."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.messages import say
from motcua.catalogue.source import Source, parse


def read(text: str) -> Source:
    return parse(text.encode(), "forms/x.yaml")


def told(source: Source) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in source.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1500", 1500),
        ("8.000", "8.000"),
        ("1.5", "1.5"),
        ("12:30", "12:30"),
        ("2026-02-30", "2026-02-30"),
        ("01/07/2024", "01/07/2024"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("+84912000101", "+84912000101"),
        (".inf", ".inf"),
        ("y", "y"),
        ("12 %", "12 %"),
        ("trong ngày", "trong ngày"),
        ('"01234"', "01234"),
        ('"true"', "true"),
        ("'no'", "no"),
        ("a == b && !c", "a == b && !c"),
        ("common#/$defs/person", "common#/$defs/person"),
        ("hai  # ghi chú", "hai"),
    ],
)
def test_only_booleans_whole_numbers_and_nothing_have_a_type(written: str, value: object) -> None:
    source = read(f"a: {written}\n")

    assert source.problems == ()
    assert source.data == {"a": value}


def test_keys_stay_text_even_when_they_look_like_numbers() -> None:
    assert read("labels: {1: Một, 2: Hai}").data == {"labels": {"1": "Một", "2": "Hai"}}


def test_texts_typed_on_a_mac_become_the_common_form_of_vietnamese() -> None:
    decomposed = unicodedata.normalize("NFD", "tên: Nguyễn Đặng Hiếu")

    assert read(decomposed).data == {"tên": "Nguyễn Đặng Hiếu"}


def test_every_key_and_value_knows_its_place_counted_in_characters() -> None:
    source = read("đơn:\n  - {tên: Hồ sơ, số: 12}\n  - hai\n")

    key, value = source.key_place(("đơn", 0, "số")), source.value_place(("đơn", 0, "tên"))
    assert (key.line, key.column, key.length) == (2, 18, 2)
    assert (value.line, value.column, value.length) == (2, 11, 5)
    assert str(source.value_place(("đơn", 1))) == "forms/x.yaml:3:5"


def test_the_place_of_what_is_not_there_is_its_nearest_parent() -> None:
    source = read("a:\n  b: 1\n")

    assert source.value_place(("a", "b", "c", 0)) == source.value_place(("a", "b"))


@pytest.mark.parametrize(
    ("line", "column"),
    [("when: a.b == c", 12), ('when: "a.b == c"', 13), ("when: 'a.b == c'", 13)],
)
def test_a_part_of_a_value_is_underlined_alone(line: str, column: int) -> None:
    place = read(line).value_place(("when",), span=(5, 7))

    assert (place.column, place.length) == (column, 2)


def test_a_part_of_a_value_with_escapes_is_shown_as_the_whole() -> None:
    assert read("when: 'it''s == b'").value_place(("when",), span=(5, 7)).length == 12


def test_a_key_said_twice_names_where_the_first_stands_and_the_first_is_kept() -> None:
    source = read("phi: 10000\nten: x\nphi: 0\n")

    assert told(source) == [("C020", 3, 1)]
    assert say(source.problems[0]) == "khoá 'phi' đã có ở dòng 1, cột 1"
    assert source.data == {"phi": 10000, "ten": "x"}


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "True", "FALSE", "Null"])
def test_words_that_some_reader_takes_for_a_boolean_must_be_quoted_or_said_plainly(word: str) -> None:
    assert told(read(f"name: {word}")) == [("C021", 1, 7)]
    assert told(read(f"{word}: x")) == [("C021", 1, 1)]
    assert read(f'name: "{word}"').problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code: 01234", [("C022", 1, 7)]),
        ("code: -012", [("C022", 1, 7)]),
        ("areas: [01, 79]", [("C022", 1, 9)]),
        ("base: &b {a: 1}\nuse: *b", [("C023", 1, 7), ("C023", 2, 6)]),
        ("row: [*, x]", [("C023", 1, 7)]),
        ("when: &&x", [("C023", 1, 7)]),
        ("a: !!str 1", [("C024", 1, 4)]),
        ("a: !!python/object/apply:os.system ['id']", [("C024", 1, 4)]),
        ("a: !<tag:x> 1", [("C024", 1, 4)]),
        ("<<: {a: 1}", [("C025", 1, 1)]),
        ("a: 1\n---\nb: 2", [("C026", 2, 1)]),
        ("%YAML 1.1\n---\na: 1", [("C027", 1, 1)]),
        ("? [a, b]\n: 1", [("C028", 1, 3)]),
        ('"": 1', [("C028", 1, 1)]),
        ("times: {of: 0,5}", [("C029", 1, 13)]),
        ("times: [0,5]", [("C029", 1, 9)]),
        ("so: 12345678901234567890", [("C030", 1, 5)]),
        ("", [("C031", 1, 1)]),
        ("# chỉ có ghi chú\n", [("C031", 1, 1)]),
        ('pattern: "^\\d+$"', [("C032", 1, 12)]),
        ("a: 1\nten\nb: 2", [("C033", 2, 1)]),
        ("a: {b: 1}}", [("C034", 1, 10)]),
        ("a:\t1", [("C008", 1, 3)]),
        ("\ta: 1\n\tb: 2", [("C008", 1, 1)]),
    ],
)
def test_each_trap_has_its_own_message_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("rule: !tu_kiem.ban_le", ("C017", 1, 7), '"!tu_kiem.ban_le"'),
        ("rule: !(a == b) && c", ("C017", 1, 7), '"!(a == b) && c"'),
        ("- {when: !a.b, is: 1}", ("C017", 1, 10), '"!a.b"'),
        ("when: a ? b : c", ("C014", 1, 7), '"a ? b : c"'),
        ("name: Mẫu số: 1", ("C014", 1, 7), '"Mẫu số: 1"'),
        ('when: ten == "a #b"', ("C018", 1, 7), "nháy kép"),
        ("name: Căn hộ #12", ("C018", 1, 7), "nháy kép"),
        ("{when: size(a, b) > 1, is: 2}", ("C015", 1, 8), "'size(a, b) > 1'"),
        ("{when: a in [1, 2], is: 2}", ("C015", 1, 8), "'a in [1, 2]'"),
        ("{when: a ? b : c, is: 2}", ("C015", 1, 8), "'a ? b : c'"),
        ("{name: Bệnh viện, trạm y tế, id: x}", ("C015", 1, 8), "'Bệnh viện, trạm y tế'"),
        ("rows: [f(a, b), c]", ("C015", 1, 8), "f(a"),
        ('when: "x" in a', ("C019", 1, 7), "một cặp nháy"),
        ("{when: 'x' in a, is: 1}", ("C015", 1, 8), "''x' in a'"),
    ],
)
def test_a_condition_that_must_be_quoted_is_told_so(text: str, expected: tuple[str, int, int], hint: str) -> None:
    source = read(text)

    assert told(source) == [expected]
    assert hint in say(source.problems[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 'b\nc: d\n", ("C011", 1, 4)),
        ("a: b\nc: 'd\ne: f\ng: 'h'\n", ("C011", 2, 4)),
        ("a: [1, 2\nb: 3\n", ("C012", 1, 4)),
        ("a: {b: 1\nc: 2\n", ("C012", 1, 4)),
        ("a: [b, c}", ("C012", 1, 4)),
        ("a:\n  b: 1\n c: 2\n", ("C013", 3, 2)),
        ("a: 1\n  b: 2\n", ("C013", 2, 3)),
        ("a: 1\n- b\n", ("C013", 2, 1)),
        ("a: > 3", ("C016", 1, 4)),
        ("a: @x", ("C016", 1, 4)),
        ("a: - b", ("C016", 1, 4)),
        ("a: ,", ("C016", 1, 4)),
    ],
)
def test_a_syntax_error_gives_one_message_for_its_cause(text: str, expected: tuple[str, int, int]) -> None:
    source = read(text)

    assert told(source) == [expected]
    assert source.data is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("tên: Hồ sơ".encode("cp1258", "ignore") + b"\xff", "C001"),
        ("a: 1".encode("utf-16"), "C002"),
        ("a: 1".encode("utf-16-be"), "C004"),
        (b"\xef\xbb\xbfa: 1", "C003"),
        (b"a: \x00", "C004"),
        ("a: abc\u202edef".encode(), "C004"),
        ("a: x\u2028b: 2".encode(), "C004"),
        (b"a: 1\rb: 2", "C004"),
        (b"a: 1\n" * 200_001, "C005"),
        (b"[" * 51 + b"]" * 51, "C006"),
        (b"[" * 2000, "C006"),
        (b"a: [" + b"x, " * 50_000 + b"]", "C007"),
    ],
)
def test_bytes_that_are_not_calm_text_are_refused(raw: bytes, expected: str) -> None:
    assert [p.code for p in parse(raw, "x.yaml").problems] == [expected]


def test_windows_line_ends_are_read_like_any_other() -> None:
    assert read("a: 1\r\nb: |\r\n  hai\r\n  dòng\r\n").data == {"a": 1, "b": "hai\ndòng\n"}


def test_the_place_of_a_wrong_byte_is_counted_in_characters() -> None:
    assert told(parse("a: 1\nđơn: ".encode() + b"\xff", "x.yaml")) == [("C001", 2, 6)]


def test_what_is_wrong_in_several_places_is_told_all_at_once() -> None:
    source = read("a: yes\nb: 012\nb: 1\nc: *x\nd: {of: 0,5}\n")

    assert told(source) == [("C021", 1, 4), ("C022", 2, 4), ("C020", 3, 1), ("C023", 4, 4), ("C029", 5, 9)]


def test_a_file_with_too_many_mistakes_is_not_read_on() -> None:
    problems = read("- yes\n" * 5000).problems

    assert len(problems) == 101
    assert problems[-1].code == "C009"


def test_depth_and_entries_right_at_the_limit_are_read() -> None:
    assert read("[" * 50 + "]" * 50).problems == ()
    assert read("[" + "x, " * 49_999 + "]").problems == ()


def test_a_thing_under_a_refused_key_is_read_for_mistakes_but_not_kept() -> None:
    source = read("a: {b: 1}\na: {b: yes}\n")

    assert told(source) == [("C020", 2, 1), ("C021", 2, 8)]
    assert source.data == {"a": {"b": 1}}


@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(raw: bytes) -> None:
    source = parse(raw, "x.yaml")

    assert source.data is not None or source.problems or source.values


PIECES = [
    " ",
    "\n",
    "  ",
    "- ",
    ": ",
    "a",
    "b:",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    '"',
    "#",
    "!",
    "&",
    "*",
    "|",
    ">",
    "%",
    "@",
]
PIECES += ["?", "---", "...", "\t", "0", "01", "yes", "<<", "\\", "đ", "$ref", "~", "=="]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_punctuation_whatever_raises_and_every_message_can_be_said(text: str) -> None:
    for problem in read(text).problems:
        assert say(problem, "vi")
        assert say(problem, "en")
        assert problem.place.line <= len(text.split("\n"))


def test_the_largest_files_are_judged_within_two_seconds() -> None:
    for piece in ("[", "- ", "? ", "a: {", "x, ", "!x ", "&a ", "*a ", "a: yes\n", "a: x #y\n", "'", ": ", "{a, "):
        text = (piece * (1_000_000 // len(piece)))[:1_000_000]
        started = time.process_time()
        read(text)
        assert time.process_time() - started < 2, piece
