"""An administrator makes officers' accounts: names, namesakes, first passwords, and what is refused."""

from __future__ import annotations

import pytest

from motcua.casework.add_officer import add_officer
from motcua.casework.hashing import fits
from motcua.domain.refusals import Incorrect, Taken
from motcua.office import Office

HERE = "ubnd_phuong_ham_rong"


def test_the_sign_in_name_is_made_from_name_and_unit(office: Office) -> None:
    added = add_officer(office, name=" Nguyễn  Văn An ", agency=HERE, roles=["one_stop"], unit="sotttt")
    assert (added.account.login, added.account.name) == ("nguyenvanan.sotttt", "Nguyễn Văn An")
    assert added.account.roles == ("one_stop",)


def test_namesakes_get_a_number(office: Office) -> None:
    logins = [
        add_officer(office, name=name, agency=HERE, roles=["leader"], unit="hamrong").account.login
        for name in ("Đặng Đình Đức", "Đặng Đình Đức", "Dang Dinh Duc")
    ]
    assert logins == ["dangdinhduc.hamrong", "dangdinhduc2.hamrong", "dangdinhduc3.hamrong"]


def test_the_first_password_is_made_shown_once_and_must_be_changed(office: Office) -> None:
    added = add_officer(office, name="Lê An", agency=HERE, roles=["one_stop"], unit="hamrong")
    assert added.password is not None
    assert len(added.password) == 19
    assert fits(added.account.password_hash, added.password)
    assert added.account.must_change_password
    assert added.password not in repr(added)


def test_all_that_is_wrong_is_told_at_once(office: Office) -> None:
    with pytest.raises(Incorrect) as no:
        add_officer(office, name=" ", agency="khong_co", roles=["one_stop", "vua"], unit="hamrong", password="matkhau1")
    assert [problem.field for problem in no.value.problems] == ["name", "agency", "roles", "password"]


@pytest.mark.parametrize("unit", ["", "sở", "so ttt", "1234", "a.b"])
def test_a_unit_that_gives_no_name_is_refused(office: Office, unit: str) -> None:
    with pytest.raises(Incorrect) as no:
        add_officer(office, name="Lê An", agency=HERE, roles=["one_stop"], unit=unit)
    assert no.value.problems[0].field == "unit"


def test_a_given_name_must_follow_the_scheme_and_be_free(office: Office) -> None:
    with pytest.raises(Incorrect):
        add_officer(office, name="Lê An", agency=HERE, roles=["one_stop"], login="lean@hamrong")
    add_officer(office, name="Lê An", agency=HERE, roles=["one_stop"], login="lean.hamrong")
    with pytest.raises(Taken):
        add_officer(office, name="Lê An", agency=HERE, roles=["one_stop"], login="lean.hamrong")
