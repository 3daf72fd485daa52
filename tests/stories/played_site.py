"""The site on which examples are played: the shipped catalog, a clock moved by hand, and whoever is needed. People
sign in with their names and passwords.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from tests.casework.commune import put_catalog
from tests.stories.person import Person

from motcua.casework.hashing import hash_password
from motcua.casework.start_draft import start_draft
from motcua.casework.wake import wake
from motcua.catalogue.proving import Proof
from motcua.domain.case_state import Active, State, fold
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.store.accounts import CITIZEN, OFFICER, Account
from motcua.store.cases import CaseRecord
from motcua.web.current import OFFICE

PASSWORD = "Cầu Hàm Rồng 1964"
CITIZEN_MAIL = "nguoinop@vidu.vn"
#: What a password costs is shown elsewhere; here hundreds are given.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Site:
    app: Flask
    clock: HandClock
    citizen: Account
    _people: dict[str, Person] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        found: Office = self.app.extensions[OFFICE]
        return found

    def now(self, at: datetime) -> None:
        """The clock moves on, and the worker looks."""
        self.clock.set(at)
        wake(self.office)

    def applicant(self) -> Person:
        return self._person(CITIZEN_MAIL)

    def officer(self, agency: str, role: str, does: str) -> Person:
        """Whoever holds a role in an agency; for each thing that is done another person."""
        login = f"{does}{role}.{agency}".replace("_", "")
        if login not in self._people:
            add = {"kind": OFFICER, "name": f"Cán bộ {does}", "login": login, "agency": agency, "roles": [role]}
            with self.office.store.transaction() as books:
                books.accounts.add(**add, password_hash=hash_password(PASSWORD), at=self.office.now())
        return self._person(login)

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = Person(self.app.test_client(), name, PASSWORD)
        return self._people[name]

    def registers_say(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """By register, its answers by key; other registers know nothing."""
        folder = self.office.settings.registers
        folder.mkdir(parents=True, exist_ok=True)
        for register, by_key in answers.items():
            (folder / f"{register}.json").write_text(json.dumps(by_key), encoding="utf-8")

    # ---- behind the counter ----

    def begin_elsewhere(self, procedure: str, channel: str) -> str:
        """The address of a draft that did not begin on the procedure's page: at the counter, or by post."""
        return f"/drafts/{start_draft(self.office, procedure, self.citizen, channel=channel).id}"

    def record(self, ref: str) -> CaseRecord:
        with self.office.store.reading() as books:
            return books.cases.get(ref)

    def state(self, ref: str) -> State:
        return fold(self.record(ref).events)

    def standing(self, ref: str) -> tuple[Active, ...]:
        """Where the case stands, and so whom to sign in as."""
        return self.state(ref).active


def site_of(app: Flask, clock: HandClock, proof: Proof) -> Site:
    """With a catalog that was proven elsewhere, and one citizen."""
    office: Office = app.extensions[OFFICE]
    put_catalog(office, proof)
    with office.store.transaction() as books:
        citizen = books.accounts.add(
            kind=CITIZEN,
            name="Nguyễn Thị Lý",
            email=CITIZEN_MAIL,
            password_hash=hash_password(PASSWORD),
            at=office.now(),
        )
    return Site(app, clock, citizen)
