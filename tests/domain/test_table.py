"""Tables and intervals: a printed tariff, exact, with no overlap and no hole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.expression.dates import read_day
from motcua.domain.interval import Interval, read_interval
from motcua.domain.money import money_of, number_of
from motcua.domain.rows import Hole
from motcua.domain.table import Cell, Key, Line, Table, Words

NUMBER = (Key("n", "number"),)


def of(text: str) -> Interval:
    return read_interval(text, number_of)


def table(*lines: tuple[str, int | str], read: str = "row", gives: str = "money") -> Table:
    return Table("bieu", gives, NUMBER, tuple(Line((of(text),), Fraction(value)) for text, value in lines), read)


# ---- intervals in four words ----


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("đến 10", ["10", "0", "-3"], ["10.01"]),
        ("dưới 16", ["15.99"], ["16"]),
        ("từ 60", ["60", "99"], ["59.99"]),
        ("trên 50", ["50.01"], ["50"]),
        ("trên 10 đến 50", ["10.01", "50"], ["10", "50.01"]),
        ("từ 16 đến dưới 60", ["16", "59.99"], ["15.99", "60"]),
        ("từ 4 đến 15", ["4", "15"], ["3.99", "15.01"]),
        ("trên 1 dưới 2", ["1.5"], ["1", "2"]),
        ("up to 10", ["10"], ["11"]),
        ("over 10 to 50", ["11", "50"], ["10"]),
        ("from 16 to under 60", ["16", "59"], ["60"]),
        ("Trên  2", ["3"], ["2"]),
        ("7", ["7"], ["6", "8"]),
    ],
)
def test_four_words_make_an_interval(text: str, inside: list[str], outside: list[str]) -> None:
    interval = of(text)

    assert [n for n in inside if Fraction(n) not in interval] == []
    assert [n for n in outside if Fraction(n) in interval] == []


def test_intervals_of_money_and_of_days() -> None:
    assert 10 * 10**9 not in read_interval("trên 10 tỷ đến 50 tỷ", lambda text: Fraction(money_of(text)))
    assert date(2024, 6, 30) in read_interval("từ 01/07/2021 đến 30/06/2024", read_day)
    assert date(2024, 7, 1) not in read_interval("đến 30/06/2024", read_day)


@pytest.mark.parametrize(
    "text", ["", "khoảng 10", "từ", "đến", "từ 10 đến 5", "trên 5 dưới 5", "trên 5 đến 5", "10 20", "từ 5 từ 6"]
)
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        of(text)


ENDS = st.one_of(st.none(), st.integers(0, 6))


@given(ENDS, ENDS, st.booleans(), st.booleans(), ENDS, ENDS, st.booleans(), st.booleans())
def test_two_intervals_overlap_where_a_number_lies_in_both(
    a: int | None, b: int | None, a_in: bool, b_in: bool, c: int | None, d: int | None, c_in: bool, d_in: bool
) -> None:
    def part(low: int | None, high: int | None, low_in: bool, high_in: bool) -> Interval:
        return Interval(
            None if low is None else Fraction(low), None if high is None else Fraction(high), low_in, high_in
        )

    one, other = part(a, b, a_in, b_in), part(c, d, c_in, d_in)
    halves = [Fraction(n, 2) for n in range(-2, 16)]

    assert one.overlaps(other) == any(n in one and n in other for n in halves)


# ---- one line whose cells all match ----


def test_a_call_outside_every_line_is_a_hole_that_says_what_was_asked() -> None:
    with pytest.raises(Hole, match="bieu: nothing holds for n = 12"):
        table(("đến 10", 1), ("trên 20", 2)).call(12)


def test_decimals_and_whole_numbers_find_the_same_line() -> None:
    ages = table(("dưới 16", 25), ("từ 16", 20))

    assert (ages.call(16), ages.call(Decimal("16.0")), ages.call(Decimal("15.999"))) == (20, 20, 25)


def test_words_lists_and_a_star() -> None:
    keys = (Key("viec", "choice"), Key("ai", "choice"))

    def line(words: str, who: str | None, value: int) -> Line:
        cells: tuple[Cell, ...] = (Words(frozenset(words.split())), Words(frozenset(who.split())) if who else None)
        return Line(cells, Fraction(value))

    tariff = Table(
        "muc", "money", keys, (line("cap_moi", "dan", 1), line("cap_moi", "to_chuc", 2), line("doi cap_lai", None, 3))
    )

    assert [tariff.call("cap_moi", "to_chuc"), tariff.call("doi", "dan"), tariff.call("cap_lai", "ai_do")] == [2, 3, 3]
    assert list(tariff.overlaps()) == []
    assert list(tariff.holes()) == []
    with pytest.raises(Hole):
        tariff.call("cap_moi", "ai_do")


def test_an_overlap_is_found_and_named() -> None:
    ((one, other),) = table(("đến 10", 1), ("trên 10 đến 20", 2), ("từ 20", 3)).overlaps()

    assert (one.value, other.value) == (2, 3)


@pytest.mark.parametrize(
    ("lines", "holes"),
    [
        ((("đến 10", 1), ("trên 10", 2)), []),
        ((("dưới 16", 1), ("từ 16", 2)), []),
        ((("dưới 16", 1), ("trên 16", 2)), [16]),
        ((("từ 0 đến 3", 1), ("từ 4 đến 15", 2)), []),  # printed for whole numbers
        ((("từ 0 đến 3", 1), ("từ 5 đến 15", 2)), [4]),
        ((("đến 2.5", 1), ("trên 3", 2)), [Decimal("2.75"), 3]),
    ],
)
def test_holes_between_the_printed_bounds_are_found(
    lines: tuple[tuple[str, int], ...], holes: list[int | Decimal]
) -> None:
    assert [hole["n"] for hole in table(*lines).holes()] == holes


def test_a_missing_combination_of_words_is_a_hole() -> None:
    keys = (Key("viec", "choice"), Key("ai", "choice"))
    words = [("moi", "dan"), ("moi", "to_chuc"), ("doi", "dan")]
    tariff = Table(
        "muc", "money", keys, tuple(Line((Words(frozenset({a})), Words(frozenset({b}))), Fraction(1)) for a, b in words)
    )

    assert list(tariff.holes()) == [{"viec": "doi", "ai": "to_chuc"}]


# ---- straight lines between points ----


def test_straight_lines_between_points_flat_outside() -> None:
    rates = table(("1", "0.002"), ("10", "0.001"), ("100", "0.0005"), read="line", gives="rate")

    assert [rates.call(n) for n in (0, 1, 10, 100, 5_000)] == [Fraction(n, 10_000) for n in (20, 20, 10, 5, 5)]
    assert rates.call(Decimal("5.5")) == Fraction("0.0015")
    assert rates.call(55) == Fraction("0.00075")
    assert rates.call(4) == Fraction(2, 1000) - Fraction(3, 9) * Fraction(1, 1000)


# ---- slices ----


@pytest.mark.parametrize(("pages", "fee"), [(0, 0), (1, 2_000), (2, 4_000), (3, 5_000), (12, 14_000), (250, 252_000)])
def test_each_page_is_charged_in_its_own_slice(pages: int, fee: int) -> None:
    assert table(("đến 2", 2_000), ("trên 2", 1_000), read="slices").call(pages) == fee


@given(st.lists(st.integers(1, 20), min_size=1, max_size=4, unique=True), st.data())
def test_slices_are_the_sum_of_their_units(bounds: list[int], data: st.DataObject) -> None:
    bounds = sorted(bounds)
    units = [data.draw(st.integers(0, 50)) for _ in range(len(bounds) + 1)]
    texts = [
        f"đến {bounds[0]}",
        *(f"trên {a} đến {b}" for a, b in pairwise(bounds)),
        f"trên {bounds[-1]}",
    ]
    tariff = table(*zip(texts, units, strict=True), read="slices")
    amount = data.draw(st.integers(0, 40))

    one_by_one = sum(
        next(unit for text, unit in zip(texts, units, strict=True) if Fraction(n) in of(text))
        for n in range(1, amount + 1)
    )
    assert tariff.call(amount) == one_by_one


def test_a_slice_that_is_missing_is_a_hole() -> None:
    with pytest.raises(Hole):
        table(("trên 2", 1_000), read="slices").call(5)
    with pytest.raises(Hole):
        table(("đến 2", 2_000), read="slices").call(3)
    with pytest.raises(Hole):
        table(("đến 2", 2_000), ("trên 2", 1_000), read="slices").call(-1)


def test_a_progressive_tax_is_exact() -> None:
    tax = table(
        ("đến 5000000", "0.05"),
        ("trên 5000000 đến 10000000", "0.1"),
        ("trên 10000000", "0.15"),
        read="slices",
        gives="rate",
    )

    assert tax.call(12_345_678) == Fraction(250_000) + 500_000 + Fraction(2_345_678 * 15, 100)
