"""Somebody signs out: the session ends here, so every copy of its cookie is worthless. Called by web/signin."""

from __future__ import annotations

from motcua.office import Office


def sign_out(office: Office, token: str) -> None:
    with office.store.transaction() as books:
        books.sessions.close(token)
