"""The one analysis of text, for what is searched and for what is typed: syllables, folded. Called by procedures.

A Vietnamese word is mostly two syllables, so syllables are taken alone and by neighbours: `khai sinh` is also
`khaisinh`, which is how some type it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from motcua.domain.folding import fold

#: what is read of a query: longer than any name of a procedure
LONGEST, MOST_WORDS = 300, 24
_SYLLABLE = re.compile(r"[^\W_]+")
_FINAL_Y = re.compile(r"([^aeiou]+|qu)y")  # kí and ký, lí and lý, qui and quy are written both ways
#: What everyday speech puts around what is wanted. Typed with marks, only these words; without marks, their look-alikes
#: too: what those mean then shows by their neighbours.
_AROUND = frozenset(
    [
        *(
            "làm",
            "xin",
            "cho",
            "muốn",
            "cần",
            "nộp",
            "nhờ",
            "giúp",
            "hỏi",
            "đi",
            "phải",
            "được",
            "bị",
            "tôi",
            "em",
            "anh",
        ),
        *("chị", "ai", "ạ", "ơi", "ở", "đâu", "như", "nào", "gì", "thì", "là", "để", "khi", "và", "hoặc", "hay", "của"),
        *("với", "các", "những", "một", "này", "đó", "có", "không", "bao", "nhiêu", "lâu", "theo", "cách"),
        *("how", "to", "i", "want", "need", "the", "of", "for", "my", "get", "apply"),
    ]
)
#: two syllables of the same kind, each of which alone may be another word
_AROUND_PAIRS = frozenset({"thutuc", "hoso", "lamsao", "thenao"})
_AROUND_BARE = frozenset(map(fold, _AROUND))


@dataclass(frozen=True)
class Word:
    """A syllable as typed (composed, small) and folded."""

    typed: str
    bare: str

    @property
    def around(self) -> bool:
        """It stands around what is wanted, and does not decide."""
        return self.typed in _AROUND or self.typed in _AROUND_BARE

    @property
    def marked(self) -> bool:
        return self.typed != fold(self.typed)


def words_of(text: str) -> tuple[Word, ...]:
    """`"Đăng kí"` -> typed `đăng`, `kí`, bare `dang`, `ki`."""
    small = unicodedata.normalize("NFC", text[:20_000]).casefold()
    return tuple(Word(typed, _bare(typed)) for typed in _SYLLABLE.findall(small))


def asked(text: str) -> tuple[Word, ...]:
    """The words of a query, without `thủ tục` and the like, unless there is nothing else."""
    words = words_of(text[:LONGEST])[:MOST_WORDS]
    joined = [*pairs(words), ""]
    left_out = {n + more for n, pair in enumerate(joined) if pair in _AROUND_PAIRS for more in (0, 1)}
    return tuple(word for n, word in enumerate(words) if n not in left_out) or words


def deciding(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that say what is wanted; all of them, when there are no others."""
    return tuple(word for word in words if not word.around) or tuple(words)


def pairs(words: Sequence[Word]) -> list[str]:
    return [first.bare + second.bare for first, second in pairwise(words)]


def whole(words: Sequence[Word]) -> str:
    """The deciding words in one, whatever their order."""
    return "-".join(sorted({word.bare for word in deciding(words)}))


def _bare(typed: str) -> str:
    bare = "".join(_SYLLABLE.findall(fold(typed))) or typed
    found = _FINAL_Y.fullmatch(bare)
    return f"{found[1]}i" if found else bare
