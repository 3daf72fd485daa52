"""What a rule finds in parsed data: a mistake and the way to it, before it has a place. For shape and references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Path
from motcua.catalogue.source import Source

#: From 0 to 100; below, a guess would mislead more than help.
_LIKE_ENOUGH = 60
#: From so many letters on, a part of a longer word is a likeness too (`tinh` in `lists/tinh`).
_LONG_ENOUGH = 4


@dataclass(frozen=True)
class Finding:
    """`on_key` points at the key that ends the path, else at its value."""

    code: str
    path: Path
    on_key: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)

    def in_(self, source: Source) -> Diagnostic:
        place = source.key_place(self.path) if self.on_key else source.value_place(self.path)
        return source.diagnostic(self.code, place, **self.params)


def meant(word: str, known: Any) -> dict[str, Any]:
    """The word that was probably meant, as a parameter of a message; nothing where no word is like it."""
    scorer = fuzz.WRatio if len(str(word)) >= _LONG_ENOUGH else fuzz.ratio
    found = process.extractOne(str(word), sorted(map(str, known)), scorer=scorer, score_cutoff=_LIKE_ENOUGH)
    return {"meant": found[0]} if found else {}


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one: rules run on data whose shape may be wrong."""
    return value if isinstance(value, dict) else {}


def listing(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value with its path, parents before children."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*path, index))
