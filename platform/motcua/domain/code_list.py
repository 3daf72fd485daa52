"""A code list (`forms/lists/`): codes with names and dated validity, the same list before and after a reform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from motcua.domain.text import Text


@dataclass(frozen=True)
class Entry:
    code: str
    name: Text
    attributes: Mapping[str, Any]
    since: date | None = None
    until: date | None = None
    succeeded_by: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class CodeList:
    """`entries` may hold one code twice, in two windows."""

    id: str
    entries: tuple[Entry, ...]
    attribute_types: Mapping[str, str]  # attribute -> text | yes_no | number

    @cached_property
    def _by_code(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.code, []).append(entry)
        return {code: tuple(entries) for code, entries in found.items()}

    def get(self, code: str, on: date) -> Entry | None:
        return next((entry for entry in self._by_code.get(code, ()) if entry.in_force(on)), None)

    def name(self, code: str) -> Text:
        """The name of a code of any time: old papers keep their words."""
        known = self._by_code.get(code)
        return known[-1].name if known else Text(code)

    def offered(self, on: date, **equal: Any) -> list[Entry]:
        """What may be chosen on a day, where every given attribute equals (`tinh="38"`)."""
        among = self.entries
        for key, value in equal.items():
            narrowed = self._by_attribute(key).get(value, ())
            among = narrowed if among is self.entries else tuple(e for e in among if e.attributes.get(key) == value)
        return [e for e in among if e.in_force(on)]

    def offers(self, code: str, on: date, **equal: Any) -> bool:
        """Whether one code may be chosen."""
        entry = self.get(code, on)
        return entry is not None and all(entry.attributes.get(key) == value for key, value in equal.items())

    def _by_attribute(self, key: str) -> dict[Any, tuple[Entry, ...]]:
        """A list of thousands is looked up by its attributes again and again: one index an attribute, made once."""
        if key not in self._indexes:
            index: dict[Any, list[Entry]] = {}
            for entry in self.entries:
                index.setdefault(entry.attributes.get(key), []).append(entry)
            self._indexes[key] = {value: tuple(found) for value, found in index.items()}
        return self._indexes[key]

    @cached_property
    def _indexes(self) -> dict[str, dict[Any, tuple[Entry, ...]]]:
        return {}
