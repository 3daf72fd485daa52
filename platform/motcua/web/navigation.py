"""The menu at the top of every page: who sees which entries, in one list. Called by theme."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from motcua.web.access import CITIZENS, EDITORS, OFFICERS, SIGNED_IN, STRANGERS, Who
from motcua.web.current import office, visitor

#: endpoint, word, who sees it; an endpoint that this site does not have is left out
MENU = (
    ("officer.inbox", "nav.inbox", OFFICERS),
    ("citizen.cases", "nav.my_cases", CITIZENS),
    ("notices.notices", "nav.notices", SIGNED_IN),
    ("editor.catalog", "nav.catalog", EDITORS),
    ("public.track", "nav.track", STRANGERS),
)


@dataclass(frozen=True)
class Item:
    address: str
    word: str
    here: bool
    count: int = 0


def menu() -> list[Item]:
    found = [(endpoint, word) for endpoint, word, who in MENU if _shown(endpoint, who)]
    return [Item(url_for(endpoint), word, request.endpoint == endpoint, _count(endpoint)) for endpoint, word in found]


def _shown(endpoint: str, who: Who) -> bool:
    return endpoint in current_app.view_functions and who.includes(visitor())


def _count(endpoint: str) -> int:
    """Notices that were not read yet."""
    account = visitor()
    if endpoint != "notices.notices" or account is None:
        return 0
    with office().store.reading() as books:
        return books.notices.unread(account.id)


def home_of_visitor() -> str:
    """Where the work of whoever is signed in is: the first entry of the menu."""
    return url_for(next((endpoint for endpoint, _, who in MENU if _shown(endpoint, who)), "public.home"))
