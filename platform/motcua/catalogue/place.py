"""Where something stands in a catalog file: what every message points at. Made by `source`, carried by `Diagnostic`."""

from __future__ import annotations

from dataclasses import dataclass

#: The way to a value in a parsed file: keys and list indexes from the top; () is the whole file.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """`line` and `column` count from 1, in characters; `length` is what is underlined on that one line."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def part(self, start: int, end: int) -> Place:
        """A part of the underlined text, counted in characters from its beginning."""
        return Place(self.file, self.line, self.column + start, max(1, end - start))
