"""Somebody signs in: a citizen by e-mail, telephone or số định danh, an officer by `hovaten.tendonvi`. Called by
web/signin.

A wrong name and a wrong password look alike and take as long. At most twenty guesses at an account are weighed in a
quarter of an hour, from however many addresses; whoever comes on a device on which this account was signed in before
has five of them for himself, so that strangers cannot lock the owner out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from motcua.casework.hashing import fits, hash_password, is_old
from motcua.domain.folding import fold
from motcua.domain.identity_number import read_identity_number
from motcua.domain.people import is_login, read_email, read_phone
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.books import Books
from motcua.store.limits import Limit

_QUARTER = timedelta(minutes=15)
BY_ACCOUNT = Limit("sign_in.account", 15, _QUARTER)
BY_DEVICE = Limit("sign_in.device", 5, _QUARTER)
BY_ADDRESS = Limit("sign_in.address", 60, _QUARTER)

WRONG = Text(
    "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.",
    "The sign-in name or the password is not right. Check them and try again.",
)


@dataclass(frozen=True)
class Door:
    """Where a try comes from. `device` is the mark of a device on which account `known` was signed in before."""

    address: str = field(repr=False)
    agent: str = ""
    device: str | None = field(default=None, repr=False)
    known: int | None = None


@dataclass(frozen=True)
class Entered:
    """Who came in, and the new session's token: it is nowhere else."""

    account: Account
    token: str = field(repr=False)


def sign_in(office: Office, name: str, password: str, door: Door) -> Entered:
    """Raises Incorrect (name or password, not said which), TooManyTries, Busy.

    Two transactions, because a try counts also when it fails, and no lock is held while the hash is computed.
    """
    with office.store.transaction() as books:
        account = account_named(books, name)
        limit, key = _limit(account, name, door)
        if limit is BY_ACCOUNT:
            books.limits.take(BY_ADDRESS, door.address, office.now())
        books.limits.take(limit, key, office.now())
    right = fits(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        raise Incorrect([Problem("", "sign_in", text=WRONG)])
    newer = hash_password(password) if is_old(account.password_hash) else None
    with office.store.transaction() as books:
        if newer:
            books.accounts.rehashed(account.id, newer)
        books.limits.forget(limit, key)
        token = books.sessions.open(account.id, now=office.now(), most=office.settings.session_most, agent=door.agent)
    return Entered(account, token)


def account_named(books: Books, name: str) -> Account | None:
    """By whichever name it was: the four kinds cannot be taken for each other."""
    if is_login(name.strip().lower()):
        return books.accounts.officer(name)
    if "@" in name:
        email = read_email(name)
        return books.accounts.citizen(email=email) if email else None
    if phone := read_phone(name):
        return books.accounts.citizen(phone=phone)
    number = read_identity_number(name)
    return books.accounts.citizen(identity_number=number) if number else None


def _limit(account: Account | None, name: str, door: Door) -> tuple[Limit, str]:
    if account is not None and door.device and door.known == account.id:
        return BY_DEVICE, door.device
    return BY_ACCOUNT, f"account:{account.id}" if account else f"name:{fold(name)}"
