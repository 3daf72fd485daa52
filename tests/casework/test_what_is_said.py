"""What the citizen is told: through which channels, with which date, and nothing before it is true."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.casework.commune import Commune

from motcua.domain.refusals import Incorrect, NotAllowed, Stale

DUE = "2026-10-05T17:00:00+07:00"  # filed and accepted on Monday before 15:00: the same day


def told(commune: Commune, ref: str, text: str) -> dict[str, str]:
    """Who is told, by channel."""
    return {message.channel: message.to for message in commune.said(ref) if message.text == f"notice.{text}"}


def test_acceptance_is_told_by_portal_email_and_sms_with_the_same_date(commune: Commune) -> None:
    """Article 9.2.b of the regulation."""
    ref = commune.accepted()
    assert told(commune, ref, "accepted") == {
        "portal": str(commune.citizen.id),
        "email": "hanh@nguoidan.example",
        "sms": "+84912000101",
    }
    assert {m.params["due"] for m in commune.said(ref) if m.text == "notice.accepted"} == {DUE}


def test_what_is_told_reaches_the_portal_the_mailbox_and_the_telephone(commune: Commune) -> None:
    ref = commune.accepted()
    commune.deliver()
    words = f"{commune.record(ref).number} {DUE}"
    with commune.office.store.reading() as books:
        notices = [
            notice.text for notice in books.notices.of(commune.citizen.id) if notice.subject == "notice.accepted"
        ]
    letters = [*commune.office.mail.letters(), *commune.office.sms.letters()]
    assert [*notices, *(letter.text for letter in letters if letter.subject == "notice.accepted")] == [words] * 3


def test_a_citizen_without_e_mail_is_told_by_portal_and_sms(commune: Commune) -> None:
    with commune.office.store.transaction() as books:
        books.accounts.change(commune.citizen.id, email=None)
    assert set(told(commune, commune.accepted(), "accepted")) == {"portal", "sms"}


def test_no_message_carries_anything_personal(commune: Commune) -> None:
    """S17: number, procedure, date, reason and a link."""
    ref = commune.filed()
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", asks=["tre.ho_ten"], reason="Tên viết chưa rõ")
    for message in commune.said(ref):
        said = str(message.params)
        assert not any(secret in said for secret in ("HẠNH", "Hạnh", "LÊ ĐỨC AN", "038196000101", "0912", "84912"))


def test_a_refusal_says_why_and_a_grant_says_that_the_result_is_there(commune: Commune) -> None:
    refused = commune.filed()
    commune.act(commune.desk, refused, "tiep_nhan", "tu_choi", reason="Không thuộc thẩm quyền")
    assert set(told(commune, refused, "ended")) == {"portal", "email", "sms"}
    assert {m.params["reason"] for m in commune.said(refused) if m.text == "notice.ended"} == {"Không thuộc thẩm quyền"}
    granted = commune.examined()
    commune.act(commune.leader, granted, "ky", "ky")
    assert set(told(commune, granted, "result_ready")) == {"portal", "email", "sms"}
    commune.act(commune.desk, granted, "tra_ket_qua", "tra")
    assert told(commune, granted, "ended") == {}  # the result said it


def test_an_act_that_is_refused_says_nothing(commune: Commune) -> None:
    ref = commune.filed()
    before = commune.said(ref)
    with pytest.raises(NotAllowed):
        commune.act(commune.elsewhere, ref, "tiep_nhan", "tiep_nhan")
    with pytest.raises(Incorrect):
        commune.act(commune.desk, ref, "tiep_nhan", "tu_choi")  # without a reason
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    with pytest.raises(Stale):
        commune.act(commune.desk, ref, "tiep_nhan", "tu_choi", seen=1, reason="Muộn")
    assert len(commune.said(ref)) == len(before) + 3  # the acceptance alone


def test_a_limit_that_was_missed_is_told_to_nobody_by_its_end(commune: Commune) -> None:
    """Being late is the office's, to be excused by people; the citizen is not told that a case ended."""
    ref = commune.accepted()
    before = len(commune.said(ref))
    commune.at(datetime(2026, 10, 7, 9, 0))
    case = commune.act(commune.examiner, ref, "tham_tra", "dat")
    assert any(event.kind == "late" for event in case.events)
    assert len(commune.said(ref)) == before
