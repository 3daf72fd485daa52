"""Folding of Vietnamese text, so that names and words are found however they are typed: no marks, đ as d, small,
single spaces.
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`"  ĐẶNG Thị  Huệ "` (composed or not) -> `"dang thi hue"`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())
