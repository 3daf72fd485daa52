"""The office: everything that work with cases needs, put together once. The one place that chooses implementations.

Opened by web, by the workers and by the commands that need a database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.domain.case import Case
from motcua.domain.slip import Stationery
from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import Clock, clock_of
from motcua.gateways.files import FileFolder, Files
from motcua.gateways.mail import Mail, MailFolder
from motcua.gateways.payment import Payment, payment_keys
from motcua.gateways.printing import Printer, TypstPrinter
from motcua.gateways.registers import RegisterFolder, Registers
from motcua.gateways.sms import Sms, SmsFolder
from motcua.gateways.test_gateway import TestGateway
from motcua.office.live_catalog import LiveCatalog
from motcua.office.stationery import paper_of, read_stationery
from motcua.settings import Settings
from motcua.store.cases import CaseRecord
from motcua.store.store import Store, open_store

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True)
class Office:
    settings: Settings
    store: Store
    clock: Clock
    mail: Mail
    sms: Sms
    files: Files
    catalog: LiveCatalog
    stationery: Stationery
    printer: Printer
    registers: Registers
    payment: Payment | None = None  # none: fees are paid at the desk alone

    def now(self) -> datetime:
        """The moment, aware, in Vietnam's time."""
        return self.clock.now()

    def held_by(self, agency: str) -> frozenset[str]:
        """The agencies whose open work this one holds today."""
        return self.catalog.province.agencies.held_by(agency, self.now().date())

    def seen_by(self, agency: str) -> frozenset[str]:
        """The agencies whose cases, open and ended, this one may look at: its own, and those that it took over."""
        return self.held_by(agency) | {agency}

    def case(self, record: CaseRecord) -> Case:
        """A stored case with the rules of its own edition, and the slips that it may issue."""
        events = tuple(replace(event, at=event.at.astimezone(HCM)) for event in record.events)
        procedure = self.catalog.edition(record.edition)
        province, slips = self.catalog.province, self.stationery
        return Case(record.ref, record.number, procedure, province, events, len(events), stationery=slips)


def open_office(
    settings: Settings, app: Flask | None = None, clock: Clock | None = None, *, demo: bool = False
) -> Office:
    """`demo` lends it the embedded payment gateway, at which anybody pays with no money."""
    paper = paper_of(settings.root)
    store = open_store(settings, app)
    return Office(
        settings=settings,
        store=store,
        clock=clock or clock_of(settings),
        mail=MailFolder(settings.outgoing / "mail"),
        sms=SmsFolder(settings.outgoing / "sms"),
        files=FileFolder(settings.files),
        catalog=LiveCatalog(store),
        stationery=read_stationery(paper, settings.base_url),
        printer=TypstPrinter(paper),
        registers=RegisterFolder(settings.registers),
        payment=TestGateway(settings.outgoing / "payments", payment_keys(settings)) if demo else None,
    )
