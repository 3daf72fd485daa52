"""A citizen makes an account: what was entered is weighed, a code goes to the telephone, and the code opens the
account. Called by web/signup.

Whether a telephone has an account already is told to its owner alone, by the message: here both look the same.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.casework.hashing import hash_password
from motcua.casework.new_password import password_problem
from motcua.casework.sign_in import Door, Entered
from motcua.domain.identity_number import read_identity_number
from motcua.domain.people import read_email, read_name, read_phone
from motcua.domain.problems import Problem
from motcua.domain.refusals import Closed, Incorrect, Taken
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.accounts import CITIZEN, Account
from motcua.store.books import Books
from motcua.store.limits import Limit
from motcua.store.outbox import SMS, Message

BY_ADDRESS = Limit("sign_up.address", 10, timedelta(minutes=1))
BY_PHONE = Limit("sign_up.phone", 5, timedelta(hours=1))
CODES = Limit("sign_up.code", 5, timedelta(minutes=15))
CODE_LIVES = timedelta(minutes=15)

_NAME = Text("Hãy nhập họ, chữ đệm và tên.", "Enter your full name.")
_PHONE = Text(
    "Hãy nhập số điện thoại Việt Nam, ví dụ 0912 345 678.", "Enter a Vietnamese telephone number, such as 0912 345 678."
)
_EMAIL = Text("Thư điện tử phải có dạng ten@vidu.vn.", "The e-mail address must look like ten@vidu.vn.")
_NUMBER = Text(
    "Số định danh gồm 12 chữ số (hoặc 9 chữ số của chứng minh nhân dân cũ).",
    "The identity number has 12 digits (or the 9 digits of an old identity card).",
)
_CODE = Text("Mã xác nhận không đúng hoặc đã hết hạn.", "The code is not right, or is too old.")


@dataclass(frozen=True)
class Pending:
    """What waits for its code: kept, signed, by the browser that asked, and nowhere else until the code is right."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str | None = field(repr=False)
    identity_number: str | None = field(repr=False)
    password_hash: str = field(repr=False)
    mark: str
    at: datetime


@dataclass(frozen=True)
class SignedUp(Entered):
    """`left_out` are facts that another account has: they were not taken over."""

    left_out: tuple[str, ...] = ()


def ask_code(
    office: Office, *, name: str, phone: str, email: str, identity_number: str, password: str, door: Door
) -> Pending:
    """Weigh what was entered and send a code. Raises Incorrect with every problem, TooManyTries, Busy."""
    read = Pending(
        name=read_name(name),
        phone=read_phone(phone) or "",
        email=read_email(email) if email.strip() else None,
        identity_number=read_identity_number(identity_number) if identity_number.strip() else None,
        password_hash="",
        mark=secrets.token_urlsafe(16),
        at=office.now(),
    )
    problems = [*_wrong(read, email, identity_number, password)]
    if problems:
        raise Incorrect(problems)
    with office.store.transaction() as books:
        books.limits.take(BY_ADDRESS, door.address, office.now())
        books.limits.take(BY_PHONE, read.phone, office.now())
        known = books.accounts.citizen(phone=read.phone) is not None
        books.outbox.put([_message(office, read, known)], office.now())
    hashed = hash_password(password)
    return Pending(read.name, read.phone, read.email, read.identity_number, hashed, read.mark, read.at)


def open_account(office: Office, pending: Pending, code: str, door: Door) -> SignedUp:
    """Raises Incorrect (wrong or old code), TooManyTries (five codes), Closed (the account was opened already)."""
    now = office.now()
    with office.store.transaction() as books:
        books.limits.take(CODES, pending.mark, now)
    right = hmac.compare_digest(code_of(office, pending).encode(), "".join(code.split()).encode())
    if not right or now - pending.at > CODE_LIVES:
        raise Incorrect([Problem("code", "code", text=_CODE)])
    with office.store.transaction() as books:
        account, left_out = _add(books, pending, now)
        token = books.sessions.open(account.id, now=now, most=office.settings.session_most, agent=door.agent)
    return SignedUp(account, token, left_out)


def code_of(office: Office, pending: Pending) -> str:
    """Six digits that only this office can tell."""
    text = f"sign-up:{pending.phone}:{pending.mark}".encode()
    told = hmac.digest(office.settings.secret_key.encode(), text, hashlib.sha256)
    return f"{int.from_bytes(told[:8]) % 1_000_000:06}"


def _wrong(read: Pending, email: str, identity_number: str, password: str) -> Iterator[Problem]:
    if not read.name:
        yield Problem("name", "name", text=_NAME)
    if not read.phone:
        yield Problem("phone", "phone", text=_PHONE)
    if email.strip() and read.email is None:
        yield Problem("email", "email", text=_EMAIL)
    if identity_number.strip() and read.identity_number is None:
        yield Problem("identity_number", "identity_number", text=_NUMBER)
    weak = password_problem("password", password, (read.name, read.phone, read.email, read.identity_number))
    if weak:
        yield weak


def _message(office: Office, pending: Pending, known: bool) -> Message:
    text, params = (
        ("notice.sign_up_known", {}) if known else ("notice.sign_up_code", {"code": code_of(office, pending)})
    )
    return Message(f"sign_up:{pending.mark}", SMS, pending.phone, text, params)


def _add(books: Books, pending: Pending, now: datetime) -> tuple[Account, tuple[str, ...]]:
    """The telephone is proved by the code. E-mail and identity number are not: what is another's stays his."""
    if books.accounts.citizen(phone=pending.phone):
        raise Closed()
    email, number = pending.email, pending.identity_number
    others = []
    if email and books.accounts.citizen(email=email):
        others.append("email")
    if number and books.accounts.citizen(identity_number=number):
        others.append("identity_number")
    try:
        account = books.accounts.add(
            kind=CITIZEN,
            name=pending.name,
            phone=pending.phone,
            email=None if "email" in others else email,
            identity_number=None if "identity_number" in others else number,
            password_hash=pending.password_hash,
            at=now,
        )
    except Taken as taken:  # in this very moment, by another worker
        raise Closed() from taken
    return account, tuple(others)
