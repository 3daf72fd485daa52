"""A procedure with every crossing at which two may meet, live in an office of its own: an asked agency, a payment, a
supplement, a suspension, each with its window. Who acts is one of two persons of each role.

Importable by name. What is filed is one empty form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.casework.commune import put_catalog
from tests.small_catalog import WORKFLOW, write

from motcua.casework.answer_asked import answer_asked
from motcua.casework.answer_supplement import answer_supplement
from motcua.casework.begin_payment import begin_payment
from motcua.casework.complete_step import complete_step
from motcua.casework.interrupt_case import interrupt_case, lift
from motcua.casework.save_draft import save_page
from motcua.casework.saving import standing
from motcua.casework.settle_payment import settle_payment
from motcua.casework.start_draft import start_draft, start_supplement
from motcua.casework.submit import submit
from motcua.casework.wake import wake
from motcua.casework.withdraw import interrupt
from motcua.catalogue.proving import Proof, prove_catalog
from motcua.domain.case import Case
from motcua.domain.payment import Order, Outcome
from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock
from motcua.gateways.payment import payment_keys
from motcua.gateways.test_gateway import TestGateway
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.cases import CaseRecord, new_ref
from motcua.store.drafts import Draft

PROCEDURE_ID = "cap_giay"
#: Monday: everything that is opened now has its end on Tuesday at 17:00
MORNING = datetime(2026, 10, 5, 8, 0)
JUST_BEFORE, JUST_AFTER = datetime(2026, 10, 6, 16, 59), datetime(2026, 10, 6, 17, 0)

FILES = {
    "procedures/ho_tich/cap_giay.yaml": """
fees: [{id: phi, kind: phi, due: accepted, amount: 75.000}]
results: [{id: giay, name: Giấy, number: "{agency.code}-{year}-{serial:5}"}]
time_limits: [{id: tra, within: 3 ngày làm việc}]
""",
    WORKFLOW: """
steps:
  tiep_nhan:
    role: one_stop
    at: receives
    actions:
      nhan: {does: accept, to: xem, slip: giay_tiep_nhan}
      bo_sung: {does: ask_supplement, to: cho_bo_sung}
      tu_choi: {does: refuse, to: tu_choi}
  cho_bo_sung: {waits_for: supplement, within: 1 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  xem:
    role: specialist
    at: decides
    actions:
      dat: {to: ky}
      khong_dat: {does: refuse, to: tu_choi}
      hoi: {to: hoi}
      thu_phi: {to: nop}
  hoi: {waits_for: agencies, asks: [{agency: xa_binh}], by: specialist, within: 1 ngày làm việc, silence: agree, clock: runs, to: ky}
  nop: {waits_for: payment, fees: [phi], within: 1 ngày làm việc, clock: resume, to: ky, runs_out: het_han}
  ky:
    role: leader
    at: decides
    actions: {ky: {does: sign, to: xong}, tra_lai: {does: give_back, to: xem}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  het_han: {ends: lapsed}
  da_rut: {ends: withdrawn}
interrupts:
  - {id: rut, name: Rút hồ sơ, by: applicant, to: da_rut}
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, before: xong, does: suspend, clock: resume}
""",
}


@cache
def proof() -> Proof:
    with TemporaryDirectory() as root:
        return prove_catalog(write(Path(root), FILES))


@dataclass(frozen=True)
class Crossroads:
    """`seen` is the version of the case that whoever acts looked at."""

    office: Office
    clock: HandClock
    citizen: Account
    officers: dict[str, tuple[Officer, Officer]]
    elsewhere: tuple[Officer, Officer]
    led: dict[tuple[str, ...], CaseRecord] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=count)

    def at(self, moment: datetime) -> Crossroads:
        """The same place, as somebody sees it whose clock says this."""
        clock = HandClock(moment)
        return replace(self, clock=clock, office=replace(self.office, clock=clock))

    # ---- the citizen ----

    def draft(self) -> str:
        return start_draft(self.office, PROCEDURE_ID, self.citizen).id

    def filed(self) -> str:
        with self.office.store.transaction() as books:
            edition = str(self.office.catalog.live[PROCEDURE_ID].edition)
            answers: dict[str, Any] = {"pages": {}, "picked": {}, "changed": {}}
            draft = books.drafts.start(
                self.citizen.id, PROCEDURE_ID, edition, channel="online", now=self.office.now(), answers=answers
            )
        return submit(self.office, draft.id, self.citizen, declared=True).ref

    def edit(self, draft: str, name: str, *, seen: int) -> Draft:
        return save_page(self.office, draft, self.citizen.id, "don", {"ten": name}, seen=seen)

    def withdraw(self, ref: str, *, seen: int) -> Case:
        return interrupt(self.office, ref, "rut", self.citizen.id, seen=seen, reason="Không cần nữa")

    def supplement(self, ref: str) -> str:
        """What was asked, filled in and not sent."""
        draft = start_supplement(self.office, ref, self.citizen)
        return save_page(self.office, draft.id, self.citizen.id, "don", {"ten": "An"}, seen=draft.version).id

    def supply(self, draft: str) -> Case:
        return answer_supplement(self.office, draft, self.citizen, declared=True)

    # ---- officers ----

    def act(self, ref: str, done: str, *, seen: int, who: int = 0) -> Case:
        """`ky.tra_lai`: one of the two who may do it does."""
        step, action = done.split(".")
        role = {"tiep_nhan": "one_stop", "xem": "specialist", "ky": "leader"}[step]
        asks = ["don.ten"] if action == "bo_sung" else []
        by, reason = self.officers[role][who], f"Lý do của người {who}"
        return complete_step(self.office, ref, step, action, seen=seen, by=by, reason=reason, asks=asks)

    def suspend(self, ref: str, *, seen: int, who: int = 0) -> Case:
        by = self.officers["specialist"][who]
        return interrupt_case(self.office, ref, "ke_bien", seen=seen, by=by, reason="Quyết định 7")

    def lift(self, ref: str, *, seen: int, who: int = 0) -> Case:
        return lift(self.office, ref, "ke_bien", seen=seen, by=self.officers["specialist"][who], reason="Quyết định 9")

    def answer(self, ref: str, opinion: str, *, seen: int, who: int = 0) -> Case:
        by = self.elsewhere[who]
        return answer_asked(self.office, ref, "hoi", seen=seen, by=by, opinion=opinion, text="Ý kiến")

    # ---- money and time ----

    def order(self, ref: str) -> str:
        """The citizen stands at the gateway."""
        return begin_payment(self.office, ref, self.citizen.id).rpartition("/")[2]

    def settle(self, ref: str, order: str, state: str = "paid") -> Order:
        said = Outcome(order, ref, 75_000, "VND", state, f"{order}-{state}", self.office.now())
        return settle_payment(self.office, said)

    def wake(self) -> int:
        return wake(self.office)

    # ---- what is written ----

    def record(self, ref: str) -> CaseRecord:
        with self.office.store.reading() as books:
            return books.cases.get(ref)

    def orders(self, ref: str) -> Sequence[Order]:
        with self.office.store.reading() as books:
            return books.payments.of_case(ref)

    def came_to(self, *done: str) -> str:
        """A case that was filed and led so far, or another one at the same place: for those who need thousands."""
        if done not in self.led:
            ref = self.filed()
            for action in done:
                self.act(ref, action, seen=self.record(ref).version)
            self.led[done] = self.record(ref)
        like = self.led[done]
        another = replace(like, ref=new_ref(), number=f"{like.number}-{next(self.serials)}", draft=None)
        with self.office.store.transaction() as books:
            books.cases.add(another, standing(self.office.case(another)))
        return another.ref


def open_crossroads(office: Office) -> Crossroads:
    gateway = TestGateway(office.settings.outgoing / "payments", payment_keys(office.settings))
    clock = HandClock(MORNING)
    office = replace(office, clock=clock, payment=gateway)
    put_catalog(office, proof())
    with office.store.transaction() as books:
        citizen = books.accounts.add(
            kind="citizen", name="Đỗ Thị Hạnh", password_hash="x", email="hanh@nguoidan.example", at=office.now()
        )
    of = _adds_officers(office)
    roles = ("one_stop", "specialist", "leader")
    return Crossroads(office, clock, citizen, {role: of("xa_an", role) for role in roles}, of("xa_binh", "specialist"))


def _adds_officers(office: Office) -> Callable[[str, str], tuple[Officer, Officer]]:
    def one(agency: str, role: str, name: str) -> Officer:
        login = f"{name}.{role}.{agency}"
        with office.store.transaction() as books:
            account = books.accounts.add(
                kind="officer",
                name=name,
                login=login,
                agency=agency,
                roles=[role],
                password_hash="x",
                at=office.now(),
            )
        return Officer(account.id, login, name, agency, frozenset([role]))

    return lambda agency, role: (one(agency, role, "lan"), one(agency, role, "hung"))
