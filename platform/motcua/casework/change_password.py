"""Somebody changes the password: every other session of the account ends, and this one gets a new token. Called by
web/account.
"""

from __future__ import annotations

from datetime import timedelta

from motcua.casework.hashing import fits, hash_password
from motcua.casework.new_password import refuse_weak
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.limits import Limit

TRIES = Limit("change_password", 10, timedelta(minutes=15))
_OLD = Text("Mật khẩu hiện tại không đúng.", "The present password is not right.")
_SAME = Text("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password must differ from the present one.")


def change_password(office: Office, account: Account, old: str, new: str, *, agent: str = "") -> str:
    """Answers with the new session's token. Raises Incorrect (fields `old`, `new`), TooManyTries, Busy."""
    with office.store.transaction() as books:
        books.limits.take(TRIES, str(account.id), office.now())
    if not fits(account.password_hash, old):
        raise Incorrect([Problem("old", "old_password", text=_OLD)])
    if old == new:
        raise Incorrect([Problem("new", "same_password", text=_SAME)])
    refuse_weak("new", new, account)
    hashed = hash_password(new)
    with office.store.transaction() as books:
        books.accounts.change(account.id, password_hash=hashed, must_change_password=False)
        books.sessions.close_all(account.id)
        books.limits.forget(TRIES, str(account.id))
        return books.sessions.open(account.id, now=office.now(), most=office.settings.session_most, agent=agent)
