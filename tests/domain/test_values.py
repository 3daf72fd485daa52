"""Named values, and the facts over which all is evaluated: computed when asked for, once, only as far as needed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from motcua.domain.expression import BOOL, DATE, INT, MONEY, TEXT, AbsentRead, EvaluationError, Language, Record
from motcua.domain.formula import Exact, Formula
from motcua.domain.rows import Hole, Row, Rows
from motcua.domain.values import UNKNOWN, Content, Facts, Value, Values

DAY = date(2026, 10, 6)
NAMES = {
    "tre": Record({"ngay_sinh": DATE, "ten": TEXT}),
    "case": Record({"filed_on": DATE, "channel": TEXT}),
    "known": Record({"cu_tru": Record({"xa": TEXT})}),
    "value": Record({"tuoi": INT, "nho": BOOL, "gia": MONEY, "gap_doi": INT, "vong": INT}),
}
LANGUAGE = Language(NAMES)


def one(name: str, text: str) -> Value:
    expression = LANGUAGE.compile(text)
    return Value(name, expression.type, Rows((Row[Content](expression),)))


VALUES = Values(
    {
        "tuoi": one("tuoi", "years(tre.ngay_sinh, case.filed_on)"),
        "nho": one("nho", "tuoi < 6"),
        "gia": Value(
            "gia",
            MONEY,
            Rows(
                (
                    Row[Content](Formula(Exact(Fraction(5), "5")), LANGUAGE.compile("tre.ten == 'x'")),
                    Row[Content](UNKNOWN, otherwise=True),
                )
            ),
        ),
        "gap_doi": one("gap_doi", "value.gia * 2"),
        "vong": one("vong", "vong + 1"),
    }
)


def facts(**tre: Any) -> Facts:
    return Facts(DAY, {"tre": tre}, {"case": {"filed_on": DAY, "channel": "online"}}, VALUES)


def value(text: str, **tre: Any) -> Any:
    return facts(**tre).evaluate(LANGUAGE.compile(text))


def test_values_stand_on_values() -> None:
    assert value("nho && value.tuoi == 5", ngay_sinh=date(2021, 1, 1)) is True


def test_a_value_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    compute = Value.compute
    monkeypatch.setattr(Value, "compute", lambda self, f: asked.append(self.id) or compute(self, f))
    found = facts(ngay_sinh=date(2021, 1, 1))

    for _ in range(3):
        found.evaluate(LANGUAGE.compile("nho || tuoi > 3"))
    found.with_("t", {}).value("tuoi")

    assert sorted(asked) == ["nho", "tuoi"]


def test_a_value_that_nobody_asks_for_may_lack_anything() -> None:
    assert value("tre.ten == 'x'", ten="x") is True


def test_what_a_value_lacks_is_told_by_its_own_name() -> None:
    with pytest.raises(AbsentRead) as absent:
        value("nho", ten="x")

    assert absent.value.path == "tre.ngay_sinh"


def test_a_value_behind_a_guard_need_not_be_there() -> None:
    assert value("case.channel == 'counter' && nho", ten="x") is False


def test_unknown_is_asked_for_with_has_and_loud_when_read() -> None:
    assert value("has(value.gia)", ten="y") is False
    assert value("has(value.gia) && gia == 5", ten="x") is True
    for text in ("gia > 0", "gap_doi > 0"):
        with pytest.raises(AbsentRead, match=r"value\.gia"):
            value(text, ten="y")


def test_has_does_not_guess_for_a_value_that_cannot_be_computed_yet() -> None:
    with pytest.raises(AbsentRead, match=r"tre\.ten"):
        value("has(value.gia)")


def test_a_value_that_needs_itself_is_an_error_and_not_a_hang() -> None:
    with pytest.raises(EvaluationError, match=r"value\.vong"):
        value("vong > 1")


def test_a_hole_in_a_value_that_is_needed_is_a_hole() -> None:
    holed = Values({"gia": Value("gia", MONEY, Rows((Row[Content]("x", LANGUAGE.compile("tre.ten == 'x'")),)))})

    with pytest.raises(Hole):
        Facts(DAY, {"tre": {"ten": "y"}}, values=holed).evaluate(LANGUAGE.compile("gia > 1"))


def test_answers_that_change_are_judged_anew() -> None:
    found = facts(ngay_sinh=date(2021, 1, 1))

    assert found.value("nho") is True
    assert found.with_answers({"tre": {"ngay_sinh": date(2001, 1, 1)}}).value("nho") is False


def test_a_local_name_does_not_reach_into_values() -> None:
    found = facts(ngay_sinh=date(2021, 1, 1)).with_("tre", {"ngay_sinh": date(1950, 1, 1)})

    assert found.evaluate(LANGUAGE.compile("years(tre.ngay_sinh, case.filed_on)")) == 76
    assert found.value("tuoi") == 5


def test_reading_a_path_gives_nothing_where_nothing_stands() -> None:
    found = facts(ngay_sinh=date(2021, 1, 1))

    assert found.read("tre.ngay_sinh") == date(2021, 1, 1)
    assert found.read("value.tuoi") == 5
    assert (found.read("tre.noi.xa"), found.read("value.gia"), found.read("ai_do")) == (None, None, None)


def test_a_register_that_did_not_answer_is_not_known() -> None:
    found = facts()

    assert not found.known("cu_tru")
    assert found.with_root("known", {"cu_tru": {"xa": "14758"}}).known("cu_tru")


def test_what_a_rule_stands_on_is_followed_through_values() -> None:
    reads = VALUES.reads(LANGUAGE.compile("nho && gap_doi > 1").reads)

    assert reads == {
        "value.nho",
        "value.gap_doi",
        "value.tuoi",
        "value.gia",
        "tre.ngay_sinh",
        "case.filed_on",
        "tre.ten",
    }
