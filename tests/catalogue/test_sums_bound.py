"""Tables, values and formulas as editors write them: what binds, and every mistake told at its place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.catalogue.binding_of_sums import bind

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.messages import registry, say
from motcua.catalogue.place import Place
from motcua.domain.expression import BOOL, DATE, DECIMAL, INT, MONEY, RATE, TEXT, Choice, ListOf, Record

NAMES = {
    "don": Record(
        {
            "loai": Choice(frozenset({"moi", "cu"})),
            "so": INT,
            "dien_tich": DECIMAL,
            "ngay": DATE,
            "ngheo": BOOL,
            "ten": TEXT,
        }
    ),
    "ds": ListOf(Record({"gia": INT, "ty_trong": DECIMAL})),
    "case": Record({"filed_on": DATE, "channel": TEXT}),
}


def told(text: str, kind: str = "money") -> list[tuple[str, str]]:
    return bind(text, NAMES, kind).told.mistakes


def amount(written: str, **don: Any) -> int:
    found: int = bind(f"amount: {written}", NAMES).compute({"don": don, "ds": don.pop("ds", [])}).value
    return found


# ---- formulas ----


@pytest.mark.parametrize(
    ("written", "don", "sum_"),
    [
        ("0", {}, 0),
        ("8.000", {}, 8_000),
        ("1.5 tỷ", {}, 1_500_000_000),
        ("50000", {}, 50_000),
        ("5.000 * don.so", {"so": 1}, None),  # a number with a point is no CEL
        ("2 * don.so", {"so": 21}, 42),
        ("{of: 5.000, times: don.so}", {"so": 3}, 15_000),
        ("{of: 8.000, times: 60 %, round_to: 1.000}", {}, 5_000),
        ("{of: 10.000, times: 25 %, round_up_to: 1.000}", {}, 3_000),
        ("{of: 10.000, times: 25 %, round_down_to: 1.000}", {}, 2_000),
        ("{of: don.dien_tich, times: 2.000, round_to: 1}", {"dien_tich": "12.3456"}, None),
        ("{lowest: [9.000, {of: 4.000, times: don.so}]}", {"so": 2}, 8_000),
        ("{of: 100.000, times: {lowest: [50 %, 90 %]}, round_to: 1}", {}, 50_000),
        ("{of: don.so, at_least: 5, at_most: 10}", {"so": 50}, 10),
        ("{of: {of: 100, times: 33.5 %, round_to: 1}, times: 3}", {}, 102),
        ("[{when: don.ngheo, is: 0}, {else: {of: 7.500, times: 2}}]", {"ngheo": False}, 15_000),
    ],
)
def test_formulas_as_they_are_written(written: str, don: dict[str, Any], sum_: int | None) -> None:
    if sum_ is not None:
        assert amount(written, **don) == sum_


def test_a_factor_may_be_a_decimal_that_was_typed() -> None:
    from decimal import Decimal

    assert amount("{of: 2.000, times: don.dien_tich, round_to: 1}", dien_tich=Decimal("12.3456")) == 24_691


@pytest.mark.parametrize(
    ("written", "mistakes"),
    [
        ("8.00", [("C401", "amount")]),
        ("8000 đô", [("C401", "amount")]),
        ("60 %", [("C405", "amount")]),
        ("{of: 8.000, times: 1.234}", [("C402", "amount.times")]),
        ("{of: 8.000, times: '1,5'}", [("C403", "amount.times")]),
        ("{of: 8.000, times: 60 %}", [("C408", "amount")]),
        ("don.dien_tich", [("C408", "amount")]),
        ("{of: 8.000, times: 2, round_to: 1}", [("C409", "amount.round_to")]),
        ("{of: 8.000, times: 60 %, round_to: 0}", [("C410", "amount.round_to")]),
        ("{of: 8.000, times: 60 %, round_to: 1.5}", [("C410", "amount.round_to")]),
        ("don.ten", [("C407", "amount")]),
        ("don.tenn", [("C311", "amount")]),
        ("none", [("C411", "amount")]),
        ("{of: 8.000, at_most: none}", [("C411", "amount.at_most")]),
        ("[8.000, 9.000]", [("C406", "amount")]),
        ("{sum: [{when: don.ngheo, is: 5}]}", [("C412", "amount.sum.0")]),
        ("{sum: {each: don, amount: 5}}", [("C413", "amount.sum.each")]),
        ("{sum: {each: ds, as: g, amount: g.giaa}}", [("C311", "amount.sum.amount")]),
        ("{sum: {each: ds, as: g, when: g.gia, amount: g.gia}}", [("C315", "amount.sum.when")]),
        # a row with a rate needs its own rounding; the others do not
        ("[{when: don.ngheo, is: {of: 8.000, times: 50 %}}, {else: 8.000}]", [("C408", "amount.0.is")]),
        # all mistakes in one run
        (
            "{of: don.soo, times: [1.234, don.ten], at_least: 5 %}",
            [
                ("C311", "amount.of"),
                ("C402", "amount.times.0"),
                ("C407", "amount.times.1"),
                ("C405", "amount.at_least"),
            ],
        ),
    ],
)
def test_mistakes_of_a_formula_stand_at_their_place(written: str, mistakes: list[tuple[str, str]]) -> None:
    assert told(f"amount: {written}") == mistakes


def test_a_number_of_copies_is_a_whole_number() -> None:
    assert (
        bind("amount: [{when: don.ngheo, is: 2}, {else: don.so}]", NAMES, "number")
        .compute({"don": {"ngheo": False, "so": 3}})
        .value
        == 3
    )
    assert told("amount: 1.5", "number") == [("C408", "amount")]
    assert told("amount: 2 triệu", "number") == [("C404", "amount")]


def test_dated_by_in_a_formula_dates_the_rows_within() -> None:
    text = """
amount: {of: [{in_force: {to: 30/06/2024}, is: 360.000}, {else: 500.000}], dated_by: don.ngay}
"""
    facts = {"don": {"ngay": date(2024, 6, 30)}}

    assert bind(text, NAMES).compute(facts, date(2026, 1, 1)).value == 360_000


# ---- values ----


def test_values_find_their_order_by_themselves() -> None:
    text = """
values:
  hai: {is: mot * 2}
  mot: {is: don.so + 1}
  tien: {type: money, is: {of: 1.000, times: hai}}
  lon: {is: "tien > 4.000 || hai > 5"}
amount: tien
"""
    assert told(text) == [("C317", "values.lon.is")]
    assert bind(text.replace("4.000", "money('4.000')"), NAMES).value("lon", {"don": {"so": 2}}) is True


def test_types_are_inferred_or_said() -> None:
    text = """
values:
  a: {is: don.so > 1}
  b: {is: don.ngay}
  c: {type: choice, is: [{when: a, is: mot}, {else: hai}]}
  d: {type: money, is: 5.000}
  e: {type: rate, is: 5 %}
  f: {is: [{when: a, is: don.so}, {else: unknown}]}
  g: {type: number, is: 12}
"""
    found = {value.id: value.type for value in bind(text, NAMES).values}

    assert found == {
        "a": BOOL,
        "b": DATE,
        "c": Choice(frozenset({"mot", "hai"})),
        "d": MONEY,
        "e": RATE,
        "f": INT,
        "g": INT,
    }


def test_a_word_that_a_choice_does_not_have_is_told() -> None:
    text = """
values:
  doi_tuong: {type: choice, is: [{when: don.ngheo, is: ho_ngheo}, {else: thuong}]}
  mien: {is: doi_tuong == "ho_ngeo"}
"""
    assert told(text) == [("C324", "values.mien.is")]
    assert bind(text, NAMES).told.params[0]["meant"] == "ho_ngheo"


def test_shared_values_take_arguments_and_see_only_them_and_the_facts() -> None:
    text = """
values:
  la_tre_em: {given: {ngay: date}, is: "years(ngay, case.filed_on) < 16"}
  gia:
    given: {so_luong: number}
    type: money
    is: [{when: so_luong > 10, is: {of: 900, times: so_luong}}, {else: {of: 1.000, times: so_luong}}]
amount: {of: "gia(don.so) + gia(11)"}
"""
    bound = bind(text, NAMES)
    facts = {"don": {"ngay": date(2012, 1, 1), "so": 2}}

    assert bound.compute(facts).value == 2_000 + 9_900
    language = bound.shop.language
    assert language is not None
    assert bound.facts(facts).evaluate(language.compile("la_tre_em(don.ngay)")) is True


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("values: {a: {is: b + 1}, b: {is: a + 1}}", [("C417", "values.a")]),
        ("values: {a: {is: a + 1}}", [("C417", "values.a")]),
        ("values: {don: {is: 1}}", [("C418", "values.don")]),
        ("values: {total: {is: 1}}", [("C418", "values.total")]),
        ("values: {a: {is: {of: 5, times: 2}}}", [("C414", "values.a.is")]),
        ("values: {a: {is: unknown}}", [("C414", "values.a")]),
        ("values: {a: {is: [{when: don.ngheo, is: 1}, {else: don.ten}]}}", [("C415", "values.a.is")]),
        ("values: {a: {type: choice, is: hai ba}}", [("C416", "values.a.is")]),
        ("values: {a: {type: decimal, is: don.so}}", [("C315", "values.a.is")]),
        ("values: {a: {type: so}}", [("C435", "values.a")]),
        ("values: {a: {type: so, is: 1}}", [("C419", "values.a.type")]),
        (
            "values: {a: {is: don.soo}, b: {is: a + don.soo}}",
            [("C311", "values.a.is"), ("C311", "values.b.is")],
        ),
    ],
)
def test_mistakes_of_values_stand_at_their_place(text: str, mistakes: list[tuple[str, str]]) -> None:
    assert told(text) == mistakes


# ---- tables ----


def test_a_table_by_day_is_a_dated_column() -> None:
    text = """
tables:
  muc:
    gives: money
    by: {ngay: date, loai: choice}
    rows: [[ngay, loai=moi, loai=cu], [đến 30/06/2024, 360.000, 180.000], [từ 01/07/2024, 500.000, 250.000]]
amount: muc(don.ngay, don.loai)
"""
    bound = bind(text, NAMES)

    assert bound.compute({"don": {"ngay": date(2024, 6, 30), "loai": "cu"}}).value == 180_000
    assert bound.compute({"don": {"ngay": date(2024, 7, 1), "loai": "moi"}}).value == 500_000


def test_a_rate_by_lines_is_a_factor_and_needs_rounding() -> None:
    text = """
tables:
  ty_le:
    gives: rate
    by: {von: money}
    read: line
    rows: [[von, value], [1 tỷ, 0.2 %], [10 tỷ, 0.1 %], [100 tỷ, 0.05 %]]
amount: {of: don.so, times: ty_le(don.so), round_to: 1}
"""
    assert bind(text, NAMES).compute({"don": {"so": 55 * 10**9}}).value == 55 * 10**9 * Fraction("0.00075")
    assert told(text.replace(", round_to: 1", "")) == [("C408", "amount")]


def test_a_table_of_numbers_is_whole_when_its_cells_are() -> None:
    text = """
tables:
  thang: {gives: number, by: {chuc_danh: choice}, rows: [[chuc_danh, value], [moi, 12], ["*", 9]]}
values: {du: {is: don.so >= thang(don.loai)}}
"""
    assert told(text) == [("C426", "tables.thang.rows.2")]
    assert bind(text.replace('"*"', "cu"), NAMES).value("du", {"don": {"so": 9, "loai": "cu"}}) is True


@pytest.mark.parametrize(
    ("table", "mistakes"),
    [
        ("{gives: money, by: {n: number}, rows: [[m, value], [1, 2]]}", [("C420", "tables.b.rows.0.0")]),
        ("{gives: money, by: {n: number, k: choice}, rows: [[n, value], [1, 2]]}", [("C421", "tables.b.rows.0")]),
        ("{gives: money, by: {n: number}, rows: [[n, n, value], [1, 1, 2]]}", [("C422", "tables.b.rows.0")]),
        (
            "{gives: money, by: {n: number, k: choice}, rows: [[n, k=a, value], [1, 1, 2]]}",
            [("C422", "tables.b.rows.0")],
        ),
        ("{gives: money, by: {n: number}, rows: [[n], [1]]}", [("C432", "tables.b.rows.0")]),
        ("{gives: money, by: {n: number}, rows: [[n, value], [1, 2, 3], [2, 5]]}", [("C423", "tables.b.rows.1")]),
        (
            "{gives: money, by: {n: number}, rows: [[n, value], [khoảng 1, 2], [2, hai]]}",
            [("C424", "tables.b.rows.1.0"), ("C425", "tables.b.rows.2.1")],
        ),
        (
            "{gives: money, by: {n: number}, rows: [[n, value], [đến 1.500, 2], [trên 1.500, 3]]}",
            [("C402", "tables.b.rows.1.0"), ("C402", "tables.b.rows.2.0")],
        ),
        ("{gives: money, by: {n: number}, rows: [[n, value], [đến 10, 1], [từ 10, 2]]}", [("C426", "tables.b.rows.2")]),
        (
            "{gives: money, by: {n: number}, rows: [[n, value], [dưới 10, 1], [trên 10, 2]]}",
            [("C427", "tables.b.rows")],
        ),
        (
            "{gives: money, by: {n: number, m: number}, read: line, rows: [[n, m, value], [1, 1, 2]]}",
            [("C428", "tables.b.read")],
        ),
        ("{gives: rate, by: {n: number}, read: line, rows: [[n, value], [đến 1, 2]]}", [("C429", "tables.b.rows")]),
        (
            "{gives: money, by: {n: number}, read: slices, rows: [[n, value], [dưới 2, 2], [từ 2, 1]]}",
            [("C430", "tables.b.rows")],
        ),
        ("{gives: rate, by: {n: number}, rows: [[n, value], [1, 1.234]]}", [("C402", "tables.b.rows.1.1")]),
        (
            "{gives: choice, by: {n: condition}, rows: [[n, value], [1, 2]]}",
            [("C419", "tables.b.by.n"), ("C419", "tables.b.gives")],
        ),
    ],
)
def test_mistakes_of_tables_stand_at_their_place(table: str, mistakes: list[tuple[str, str]]) -> None:
    assert told(f"tables: {{b: {table}}}") == mistakes


def test_a_hole_is_told_with_an_example() -> None:
    bound = bind("tables: {b: {gives: money, by: {n: number}, rows: [[n, value], [dưới 10, 1], [trên 10, 2]]}}", NAMES)

    diagnostic = Diagnostic("C427", Place("x.yaml"), bound.told.params[0])

    assert say(diagnostic) == "biểu không có dòng cho n = 10"


def test_every_code_of_sums_has_words() -> None:
    import re
    from pathlib import Path

    import motcua.catalogue.binding as home

    folder = Path(home.__file__).parent
    used = {
        code
        for name in ("formulas", "tables", "named_values", "rows", "sums")
        for code in re.findall(r'"(C\d{3})"', (folder / f"{name}.py").read_text())
    }

    assert used <= set(registry())
