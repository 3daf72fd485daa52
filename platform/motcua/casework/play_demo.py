"""Fills an empty database with the demo's people and cases, by the same verbs that people use. Called by `python
app.py demo`.

What is played is data (`motcua/demo/*.yaml`); times in it count back from the day of the first start, in the
province's calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from motcua import demo
from motcua.casework.answer_supplement import answer_supplement
from motcua.casework.attach import attach
from motcua.casework.complete_step import complete_step
from motcua.casework.hashing import hash_password
from motcua.casework.judged_draft import judge_draft
from motcua.casework.save_draft import pick_agency, save_page
from motcua.casework.start_draft import start_draft, start_supplement
from motcua.casework.submit import submit
from motcua.casework.withdraw import interrupt
from motcua.catalogue.source import parse
from motcua.domain.people import Officer, read_phone
from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.store.accounts import CITIZEN, OFFICER, Account

FOLDER = Path(demo.__file__).parent
_AGO = re.compile(r"-(\d+) ngày( làm việc)?(?: (\d\d:\d\d))?")


@dataclass(frozen=True)
class Persona:
    """Somebody whom one can sign in as."""

    sign_in: str
    password: str
    name: str
    what: str


@dataclass(frozen=True)
class Demo:
    password: str
    officers: list[dict[str, Any]]
    people: list[dict[str, Any]]
    cases: list[dict[str, Any]]


def read_demo(folder: Path = FOLDER) -> Demo:
    data = {
        name: parse((folder / f"{name}.yaml").read_bytes(), f"{name}.yaml").data
        for name in ("accounts", "people", "cases")
    }
    accounts, people, cases = data["accounts"], data["people"], data["cases"]
    return Demo(str(accounts["password"]), accounts["officers"], people["people"], cases["cases"])


def personas(office: Office) -> list[Persona]:
    """Everybody of the demo who has an account here."""
    played, known = read_demo(), office.catalog.province
    agencies, roles = known.agencies.by_id, known.roles
    officers = [
        Persona(
            o["login"],
            played.password,
            o["name"],
            f"{', '.join(roles[r].vi for r in o['roles'] if r in roles)} – {agencies[o['agency']].name.vi}",
        )
        for o in played.officers
        if o["agency"] in agencies
    ]
    return [*(Persona(p["email"], played.password, p["name"], "Người dân") for p in played.people), *officers]


def play_demo(office: Office) -> bool:
    """Play everything, once: False where the database has accounts already."""
    with office.store.reading() as books:
        if books.accounts.any():
            return False
    played = read_demo()
    people = _add_people(office, played)
    officers = _add_officers(office, played)
    for case in played.cases:
        if case["procedure"] in office.catalog.live and case["by"] in people:
            _Play(office, case, people[case["by"]], officers).run()
    return True


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


def _add_officers(office: Office, played: Demo) -> dict[str, Officer]:
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


class _Play:
    """One case of the demo, at its own times."""

    def __init__(self, office: Office, case: Mapping[str, Any], by: Account, officers: Mapping[str, Officer]) -> None:
        self._today = office.now().date()
        self._calendar = office.catalog.province.calendars.of()
        self._clock = HandClock(office.now())
        self._office = replace(office, clock=self._clock)
        self._case, self._by, self._officers = case, by, officers

    def run(self) -> None:
        self._clock.set(self._moment(str(self._case["at"])))
        ref = self._file()
        for event in self._case.get("events", ()):
            self._clock.set(self._moment(str(event["at"])))
            self._happens(ref, event)

    def _file(self) -> str:
        office, by = self._office, self._by
        draft = start_draft(office, self._case["procedure"], by, channel=self._case["channel"])
        for page, answers in self._dated(self._case["answers"]).items():
            draft = save_page(office, draft.id, by.id, page, answers, seen=draft.version)
        draft = pick_agency(office, draft.id, by.id, self._case.get("agencies", {}))
        self._attach(draft.id)
        return submit(office, draft.id, by, declared=True).ref

    def _attach(self, draft: str, wanted: list[str] | None = None) -> None:
        """A sample file for every paper that is to be attached."""
        sample = (FOLDER / "giay_to_mau.pdf").read_bytes()
        with self._office.store.reading() as books:
            judged = judge_draft(self._office, books.drafts.get(draft, self._by.id))
        for paper in judged.papers:
            if wanted is None or paper.key in wanted:
                attach(self._office, draft, self._by.id, paper.key, f"{paper.name.vi}.pdf", sample)

    def _happens(self, ref: str, event: Mapping[str, Any]) -> None:
        with self._office.store.reading() as books:
            seen = books.cases.get(ref).version
        if "interrupt" in event:
            interrupt(self._office, ref, event["interrupt"], self._by.id, seen=seen)
        elif "step" in event:
            complete_step(
                self._office,
                ref,
                event["step"],
                event["action"],
                seen=seen,
                by=self._officers[event["by"]],
                facts=self._dated(event.get("answers", {})),
                reason=event.get("reason", ""),
                asks=event.get("asks", ()),
            )
        else:
            self._supplied(ref, event)

    def _supplied(self, ref: str, event: Mapping[str, Any]) -> None:
        draft = start_supplement(self._office, ref, self._by)
        for page, answers in self._dated(event.get("answers", {})).items():
            kept = draft.answers["pages"].get(page, {})
            draft = save_page(self._office, draft.id, self._by.id, page, {**kept, **answers}, seen=draft.version)
        self._attach(draft.id, list(event.get("papers", ())))
        answer_supplement(self._office, draft.id, self._by, declared=True)

    def _moment(self, text: str) -> datetime:
        """`-2 ngày làm việc 09:00`, counted back from the demo's day."""
        day, clock = self._ago(text)
        return datetime.combine(day, clock or time(8), HCM)

    def _ago(self, text: str) -> tuple[date, time | None]:
        match = _AGO.fullmatch(text)
        if match is None:
            raise ValueError(f"demo: {text!r}")
        number, clock = int(match[1]), time.fromisoformat(match[3]) if match[3] else None
        if match[2] is None:
            return self._today - timedelta(days=number), clock
        day = self._today
        for _ in range(number):
            day = self._calendar.previous_working_day(day)
        return day, clock

    def _dated(self, answers: Any) -> Any:
        """Answers with days like `-9 ngày` made dates."""
        if isinstance(answers, Mapping):
            return {key: self._dated(value) for key, value in answers.items()}
        if isinstance(answers, list):
            return [self._dated(item) for item in answers]
        if isinstance(answers, str) and _AGO.fullmatch(answers):
            return self._ago(answers)[0].isoformat()
        return answers
