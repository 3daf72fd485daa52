"""Which regular expressions a form may use: only those that are judged quickly, whatever is typed. For `rules_form`.

No group is repeated, nothing looks around or back, and at most two parts may be of any length.
"""

from __future__ import annotations

import re

#: A class or one character, with a repetition; groups with alternatives, but without a repetition; anchors.
_ATOM = r"(?:\[(?:\\.|[^\]\\])+\]|\\[dwsDWS.\\/+*?()\[\]{}|^$-]|[^\\\[\](){}*+?|^$])"
_REPEAT = r"(?:\{[0-9]{1,3}(?:,[0-9]{0,3})?\}|[*+?])?"
_TOKEN = re.compile(rf"{_ATOM}(?P<repeat>{_REPEAT})|(?P<open>\((?:\?:)?)|(?P<close>\)(?P<after>[*+{{?]?))|[\^$|]")
_BOUNDS = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_MOST_LOOSE = 2
_LOOSE_FROM = 10


def fault(pattern: str) -> str | None:
    """`invalid`, `unsafe`, or None for a pattern that may be used."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "invalid"
    loose, at = 0, 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None or (token["close"] and token["after"] not in ("", "?")):
            return "unsafe"
        loose += _is_loose(token["repeat"] or "")
        at = token.end()
    return "unsafe" if loose > _MOST_LOOSE else None


def _is_loose(repeat: str) -> bool:
    """Whether a repetition can take very different lengths."""
    bounds = _BOUNDS.fullmatch(repeat)
    if bounds is None:
        return repeat in ("*", "+")
    least, comma, most = bounds.groups()
    return bool(comma) and (most == "" or int(most) - int(least) > _LOOSE_FROM)
