"""The embedded mail and SMS gateways lay each letter in a folder, once a key, where the demo shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from motcua.domain.working_calendar import HCM
from motcua.gateways.letter import Letter, Unreachable
from motcua.gateways.mail import MailFolder
from motcua.gateways.sms import SmsFolder

LETTER = Letter("ref:1:email", "hue@vidu.vn", "Đã tiếp nhận", "Hồ sơ của bà Đặng", datetime(2026, 10, 5, 8, tzinfo=HCM))


def test_a_letter_is_read_back_as_it_was_sent(tmp_path: Path) -> None:
    mail = MailFolder(tmp_path / "mail")
    assert mail.letters() == ()
    mail.send(LETTER)
    assert mail.letters() == (LETTER,)


def test_the_same_key_sent_again_is_one_letter(tmp_path: Path) -> None:
    """R2, the receiver's part."""
    sms = SmsFolder(tmp_path)
    for minute in range(3):
        sms.send(replace(LETTER, at=LETTER.at + timedelta(minutes=minute)))
    assert sms.letters() == (LETTER,)


def test_the_latest_letter_stands_first(tmp_path: Path) -> None:
    mail = MailFolder(tmp_path)
    later = replace(LETTER, key="ref:2:email", at=LETTER.at + timedelta(minutes=1))
    mail.send(LETTER)
    mail.send(later)
    assert mail.letters() == (later, LETTER)


def test_a_folder_that_cannot_be_written_is_worth_another_try(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.write_text("a file, not a folder")
    with pytest.raises(Unreachable):
        MailFolder(in_the_way).send(LETTER)


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    mail = MailFolder(tmp_path)
    mail.send(LETTER)
    mail.send(LETTER)
    assert [file.suffix for file in tmp_path.iterdir()] == [".json"]


def test_a_letter_in_a_log_shows_nothing_personal() -> None:
    assert repr(LETTER) == f"Letter(key='ref:1:email', at={LETTER.at!r})"
