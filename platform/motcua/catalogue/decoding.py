"""From bytes to text that is safe to parse: UTF-8, small enough, nothing hidden in it. Called by `source`."""

from __future__ import annotations

import re

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Place

#: Bytes of one file. A list of every commune of the country is a fifth of it.
MAX_BYTES = 1_000_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = "\ufeff"
#: Controls, lone carriage returns, line ends that only some programs know, signs without width, and what turns the
#: reading direction.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c"
    "\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text, with plain line ends and without a byte order mark; None where it cannot be read at all."""
    if len(raw) > MAX_BYTES:
        return None, [too_large(file, len(raw))]
    if raw.startswith(_UTF16):
        return None, [Diagnostic("C002", Place(file))]
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        return None, [_not_utf8(raw, wrong.start, file)]
    found = [Diagnostic("C003", Place(file))] if text.startswith(_BOM) else []
    text = text.removeprefix(_BOM)
    hidden = _HIDDEN.search(text)
    if hidden is None:
        return text, found
    return None, [*found, _hidden(text, hidden, file)]


def hidden_in(text: str) -> str | None:
    """The first hidden character of a text that escapes have made (`"\\u202e"`), as `U+202E`."""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def too_large(file: str, size: int) -> Diagnostic:
    return Diagnostic("C005", Place(file), {"size": size, "limit": MAX_BYTES})


def _not_utf8(raw: bytes, at: int, file: str) -> Diagnostic:
    line_start = raw.rfind(b"\n", 0, at) + 1
    before = raw[line_start:at].decode("utf-8")
    line = raw[line_start:].split(b"\n", 1)[0].decode("utf-8", "replace")
    place = Place(file, raw.count(b"\n", 0, at) + 1, len(before) + 1)
    return Diagnostic("C001", place, {"byte": f"0x{raw[at]:02X}"}, line)


def _hidden(text: str, found: re.Match[str], file: str) -> Diagnostic:
    line_start = text.rfind("\n", 0, found.start()) + 1
    line = text[line_start:].split("\n", 1)[0]
    place = Place(file, text.count("\n", 0, found.start()) + 1, found.start() - line_start + 1)
    return Diagnostic("C004", place, {"character": hidden_in(found[0])}, line)
