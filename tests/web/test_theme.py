"""The theme: nothing inline in its templates; both languages whole, with every key that is named; how dates and
money read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from motcua.web import formats
from motcua.web.security import CONTENT_POLICY
from motcua.web.words import MissingWord, Words, read_words

THEME = Path(__file__).parents[2] / "themes" / "default"
WEB = Path(__file__).parents[2] / "platform" / "motcua" / "web"
WORDS = read_words(THEME / "words")


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert "default-src 'none'" in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY


@pytest.mark.parametrize("file", sorted(THEME.rglob("*.html")), ids=lambda file: file.name)
def test_no_template_has_style_script_or_handler_inline(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|https?://|\|\s*safe", text)


def test_both_languages_have_the_same_keys() -> None:
    assert set(WORDS.by_language["vi"]) == set(WORDS.by_language["en"])


def test_both_languages_have_the_same_gaps() -> None:
    for key, text in WORDS.by_language["vi"].items():
        assert gaps(text) == gaps(WORDS.by_language["en"][key]), key


def gaps(text: object) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", str(text.get("other") if isinstance(text, dict) else text)))


def test_every_key_that_a_template_or_a_view_names_is_there() -> None:
    named = set()
    for file in [*THEME.rglob("*.html"), *WEB.rglob("*.py")]:
        named |= set(
            re.findall(r'\b(?:t|say)\(["\']([a-z0-9_.]+[a-z0-9_])["\']\s*[,)]', file.read_text(encoding="utf-8"))
        )
    assert len(named) > 100
    assert sorted(named - set(WORDS.by_language["vi"])) == []


def test_a_missing_word_and_an_empty_gap_are_errors() -> None:
    words = Words({"vi": {"hello": "Xin chào {name}"}})
    assert words.say("hello", "vi", name="Đào") == "Xin chào Đào"
    with pytest.raises(MissingWord):
        words.say("hello", "vi")
    with pytest.raises(MissingWord):
        words.say("bye", "vi")


def test_a_gap_is_a_name_and_nothing_that_reaches_further() -> None:
    words = Words({"vi": {"a": "{name.__class__} {0} {name!r} {name}"}})
    assert words.say("a", "vi", name="{name}") == "{name.__class__} {0} {name!r} {name}"


def test_one_and_many() -> None:
    words = Words({"en": {"days": {"one": "{n} day", "other": "{n} days"}}})
    assert [words.say("days", "en", n=n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_date_has_its_weekday_and_a_moment_its_hour() -> None:
    assert formats.long_date(date(2026, 10, 14)) == "thứ Tư, 14/10/2026"
    assert formats.long_date(date(2026, 10, 18)) == "Chủ nhật, 18/10/2026"
    assert formats.long_date(date(2026, 10, 14), "en") == "Wednesday, 14/10/2026"
    assert formats.moment(datetime(2026, 10, 14, 10, 0, tzinfo=UTC)) == "thứ Tư, 14/10/2026, 17:00"
    assert formats.short_moment(datetime(2026, 10, 13, 18, 30, tzinfo=UTC)) == "01:30, 14/10/2026"
    assert formats.short_date(date(1960, 1, 1)) == "01/01/1960"


@pytest.mark.parametrize(("amount", "text"), [(0, "0 đ"), (8000, "8.000 đ"), (1_234_567, "1.234.567 đ")])
def test_money_is_whole_đồng_with_dots(amount: int, text: str) -> None:
    assert formats.money(amount) == text
