"""A head gives a step that waits to another officer. Called by web/desk/waits; complete_step reads the choice that goes
with an act.
"""

from __future__ import annotations

from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.books import Books


def pick_officer(office: Office, ref: str, step: str, login: str, *, seen: int, by: Officer) -> Case:
    """Raises Stale, NotOffered, NotAllowed, Incorrect."""
    with office.store.transaction() as books:
        record = books.cases.get(ref, seen)
        case = opened(office, books, record, by)
        who = at_work(books, login)
        if who is None:
            raise Incorrect([Problem("picks", "nobody_picked")])
        case = case.pick(step, who, by=by, at=office.now())
        save(office, books, record, case)
    return case


def at_work(books: Books, login: str) -> Officer | None:
    """An officer who can sign in; None where nobody was chosen, or he has left."""
    account = books.accounts.officer(login) if login else None
    return as_officer(account) if account is not None and account.disabled_at is None else None


def as_officer(account: Account) -> Officer:
    """An account as the nouns know officers."""
    return Officer(account.id, account.login or "", account.name, account.agency or "", frozenset(account.roles))
