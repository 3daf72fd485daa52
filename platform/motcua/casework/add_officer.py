"""An administrator makes an officer's account. Called by the command line: `python app.py account add`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.casework.hashing import hash_password
from motcua.casework.new_password import password_problem
from motcua.domain.people import BadLogin, is_login, login_of, read_name
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.accounts import OFFICER, Account
from motcua.store.books import Books

_NAME = Text("Hãy nhập họ và tên.", "Enter the full name.")
_UNIT = Text(
    "Tên đăng nhập có dạng hovaten.tendonvi: đơn vị chỉ gồm chữ không dấu và số, ví dụ sotttt.",
    "A sign-in name is hovaten.tendonvi: the unit is letters without marks and digits, such as sotttt.",
)
_AGENCY = Text("Danh mục không có cơ quan này.", "The catalog has no such agency.")
_ROLE = Text("Danh mục không có vai trò này.", "The catalog has no such role.")
#: no 0 O, 1 l I: a first password is often read out or copied by hand
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Added:
    """The new account, and its first password where none was given: shown once, kept nowhere."""

    account: Account
    password: str | None = field(repr=False)


def add_officer(
    office: Office,
    *,
    name: str,
    agency: str,
    roles: Iterable[str],
    unit: str = "",
    login: str | None = None,
    password: str | None = None,
    must_change: bool = True,
) -> Added:
    """`login` is made from name and `unit` unless it is given. Raises Incorrect with every problem, and Taken."""
    name, roles = read_name(name), tuple(roles)
    problems = [*_wrong(office, name, agency, roles), *_wrong_password(password, name, login)]
    if problems:
        raise Incorrect(problems)
    first = None if password else _first_password()
    hashed = hash_password(password or first or "")
    with office.store.transaction() as books:
        account = books.accounts.add(
            kind=OFFICER,
            login=_login(books, name, unit, login),
            name=name,
            password_hash=hashed,
            agency=agency,
            roles=roles,
            at=office.now(),
            must_change_password=must_change,
        )
    return Added(account, first)


def _login(books: Books, name: str, unit: str, given: str | None) -> str:
    if given is not None:
        if is_login(given):
            return given
        raise Incorrect([Problem("login", "login", text=_UNIT)])
    try:
        return login_of(name, unit, {account.login for account in books.accounts.officers() if account.login})
    except BadLogin:
        raise Incorrect([Problem("unit", "unit", text=_UNIT)]) from None


def _wrong(office: Office, name: str, agency: str, roles: Iterable[str]) -> Iterable[Problem]:
    """Raises NotThere while no catalog was ever taken up: nobody can hold a role in an agency that is not known."""
    province = office.catalog.province
    if not name:
        yield Problem("name", "name", text=_NAME)
    if agency not in province.agencies.by_id:
        yield Problem("agency", "agency", text=_AGENCY)
    if any(role not in province.roles for role in roles):
        yield Problem("roles", "roles", text=_ROLE)


def _wrong_password(password: str | None, name: str, login: str | None) -> Iterable[Problem]:
    problem = password_problem("password", password, (name, login)) if password is not None else None
    return [problem] if problem else []


def _first_password() -> str:
    """Eighty bits, in four groups."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
