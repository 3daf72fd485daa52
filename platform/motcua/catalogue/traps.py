"""What YAML would read differently from what the editor sees: each trap is closed. Called by `walk` for plain words."""

from __future__ import annotations

import re
from typing import Any

MAX_DEPTH = 50

_NULLS = ("", "~", "null")
_BOOLEANS = {"true": True, "false": False}
#: Words that one YAML reader or another takes for a boolean or for nothing.
_DOUBTFUL = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_MAX_DIGITS = 18
_STICKS = re.compile(r"[ ]+#[\w\"'(\[{]")
_COMMENT = re.compile(r"[ ]+#")
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")
_DECIMAL = re.compile(r"-?[0-9]+,[0-9]+")


def typed(word: str) -> Any:
    """The value of a plain (unquoted) word in our core schema: true, false, a whole number, nothing; else the text."""
    if word in _NULLS:
        return None
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    if _WHOLE.fullmatch(word) and len(word) <= _MAX_DIGITS:
        return int(word)
    return word


def trap_of(word: str) -> str | None:
    """The code of the trap that a plain word is, or None."""
    if word.lower() in _DOUBTFUL and word not in ("true", "false", "null"):
        return "C021"
    if _LEADING_ZERO.fullmatch(word):
        return "C022"
    if _WHOLE.fullmatch(word) and len(word) > _MAX_DIGITS:
        return "C030"
    return None


def cut_by_comment(word: str, text: str, end: int) -> bool:
    """Whether ` #` ended a plain value that was to go on: no space after the hash, or a quote or bracket left open."""
    return bool(_STICKS.match(text, end) or (_COMMENT.match(text, end) and _open(word)))


def cut_by_comma(word: str) -> bool:
    """Whether a plain value in braces or brackets was cut at a comma: a parenthesis is left open."""
    return word.count("(") > word.count(")")


def decimal_comma(text: str, comma: int) -> bool:
    """Whether the comma at an index stands between two digits: `0,5`."""
    return bool(_DECIMAL_COMMA.match(text, comma - 1)) if comma > 0 else False


def whole(text: str, start: int) -> str:
    """The decimal with a comma that stands at an index: `0,5`; else nothing."""
    found = _DECIMAL.match(text, start)
    return found[0] if found else ""


def entry(line: str, start: int) -> str:
    """What a person sees as one value in braces: from a column to the comma or brace outside its own brackets."""
    depth = 0
    for index in range(start, len(line)):
        depth += (line[index] in "([{") - (line[index] in ")]}")
        if depth < 0 or (depth == 0 and line[index] == ","):
            return line[start:index].rstrip()
    return line[start:].rstrip()


def _open(word: str) -> bool:
    return word.count('"') % 2 == 1 or any(word.count(a) > word.count(b) for a, b in ("()", "[]", "{}"))
