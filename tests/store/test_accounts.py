"""Accounts are one of a kind, and found by what each person signs in with."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from tests.store.racers import MONDAY

from motcua.domain.refusals import NotThere, Taken
from motcua.store import Store
from motcua.store.accounts import Account


def citizen(store: Store, **given: Any) -> Account:
    with store.transaction() as books:
        return books.accounts.add(kind="citizen", name="Đặng Thị Huệ", password_hash="x", at=MONDAY, **given)


def test_a_citizen_is_found_by_mail_by_phone_and_by_identity_number(store: Store) -> None:
    hue = citizen(store, email="hue@vidu.vn", phone="+84912345678", identity_number="038190000001")
    with store.reading() as books:
        assert books.accounts.citizen(email="hue@vidu.vn") == hue
        assert books.accounts.citizen(phone="+84912345678") == hue
        assert books.accounts.citizen(identity_number="038190000001") == hue
        assert books.accounts.citizen(email="other@vidu.vn") is None
        assert books.accounts.get(hue.id) == hue


def test_an_officer_is_found_by_login_however_it_is_typed(store: Store) -> None:
    with store.transaction() as books:
        books.accounts.add(
            kind="officer",
            name="Trần An",
            login="tranan.xa_a",
            agency="xa_a",
            roles=["one_stop", "specialist"],
            password_hash="x",
            at=MONDAY,
        )
    with store.reading() as books:
        found = books.accounts.officer(" TranAn.xa_a ")
        assert found is not None
        assert (found.agency, found.roles, found.is_officer) == ("xa_a", ("one_stop", "specialist"), True)
        assert books.accounts.officers("xa_b") == ()


@pytest.mark.parametrize("field", ["email", "phone", "identity_number"])
def test_what_another_citizen_has_is_taken(store: Store, field: str) -> None:
    citizen(store, **{field: "038190000001"})
    with pytest.raises(Taken) as refused:
        citizen(store, **{field: "038190000001"})
    assert refused.value.field == field


def test_an_officer_may_also_be_a_citizen_with_the_same_mail(store: Store) -> None:
    citizen(store, email="an@vidu.vn")
    with store.transaction() as books:
        books.accounts.add(kind="officer", name="An", login="an.xa_a", email="an@vidu.vn", password_hash="x", at=MONDAY)


def test_of_two_who_sign_up_with_one_mail_at_once_one_is_told(store: Store) -> None:
    barrier, told = threading.Barrier(2), []

    def sign_up() -> None:
        barrier.wait()
        try:
            citizen(store, email="hue@vidu.vn")
            told.append("signed up")
        except Taken as refused:
            told.append(refused.field)

    both = [threading.Thread(target=sign_up) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["email", "signed up"]


def test_a_change_is_kept_and_what_is_taken_is_refused(store: Store) -> None:
    citizen(store, email="a@vidu.vn")
    hue = citizen(store, email="b@vidu.vn")
    with store.transaction() as books:
        books.accounts.change(hue.id, name="Đặng Huệ", profile={"ngay_sinh": "1990-03-27"})
    with store.reading() as books:
        read = books.accounts.get(hue.id)
        assert (read.name, read.profile, read.email) == ("Đặng Huệ", {"ngay_sinh": "1990-03-27"}, "b@vidu.vn")
    with pytest.raises(Taken), store.transaction() as books:
        books.accounts.change(hue.id, email="a@vidu.vn")


def test_who_is_not_there_cannot_be_got_or_changed(store: Store) -> None:
    with store.transaction() as books:
        with pytest.raises(NotThere):
            books.accounts.get(99)
        with pytest.raises(NotThere):
            books.accounts.change(99, name="x")


def test_neither_the_kind_nor_the_login_of_an_account_ever_changes(store: Store) -> None:
    hue = citizen(store)
    with store.transaction() as books, pytest.raises(TypeError):
        books.accounts.change(hue.id, kind="officer")


def test_an_account_in_a_log_shows_nothing_personal(store: Store) -> None:
    hue = citizen(store, email="hue@vidu.vn", phone="+84912345678", identity_number="038190000001")
    assert repr(hue) == (
        f"Account(id={hue.id}, kind='citizen', agency=None, roles=(), disabled_at=None, must_change_password=False)"
    )
