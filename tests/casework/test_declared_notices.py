"""What a procedure's own `notices` say, beside the messages that the regulation asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.casework.commune import Commune
from tests.small_catalog import pages, town

from motcua.casework.telling import messages
from motcua.store.outbox import Message

Told = Callable[..., list[Message]]

FORM = pages("don: {type: object, title: Đơn, properties: {gap: {type: boolean, title: Gấp, default: false}}}")
AGENCIES = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01", desk: {email: motcua@xaan.example}}
"""


@pytest.fixture
def told(tmp_path: Path, commune: Commune) -> Told:
    """What goes out upon an acceptance, where the procedure declares these notices."""

    def play(notices: str, **don: object) -> list[Message]:
        here = town(tmp_path, form=FORM, procedure=f"notices: [{notices}]\n", agencies=AGENCIES)
        case = here.act(here.file({"don": don}), "tiep_nhan.nhan", "05/10/2026 09:00")
        with commune.office.store.transaction() as books:
            for login, roles in (("lan.xaan", ["one_stop"]), ("hung.xaan", ["leader"])):
                if books.accounts.officer(login) is None:
                    books.accounts.add(
                        kind="officer",
                        name=login,
                        login=login,
                        agency="xa_an",
                        roles=roles,
                        password_hash="x",
                        at=commune.office.now(),
                    )
            return [m for m in messages(commune.office, books, case, commune.citizen) if m.params["says"]]

    return play


def by_channel(said: list[Message]) -> dict[str, str]:
    return {message.channel: message.text for message in said}


def test_what_the_procedure_adds_goes_with_the_message_that_the_regulation_asks_for(told: Told) -> None:
    said = told("{upon: accepted, to: [applicant], by: [email], message: Mang theo bản chính.}")
    assert by_channel(said) == dict.fromkeys(("portal", "email", "sms"), "notice.accepted")
    assert {m.params["says"] for m in said} == {"Mang theo bản chính."}


def test_a_notice_upon_anything_else_is_a_message_of_its_own_through_the_channels_that_it_names(told: Told) -> None:
    said = told(
        "{upon: step.ky.started, to: [applicant], by: [sms], message: Đang trình ký.}, "
        "{upon: step.tiep_nhan, to: [applicant], by: [email], message: Đã xem.}"
    )
    assert {m.text for m in said} == {"notice.accepted"}  # one act is one message, not three


def test_a_notice_waits_until_the_last_of_its_events_came(told: Told) -> None:
    assert told("{upon: [accepted, ended], to: [applicant], by: [email], message: Xong cả.}") == []


def test_a_notice_whose_condition_does_not_hold_is_not_sent(told: Told) -> None:
    notice = "{upon: accepted, to: [applicant], by: [sms], when: don.gap, message: Sẽ giải quyết gấp.}"
    assert told(notice) == []
    assert {m.channel for m in told(notice, gap=True)} == {"portal", "email", "sms"}


def test_an_agency_is_told_at_its_desks_mailbox_and_under_its_officers_notices(told: Told) -> None:
    said = told("{upon: accepted, to: [agency.decides], by: [portal, email], message: Có hồ sơ mới.}")
    assert {m.text for m in said} == {"notice.agency"}
    assert sorted(m.channel for m in said) == ["email", "portal", "portal"]
    assert [m.to for m in said if m.channel == "email"] == ["motcua@xaan.example"]
    assert all(str(m.params["link"]).endswith("/desk/cases/r") for m in said)


def test_a_role_is_told_where_it_has_holders_at_an_agency_of_the_case(told: Told) -> None:
    said = told("{upon: accepted, to: [leader], by: [portal], message: Có hồ sơ mới.}")
    assert [(m.channel, m.text) for m in said] == [("portal", "notice.agency")]
