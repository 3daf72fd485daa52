"""Fills an empty database with the demo's people and cases, by the same verbs that people use. Called by `python
app.py demo`.

What is played is data (`motcua/demo/*.yaml`); `demo_case` plays the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua import demo
from motcua.casework.demo_case import DemoCase
from motcua.casework.hashing import hash_password
from motcua.catalogue.source import parse
from motcua.domain.people import Officer, read_phone
from motcua.office import Office
from motcua.store.accounts import CITIZEN, OFFICER, Account

FOLDER = Path(demo.__file__).parent


@dataclass(frozen=True)
class Persona:
    """Somebody whom one can sign in as. `busy`: the demo's cases have passed through this office."""

    sign_in: str
    name: str
    what: str
    office: str
    busy: bool = True


@dataclass(frozen=True)
class Demo:
    password: str
    officers: list[dict[str, Any]]
    people: list[dict[str, Any]]
    cases: list[dict[str, Any]]

    @property
    def busy(self) -> set[str]:
        """The agencies whose officers act in the demo's cases, or keep the installation."""
        acting = {event.get("by") for case in self.cases for event in case.get("events", ())}
        return {o["agency"] for o in self.officers if o["login"] in acting or {"editor", "admin"} & {*o["roles"]}}


def read_demo(folder: Path = FOLDER) -> Demo:
    data = {
        name: parse((folder / f"{name}.yaml").read_bytes(), f"{name}.yaml").data
        for name in ("accounts", "people", "cases")
    }
    accounts, people, cases = data["accounts"], data["people"], data["cases"]
    return Demo(str(accounts["password"]), accounts["officers"], people["people"], cases["cases"])


def personas(office: Office) -> list[Persona]:
    """Everybody of the demo who has an account here, office by office."""
    played, known = read_demo(), office.catalog.province
    agencies, roles, busy = known.agencies.by_id, known.roles, played.busy
    officers = [
        Persona(
            o["login"],
            o["name"],
            ", ".join(roles[r].vi for r in o["roles"] if r in roles),
            agencies[o["agency"]].name.vi,
            o["agency"] in busy,
        )
        for o in played.officers
        if o["agency"] in agencies
    ]
    return [*(Persona(p["email"], p["name"], "", "Người dân / citizens") for p in played.people), *officers]


def play_demo(office: Office) -> bool:
    """Play everything, once: False where the database has accounts already."""
    with office.store.reading() as books:
        if books.accounts.any():
            return False
    played = read_demo()
    people = _add_people(office, played)
    officers = _add_officers(office, played)
    for case in played.cases:
        if case["by"] in people:
            _play(office, DemoCase(office, case, people[case["by"]], officers), case["procedure"])
    return True


def _play(office: Office, case: DemoCase, procedure: str) -> None:
    """A procedure that was not in force then, or that another catalog has not, is left out."""
    live = office.catalog.live.get(procedure)
    if live and live.procedure and all(live.procedure.effective(at.date()) for at in (case.filed_at, office.now())):
        case.play()


def _add_people(office: Office, played: Demo) -> dict[str, Account]:
    hashed, found = hash_password(played.password), {}
    with office.store.transaction() as books:
        for person in played.people:
            found[person["id"]] = books.accounts.add(
                kind=CITIZEN,
                name=person["name"],
                password_hash=hashed,
                at=office.now(),
                email=person["email"],
                phone=read_phone(person["phone"]),
                identity_number=person["so_dinh_danh"],
                profile={"ngay_sinh": person["birth"], "noi_cu_tru": person["address"]},
            )
    return found


def _add_officers(office: Office, played: Demo) -> Mapping[str, Officer]:
    """Officers of agencies that this catalog has; another catalog may have none of them."""
    hashed, found = hash_password(played.password), {}
    with office.store.transaction() as books:
        for person in played.officers:
            if person["agency"] not in office.catalog.province.agencies.by_id:
                continue
            account = books.accounts.add(
                kind=OFFICER,
                login=person["login"],
                name=person["name"],
                password_hash=hashed,
                at=office.now(),
                agency=person["agency"],
                roles=person["roles"],
            )
            roles = frozenset(person["roles"])
            found[person["login"]] = Officer(account.id, person["login"], account.name, person["agency"], roles)
    return found
