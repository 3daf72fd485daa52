"""Accounts: citizens, who sign in by e-mail, phone or identity number, and officers, by `hovaten.tendonvi`. Called by
casework and web.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.domain.folding import fold
from motcua.domain.refusals import NotThere, Taken
from motcua.store.base import Base

CITIZEN, OFFICER = "citizen", "officer"
_ONE_OF_A_KIND = ("login", "email", "phone", "identity_number")
_PERSON = ("name", "email", "phone", "identity_number", "profile")
_CHANGEABLE = {*_PERSON, "password_hash", "must_change_password", "agency", "roles", "disabled_at"}


@dataclass(frozen=True)
class Account:
    """`phone` is E.164, `email` in small letters, `identity_number` twelve digits (nine on old papers). Shown in logs
    by id alone.
    """

    id: int
    kind: str
    name: str = field(repr=False)
    password_hash: str = field(repr=False)
    created_at: datetime = field(repr=False)
    login: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    identity_number: str | None = field(default=None, repr=False)
    agency: str | None = None
    roles: tuple[str, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict, repr=False)
    disabled_at: datetime | None = None
    must_change_password: bool = False

    @property
    def is_officer(self) -> bool:
        return self.kind == OFFICER


class AccountRow(Base):
    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("kind IN ('citizen', 'officer')", name="kind"),
        CheckConstraint("(kind = 'officer') = (login IS NOT NULL)", name="officer_has_login"),
        UniqueConstraint("login"),
        UniqueConstraint("kind", "email"),
        UniqueConstraint("kind", "phone"),
        UniqueConstraint("kind", "identity_number"),
        Index(None, "name_folded"),
        Index(None, "agency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    login: Mapped[str | None] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(Text)
    name_folded: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(16))
    identity_number: Mapped[str | None] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200))
    agency: Mapped[str | None] = mapped_column(String(100))
    roles: Mapped[list[str]]
    profile: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    must_change_password: Mapped[bool]


class Accounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        kind: str,
        name: str,
        password_hash: str,
        at: datetime,
        login: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        identity_number: str | None = None,
        agency: str | None = None,
        roles: Iterable[str] = (),
        profile: Mapping[str, Any] | None = None,
        must_change_password: bool = False,
    ) -> Account:
        """Raises Taken with the field that another account of this kind has already."""
        row = AccountRow(
            kind=kind,
            login=login,
            name=name,
            name_folded=fold(name),
            email=email,
            phone=phone,
            identity_number=identity_number,
            password_hash=password_hash,
            agency=agency,
            roles=list(roles),
            profile=dict(profile or {}),
            created_at=at,
            disabled_at=None,
            must_change_password=must_change_password,
        )
        self._refuse_taken(row)
        self._session.add(row)
        self._flush()
        return account_of(row)

    def any(self) -> bool:
        """Whether anybody has an account here: an empty database has none."""
        return self._session.scalar(select(AccountRow.id).limit(1)) is not None

    def get(self, account: int) -> Account:
        """Raises NotThere."""
        found = self.find(account)
        if found is None:
            raise NotThere()
        return found

    def find(self, account: int) -> Account | None:
        row = self._session.get(AccountRow, account)
        return account_of(row) if row else None

    def officer(self, login: str) -> Account | None:
        return self._one(AccountRow.login == login.strip().lower())

    def citizen(
        self, *, email: str | None = None, phone: str | None = None, identity_number: str | None = None
    ) -> Account | None:
        """By exactly one of the three."""
        column, value = next(
            (c, v)
            for c, v in (
                (AccountRow.email, email),
                (AccountRow.phone, phone),
                (AccountRow.identity_number, identity_number),
            )
            if v is not None
        )
        return self._one((AccountRow.kind == CITIZEN) & (column == value))

    def officers(self, agency: str | None = None) -> tuple[Account, ...]:
        query = select(AccountRow).where(AccountRow.kind == OFFICER).order_by(AccountRow.login)
        if agency is not None:
            query = query.where(AccountRow.agency == agency)
        return tuple(account_of(row) for row in self._session.scalars(query))

    def change(self, account: int, **columns: Any) -> Account:
        """Change `name email phone identity_number profile password_hash must_change_password agency roles
        disabled_at`. Raises Taken, NotThere.
        """
        row = self._session.get(AccountRow, account)
        if row is None:
            raise NotThere()
        for column, value in columns.items():
            if column not in _CHANGEABLE:
                raise TypeError(f"{column} of an account never changes")
            setattr(row, column, list(value) if column == "roles" else value)
        row.name_folded = fold(row.name)
        with self._session.no_autoflush:
            self._refuse_taken(row)
        self._flush()
        return account_of(row)

    def rehashed(self, account: int, password_hash: str) -> None:
        """The same password under a newer hash."""
        self._session.execute(update(AccountRow).where(AccountRow.id == account).values(password_hash=password_hash))

    def _one(self, condition: ColumnElement[bool]) -> Account | None:
        row = self._session.scalars(select(AccountRow).where(condition)).one_or_none()
        return account_of(row) if row else None

    def _refuse_taken(self, row: AccountRow) -> None:
        for name in _ONE_OF_A_KIND:
            value = getattr(row, name)
            if value is None:
                continue
            others = select(AccountRow.id).where(getattr(AccountRow, name) == value, AccountRow.kind == row.kind)
            if any(found != row.id for found in self._session.scalars(others)):
                raise Taken(name)

    def _flush(self) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:  # another worker took it since we looked
            constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or str(error.orig)
            for name in _ONE_OF_A_KIND:
                if name in constraint:
                    raise Taken(name) from error
            raise


def account_of(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        kind=row.kind,
        login=row.login,
        name=row.name,
        email=row.email,
        phone=row.phone,
        identity_number=row.identity_number,
        password_hash=row.password_hash,
        agency=row.agency,
        roles=tuple(row.roles),
        profile=row.profile,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        must_change_password=row.must_change_password,
    )
