"""What can be wrong with an expression, as data: a code with a place in the text. Words: catalogue/messages_sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz, process


class Wrong(StrEnum):
    """The codes of an editor's mistakes in an expression."""

    SYNTAX = "C301"
    NOT_ASCII = "C302"
    SINGLE_EQUALS = "C303"
    WORD_OPERATOR = "C304"
    UNCLOSED_QUOTE = "C305"
    RESERVED = "C306"
    TOO_LONG = "C307"
    TOO_DEEP = "C308"
    HAS_BARE_NAME = "C309"
    NO_NAME = "C310"
    NO_FIELD = "C311"
    NO_FUNCTION = "C312"
    ARGUMENTS = "C313"
    OPERANDS = "C314"
    RESULT = "C315"
    DIVIDES = "C316"
    POINT_NUMBER = "C317"
    DECIMAL_EQUALS = "C318"
    RATE_USED = "C319"
    LITERAL = "C320"
    NOT_LITERAL = "C321"
    MIXED_LIST = "C322"
    NOT_OURS = "C323"
    NO_WORD = "C324"
    TOO_BIG = "C325"
    OTHER = "C326"
    BRANCHES = "C327"
    COMMENT = "C328"
    GROUP_EQUALS = "C329"
    EMPTY = "C330"
    HAS_BARE_VALUE = "C331"
    DATE_SUM = "C332"
    BODY = "C333"
    DOUBTFUL = "C334"
    CURLY_QUOTE = "C335"


@dataclass(frozen=True)
class Mistake:
    """`at` and `length` count characters of the expression's text."""

    code: Wrong
    at: int
    length: int
    params: Mapping[str, Any] = field(default_factory=dict)


class BadExpression(ValueError):
    """An expression that does not compile: every mistake that could be told, in the order of the text."""

    def __init__(self, text: str, mistakes: Iterable[Mistake]) -> None:
        self.text = text
        self.mistakes = tuple(sorted(mistakes, key=lambda m: (m.at, m.code)))
        super().__init__(f"{text}: {'; '.join(f'{m.code} at {m.at} {dict(m.params)}' for m in self.mistakes)}")


def meant(word: str, known: Iterable[str]) -> dict[str, str]:
    """The word that was probably meant: `{"meant": ...}`, or nothing."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return {"meant": found[0]} if found else {}


_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|&&|\|\||[=!<>]=|\S")


def token_at(text: str, at: int) -> tuple[int, int]:
    """The place and length of the word or sign that a compiler's offset points to: the name before a `(`, the field
    after a `.`."""
    at = min(max(at, 0), max(len(text.rstrip()) - 1, 0))
    if text[at : at + 1] == "(":
        name = re.search(r"[A-Za-z_]\w*\s*$", text[:at])
        if name:
            return name.start(), len(name.group().rstrip())
    if text[at : at + 1] == "." and (field_ := re.match(r"\.\s*([A-Za-z_]\w*)", text[at:])):
        return at + field_.start(1), len(field_.group(1))
    found = _TOKEN.match(text, at)
    return (at, len(found.group())) if found else (at, 1)
