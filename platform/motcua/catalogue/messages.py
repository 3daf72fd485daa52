"""Every code with its words, from the registries of all that find mistakes. Used by reports and `explain`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from motcua.catalogue import messages_binding, messages_references, messages_shape, messages_source, messages_sums
from motcua.catalogue.diagnostic import Diagnostic, Message
from motcua.domain.text import Text

REGISTRIES: tuple[Mapping[str, Message], ...] = (
    messages_source.MESSAGES,
    messages_shape.MESSAGES,
    messages_references.MESSAGES,
    messages_sums.MESSAGES,
    messages_binding.MESSAGES,
)

#: Categories of characters that could forge lines, colours or reading direction in a terminal or a log.
_UNSAFE = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")
_LONGEST = 80
_MOST_WORDS = 12


@cache
def registry() -> dict[str, Message]:
    """Code -> message. A code in two registries is our bug."""
    found: dict[str, Message] = {}
    for one in REGISTRIES:
        twice = found.keys() & one.keys()
        if twice:
            raise ValueError(f"codes in two registries: {sorted(twice)}")
        found |= one
    return found


def say(diagnostic: Diagnostic, lang: str = "vi") -> str:
    """The message in words, with the meant word after it. What comes from the catalog is made harmless."""
    message = registry()[diagnostic.code]
    params = _Shown({key: shown(value, lang) for key, value in diagnostic.params.items()})
    text = (message.en if lang == "en" else message.vi).format_map(params)
    meant = diagnostic.params.get("meant")
    if meant is None or "{meant}" in message.vi:
        return text
    return f"{text}, did you mean '{shown(meant)}'?" if lang == "en" else f"{text}, có phải '{shown(meant)}'?"


def shown(value: Any, lang: str = "vi") -> str:
    """A parameter as text that cannot harm: controls escaped, and not too long."""
    if isinstance(value, Text):
        return value.in_(lang)
    if isinstance(value, list | tuple):
        more = ["…"] if len(value) > _MOST_WORDS else []
        return ", ".join([*(shown(one, lang) for one in value[:_MOST_WORDS]), *more])
    text = harmless(str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def harmless(text: str) -> str:
    return "".join(c if unicodedata.category(c) not in _UNSAFE else f"\\u{ord(c):04x}" for c in text)


class _Shown(dict[str, str]):
    """A parameter that a message asks for and nobody gave is shown as a gap, not as a crash of the report."""

    def __missing__(self, key: str) -> str:
        return "…"
