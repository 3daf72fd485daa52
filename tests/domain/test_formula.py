"""Formulas: exact sums in a fixed order, rounded once; checked against fractions by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.expression import BOOL, DECIMAL, INT, RATE, Language, ListOf, Record
from motcua.domain.formula import (
    Choose,
    Each,
    Exact,
    Formula,
    Item,
    Negative,
    Part,
    Read,
    Rounding,
    Several,
    expressions,
)
from motcua.domain.rows import Hole, Row, Rows
from motcua.domain.text import Text
from motcua.domain.values import Facts

DAY = date(2026, 10, 6)
LANGUAGE = Language({"n": INT, "x": DECIMAL, "r": RATE, "ngheo": BOOL, "ds": ListOf(Record({"gia": INT, "co": BOOL}))})
RATES = st.fractions(min_value=0, max_value=5, max_denominator=1000)
SUMS = st.integers(0, 10**12)


def exact(value: int | str | Fraction) -> Exact:
    return Exact(Fraction(value), str(value))


def read(text: str) -> Read:
    return Read(LANGUAGE.compile(text))


def value(formula: Formula, **facts: object) -> int | Fraction:
    found: int | Fraction = formula.compute(Facts(DAY, facts), DAY).value
    return found


@given(SUMS, st.lists(RATES, max_size=4), SUMS, SUMS, st.sampled_from([1, 10, 1_000]))
def test_times_then_at_least_then_at_most_then_one_rounding(
    base: int, factors: list[Fraction], low: int, high: int, unit: int
) -> None:
    formula = Formula(exact(base), tuple(map(exact, factors)), exact(low), exact(high), Rounding("round_to", unit))

    by_hand = Fraction(base)
    for factor in factors:
        by_hand *= factor
    by_hand = min(max(by_hand, low), Fraction(high))
    assert value(formula) == floor(by_hand / unit + Fraction(1, 2)) * unit


@given(st.fractions(min_value=0, max_value=10**6), st.sampled_from([1, 500, 1_000]))
def test_three_ways_to_round(amount: Fraction, unit: int) -> None:
    assert Rounding("round_up_to", unit).of(amount) == ceil(amount / unit) * unit
    assert Rounding("round_down_to", unit).of(amount) == floor(amount / unit) * unit
    assert abs(Rounding("round_to", unit).of(amount) - amount) <= Fraction(unit, 2)


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("0", 0)])
def test_a_half_goes_up(amount: str, rounded: int) -> None:
    assert Rounding("round_to").of(Fraction(amount)) == rounded


def test_nothing_overflows() -> None:
    formula = Formula(read("n"), (exact(10**12), exact(10**12)))

    assert value(formula, n=9 * 10**17) == 9 * 10**41


def test_reductions_in_two_entries_combine_and_those_in_one_do_not() -> None:
    half, most = Row[Part](exact("1/2"), LANGUAGE.compile("ngheo")), Row[Part](exact("9/10"), LANGUAGE.compile("n > 1"))
    full = Row[Part](exact(1), otherwise=True)
    one_entry = Formula(exact(1_000), (Choose(Rows((half, most, full))),), rounding=Rounding("round_to"))
    two_entries = Formula(
        exact(1_000), (Choose(Rows((half, full))), Choose(Rows((most, full)))), rounding=Rounding("round_to")
    )

    assert (value(one_entry, ngheo=True, n=2), value(two_entries, ngheo=True, n=2)) == (500, 450)


def test_the_payers_better_one_of_two() -> None:
    lowest = Formula(exact(1_000), (Several("lowest", (Item(exact("1/2")), Item(exact("9/10")))),))

    assert value(lowest) == 500


@given(st.lists(st.tuples(SUMS, st.booleans()), max_size=6))
def test_a_sum_the_highest_and_the_lowest_over_a_list(rows: list[tuple[int, bool]]) -> None:
    facts = {"ds": [{"gia": amount, "co": there} for amount, there in rows]}
    inner = LANGUAGE.with_(g=Record({"gia": INT, "co": BOOL}))
    each = Each(LANGUAGE.compile("ds"), "g", Read(inner.compile("g.gia")), inner.compile("g.co", BOOL))
    there = [amount for amount, is_there in rows if is_there]

    assert value(Formula(Several("sum", (each,))), **facts) == sum(there)
    assert value(Formula(Several("highest", (each,), exact(0))), **facts) == max(there, default=0)
    assert value(Formula(Several("lowest", (each,), exact(7))), **facts) == min(there, default=7)


def test_the_dearest_of_nothing_is_a_hole() -> None:
    with pytest.raises(Hole):
        value(Formula(Several("highest", (Item(exact(5), LANGUAGE.compile("ngheo")),))), ngheo=False)


def test_items_that_do_not_hold_are_not_there() -> None:
    formula = Formula(Several("sum", (Item(exact(100)), Item(exact(50), LANGUAGE.compile("ngheo")))))

    assert (value(formula, ngheo=True), value(formula, ngheo=False)) == (150, 100)


def test_less_than_nothing_is_an_error_unless_a_bound_forbids_it() -> None:
    less = Formula(read("n - 10"))

    with pytest.raises(Negative):
        value(less, n=3)
    assert value(Formula(read("n - 10"), at_least=exact(0)), n=3) == 0
    assert value(Formula(Several("sum", (Item(less), Item(exact(20))))), n=3) == 13


def test_a_bound_may_be_none() -> None:
    cap = Choose(
        Rows((Row[Part | None](None, LANGUAGE.compile("ngheo")), Row[Part | None](exact(500), otherwise=True)))
    )

    assert (
        value(Formula(exact(900), at_most=cap), ngheo=True),
        value(Formula(exact(900), at_most=cap), ngheo=False),
    ) == (900, 500)


def test_whole_and_not_whole_is_known_before_any_number_is() -> None:
    assert Formula(read("n"), (exact(2),)).exact
    assert not Formula(read("x")).exact
    assert not Formula(read("n"), (read("r"),)).exact
    inner = Formula(exact(10), (exact("0.95"),), rounding=Rounding("round_to"))
    assert not inner.exact
    assert Formula(Several("sum", (Item(inner), Item(exact(5))))).exact


def test_the_way_to_a_sum_is_kept_to_be_shown() -> None:
    why = Text("Nộp trực tuyến")
    online = Choose(
        Rows((Row[Part](Exact(Fraction(19, 20), "95 %"), LANGUAGE.compile("ngheo"), why=why, basis="nq_21"),))
    )
    formula = Formula(
        Exact(Fraction(530_010), "530.010"), (online,), at_most=exact(503_400), rounding=Rounding("round_to", 1_000)
    )

    amount = formula.compute(Facts(DAY, {"ngheo": True}), DAY)

    assert [(step.does, step.said, step.value, step.why, step.basis) for step in amount.steps] == [
        ("of", "530.010", 530_010, None, None),
        ("times", "", Fraction(19, 20), why, "nq_21"),
        ("at_most", "503400", 503_400, None, None),
        ("round", "1000", 503_000, None, None),
    ]
    assert amount.value == 503_000


def test_the_chosen_row_gives_its_reason_to_the_amount() -> None:
    rows = Rows(
        (
            Row[Part](exact(0), LANGUAGE.compile("ngheo"), why=Text("Miễn"), basis="nq_18"),
            Row[Part](exact(8_000), otherwise=True),
        )
    )

    free = Formula(Choose(rows)).compute(Facts(DAY, {"ngheo": True}), DAY)

    assert (free.value, free.why, free.basis) == (0, Text("Miễn"), "nq_18")


def test_a_formula_tells_every_expression_in_it() -> None:
    rows = Rows((Row[Part](read("n"), LANGUAGE.compile("ngheo")), Row[Part](exact(1), otherwise=True)))
    each = Each(LANGUAGE.compile("ds"), "g", exact(1))
    formula = Formula(Choose(rows), (Several("sum", (each, Item(read("x")))),), at_least=read("r"))

    assert {e.text for e in expressions(formula)} == {"n", "ngheo", "ds", "x", "r"}
