"""Which passwords are refused, and that long and Vietnamese ones are welcome. S11 (its beginning)."""

from __future__ import annotations

import unicodedata

import pytest

from motcua.domain.password import read_password, weakness

OWN = ["Nguyễn Văn An", "+84912345678", "an.nguyen@vidu.vn", "038198000901"]
TRIED_FIRST = """
matkhau1 MatKhau@123 mậtkhẩu2026 m@tkhau1 thanhhoa36 Thanhhoa@2025 12345678 87654321 11111111 abcabcabc
abababab password1 P@ssw0rd qwerty123 qwertyui anhyeuem123 iloveyou1 vietnam2026 hanoi12345 admin@123
123456789
"""


@pytest.mark.parametrize(
    "password",
    [
        "con mèo trắng nhỏ",
        "x7Lq2vTz",
        "đường làng có hoa gạo",
        "a-b_c d!e" * 10,
        "thu-nghiem-2026",
        "Sông Mã 14 nhịp cầu",
    ],
)
def test_long_and_vietnamese_passwords_are_welcome(password: str) -> None:
    assert weakness(password, OWN) is None


@pytest.mark.parametrize(
    "password",
    TRIED_FIRST.split(),
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert weakness(password, OWN) == "password_common"


@pytest.mark.parametrize("password", ["nguyenvanan", "NguyễnVănAn1990", "0912345678", "an.nguyen2026", "038198000901"])
def test_ones_own_names_and_numbers_are_refused(password: str) -> None:
    assert weakness(password, OWN) == "password_own"


def test_eight_signs_are_the_least() -> None:
    assert weakness("x7Lq2vT") == "password_short"
    assert weakness("đẹpnhưhoa"[:8]) is None


def test_the_same_signs_typed_composed_or_not_are_one_password() -> None:
    assert read_password(unicodedata.normalize("NFD", "đường làng")) == read_password("đường làng")
