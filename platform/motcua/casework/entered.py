"""What a citizen has entered into a draft and not sent: pages as they were typed, the agencies picked, when each page
changed. Used by the draft's verbs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from motcua.store.drafts import Draft


@dataclass(frozen=True)
class Entered:
    """`changed` is the draft's version at each page's last change: two windows on different pages do not disturb each
    other.
    """

    pages: Mapping[str, Any] = field(default_factory=dict)
    picked: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)

    @staticmethod
    def of(draft: Draft) -> Entered:
        kept = draft.answers
        return Entered(kept.get("pages", {}), kept.get("picked", {}), kept.get("changed", {}))

    def with_page(self, page: str, raw: Any, version: int) -> Entered:
        return replace(self, pages={**self.pages, page: raw}, changed={**self.changed, page: version})

    def plain(self) -> dict[str, Any]:
        return {"pages": dict(self.pages), "picked": dict(self.picked), "changed": dict(self.changed)}
