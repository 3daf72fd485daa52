"""However a case ends, the pages and the notices have a word for it, in both languages."""

from __future__ import annotations

import pytest

from motcua.domain.workflow import ENDS
from motcua.settings import HOME
from motcua.web.words import read_words

WORDS = read_words(HOME / "themes" / "default" / "words")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("end", ENDS)
def test_every_end_has_its_word(end: str, lang: str) -> None:
    assert WORDS.has(f"outcome.{end}", lang)
    assert WORDS.has(f"notice.outcome.{end}", lang)
