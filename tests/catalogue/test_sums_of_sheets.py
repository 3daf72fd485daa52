"""The sums of real procedures, written in YAML as an editor would and counted by hand: copies, land, cars ..."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.catalogue.binding_of_sums import bind

from motcua.domain.expression import BOOL, DATE, DECIMAL, INT, TEXT, Choice, ListOf, Record

CASE = Record({"channel": TEXT, "filed_on": DATE})

# ---- 02: copies of papers, per page, capped per copy, times the copies ----

COPIES = """
tables:
  theo_trang:
    gives: money
    by: {so_trang: number}
    read: slices
    rows: [[so_trang, value], [đến 2, 2.000], [trên 2, 1.000]]
amount:
  sum:
    each: giay_to
    as: g
    when: g.hinh_thuc == "giay"
    amount: {of: {of: theo_trang(g.so_trang), at_most: 200.000}, times: g.so_ban}
"""
PAPERS = {"giay_to": ListOf(Record({"hinh_thuc": TEXT, "so_trang": INT, "so_ban": INT}))}


@pytest.mark.parametrize(
    ("rows", "fee"),
    [
        ([(1, 3)], 6_000),  # 3 x 2.000
        ([(12, 2), (2, 4)], 44_000),  # 2 x (4.000 + 10.000) + 4 x 4.000
        ([(250, 3)], 600_000),  # 4.000 + 248.000 = 252.000, at most 200.000, three times
        ([(4, 2)], 12_000),  # 2 x (4.000 + 2.000)
        ([(198, 1)], 200_000),  # 4.000 + 196.000: the cap just not
        ([], 0),
    ],
)
def test_02_copies_cost_by_the_page_capped_per_copy(rows: list[tuple[int, int]], fee: int) -> None:
    papers = [{"hinh_thuc": "giay", "so_trang": pages, "so_ban": copies} for pages, copies in rows]

    assert bind(COPIES, PAPERS).compute({"giay_to": papers}).value == fee


def test_02_electronic_rows_are_not_in_this_sum() -> None:
    papers = [{"hinh_thuc": "dien_tu", "so_trang": 9, "so_ban": 9}, {"hinh_thuc": "giay", "so_trang": 1, "so_ban": 1}]

    assert bind(COPIES, PAPERS).compute({"giay_to": papers}).value == 2_000


# ---- 05: a printed tariff in three dimensions, five per cent less online ----

LAND = """
tables:
  muc_tham_dinh:
    gives: money
    by: {viec: choice, doi_tuong: choice, chu_the: choice}
    rows:
      - [viec,      doi_tuong, chu_the=ca_nhan, chu_the=to_chuc]
      - [cap_moi,   dat,       530.000,         1.130.000]
      - [cap_moi,   tai_san,   580.000,         1.180.000]
      - [cap_moi,   ca_hai,    720.000,         1.410.000]
      - [bien_dong, dat,       450.000,         950.000]
      - [bien_dong, tai_san,   470.000,         950.000]
      - [bien_dong, ca_hai,    590.000,         1.200.000]
values:
  doi_tuong:
    type: choice
    is: [{when: tai_san.co_nha && don.co_dat, is: ca_hai}, {when: tai_san.co_nha, is: tai_san}, {else: dat}]
amount:
  sum:
    - of: muc_tham_dinh(don.viec, doi_tuong, don.chu_the)
      times: [{when: case.channel == "online", is: 95 %}, {else: 1}]
      round_to: 1
    - {of: 50.000, times: don.so_giay_them}
"""
LAND_NAMES = {
    "don": Record({"viec": TEXT, "chu_the": TEXT, "co_dat": BOOL, "so_giay_them": INT}),
    "tai_san": Record({"co_nha": BOOL}),
    "case": CASE,
}
PRINTED = {  # person direct, person online, organisation direct, organisation online
    ("cap_moi", "dat"): (530_000, 503_500, 1_130_000, 1_073_500),
    ("cap_moi", "tai_san"): (580_000, 551_000, 1_180_000, 1_121_000),
    ("cap_moi", "ca_hai"): (720_000, 684_000, 1_410_000, 1_339_500),
    ("bien_dong", "dat"): (450_000, 427_500, 950_000, 902_500),
    ("bien_dong", "tai_san"): (470_000, 446_500, 950_000, 902_500),
    ("bien_dong", "ca_hai"): (590_000, 560_500, 1_200_000, 1_140_000),
}


def land(work: str, thing: str, who: str, channel: str, more: int = 0) -> int:
    answers = {
        "don": {"viec": work, "chu_the": who, "co_dat": thing != "tai_san", "so_giay_them": more},
        "tai_san": {"co_nha": thing != "dat"},
    }
    found: int = bind(LAND, LAND_NAMES).compute(answers, case={"channel": channel, "filed_on": date(2026, 3, 9)}).value
    return found


@pytest.mark.parametrize(("case", "row"), PRINTED.items())
def test_05_five_per_cent_less_online_reproduces_the_printed_table(case: tuple[str, str], row: tuple[int, ...]) -> None:
    found = tuple(land(*case, who, channel) for who in ("ca_nhan", "to_chuc") for channel in ("counter", "online"))

    assert found == row


def test_05_a_further_certificate_is_not_cheaper_online() -> None:
    assert land("cap_moi", "dat", "ca_nhan", "online", more=1) == 553_500  # 503.500 + 50.000


TAXES = """
values:
  gia_tinh_thue: {type: money, is: {highest: [don.gia_hop_dong, {of: don.gia_bang, times: don.dien_tich}], round_to: 1}}
amount: {of: gia_tinh_thue, times: [{when: don.duy_nhat, is: 0 %}, {else: 2 %}], round_to: 1}
"""
TAX_NAMES = {"don": Record({"gia_hop_dong": INT, "gia_bang": INT, "dien_tich": DECIMAL, "duy_nhat": BOOL})}


def test_05_income_tax_is_two_per_cent_of_the_higher_price() -> None:
    from decimal import Decimal

    answers = {
        "don": {"gia_hop_dong": 2 * 10**9, "gia_bang": 15 * 10**6, "dien_tich": Decimal("100.0"), "duy_nhat": False}
    }

    assert bind(TAXES, TAX_NAMES).compute(answers).value == 40_000_000


# ---- 06: by category and count ----

RECORD = """
values:
  muc:
    type: money
    is:
      - {when: 'don.dien in ["tre_em", "cao_tuoi", "khuyet_tat", "ho_ngheo"]', is: 0}
      - {when: 'don.dien in ["sinh_vien", "nguoi_co_cong"]', is: 100.000}
      - {else: 200.000}
amount:
  - {when: muc == 0, is: 0, why: Được miễn}
  - {else: {sum: [muc, {of: 5.000, times: {of: don.so_phieu - 2, at_least: 0}}]}}
"""
RECORD_NAMES = {"don": Record({"dien": TEXT, "so_phieu": INT})}


@pytest.mark.parametrize(
    ("category", "count", "fee"),
    [
        ("thuong", 1, 200_000),
        ("sinh_vien", 4, 110_000),
        ("cao_tuoi", 5, 0),
        ("thuong", 2, 200_000),
        ("thuong", 3, 205_000),
    ],
)
def test_06_more_from_the_third_sheet_on(category: str, count: int, fee: int) -> None:
    assert bind(RECORD, RECORD_NAMES).compute({"don": {"dien": category, "so_phieu": count}}).value == fee


# ---- 07: a coefficient by age, status and date; only the highest, with one exception ----

BENEFIT = """
tables:
  he_so_tre: {gives: rate, by: {tuoi: number}, rows: [[tuoi, value], [dưới 4, 2.5], [từ 4, 1.5]]}
  he_so_khuyet:
    gives: rate
    by: {muc: choice, them: choice}
    rows: [[muc, them=khong, them=co], [dac_biet_nang, 2.0, 2.5], [nang, 1.5, 2.0]]
values:
  tuoi: {is: "years(nguoi.ngay_sinh, case.filed_on)"}
  tre_hay_gia: {type: choice, is: [{when: tuoi < 16 || tuoi >= 60, is: co}, {else: khong}]}
  muc_chuan:
    type: money
    is: [{in_force: {from: 01/07/2021, to: 30/06/2024}, is: 360.000}, {in_force: {from: 01/07/2024}, is: 500.000}]
  he_so_mo_coi:
    type: rate
    is:
      - {when: nguoi.mo_coi && tuoi < 16, is: he_so_tre(tuoi)}
      - {when: nguoi.mo_coi && nguoi.dang_hoc && tuoi <= 22, is: 1.5}
      - {else: 0}
  he_so_cao_tuoi:
    type: rate
    is:
      - {when: nguoi.ngheo && !nguoi.co_nguoi_nuoi && tuoi >= 80, is: 2.0}
      - {when: nguoi.ngheo && !nguoi.co_nguoi_nuoi && tuoi >= 60, is: 1.5}
      - {when: tuoi >= 80 && !nguoi.luong_huu, is: 1.0}
      - {else: 0}
  he_so_khuyet_tat:
    type: rate
    is: [{when: has(nguoi.khuyet_tat), is: "he_so_khuyet(nguoi.khuyet_tat, tre_hay_gia)"}, {else: 0}]
  he_so_don_than: {type: rate, is: [{when: nguoi.don_than && nguoi.ngheo, is: 1.0}, {else: 0}]}
  so_con: {is: size(nuoi_con)}
amount:
  of: muc_chuan
  times:
    sum:
      - {of: he_so_don_than, times: so_con}
      - {highest: [he_so_mo_coi, he_so_cao_tuoi, he_so_khuyet_tat]}
  round_to: 1
"""
BENEFIT_NAMES = {
    "nguoi": Record(
        {
            "ngay_sinh": DATE,
            "khuyet_tat": Choice(frozenset({"nang", "dac_biet_nang"})),
            **dict.fromkeys(("ngheo", "co_nguoi_nuoi", "luong_huu", "don_than", "mo_coi", "dang_hoc"), BOOL),
        }
    ),
    "nuoi_con": ListOf(Record({"ngay_sinh": DATE})),
    "case": CASE,
}
NOTHING = dict.fromkeys(("ngheo", "co_nguoi_nuoi", "luong_huu", "don_than", "mo_coi", "dang_hoc"), False)


def benefit(on: date, born: date, children: int = 0, **person: Any) -> int:
    answers = {
        "nguoi": {**NOTHING, "ngay_sinh": born, **person},
        "nuoi_con": [{"ngay_sinh": date(2010, 1, 1)}] * children,
    }
    found: int = bind(BENEFIT, BENEFIT_NAMES).compute(answers, on).value
    return found


def test_07_a_man_of_81_without_pension_gets_one_standard_of_2021() -> None:
    assert benefit(date(2024, 5, 6), date(1943, 3, 1)) == 360_000


def test_07_a_severely_disabled_girl_of_five_gets_two_standards_of_2024() -> None:
    assert benefit(date(2024, 7, 9), date(2019, 2, 2), khuyet_tat="nang") == 1_000_000


def test_07_a_poor_single_mother_who_is_disabled_gets_both() -> None:
    # two children 2 x 1,0 and her own 1,5: 3,5 x 500.000
    assert benefit(date(2024, 8, 5), date(1984, 6, 1), 2, don_than=True, ngheo=True, khuyet_tat="nang") == 1_750_000


def test_07_only_the_highest_of_several_coefficients_counts() -> None:
    # 83 years, poor, alone: 2,0; especially severe disability of an old person: 2,5. Not 4,5.
    assert benefit(date(2024, 8, 5), date(1941, 1, 1), ngheo=True, khuyet_tat="dac_biet_nang") == 1_250_000


def test_07_the_standard_changes_with_the_first_of_july() -> None:
    born = date(1940, 1, 1)

    assert (benefit(date(2024, 6, 30), born), benefit(date(2024, 7, 1), born)) == (360_000, 500_000)


@pytest.mark.parametrize(
    ("born", "person", "coefficient"),
    [
        (date(2021, 1, 1), {"mo_coi": True}, "2.5"),
        (date(2020, 8, 5), {"mo_coi": True}, "1.5"),  # four on this very day
        (date(2010, 1, 1), {"mo_coi": True}, "1.5"),
        (date(2005, 1, 1), {"mo_coi": True, "dang_hoc": True}, "1.5"),
        (date(2005, 1, 1), {"mo_coi": True}, "0"),
        (date(1960, 1, 1), {"ngheo": True}, "1.5"),
        (date(1944, 8, 5), {"ngheo": True}, "2"),
        (date(1944, 8, 5), {}, "1"),
        (date(1944, 8, 6), {}, "0"),
        (date(1944, 8, 5), {"luong_huu": True}, "0"),
        (date(1990, 1, 1), {"khuyet_tat": "dac_biet_nang"}, "2"),
        (date(2015, 1, 1), {"khuyet_tat": "dac_biet_nang"}, "2.5"),
        (date(1990, 1, 1), {"khuyet_tat": "nang"}, "1.5"),
        (date(1950, 1, 1), {"khuyet_tat": "nang"}, "2"),
    ],
)
def test_07_the_coefficients_of_the_decree(born: date, person: dict[str, Any], coefficient: str) -> None:
    assert benefit(date(2024, 8, 5), born, **person) == 500_000 * Fraction(coefficient)


# ---- 10: brackets of capital by group, times what kind of inspection ----

CAPITAL = """
tables:
  phi_theo_von:
    gives: money
    by: {von: money, nhom: choice}
    rows:
      - [von, nhom=II, nhom=III]
      - [đến 10 tỷ, 8.000.000, 5.000.000]
      - [trên 10 tỷ đến 50 tỷ, 12.000.000, 8.000.000]
      - [trên 50 tỷ đến 100 tỷ, 18.000.000, 12.000.000]
      - [trên 100 tỷ, 24.000.000, 16.000.000]
amount:
  of: phi_theo_von(du_an.von, du_an.nhom)
  times: [[{when: du_an.kiem_tra, is: 60 %}, {else: 1}], [{when: du_an.lai, is: 50 %}, {else: 1}]]
  round_to: 1
"""
CAPITAL_NAMES = {"du_an": Record({"von": INT, "nhom": TEXT, "kiem_tra": BOOL, "lai": BOOL})}


@pytest.mark.parametrize(
    ("billions", "group", "inspection", "again", "fee"),
    [
        (8, "III", False, False, 5_000_000),
        (60, "II", True, False, 10_800_000),  # 60 % of 18.000.000
        (30, "III", False, False, 8_000_000),
        (120, "II", False, False, 24_000_000),
        (120, "II", False, True, 12_000_000),
        (120, "II", True, True, 7_200_000),  # entries multiply: 24.000.000 x 60 % x 50 %
        (10, "II", False, False, 8_000_000),
    ],
)
def test_10_brackets_times_multipliers(billions: int, group: str, inspection: bool, again: bool, fee: int) -> None:
    project = {"von": billions * 10**9, "nhom": group, "kiem_tra": inspection, "lai": again}

    assert bind(CAPITAL, CAPITAL_NAMES).compute({"du_an": project}).value == fee


# ---- 14: registration fee of cars: price, share that remains, rate, windows, cap ----

CARS = """
tables:
  con_lai:
    gives: rate
    by: {nam: number}
    rows:
      - [nam, value]
      - [đến 1, 90 %]
      - [trên 1 đến 3, 70 %]
      - [trên 3 đến 6, 50 %]
      - [trên 6 đến 10, 30 %]
      - [trên 10, 20 %]
values:
  lan_dau: {is: xe.lan == "dau"}
  gia_tinh:
    type: money
    is:
      - {when: "!has(xe.gia)", is: unknown}
      - {when: lan_dau, is: xe.gia}
      - {else: {of: xe.gia, times: "con_lai(years_begun(xe.ngay_dau, case.filed_on))", round_to: 1}}
  ty_le_con: {type: rate, is: [{when: xe.ha_noi, is: 12 %}, {else: 10 %}]}
  ty_le:
    type: rate
    is:
      - {when: "!lan_dau", is: 2 %}
      - {when: xe.loai == "dien", in_force: {from: 01/03/2022, to: 28/02/2027}, is: 0 %}
      - {when: xe.loai == "con", is: ty_le_con}
      - {when: xe.loai == "pick_up", is: {of: ty_le_con, times: 60 %}}
      - {else: 2 %}
  giam:
    type: rate
    is:
      - when: xe.trong_nuoc && lan_dau
        in_force:
          - {from: 28/06/2020, to: 31/12/2020}
          - {from: 01/12/2021, to: 31/05/2022}
          - {from: 01/07/2023, to: 31/12/2023}
          - {from: 01/09/2024, to: 30/11/2024}
        is: 50 %
      - {else: 1}
amount:
  - {when: xe.tang_cho_ruot_thit, is: 0, why: Miễn}
  - else:
      of: gia_tinh
      times: [ty_le, giam]
      at_most: [{when: xe.loai == "con", is: none}, {else: 500 triệu}]
      round_to: 1
"""
CAR_NAMES = {
    "xe": Record(
        {
            "loai": TEXT,
            "lan": TEXT,
            "gia": INT,
            "ngay_dau": DATE,
            **dict.fromkeys(("ha_noi", "trong_nuoc", "tang_cho_ruot_thit"), BOOL),
        }
    ),
    "case": CASE,
}


def car(on: date, kind: str, millions: int, *, first: bool = True, **more: Any) -> int:
    thing = {
        "loai": kind,
        "lan": "dau" if first else "sau",
        "gia": millions * 10**6,
        "ha_noi": False,
        "trong_nuoc": False,
    }
    answers = {"xe": {**thing, "tang_cho_ruot_thit": False, **more}}
    found: int = bind(CARS, CAR_NAMES).compute(answers, on).value
    return found


def test_14_half_the_rate_in_the_window_of_2024_and_not_after() -> None:
    assert car(date(2024, 9, 16), "con", 600, ha_noi=True, trong_nuoc=True) == 36_000_000
    assert car(date(2024, 11, 30), "con", 600, ha_noi=True, trong_nuoc=True) == 36_000_000
    assert car(date(2024, 12, 2), "con", 600, ha_noi=True, trong_nuoc=True) == 72_000_000


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2020, 6, 27), False),
        (date(2020, 6, 28), True),
        (date(2021, 1, 1), False),
        (date(2022, 5, 31), True),
        (date(2023, 7, 1), True),
    ],
)
def test_14_four_windows_in_one_row(day: date, half: bool) -> None:
    assert car(day, "con", 100, trong_nuoc=True) == (5_000_000 if half else 10_000_000)


def test_14_a_used_car_of_four_years() -> None:
    assert car(date(2024, 12, 3), "con", 900, first=False, ngay_dau=date(2020, 12, 3)) == 9_000_000  # 50 % left, 2 %


def test_14_a_pick_up_pays_sixty_per_cent_of_the_cars_rate() -> None:
    assert car(date(2024, 12, 4), "pick_up", 800) == 48_000_000


def test_14_a_rate_of_nothing_is_not_an_exemption() -> None:
    bound = bind(CARS, CAR_NAMES)
    electric = {"loai": "dien", "lan": "dau", "gia": 1_200 * 10**6, "ha_noi": False, "trong_nuoc": True}

    free = bound.compute({"xe": {**electric, "tang_cho_ruot_thit": False}}, date(2025, 2, 28))
    gift = bound.compute({"xe": {**electric, "tang_cho_ruot_thit": True}}, date(2025, 2, 28))

    assert (free.value, free.why, gift.value, str(gift.why)) == (0, None, 0, "Miễn")


def test_14_the_cap_holds_for_all_but_small_cars() -> None:
    assert car(date(2024, 12, 4), "tai", 40_000) == 500_000_000  # 2 % would be 800 million
    assert car(date(2024, 12, 4), "con", 40_000) == 4_000_000_000


def test_14_a_price_that_nobody_knows_yet_is_asked_for_and_not_zero() -> None:
    from motcua.domain.expression import AbsentRead

    bound = bind(CARS, CAR_NAMES)
    car_without_price = {"loai": "con", "lan": "dau", "ha_noi": False, "trong_nuoc": False, "tang_cho_ruot_thit": False}

    with pytest.raises(AbsentRead, match=r"value\.gia_tinh"):
        bound.compute({"xe": car_without_price})
