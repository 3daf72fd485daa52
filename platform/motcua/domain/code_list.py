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
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            found[entry.code] = (*found.get(entry.code, ()), entry)
        return found

    def get(self, code: str, on: date) -> Entry | None:
        return next((entry for entry in self._by_code.get(code, ()) if entry.in_force(on)), None)

    def name(self, code: str) -> Text:
        """The name of a code of any time: old papers keep their words."""
        known = self._by_code.get(code)
        return known[-1].name if known else Text(code)

    def offered(self, on: date, **equal: Any) -> list[Entry]:
        """What may be chosen on a day, where every given attribute equals (`tinh="38"`)."""
        return [e for e in self.entries if e.in_force(on) and all(e.attributes.get(k) == v for k, v in equal.items())]
