"""An editor's mistake, as data: found by the catalogue, never raised, all collected. Its words are in `messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from motcua.catalogue.place import Place


class Severity(StrEnum):
    """`error` keeps a catalog from going live; `warning` and `note` do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Message:
    """One kind of mistake. `{name}` in a text is a parameter; a parameter `meant` is said after the text by itself."""

    vi: str
    en: str


@dataclass(frozen=True)
class Diagnostic:
    """`line` is the text of the line it stands on, for the excerpt. Parameters come from catalog files: hostile."""

    code: str
    place: Place
    params: Mapping[str, Any] = field(default_factory=dict)
    line: str = ""
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[int, Place, str]:
        """Worst first, then by place."""
        return self.severity.rank, self.place, self.code
