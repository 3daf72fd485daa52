"""A person has looked at the notices that were there. Called by web/citizen."""

from __future__ import annotations

from motcua.office import Office


def mark_read(office: Office, account: int) -> None:
    with office.store.transaction() as books:
        books.notices.read(account, office.now())
