"""The name that somebody gave a file, made harmless and kept readable: `Đơn xin.pdf` stays `Đơn xin.pdf`. Called by
upload_check.py.

The name is only shown and offered for saving; on our disk a file lies under a random id.
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 150
_MOST_BYTES = 240  # most file systems take 255
#: what Windows does not take in a name, and the two that part folders
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)


def clean_name(given: str) -> str:
    """Composed letters (đ is kept), one line, no folder, nothing unseen, nothing a system reserves; a long one loses
    the end of its stem.
    """
    last = re.split(r"[/\\]", given.replace("\x00", ""))[-1]
    seen = re.sub(r"\s", " ", unicodedata.normalize("NFC", last))
    seen = "".join(
        c for c in seen if unicodedata.category(c)[0] != "C"
    )  # controls, bidi marks, unassigned, lone surrogates
    seen = " ".join(_FORBIDDEN.sub("-", seen).split()).lstrip(". ").rstrip(". ")
    stem, ending = split_name(seen)
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return _cut(stem.rstrip(". ") or "tep", ending)


def split_name(name: str) -> tuple[str, str]:
    """`Đơn xin.PDF` -> `("Đơn xin", ".PDF")`; what has no short ASCII ending has none."""
    match = re.fullmatch(r"(.+)(\.[A-Za-z0-9]{1,10})", name, re.DOTALL)
    return (match[1], match[2]) if match else (name, "")


def _cut(stem: str, ending: str) -> str:
    stem = stem[: MOST_CHARACTERS - len(ending)]
    while len((stem + ending).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending
