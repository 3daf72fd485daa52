"""The excerpts of the catalog language, word for word: tables, values, formulas, code lists, shared things."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.catalogue.binding_of_sums import bind

from motcua.domain.expression import BOOL, DATE, INT, TEXT, AbsentRead, ListOf, Record

NAMES = {
    "nguoi": Record({"ngay_sinh": DATE}),
    "tai_san": Record({"co_nha": BOOL}),
    "don": Record({"co_dat": BOOL}),
    "xe": Record({"mau": TEXT, "loai": TEXT}),
    "step": Record({"dinh_gia": Record({"gia": INT})}),
    "giay_to": ListOf(Record({"so_trang": INT, "so_ban": INT, "hinh_thuc": TEXT})),
    "viec": TEXT,
    "chu_the": TEXT,
    "so_con": INT,
    "so_giay_them": INT,
    "case": Record({"channel": TEXT, "filed_on": DATE}),
    "thua_dat": Record({"xa": TEXT}),
    "tre": Record({"ngay_sinh": DATE}),
}
TABLES = """
tables:
  muc_tham_dinh:
    gives: money
    by: {viec: choice, doi_tuong: choice, chu_the: choice}
    rows:
      - [viec,               doi_tuong, chu_the=ca_nhan, chu_the=to_chuc]
      - [cap_moi,            dat,       530.000,         1.130.000]
      - [cap_moi,            ca_hai,    720.000,         1.410.000]
      - [[xac_nhan, dinh_chinh], "*",   450.000,         950.000]
  he_so:
    gives: rate
    by: {tuoi: number}
    rows: [[tuoi, value], [dưới 16, 2.5], [từ 16 đến dưới 60, 2.0], [từ 60, 2.5]]
values:
  tuoi: {is: "years(nguoi.ngay_sinh, case.filed_on)"}
  doi_tuong:
    type: choice
    is: [{when: tai_san.co_nha && don.co_dat, is: ca_hai}, {when: tai_san.co_nha, is: tai_san}, {else: dat}]
  muc_chuan:
    type: money
    is: [{in_force: {from: 01/07/2021, to: 30/06/2024}, is: 360.000}, {in_force: {from: 01/07/2024}, is: 500.000}]
  gia_moi:
    type: money
    is:
      - {when: has(xe.mau), is: mau_xe(xe.mau).gia}
      - {when: has(step.dinh_gia.gia), is: step.dinh_gia.gia}
      - {else: unknown}
  gia_tinh: {type: money, is: gia_moi}
  ty_le_con: {type: rate, is: 10 %}
  he_so_don_than: {type: rate, is: 1.0}
  he_so_cao_tuoi: {type: rate, is: he_so(tuoi)}
  he_so_khuyet_tat: {type: rate, is: 1.5}
  muc_huong:
    type: money
    is:
      of: muc_chuan
      times: {sum: [{of: he_so_don_than, times: so_con}, {highest: [he_so_cao_tuoi, he_so_khuyet_tat]}]}
      round_to: 1
"""
FILES = {
    "forms/lists/mau_xe.yaml": """
columns: [code, name, gia]
rows:
  - [vios, Vios, 600000000]
  - [d_max, D-Max, 800000000]
""",
    "forms/lists/xa.yaml": """
eras:
  - in_force: {to: 30/06/2025}
    columns: [code, name, la_phuong]
    rows: [["1", Phường Một, true]]
  - in_force: {from: 01/07/2025}
    columns: [code, name, la_phuong]
    rows: [["1", Xã Một, false]]
""",
    "procedures/values/la_tre_em.yaml": """
given: {ngay_sinh: date}
is: years(ngay_sinh, case.filed_on) < 16
""",
    "procedures/tables/le_phi.yaml": """
gives: money
by: {loai: choice}
rows: [[loai, value], [ban_sao, 8.000], [ban_chinh, 0]]
""",
}


def value(name: str, answers: dict[str, Any], on: date = date(2024, 8, 5), **roots: Any) -> Any:
    return bind(TABLES, NAMES, files=FILES).value(name, answers, on, **roots)


def amount(written: str, answers: dict[str, Any], **roots: Any) -> Any:
    return bind(f"{TABLES}\namount:\n{written}", NAMES, files=FILES).compute(answers, date(2024, 8, 5), **roots).value


def test_a_price_from_a_list_from_an_officer_or_not_yet() -> None:
    assert value("gia_moi", {"xe": {"mau": "vios"}}) == 600_000_000
    assert value("gia_moi", {}, step={"dinh_gia": {"gia": 55}}) == 55
    assert value("gia_moi", {}) is None
    with pytest.raises(AbsentRead, match=r"value\.gia_moi"):
        value("gia_tinh", {})


def test_a_code_that_is_in_no_list_is_not_there() -> None:
    with pytest.raises(AbsentRead, match="xyz"):
        value("gia_moi", {"xe": {"mau": "xyz"}})


def test_a_benefit_is_a_coefficient_times_the_standard_of_the_day() -> None:
    born = {"nguoi": {"ngay_sinh": date(2010, 1, 1)}, "so_con": 2}

    assert value("muc_huong", born) == 500_000 * (Fraction(2) + Fraction("2.5"))
    assert value("muc_huong", born, date(2024, 6, 30)) == 360_000 * Fraction("4.5")


def test_a_cap_that_small_cars_do_not_have() -> None:
    written = """
  of: gia_tinh
  times: [ty_le_con, 60 %]
  at_most: [{when: xe.loai == "con", is: none}, {else: 40 triệu}]
  round_to: 1
"""
    assert amount(written, {"xe": {"mau": "d_max", "loai": "con"}}) == 48_000_000
    assert amount(written, {"xe": {"mau": "d_max", "loai": "tai"}}) == 40_000_000


def test_only_the_first_addend_is_cheaper_online() -> None:
    written = """
  sum:
    - of: muc_tham_dinh(viec, doi_tuong, chu_the)
      times: [{when: case.channel == "online", is: 95 %}, {else: 1}]
      round_to: 1
    - {of: 50.000, times: so_giay_them}
"""
    answers = {"viec": "cap_moi", "chu_the": "ca_nhan", "tai_san": {"co_nha": False}, "so_giay_them": 1}
    case = {"channel": "online", "filed_on": date(2024, 8, 5)}

    assert amount(written, answers, case=case) == 503_500 + 50_000


def test_a_star_stands_for_every_word_also_for_one_that_no_line_names() -> None:
    written = '  muc_tham_dinh("dinh_chinh", doi_tuong, chu_the)'

    assert amount(written, {"chu_the": "to_chuc", "tai_san": {"co_nha": True}, "don": {"co_dat": False}}) == 950_000


def test_an_attribute_of_a_place_is_that_of_the_filing_day() -> None:
    text = "values: {phuong: {is: xa(thua_dat.xa).la_phuong}}"
    bound = bind(text, NAMES, files=FILES)

    assert bound.value("phuong", {"thua_dat": {"xa": "1"}}, date(2025, 6, 30)) is True
    assert bound.value("phuong", {"thua_dat": {"xa": "1"}}, date(2025, 7, 1)) is False


def test_shared_values_and_tables_are_used_by_name() -> None:
    text = """
tables: {muc: {use: tables/le_phi}}
values:
  la_tre_em: {use: values/la_tre_em}
  mien: {is: la_tre_em(tre.ngay_sinh)}
amount: [{when: mien, is: 0}, {else: muc("ban_sao")}]
"""
    bound = bind(text, NAMES, files=FILES)

    assert bound.compute({"tre": {"ngay_sinh": date(2020, 1, 1)}}).value == 0
    assert bound.compute({"tre": {"ngay_sinh": date(1990, 1, 1)}}).value == 8_000
