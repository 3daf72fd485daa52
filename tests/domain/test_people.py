"""Names, telephones and logins as people in Vietnam write them."""

from __future__ import annotations

import unicodedata

import pytest

from motcua.domain.people import BadLogin, is_login, login_of, name_order, read_email, read_name, read_phone, show_phone

NAMES = """Đào
Công Tằng Tôn Nữ Hoàng Thị Nguyệt Quế Anh
Đặng Đình Đức
Y Moan Êban
Hồ Thị Ka Rê
Nguyễn Ô
Lê Hoàng Diệu My-Anh"""


@pytest.mark.parametrize("name", NAMES.splitlines())
def test_a_name_comes_back_as_it_was_typed_whether_composed_or_not(name: str) -> None:
    assert read_name(f"  {unicodedata.normalize('NFD', name)} ") == name


def test_lists_are_sorted_by_given_name_then_family_name_and_đ_is_a_letter_of_its_own() -> None:
    by_hand = [
        "Bùi Văn An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Phạm An",
        "Lê Ánh",
        "Trần Thị Ân",
        "Lê Dũng",
        "Đào",
        "Phạm Đức",
        "Đỗ Thị Hoa",
        "Cao Hòa",
        "Lê Hoà",
        "Vũ Hoá",
        "Đặng Oanh",
        "Đặng Thị Ơn",
    ]
    shuffled = by_hand[7:] + by_hand[:7]
    assert sorted(shuffled, key=name_order) == by_hand


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345678",
        "+84912345678",
        "+84 912 345 678",
        "+84 (0)912 345 678",
        "84912345678",
        "0084912345678",
        " 0912\u00a0345\u00a0678 ",
        "０９１２３４５６７８",
        "+84-912-345-678",
    ],
)
def test_one_mobile_number_in_any_spelling_is_one_value(typed: str) -> None:
    assert read_phone(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["0237 385 1234", "(0237) 3851234", "+84 237 385 1234"])
def test_a_landline_has_eleven_digits(typed: str) -> None:
    assert read_phone(typed) == "+842373851234"


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "01234567890",
        "0912345",
        "09123456789",
        "",
        "abc",
        "+1 912 345 6789",
        "113",
        "0912345678x",
        "٠٩١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_number_of_today_is_refused(typed: str) -> None:
    assert read_phone(typed) is None


def test_a_number_is_shown_in_groups() -> None:
    assert show_phone("+84912345678") == "0912 345 678"
    assert show_phone("+842373851234") == "02373 851 234"


def test_an_e_mail_address_is_kept_in_small_letters() -> None:
    assert read_email(" Lan.Nguyen@Vidu.VN ") == "lan.nguyen@vidu.vn"


@pytest.mark.parametrize(
    "typed", ["lan", "lan@vidu", "lan @vidu.vn", "a@b@c.vn", "<lan@vidu.vn>", "lan@vidu.vn, an@vidu.vn"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert read_email(typed) is None


def test_an_officer_signs_in_by_name_and_unit() -> None:
    assert login_of("Nguyễn Văn An", "sotttt") == "nguyenvanan.sotttt"
    assert login_of("Đặng Đình Đức", "hamrong") == "dangdinhduc.hamrong"


def test_namesakes_get_distinct_names() -> None:
    taken = {"nguyenvanan.sotttt", "nguyenvanan2.sotttt"}
    assert login_of("Nguyễn Văn Ân", "sotttt", taken) == "nguyenvanan3.sotttt"


@pytest.mark.parametrize(
    ("name", "unit"), [("An", "so ttt"), ("An", ""), ("李", "sotttt"), ("An", "sở"), ("", "sotttt"), ("An", "a.b")]
)
def test_what_gives_no_login_is_refused(name: str, unit: str) -> None:
    with pytest.raises(BadLogin):
        login_of(name, unit)


def test_logins_are_told_from_e_mails_and_telephones() -> None:
    assert is_login("nguyenvanan2.sotttt")
    others = ("0912345678", "an@vidu.vn", "nguyenvanan", "Nguyen.sotttt", "an..sotttt")
    assert not any(is_login(text) for text in others)
