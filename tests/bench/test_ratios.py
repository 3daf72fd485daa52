"""What the platform costs over the same thing written by hand for one procedure: `make bench` prints the table.

Ratios, not seconds: they say where a generality is dear, on whatever machine. Nothing here passes or fails by speed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, render_template_string
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session
from tests.bench.sides import HEAD, Sides, side_by_side
from tests.casework.commune import HERE, Commune, add_people, ks_1, put_catalog
from wtforms import Form as WebForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from motcua.catalogue.proving import Proof, prove_catalog
from motcua.domain.answers import at as answer_at
from motcua.domain.case import Case
from motcua.domain.event import Event
from motcua.gateways.clock import HandClock
from motcua.office import Office, open_office
from motcua.settings import HOME, Settings
from motcua.store.accounts import AccountRow
from motcua.store.cases import NEVER, CaseAgencyRow, CaseRow, EventRow, TaskRow
from motcua.store.drafts import DraftRow
from motcua.store.outbox import OutboxRow
from motcua.store.sessions import SessionRow
from motcua.web import create_app
from motcua.web.current import OFFICE

pytestmark = pytest.mark.bench


@pytest.fixture(scope="session")
def bench_proof() -> Proof:
    return prove_catalog(HOME)


@pytest.fixture
def commune(settings: Settings, clock: HandClock, bench_proof: Proof) -> Iterator[Commune]:
    office = open_office(settings, clock=clock)
    put_catalog(office, bench_proof)
    yield add_people(office, clock)
    office.store.close()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], settings: Settings) -> Iterator[list[Sides]]:
    found: list[Sides] = []
    yield found
    with capsys.disabled():
        print(f"\n{settings.database_url.partition('://')[0]:<62} {HEAD.lstrip()}")
        print("\n".join(map(str, found)))


# ---- a step, pure ----


@dataclass(frozen=True)
class Bare:
    """What somebody would write who knows this one workflow by heart."""

    step: str = ""
    version: int = 0
    by: str = ""

    def after(self, event: Event) -> Bare:
        entered = event.data.get("enters", ())
        return replace(self, step=entered[0]["step"] if entered else self.step, version=self.version + 1, by=event.by)


def bare_accept(events: tuple[Event, ...], at: Any) -> Bare:
    bare = Bare()
    for event in events:
        bare = bare.after(event)
    if bare.step != "tiep_nhan":
        raise ValueError(bare.step)
    data = {"step": "tiep_nhan", "action": "tiep_nhan", "enters": [{"step": "tham_tra"}]}
    return bare.after(Event(bare.version + 1, at, "acted", "officer:x", ("accepted",), data))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_against_a_fold_of_bare_dataclasses(commune: Commune, say: list[Sides]) -> None:
    record, at = commune.record(commune.filed()), commune.clock.now()

    def step() -> Case:
        case = commune.office.case(record).advance(at)
        return case.complete("tiep_nhan", "tiep_nhan", by=commune.desk, at=at, take=lambda _: 1)

    assert step().state.active[0].step == bare_accept(record.events, at).step == "tham_tra"
    say.append(
        side_by_side(
            "accepting a case, pure: rules, clocks, fees", step, lambda: bare_accept(record.events, at), turns=300
        )
    )


# ---- a filing ----


def insert_the_same_rows(commune: Commune, draft: str) -> None:
    """The rows of a filing and nothing else: no rule is asked."""
    office, ref, now = commune.office, secrets.token_urlsafe(16), commune.clock.now()
    with Session(office.store.engine.execution_options(writes=True)) as session, session.begin():
        kept = session.execute(select(DraftRow.answers, DraftRow.edition_hash).where(DraftRow.id == draft)).one()
        case = {"ref": ref, "number": ref, "procedure": "x", "edition_hash": kept.edition_hash, "receives": HERE}
        case |= {"applicant_id": commune.citizen.id, "applicant_name": "x", "applicant_name_folded": "x", "version": 1}
        case |= {"channel": "online", "filed_on": now.date(), "draft_id": draft, "filed_at": now, "changed_at": now}
        session.execute(insert(CaseRow), [case])
        event = {"case_ref": ref, "seq": 1, "at": now, "kind": "filed", "by": "x", "names": ["received"]}
        session.execute(insert(EventRow), [event | {"data": kept.answers}])
        task = {"case_ref": ref, "step": "x", "role": "one_stop", "agency": HERE, "since": now, "due": now}
        session.execute(insert(TaskRow), [task])
        session.execute(insert(CaseAgencyRow), [{"case_ref": ref, "agency": HERE}])
        message = {"case_ref": ref, "recipient": "x", "text": "x", "params": {"number": ref}}
        message |= {"created_at": now, "due_at": now, "attempts": 0}
        channels = ("portal", "email")
        session.execute(insert(OutboxRow), [message | {"key": f"{ref}:{c}", "channel": c} for c in channels])
        session.execute(update(DraftRow).where(DraftRow.id == draft).values(submitted_case=ref))


def test_a_filing_against_inserting_the_same_rows(commune: Commune, say: list[Sides]) -> None:
    drafts = iter([commune.draft_at_once() for _ in range(130)])
    say.append(
        side_by_side(
            "filing a birth registration: judged, numbered, stored",
            lambda: commune.submit(next(drafts)),
            lambda: insert_the_same_rows(commune, next(drafts)),
            turns=60,
        )
    )


# ---- a page of the form ----

BY_HAND = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trẻ được khai sinh</title></head>
<body><main><h1>Trẻ được khai sinh</h1><form method="post"><input type="hidden" name="csrf_token" value="{{ token }}">
{% for field in form %}<div>{{ field.label }} {{ field }}
{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}</div>{% endfor %}
<button>Lưu và tiếp tục</button></form></main></body></html>"""


def hand_written(commune: Commune, draft: str, cookie: str) -> Flask:
    """The same page by hand: session and draft read from the same database, WTForms with the same lists of words."""
    app, office = Flask("by_hand"), commune.office
    app.testing = True
    procedure = office.catalog.live["dang_ky_khai_sinh"].procedure
    assert procedure is not None

    def words(path: str, **only: str) -> list[SelectChoice]:
        field = procedure.form.field(path)
        listed = field and field.choices and field.choices.code_list
        assert listed
        return [SelectChoice(e.code, e.name.vi) for e in listed.entries if only.items() <= e.attributes.items()]

    ethnic, nations = words("tre.dan_toc"), words("tre.quoc_tich")
    provinces, communes = words("tre.noi_cu_tru.tinh"), words("tre.noi_cu_tru.xa", tinh="38")

    class Child(WebForm):
        ho_ten = StringField("Họ và tên", [InputRequired(), Length(max=100)])
        ho_theo = RadioField("Trẻ mang họ của ai", choices=["cha", "me", "khac"])
        ngay, thang, nam = StringField("Ngày"), StringField("Tháng"), StringField("Năm")
        gio_sinh = StringField("Giờ sinh")
        gioi_tinh = RadioField("Giới tính", choices=["nam", "nu"])
        dan_toc = SelectField("Dân tộc", choices=ethnic)
        quoc_tich = SelectField("Quốc tịch", choices=nations)
        que_quan = StringField("Quê quán", [Length(max=200)])
        tinh = SelectField("Tỉnh, thành phố", choices=provinces)
        xa = SelectField("Xã, phường", choices=communes)
        chi_tiet = StringField("Số nhà, đường")

    @app.get("/")
    def page() -> str:
        with Session(office.store.engine) as session:
            signed_in = select(SessionRow, AccountRow).join(AccountRow, AccountRow.id == SessionRow.account_id)
            session.execute(signed_in.where(SessionRow.expires_at > office.now()).limit(1)).one()
            kept = session.execute(select(DraftRow.answers).where(DraftRow.id == draft)).scalar_one()
        return render_template_string(BY_HAND, form=Child(data=answer_at(kept, "pages.tre")), token=cookie)

    return app


@pytest.fixture
def site(settings: Settings, clock: HandClock, bench_proof: Proof) -> Iterator[tuple[Flask, Commune]]:
    app = create_app(settings, clock=clock)
    app.testing = True
    office: Office = app.extensions[OFFICE]
    put_catalog(office, bench_proof)
    yield app, add_people(office, clock)
    office.store.close()


def test_a_page_of_the_form_against_one_written_by_hand(site: tuple[Flask, Commune], say: list[Sides]) -> None:
    app, commune = site
    office, draft = commune.office, commune.draft_at_once()
    with office.store.transaction() as books:
        cookie = books.sessions.open(commune.citizen.id, now=office.now(), most=timedelta(hours=12))
    client, other = app.test_client(), hand_written(commune, draft, cookie).test_client()
    client.set_cookie("motcua", cookie)
    ours, bare = client.get(f"/drafts/{draft}/pages/tre"), other.get("/")
    assert ours.status_code == bare.status_code == 200
    assert ks_1()["tre"]["ho_ten"] in ours.text
    assert ks_1()["tre"]["ho_ten"] in bare.text
    say.append(
        side_by_side(
            f"page of a form, {len(ours.data) // 1024} KB; by hand {len(bare.data) // 1024} KB",
            lambda: client.get(f"/drafts/{draft}/pages/tre"),
            lambda: other.get("/"),
            turns=60,
        )
    )


# ---- an inbox ----


def fill_inbox(commune: Commune, total: int) -> None:
    """Cases that wait at the desk, each due a minute after the one before."""
    now, edition = commune.clock.now(), commune.office.catalog.live["dang_ky_khai_sinh"].edition
    with Session(commune.office.store.engine.execution_options(writes=True)) as session, session.begin():
        there = session.scalar(select(func.count()).select_from(CaseRow)) or 0
        cases, tasks = [], []
        for number in range(there, total):
            ref, due = f"{number:022}", now + timedelta(minutes=number * 7919 % total)
            case = {"ref": ref, "number": ref, "procedure": "x", "edition_hash": edition, "receives": HERE}
            case |= {"applicant_id": commune.citizen.id, "applicant_name": "x", "applicant_name_folded": "x"}
            case |= {"channel": "online", "filed_on": now.date(), "version": 1, "filed_at": now, "changed_at": now}
            cases.append(case | {"due": due if number % 3 else None})
            task = {"case_ref": ref, "step": "x", "role": "one_stop", "agency": HERE, "since": now}
            tasks.append(task | {"due": due if number % 2 else NEVER})
        session.execute(insert(CaseRow), cases)
        session.execute(insert(TaskRow), tasks)


def test_an_inbox_of_twenty_thousand_against_one_of_a_thousand(commune: Commune, say: list[Sides]) -> None:
    office, desk = commune.office, commune.desk

    def look() -> None:
        with office.store.reading() as books:
            assert len(books.inbox.tasks(desk.agency, desk.roles).lines) == 50

    def count() -> None:
        with office.store.reading() as books:
            books.inbox.counts(desk.agency, desk.roles, now=office.now(), near=office.now() + timedelta(days=1))

    fill_inbox(commune, 1_000)
    few = [side_by_side("", work, work, turns=30) for work in (look, count)]
    fill_inbox(commune, 20_000)
    for what, work, before in zip(("first page of an inbox", "its four counts"), (look, count), few, strict=True):
        after = side_by_side("", work, work, turns=30)
        say.append(Sides(f"{what}: 20,000 cases against 1,000", after.ours, before.ours))
