"""One commune at work: a citizen who files by the shipped catalog, and the officers of Hàm Rồng ward.

Importable by name, so that a fresh process finds it. What is filed is the example ks-1 of the birth registration.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from motcua import demo
from motcua.casework.answer_supplement import answer_supplement
from motcua.casework.attach import attach
from motcua.casework.complete_step import complete_step
from motcua.casework.deliver import Worded, deliver
from motcua.casework.save_draft import pick_agency, save_page
from motcua.casework.start_draft import start_draft, start_supplement
from motcua.casework.submit import submit
from motcua.casework.withdraw import interrupt
from motcua.catalogue.proving import Proof
from motcua.catalogue.source import parse
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock
from motcua.office import Office, open_office
from motcua.settings import HOME, read_settings
from motcua.store.accounts import Account
from motcua.store.books import Books
from motcua.store.cases import CaseRecord
from motcua.store.drafts import Draft
from motcua.store.editions import StoredEdition
from motcua.store.outbox import Message
from motcua.store.uploads import Upload

PROCEDURE = "dang_ky_khai_sinh"
HERE, ELSEWHERE = "ubnd_phuong_ham_rong", "ubnd_xa_tho_xuan"
PDF = (Path(demo.__file__).parent / "giay_to_mau.pdf").read_bytes()
EXAMPLES = HOME / "procedures/ho_tich/dang_ky_khai_sinh.examples.yaml"


@cache
def ks_1() -> Mapping[str, Any]:
    """The answers of the example, page by page, as an editor wrote them."""
    examples = parse(EXAMPLES.read_bytes(), EXAMPLES.name).data
    answers: Mapping[str, Any] = next(e["answers"] for e in examples if e["id"] == "ks-1")
    return answers


def put_catalog(office: Office, proof: Proof) -> None:
    """A catalog that was proven elsewhere is live here."""
    with office.store.transaction() as books:
        for proven in (proof.province, *proof.procedures):
            assert not proven.wrong
            edition = proven.edition
            books.editions.put(StoredEdition(edition.hash, proven.id, edition.manifest, edition.files), office.now())
            books.editions.keep_compiled({edition.hash: proven.compiled.stored()})
            books.editions.go_live(proven.id, edition.hash, office.now())
    office.catalog.refresh()


@dataclass(frozen=True)
class Commune:
    office: Office
    clock: HandClock
    citizen: Account
    desk: Officer
    examiner: Officer
    leader: Officer
    elsewhere: Officer = field(repr=False)

    # ---- the citizen ----

    def draft(self, *, without: str = "", picks: str = HERE, by: Account | None = None, **pages: Any) -> str:
        """A draft that is ready to be sent, made page by page; `without` leaves one page out, `pages` replace."""
        by = by or self.citizen
        draft = start_draft(self.office, PROCEDURE, by)
        for page, raw in {**ks_1(), **pages}.items():
            if page != without:
                save_page(self.office, draft.id, by.id, page, raw, seen=draft.version)
        pick_agency(self.office, draft.id, by.id, {"receives": picks})
        attach(self.office, draft.id, by.id, "giay_chung_sinh", "Giấy chứng sinh.pdf", PDF)
        return draft.id

    def draft_at_once(self, answers: Mapping[str, Any] | None = None, picks: str = HERE) -> str:
        """The same, in one write: for those who need thousands."""
        upload = secrets.token_urlsafe(16)
        with self.office.store.transaction() as books:
            draft = self._start(books, answers or ks_1(), picks, upload)
            books.uploads.add(
                Upload(
                    id=upload,
                    account=self.citizen.id,
                    paper="giay_chung_sinh",
                    name="Giấy chứng sinh.pdf",
                    type="application/pdf",
                    size=1,
                    sha256="0" * 64,
                    stored_at=self.office.now(),
                    draft=draft.id,
                )
            )
        return draft.id

    def draft_with_file(self, upload: str) -> str:
        """A draft that names a file which is not its own."""
        with self.office.store.transaction() as books:
            return self._start(books, ks_1(), HERE, upload).id

    def _start(self, books: Books, answers: Mapping[str, Any], picks: str, upload: str) -> Draft:
        return books.drafts.start(
            self.citizen.id,
            PROCEDURE,
            str(self.office.catalog.live[PROCEDURE].edition),
            channel="online",
            now=self.office.now(),
            answers={"pages": dict(answers), "picked": {"receives": picks}, "changed": {}},
            papers={"giay_chung_sinh": {"files": [upload]}},
        )

    def submit(self, draft: str) -> CaseRecord:
        return submit(self.office, draft, self.citizen, declared=True)

    def filed(self) -> str:
        """A case that was filed just now; answers with its ref."""
        return self.submit(self.draft()).ref

    def filed_at_once(self) -> str:
        return self.submit(self.draft_at_once()).ref

    def supplement(self, ref: str, *, papers: Sequence[str] = (), **pages: Mapping[str, Any]) -> str:
        """The citizen opens the supplement and fills in what was asked; answers with the draft, which is not sent."""
        draft = start_supplement(self.office, ref, self.citizen)
        for page, changes in pages.items():
            raw = {**draft.answers["pages"].get(page, {}), **changes}
            save_page(self.office, draft.id, self.citizen.id, page, raw, seen=draft.version)
        for paper in papers:
            attach(self.office, draft.id, self.citizen.id, paper, f"{paper}.pdf", PDF)
        return draft.id

    def supplied(self, draft: str) -> Case:
        return answer_supplement(self.office, draft, self.citizen, declared=True)

    def withdraw(self, ref: str, *, seen: int | None = None) -> Case:
        seen = self.record(ref).version if seen is None else seen
        return interrupt(self.office, ref, "rut", self.citizen.id, seen=seen)

    # ---- the officers ----

    def act(self, by: Officer, ref: str, step: str, action: str, *, seen: int | None = None, **more: Any) -> Case:
        """An officer acts, having seen the newest version unless the test says which."""
        seen = self.record(ref).version if seen is None else seen
        return complete_step(self.office, ref, step, action, seen=seen, by=by, **more)

    def accepted(self) -> str:
        ref = self.filed()
        self.act(self.desk, ref, "tiep_nhan", "tiep_nhan")
        return ref

    def examined(self) -> str:
        """A case that waits for its signature."""
        ref = self.accepted()
        self.act(self.examiner, ref, "tham_tra", "dat")
        return ref

    def stranger(self) -> Account:
        """Another citizen."""
        with self.office.store.transaction() as books:
            return books.accounts.add(
                kind="citizen", name="Lê Văn Đạt", password_hash="x", email="dat@nguoidan.example", at=self.office.now()
            )

    # ---- what anybody sees ----

    def record(self, ref: str) -> CaseRecord:
        with self.office.store.reading() as books:
            return books.cases.get(ref)

    def seen(self, ref: str) -> Case:
        """The case as a look shows it now."""
        return self.office.case(self.record(ref)).advance(self.office.now())

    def said(self, ref: str) -> list[Message]:
        with self.office.store.reading() as books:
            return list(books.outbox.of_case(ref))

    def at(self, day: datetime) -> None:
        self.clock.set(day)

    def inbox(self, by: Officer) -> list[str]:
        """The numbers of what this officer may do now, the most urgent first."""
        with self.office.store.reading() as books:
            return [line.case.number for line in books.inbox.tasks({by.agency}, by.roles).lines]

    def deliver(self) -> int:
        return deliver(self.office.store, _words, self.office.mail, self.office.sms, self.clock)


def _words(message: Message) -> Worded:
    return Worded(message.text, f"{message.params['number']} {message.params['due']}")


def add_people(office: Office, clock: HandClock) -> Commune:
    """A citizen, and an officer for each role."""
    with office.store.transaction() as books:
        citizen = books.accounts.add(
            kind="citizen",
            name="Đỗ Thị Hạnh",
            password_hash="x",
            phone="+84912000101",
            email="hanh@nguoidan.example",
            identity_number="038196000101",
            at=office.now(),
        )

        def officer(name: str, login: str, agency: str, *roles: str) -> Officer:
            account = books.accounts.add(
                kind="officer",
                name=name,
                login=login,
                agency=agency,
                roles=roles,
                password_hash="x",
                at=office.now(),
            )
            return Officer(account.id, login, name, agency, frozenset(roles))

        return Commune(
            office=office,
            clock=clock,
            citizen=citizen,
            desk=officer("Nguyễn Thị Lan", "nguyenthilan.hamrong", HERE, "one_stop"),
            examiner=officer("Đỗ Văn Đức", "dovanduc.hamrong", HERE, "civil_status_officer"),
            leader=officer("Lê Quốc Hưng", "lequochung.hamrong", HERE, "leader"),
            elsewhere=officer(
                "Phạm Thị Hòa", "phamthihoa.thoxuan", ELSEWHERE, "one_stop", "civil_status_officer", "leader"
            ),
        )


def also(officer: Officer, *roles: str) -> Officer:
    """The same person with more roles."""
    return replace(officer, roles=officer.roles | set(roles))


def other_door(commune: Commune) -> Commune:
    """The same commune from another process or thread: an office of its own on the same database."""
    office = open_office(commune.office.settings, clock=commune.clock)
    office.catalog.refresh()
    return replace(commune, office=office)


def file_many(data: str, database_url: str, account: int, now: datetime, times: int) -> list[tuple[str, float, float]]:
    """What one of several processes does: file, again and again. Each number, and the seconds for draft and filing."""
    clock = HandClock(now)
    office = open_office(read_settings({"DATA": data, "DATABASE_URL": database_url}), clock=clock)
    office.catalog.refresh()
    with office.store.reading() as books:
        citizen = books.accounts.get(account)
    nobody = Officer(0, "", "", "", frozenset())
    commune = Commune(office, clock, citizen, nobody, nobody, nobody, nobody)
    given = []
    for _ in range(times):
        drafting, draft = timed(commune.draft_at_once)
        filing, record = timed(lambda draft=draft: commune.submit(draft))
        given.append((record.number, drafting, filing))
    office.store.close()
    return given


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done
