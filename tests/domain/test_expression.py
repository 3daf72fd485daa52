"""Expressions on facts: what they give, what they read, and that what is absent is never a zero."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.expression import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    MOMENT,
    TEXT,
    AbsentRead,
    BadExpression,
    Choice,
    EvaluationError,
    Function,
    Language,
    ListOf,
    Record,
    Uncomputed,
)

CHILD = Record({"ten": TEXT, "tuoi": INT, "chinh": BOOL, "cha": Record({"ten": TEXT})})
NAMES = {
    "tre": Record({"ho_ten": TEXT, "ngay_sinh": DATE, "can_nang": DECIMAL, "noi": Record({"xa": TEXT})}),
    "con": ListOf(CHILD),
    "case": Record({"filed_on": DATE, "channel": Choice(frozenset({"online", "counter"}))}),
    "known": Record({"phep_cu": Record({"valid_until": DATE})}),
    "step": Record({"tham_tra": Record({"nghi_van": BOOL, "gio_hen": MOMENT})}),
    "value": Record({"dung_han": BOOL, "gia": INT}),
}
LANGUAGE = Language(NAMES)
ANSWERS: dict[str, Any] = {
    "tre": {"ho_ten": "ĐỖ AN", "ngay_sinh": date(2026, 10, 1), "can_nang": Decimal("3.20")},
    "con": [{"ten": "Lan", "tuoi": 3}, {"ten": "Huệ", "tuoi": 9, "chinh": True}],
    "case": {"filed_on": date(2026, 10, 6), "channel": "online"},
}


def value(text: str, **more: Any) -> Any:
    return LANGUAGE.compile(text).evaluate({**ANSWERS, **more})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('tre.ho_ten == "ĐỖ AN"', True),
        ("size(tre.ho_ten)", 5),
        ("days(tre.ngay_sinh, case.filed_on) <= 60", True),
        ("tre.ngay_sinh < case.filed_on", True),
        ("con.exists(c, c.tuoi > 8)", True),
        ("con.map(c, c.tuoi)", [3, 9]),
        ("total(con.map(c, c.tuoi)) * 2 - 1", 23),
        ("con.filter(c, c.tuoi > 8).map(c, c.ten)", ["Huệ"]),
        ('case.channel == "online" ? 1 : 2', 1),
        ("case.filed_on", date(2026, 10, 6)),
        ("tre.can_nang", Decimal("3.20")),
        ("tre.can_nang > 3", True),
        ("4 <= tre.can_nang", False),
        ('same(tre.can_nang, "3.2")', True),
        ('times(tre.can_nang, "1.5")', Decimal("4.8")),
        ("con[1].ten", "Huệ"),
    ],
)
def test_values_come_back_as_python_has_them(text: str, expected: Any) -> None:
    found = value(text)

    assert found == expected
    assert type(found) is type(expected)


# ---- what is absent ----


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("tre.noi.xa == 'x'", "tre.noi.xa"),
        ("tre.noi.xa", "tre.noi.xa"),
        ("known.phep_cu.valid_until > case.filed_on", "known.phep_cu.valid_until"),
        ("step.tham_tra.nghi_van || case.channel == 'counter'", "step.tham_tra.nghi_van"),
        ("con.all(c, c.chinh)", "con[].chinh"),
        ("dung_han", "value.dung_han"),
        ("!value.dung_han", "value.dung_han"),
        ("gia + 1 > 0", "value.gia"),
        ("con[7].ten == 'x'", "con[].ten"),
    ],
)
def test_reading_what_is_absent_is_loud_and_says_what(text: str, path: str) -> None:
    with pytest.raises(AbsentRead) as absent:
        value(text)

    assert absent.value.path == path


def test_an_absent_number_is_not_zero_and_an_absent_boolean_is_not_false() -> None:
    for text in ("gia == 0", "dung_han == false", "tre.ho_ten == ''"):
        with pytest.raises(AbsentRead):
            LANGUAGE.compile(text).evaluate({})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("has(tre.noi.xa)", False),
        ("has(tre.noi)", False),
        ("has(known.phep_cu)", False),
        ("has(known.phep_cu.valid_until) || has(known.phep_cu)", False),
        ("!has(step.tham_tra.nghi_van) || step.tham_tra.nghi_van", True),
        ("has(step.tham_tra.nghi_van) && step.tham_tra.nghi_van", False),
        ("has(value.gia)", False),
        ("has(tre.ho_ten)", True),
        ("con.exists(c, has(c.cha.ten))", False),
        ("con.filter(c, has(c.chinh) && c.chinh).map(c, c.ten)", ["Huệ"]),
    ],
)
def test_has_asks_along_the_whole_path(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_a_guard_and_what_it_guards_need_no_order() -> None:
    assert value("step.tham_tra.nghi_van && has(step.tham_tra.nghi_van)") is False


def test_an_absent_list_is_empty() -> None:
    assert LANGUAGE.compile("size(con)").evaluate({}) == 0
    assert LANGUAGE.compile("con").evaluate({}) == []
    assert LANGUAGE.compile("con.all(c, c.chinh)").evaluate({}) is True


def test_what_overflows_is_an_error_and_not_a_number() -> None:
    with pytest.raises(EvaluationError):
        value("con[0].tuoi * 9223372036854775807")
    with pytest.raises(EvaluationError):
        value("gia > 0", value={"gia": 2**63}, gia=2**63)


def test_too_many_steps_of_a_loop_are_an_error() -> None:
    rows = [{"ten": "x", "tuoi": n} for n in range(150)]

    with pytest.raises(EvaluationError):
        value("con.all(a, con.all(b, a.tuoi + b.tuoi >= 0))", con=rows)


# ---- dates and moments ----


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_every_date_goes_in_and_out_unchanged(day: date) -> None:
    language = Language({"a": DATE, "b": ListOf(DATE)})

    assert language.compile("[a][0]").evaluate({"a": day}) == day
    assert language.compile("latest(b)").evaluate({"b": [day]}) == day


@pytest.mark.parametrize("year", [1945, 1959, 1960, 1965, 1974, 1975, 1976, 2026])
def test_no_time_zone_moves_a_birthday(year: int) -> None:
    born = date(year, 1, 1)

    assert value(f'tre.ngay_sinh == date("01/01/{year}")', tre={"ngay_sinh": born}) is True
    assert value("years(tre.ngay_sinh, case.filed_on)", tre={"ngay_sinh": born}) == 2026 - year


def test_a_moment_is_compared_by_the_local_clock() -> None:
    at = datetime(2026, 10, 5, 17, 30, tzinfo=UTC)  # 00:30 on the 6th in Vietnam
    facts = {"step": {"tham_tra": {"gio_hen": at}}}

    assert value("step.tham_tra.gio_hen >= case.filed_on", **facts) is True
    assert value("days(case.filed_on, step.tham_tra.gio_hen)", **facts) == 0
    assert value("step.tham_tra.gio_hen", **facts) == at
    assert value("case.channel == 'online' ? step.tham_tra.gio_hen : step.tham_tra.gio_hen", **facts) == at


# ---- what is read ----


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("days(tre.ngay_sinh, case.filed_on) <= 60", {"tre.ngay_sinh", "case.filed_on"}),
        ("has(tre.noi.xa) && con.exists(c, c.chinh)", {"tre.noi.xa", "con[].chinh"}),
        ("size(con) > 0", {"con"}),
        ("con.exists(c, true)", {"con"}),
        ("con.filter(c, c.chinh).map(d, d.ten)", {"con[].chinh", "con[].ten"}),
        ("con.map(c, c.cha.ten)", {"con[].cha.ten"}),
        ("con[size(con) - 1].ten", {"con", "con[].ten"}),
        ("dung_han && value.gia > 0", {"value.dung_han", "value.gia"}),
        ("con.all(a, con.exists(b, a.tuoi < b.tuoi))", {"con[].tuoi"}),
        ("1 + 1", set()),
    ],
)
def test_an_expression_says_what_it_reads(text: str, reads: set[str]) -> None:
    assert LANGUAGE.compile(text).reads == reads


def test_it_says_what_it_asks_for_and_what_it_calls() -> None:
    found = LANGUAGE.compile("has(known.phep_cu) && days(case.filed_on, known.phep_cu.valid_until) >= 20")

    assert found.tests == {"known.phep_cu"}
    assert found.calls == {"days"}
    assert found.type == BOOL


def test_only_what_is_read_is_taken_from_the_facts() -> None:
    class Watched(dict[str, Any]):
        taken: ClassVar[set[str]] = set()

        def get(self, key: str, default: Any = None) -> Any:
            self.taken.add(key)
            return super().get(key, default)

    facts = Watched(ANSWERS, tre=Watched(ANSWERS["tre"]))
    LANGUAGE.compile("tre.ho_ten != 'x' && case.channel == 'online'").evaluate(facts)

    assert Watched.taken == {"tre", "ho_ten", "case"}


# ---- more names, functions, a cache ----


def test_a_row_gets_a_name_of_its_own_and_stands_before_others() -> None:
    inner = LANGUAGE.with_(t=CHILD, gia=TEXT)

    assert inner.compile("t.tuoi > 3 && gia == 'x'").evaluate({"t": {"tuoi": 4}, "gia": "x"}) is True
    assert inner.compile("gia").reads == {"gia"}
    assert LANGUAGE.compile("gia").reads == {"value.gia"}


def test_a_function_gets_the_facts_and_its_answer_is_typed() -> None:
    def commune(facts: Any, code: str) -> dict[str, Any]:
        return {"la_phuong": code == facts.get("phuong")}

    language = Language({"xa": TEXT, "phuong": TEXT}, [Function("noi", (TEXT,), Record({"la_phuong": BOOL}), commune)])

    assert language.compile("noi(xa).la_phuong").evaluate({"xa": "1", "phuong": "1"}) is True
    assert language.compile("noi(xa).la_phuong").calls == {"noi"}


def test_what_a_function_raises_is_raised_where_it_was_needed() -> None:
    class NoSuchPlace(Uncomputed):
        pass

    def commune(_: Any, code: str) -> bool:
        raise NoSuchPlace(code)

    language = Language({"xa": TEXT}, [Function("noi", (TEXT,), BOOL, commune)])

    with pytest.raises(NoSuchPlace, match="77"):
        language.compile("noi(xa)").evaluate({"xa": "77"})
    assert language.compile("noi(xa) || xa == '77'").evaluate({"xa": "77"}) is True


class Kept(dict[str, bytes]):
    put = dict.__setitem__


def test_with_a_cache_a_catalog_loads_without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["con.exists(c, c.chinh)", "tre.ho_ten", "con.filter(c, c.tuoi > 3)", "has(tre.noi.xa)"]
    cache = Kept()
    first = [Language(NAMES, cache=cache).compile(text, BOOL if "has" in text else None) for text in texts]
    monkeypatch.setattr(Language, "_compiled", None)

    again = Language(NAMES, cache=cache)
    second = [again.compile(text, BOOL if "has" in text else None) for text in texts]

    assert second == first
    assert [e.evaluate(ANSWERS) for e in second[1:]] == [e.evaluate(ANSWERS) for e in first[1:]]
    assert [e.reads for e in second] == [e.reads for e in first]


def test_the_cache_does_not_mix_up_languages_or_expectations() -> None:
    cache = Kept()
    Language({"x": INT}, cache=cache).compile("x > 1", BOOL)

    with pytest.raises(BadExpression):
        Language({"x": TEXT}, cache=cache).compile("x > 1", BOOL)
    with pytest.raises(BadExpression):
        Language({"x": INT}, cache=cache).compile("x > 1", INT)


def test_expressions_are_equal_by_what_they_say() -> None:
    assert LANGUAGE.compile("con.exists(c, c.chinh)") == Language(NAMES).compile("con.exists(c, c.chinh)")


def test_a_float_has_no_place() -> None:
    with pytest.raises(TypeError):
        LANGUAGE.compile("tre.ho_ten + 'x'").evaluate({"tre": {"ho_ten": 1.5}})


def test_an_absurd_decimal_does_not_fill_the_memory() -> None:
    with pytest.raises(EvaluationError):
        value("tre.can_nang > 3", tre={"can_nang": Decimal("1E+999999999")})


def test_evaluations_nest() -> None:
    inner = LANGUAGE.compile("total(con.map(c, c.tuoi))")
    outer = Language(NAMES, [Function("tong", (), INT, lambda facts: inner.evaluate(facts))])

    assert outer.compile("tong() + con[0].tuoi").evaluate(ANSWERS) == 15
