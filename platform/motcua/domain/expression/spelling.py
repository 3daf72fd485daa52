"""How people write an expression that cannot be read: quotes, signs and words from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from motcua.domain.expression.mistakes import Mistake, Wrong
from motcua.domain.folding import fold

_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "–": "-", "−": "-", "∧": "&&", "∨": "||"}
_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "va": "&&",
    "hoac": "||",
    "khong": "!",
    "AND": "&&",
    "OR": "||",
    "NOT": "!",
}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_WORD = re.compile(rf"(?<![\w.])(?:{'|'.join(_WORDS)})(?![\w.(])")
_CURLY = re.compile(r"[“”„‘’‚«»]")
_NOT_ASCII = re.compile(r"\w*[^\x00-\x7f]\w*")
_SINGLE = re.compile(r"(?<![=!<>])=(?!=)")


def _curly_quote(plain: str) -> Mistake | None:
    found = _CURLY.search(plain)
    return Mistake(Wrong.CURLY_QUOTE, found.start(), 1, {"sign": found.group()}) if found else None


def _foreign_sign(plain: str) -> Mistake | None:
    found = _SIGN.search(plain)
    if found is None:
        return None
    return Mistake(Wrong.WORD_OPERATOR, found.start(), 1, {"name": found.group(), "sign": _SIGNS[found.group()]})


def _not_ascii(plain: str) -> Mistake | None:
    found = _NOT_ASCII.search(plain)
    if found is None:
        return None
    proposal = fold(found.group()).replace(" ", "_")
    hint = {"meant": proposal} if proposal.isidentifier() else {}
    return Mistake(Wrong.NOT_ASCII, found.start(), len(found.group()), {"name": found.group(), **hint})


def _unclosed_quote(plain: str) -> Mistake | None:
    odd = [quote for quote in "\"'" if plain.count(quote) % 2]
    return Mistake(Wrong.UNCLOSED_QUOTE, max(map(plain.rfind, odd)), 1) if odd else None


def _single_equals(plain: str) -> Mistake | None:
    found = _SINGLE.search(plain)
    return Mistake(Wrong.SINGLE_EQUALS, found.start(), 1) if found else None


def _word_operator(plain: str) -> Mistake | None:
    found = _WORD.search(plain)
    if found is None:
        return None
    params = {"name": found.group(), "sign": _WORDS[found.group()]}
    return Mistake(Wrong.WORD_OPERATOR, found.start(), len(found.group()), params)


_HABITS: tuple[Callable[[str], Mistake | None], ...] = (
    _curly_quote,
    _foreign_sign,
    _not_ascii,
    _unclosed_quote,
    _single_equals,
    _word_operator,
)


def spelled_wrongly(plain: str) -> Mistake | None:
    """The first habit that explains why a text (with its quotes blanked) cannot be read, or None."""
    return next((mistake for habit in _HABITS if (mistake := habit(plain)) is not None), None)
