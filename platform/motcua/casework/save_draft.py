"""A citizen's answers are kept, whatever they are: nothing entered is lost, right or wrong. Called by web/citizen at
every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.casework.entered import Entered
from motcua.domain.refusals import Stale
from motcua.office import Office
from motcua.store.drafts import Draft


def save_page(office: Office, draft: str, account: int, page: str, raw: Any, *, seen: int) -> Draft:
    """Keep one page as it was typed. Two windows may work on different pages; on the same page the later one is told
    (Stale).
    """
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account)
        entered = Entered.of(kept)
        if entered.changed.get(page, 0) > seen and entered.pages.get(page) != raw:
            raise Stale(f"citizen:{account}", kept.updated_at, "draft")
        entered = entered.with_page(page, raw, kept.version + 1)
        return books.drafts.save(replace(kept, answers=entered.plain()), office.now())


def pick_agency(office: Office, draft: str, account: int, picked: Mapping[str, str]) -> Draft:
    """Keep which agency the citizen chose for a position, such as the one that receives."""
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account)
        entered = Entered.of(kept)
        entered = replace(entered, picked={**entered.picked, **picked})
        return books.drafts.save(replace(kept, answers=entered.plain()), office.now())
