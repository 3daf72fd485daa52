"""A question that another answer makes necessary inside a list comes on the same page again, as it does elsewhere.

Of two buyers each may want a certificate of his own: it is asked once there are two, and a plain "no" stands until then.
"""

from __future__ import annotations

import pytest
from flask import Flask
from tests.web.citizen_site import Citizen, citizen_at, seen_of
from tests.web.desk_site import words

from motcua.gateways.clock import HandClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SALE = {"don.loai_chuyen": "chuyen_nhuong", "don.doi_tuong": "dat", "don.viec": "cap_moi"}
TWO = {
    "ben_nhan.0.loai": "ca_nhan",
    "ben_nhan.0.ten": "ĐẶNG QUỐC ANH",
    "ben_nhan.0.so_dinh_danh": "038089000506",
    "ben_nhan.0.ty_le": "60",
    "ben_nhan.1.loai": "ca_nhan",
    "ben_nhan.1.ten": "ĐẶNG THỊ YẾN",
    "ben_nhan.1.so_dinh_danh": "038193000507",
    "ben_nhan.1.ty_le": "40",
}
ASKED = ["ben_nhan.0.giay_rieng", "ben_nhan.1.giay_rieng"]


@pytest.fixture
def citizen(app: Flask, clock: HandClock) -> Citizen:
    return citizen_at(app, clock)


@pytest.fixture
def buyers(citizen: Citizen) -> str:
    """The page of those who buy, in a draft for a new certificate."""
    draft = str(citizen.post("/procedures/dang_ky_bien_dong/drafts").location)
    citizen.fill(draft, "don", SALE)
    return f"{draft}/pages/ben_nhan"


def test_it_is_shown_before_the_next_page_with_a_notice(citizen: Citizen, buyers: str) -> None:
    saved = citizen.post(buyers, {**TWO, "next": "1", "seen": seen_of(citizen.get(buyers))})
    assert "/pages/ben_nhan?" in saved.location
    page = citizen.get(saved.location)
    for name in ASKED:
        assert f'name="{name}"' in page.text
        assert f'href="#{name}"' in page.text
    assert words(page).count("Muốn có Giấy chứng nhận riêng") == 4  # twice in the notice, twice in the rows


def test_answered_or_left_at_no_it_lets_go(citizen: Citizen, buyers: str) -> None:
    citizen.post(buyers, {**TWO, "next": "1", "seen": seen_of(citizen.get(buyers))})
    ticked = {**TWO, "asked": ASKED, ASKED[1]: "y"}
    again = citizen.post(buyers, {**ticked, "next": "1", "seen": seen_of(citizen.get(buyers))})
    assert "/pages/ben_nhan" not in again.location
    assert 'id="ben_nhan.1.giay_rieng" name="ben_nhan.1.giay_rieng" value="y" checked' in citizen.get(buyers).text


def test_what_stood_on_the_page_and_was_left_empty_is_not_told_as_new(citizen: Citizen, buyers: str) -> None:
    one = {name: value for name, value in TWO.items() if ".0." in name} | {"ben_nhan.0.ty_le": "100"}
    sent = citizen.post(buyers, {**one, "ben_nhan.0.dia_chi": "", "next": "1", "seen": seen_of(citizen.get(buyers))})
    assert "/pages/ben_nhan" not in sent.location


def test_what_is_ticked_in_an_entry_that_was_just_added_is_kept(citizen: Citizen, buyers: str) -> None:
    """The page that adds an entry asks it already: there are two now."""
    one = {name: value for name, value in TWO.items() if ".0." in name}
    added = citizen.post(buyers, {**one, "add": "ben_nhan", "seen": seen_of(citizen.get(buyers))})
    page = citizen.get(added.location)
    assert f'name="{ASKED[1]}"' in page.text
    citizen.post(buyers, {**TWO, "asked": ASKED, ASKED[1]: "y", "next": "1", "seen": seen_of(page)})
    assert [row["giay_rieng"] for row in citizen.kept(buyers.removesuffix("/pages/ben_nhan"))["ben_nhan"]] == [
        "false",
        "true",
    ]
