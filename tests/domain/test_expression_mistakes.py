"""What an editor is told about an expression that is wrong: what, where in its text, and the word that was meant."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.catalogue.messages import registry
from motcua.domain.expression import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    RATE,
    TEXT,
    BadExpression,
    Choice,
    Function,
    Language,
    ListOf,
    Mistake,
    Record,
    Type,
    Wrong,
)

LANGUAGE = Language(
    {
        "tre": Record(
            {"ho_ten": TEXT, "ngay_sinh": DATE, "gioi_tinh": Choice(frozenset({"nam", "nu"})), "dien_tich": DECIMAL}
        ),
        "con": ListOf(Record({"tuoi": INT, "chinh": BOOL, "nganh": ListOf(Choice(frozenset({"che_bien", "ban_le"})))})),
        "case": Record({"filed_on": DATE}),
        "value": Record({"gia": INT, "ty_le": RATE}),
        "so": INT,
    },
    [
        Function("muc", (Choice(frozenset({"dat", "nha"})), INT), INT, lambda *_: 0),
        Function("xa", (TEXT,), Record({"la_phuong": BOOL}), lambda *_: {}),
    ],
)


def mistakes(text: str, expect: Type | None = BOOL) -> list[Mistake]:
    with pytest.raises(BadExpression) as bad:
        LANGUAGE.compile(text, expect)
    return list(bad.value.mistakes)


def told(text: str, expect: Type | None = BOOL) -> tuple[Wrong, str, Any]:
    """The only mistake: its code, the words it points at, the word that was meant."""
    (mistake,) = mistakes(text, expect)
    return mistake.code, text[mistake.at : mistake.at + mistake.length], mistake.params.get("meant")


@pytest.mark.parametrize(
    ("text", "code", "at", "meant"),
    [
        # names
        ("soo > 1", Wrong.NO_NAME, "soo", "so"),
        ("ngay_sinh > case.filed_on", Wrong.NO_NAME, "ngay_sinh", "tre.ngay_sinh"),
        ("tre.hoten == 'A'", Wrong.NO_FIELD, "hoten", "ho_ten"),
        ("con.exists(c, c.tuoii > 3)", Wrong.NO_FIELD, "tuoii", "tuoi"),
        ("has(tre.ngay_sin)", Wrong.NO_FIELD, "ngay_sin", "ngay_sinh"),
        ("xa('1').la_phuon", Wrong.NO_FIELD, "la_phuon", "la_phuong"),
        ("day(tre.ngay_sinh, case.filed_on) > 1", Wrong.NO_FUNCTION, "day", "days"),
        ("timestamp('2020-01-01T00:00:00Z') < tre.ngay_sinh", Wrong.NO_FUNCTION, "timestamp", None),
        ("tre.ho_ten.lower() == 'a'", Wrong.NO_FUNCTION, "lower", None),
        ("tre.gioi_tinh == 'na'", Wrong.NO_WORD, "'na'", "nam"),
        ("'nuu' != tre.gioi_tinh", Wrong.NO_WORD, "'nuu'", "nu"),
        ("tre.gioi_tinh in ['nam', 'x']", Wrong.NO_WORD, "'x'", None),
        ("con.exists(c, 'ban_lee' in c.nganh)", Wrong.NO_WORD, "'ban_lee'", "ban_le"),
        ("muc('datt', so) > 1", Wrong.NO_WORD, "'datt'", "dat"),
        # types
        ("tre.ho_ten > 3", Wrong.OPERANDS, ">", None),
        ("so && true", Wrong.OPERANDS, "&&", None),
        ("!so", Wrong.OPERANDS, "!", None),
        ("days(so, case.filed_on) > 1", Wrong.ARGUMENTS, "days", None),
        ("con.exists(c, c.tuoi)", Wrong.BODY, "exists", None),
        ("(so > 1 ? 1 : 'a') == 1", Wrong.BRANCHES, "?", None),
        ("so in [1, 'a']", Wrong.MIXED_LIST, "[", None),
        ("so", Wrong.RESULT, "so", None),
        ("case.filed_on - tre.ngay_sinh > so", Wrong.DATE_SUM, "-", None),
        ("plus(case.filed_on, '1 ngày') + so > case.filed_on", Wrong.DATE_SUM, "+", None),
        ("tre == tre", Wrong.GROUP_EQUALS, "==", None),
        # numbers
        ("so / 2 > 1", Wrong.DIVIDES, "/", None),
        ("so % 2 == 1", Wrong.DIVIDES, "%", None),
        ("so > 1.5", Wrong.POINT_NUMBER, "1.5", None),
        ("tre.dien_tich == tre.dien_tich", Wrong.DECIMAL_EQUALS, "==", None),
        ("tre.dien_tich == 100", Wrong.DECIMAL_EQUALS, "==", None),
        ("tre.dien_tich in [tre.dien_tich]", Wrong.DECIMAL_EQUALS, "in", None),
        ("ty_le > 1", Wrong.RATE_USED, ">", None),
        ("ty_le == ty_le", Wrong.RATE_USED, "==", None),
        ("so > 99999999999999999999", Wrong.TOO_BIG, "99999999999999999999", None),
        # literals
        ("date('31/02/2024') > case.filed_on", Wrong.LITERAL, "'31/02/2024'", None),
        ("date(tre.ho_ten) > case.filed_on", Wrong.NOT_LITERAL, "date", None),
        ("plus(case.filed_on, '6 ngày làm việc') > case.filed_on", Wrong.LITERAL, "'6 ngày làm việc'", None),
        ("so > money('10 tỷ đô')", Wrong.LITERAL, "'10 tỷ đô'", None),
        ("times(so, '1.234') > 1", Wrong.DOUBTFUL, "'1.234'", None),
        ("same(tre.dien_tich, 'một')", Wrong.LITERAL, "'một'", None),
        ("tre.ho_ten.matches('[')", Wrong.LITERAL, "'['", None),
        # what is not our language
        ("so == null", Wrong.NOT_OURS, "null", None),
        ("{'a': 1}['a'] == so", Wrong.NOT_OURS, "{", None),
        ("so > 1u", Wrong.NOT_OURS, "1", None),
        ("so > 4 // 2", Wrong.COMMENT, "//", None),
        # how it is written
        ("so = 3", Wrong.SINGLE_EQUALS, "=", None),
        ("so > 1 and so < 3", Wrong.WORD_OPERATOR, "and", None),
        ("not so > 1", Wrong.WORD_OPERATOR, "not", None),
        ("so ≥ 1", Wrong.WORD_OPERATOR, "≥", None),
        ("tre.ho_ten == “A”", Wrong.CURLY_QUOTE, "“", None),
        ("tre.họ_tên == 'A'", Wrong.NOT_ASCII, "họ_tên", "ho_ten"),
        ("tre.ho_ten == 'A", Wrong.UNCLOSED_QUOTE, "'", None),
        ("so > ", Wrong.SYNTAX, ">", None),
        ("(so > 1", Wrong.SYNTAX, "1", None),
        ("has(so)", Wrong.HAS_BARE_NAME, "so", None),
        ("has(gia) && gia > 1", Wrong.HAS_BARE_VALUE, "gia", None),
        ("if > 1", Wrong.RESERVED, "if", None),
        ("", Wrong.EMPTY, "", None),
        ("so" + " + so" * 40 + " > 1", Wrong.TOO_DEEP, "so" + " + so" * 40 + " > 1", None),
        ("so > 1 || " * 500 + "true", Wrong.TOO_LONG, "so > 1 || " * 500 + "true", None),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, code: Wrong, at: str, meant: str | None) -> None:
    found = told(text)

    assert (found[0], found[1]) == (code, at)
    if meant is not None:
        assert found[2] == meant


def test_unknown_names_are_all_told_at_once() -> None:
    text = "soo > 1 && tre.hoten == 'A' && dayz(so) == 1"

    assert [(m.code, text[m.at : m.at + m.length]) for m in mistakes(text)] == [
        (Wrong.NO_NAME, "soo"),
        (Wrong.NO_FIELD, "hoten"),
        (Wrong.NO_FUNCTION, "dayz"),
    ]


def test_a_place_is_counted_in_characters_also_after_vietnamese_letters_and_line_ends() -> None:
    text = "tre.ho_ten == 'ĐỖ THỊ Ế'\n  && tre.hoten == 'A'"

    (mistake,) = mistakes(text)

    assert text[mistake.at : mistake.at + mistake.length] == "hoten"


def test_a_name_within_quotes_is_only_text() -> None:
    assert LANGUAGE.compile("tre.ho_ten == 'https://so and đỗ = 1'", BOOL).reads == {"tre.ho_ten"}


def test_rates_may_be_asked_for_and_given_to_formulas() -> None:
    assert LANGUAGE.compile("has(value.ty_le)", BOOL).tests == {"value.ty_le"}
    assert LANGUAGE.compile("so > 1 ? ty_le : ty_le", RATE).type == RATE


def test_every_mistake_has_words() -> None:
    assert set(Wrong) <= set(registry())
