"""Catalog files as data with places: YAML to plain values, everything doubtful refused. Called by `reading`.

Only `true` and `false`, whole numbers without leading zero, and `null` have a type; `8.000`, `1.5`, `12:30`, dates stay
text until the type of their key reads them. Texts come out in NFC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.decoding import decode
from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Path, Place
from motcua.catalogue.walk import Walk


@dataclass(frozen=True)
class Source:
    """`data` is None where the file could not be read to its end; `problems` say why. `lines` are for excerpts."""

    file: str
    data: Any
    lines: tuple[str, ...]
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]
    problems: tuple[Diagnostic, ...] = ()

    def value_place(self, path: Path, span: tuple[int, int] | None = None) -> Place:
        """Where a value stands, or its nearest parent that does; `span` is a part of its text, from 0, end excluded."""
        while path and path not in self.values:
            path = path[:-1]
        place = self.values.get(path, Place(self.file))
        return place if span is None else self._part(place, span)

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of a path stands; an item of a list, which has none, by its value."""
        return self.keys.get(path) or self.value_place(path)

    def line(self, place: Place) -> str:
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def diagnostic(self, code: str, place: Place, /, **params: Any) -> Diagnostic:
        return Diagnostic(code, place, params, self.line(place))

    def _part(self, place: Place, span: tuple[int, int]) -> Place:
        """A quote pushes the text one to the right; where it has several lines or escapes, the whole stands for it."""
        written = self.line(place)[place.column - 1 : place.column - 1 + place.length]
        if "\\" in written or "''" in written or span[1] > place.length or written[:1] in ("|", ">"):
            return place
        quote = written[:1] in ("'", '"')
        return place.part(span[0] + quote, span[1] + quote)


def parse(raw: bytes, file: str) -> Source:
    """Read one file; never raises, whatever the bytes."""
    text, problems = decode(raw, file)
    if text is None:
        return Source(file, None, (), {}, {}, tuple(problems))
    walk = Walk(file, text)
    whole = walk.run()
    return Source(file, walk.data if whole else None, walk.lines, walk.keys, walk.values, (*problems, *walk.problems))
