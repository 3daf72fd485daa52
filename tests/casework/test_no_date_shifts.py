"""No date ever moves: typed, kept as JSON and as a column, compared, shown, in whatever zone the process is."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tests.casework.commune import PROCEDURE, Commune

from motcua.domain.answers import plain, read
from motcua.domain.expression import BOOL, DATE, INT, Language
from motcua.domain.form import Field, Form, Kind
from motcua.domain.text import Text
from motcua.domain.working_calendar import HCM
from motcua.store.cases import CaseRow, EventRow
from motcua.web.formats import short_date

FIRST, LAST = date(1900, 1, 1), date(2026, 12, 31)
ALL = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
FORM = Form("ngay", Text("Ngày"), (Field("ngay", ("ngay",), Kind.DATE, Text("Ngày")),), {})
#: however people type a date; the last is what a browser's own date field sends
TYPED = ("{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d} {m} {y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}")

#: where the offset of the zone has changed, and days that such a change makes short
TURNS = [date(1906, 7, 1), date(1911, 5, 1), date(1943, 1, 1), date(1945, 3, 14), date(1945, 9, 2), date(1947, 4, 1)]
TURNS += [date(1955, 7, 1), date(1960, 1, 1), date(1975, 6, 13), date(1970, 1, 1), FIRST, LAST]

LANGUAGE = Language({"a": DATE, "b": DATE, "moc": DATE})
IS_BEFORE, IS_SAME = LANGUAGE.compile("a < b && b > a", BOOL), LANGUAGE.compile("a == a && a != b", BOOL)
ONE_DAY, FROM_START = LANGUAGE.compile("days(a, b)", INT), LANGUAGE.compile("days(moc, a)", INT)
ITSELF = LANGUAGE.compile("a", DATE)


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone of the whole process."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def sample(rng: random.Random) -> list[date]:
    around = {turn + timedelta(days=n) for turn in TURNS for n in (-1, 0, 1)}
    return sorted({*rng.sample(ALL, 300), *(day for day in around if FIRST <= day <= LAST)})


def typed(day: date, how: str) -> Any:
    answers, problems = read(FORM, {"ngay": how.format(d=day.day, m=day.month, y=day.year)})
    assert not problems
    return answers["ngay"]


def kept_and_read_back(commune: Commune, days: Sequence[date]) -> list[tuple[date, date]]:
    """Each day through a DATE column and through an event's JSON, by the tables' own types."""
    edition, at = commune.office.catalog.live[PROCEDURE].edition, datetime(2026, 10, 5, 8, tzinfo=HCM)
    cases, events = [], []
    for number, day in enumerate(days):
        ref, answers = f"{number:022}", plain({"ngay": typed(day, TYPED[number % len(TYPED)])})
        cases.append(
            {
                "ref": ref,
                "number": ref,
                "procedure": PROCEDURE,
                "edition_hash": edition,
                "receives": "x",
                "applicant_id": commune.citizen.id,
                "applicant_name": "x",
                "applicant_name_folded": "x",
                "channel": "online",
                "filed_on": day,
                "version": 1,
                "filed_at": at,
                "changed_at": at,
            }
        )
        event = {"case_ref": ref, "seq": 1, "at": at, "kind": "filed", "by": "x", "names": []}
        events.append({**event, "data": {"answers": answers}})
    with Session(commune.office.store.engine.execution_options(writes=True)) as session, session.begin():
        session.execute(insert(CaseRow), cases)
        session.execute(insert(EventRow), events)
    with Session(commune.office.store.engine) as session:
        query = select(CaseRow.filed_on, EventRow.data).join(EventRow, EventRow.case_ref == CaseRow.ref)
        rows = session.execute(query.order_by(CaseRow.ref)).all()
    return [(column, read(FORM, data["answers"])[0]["ngay"]) for column, data in rows]


def shifted_in_the_database(commune: Commune, days: Sequence[date]) -> list[date]:
    found = kept_and_read_back(commune, days)
    assert len(found) == len(days)
    return [day for day, both in zip(days, found, strict=True) if both != (day, day)]


def shifted_in_a_rule(days: Sequence[date]) -> list[date]:
    wrong = []
    for day in days:
        facts = {"a": day, "b": day + timedelta(days=1), "moc": FIRST}
        right = (
            IS_BEFORE.evaluate(facts),
            IS_SAME.evaluate(facts),
            ONE_DAY.evaluate(facts) == 1,
            FROM_START.evaluate(facts) == (day - FIRST).days,
            ITSELF.evaluate(facts) == day,
        )
        if not all(right):
            wrong.append(day)
    return wrong


def shifted_on_the_page(days: Sequence[date]) -> list[date]:
    return [day for day in days if {typed(day, how) for how in TYPED} | {typed(day, short_date(day))} != {day}]


def test_there_are_46_386_days() -> None:
    assert len(ALL) == 46_386  # 127 years of 365 days and 31 leap days; 1900 had none


def test_no_date_shifts_in_the_database(commune: Commune, zone: str, rng: random.Random) -> None:
    """R9, a sample."""
    assert shifted_in_the_database(commune, sample(rng)) == []


def test_no_date_shifts_in_a_rule_or_on_a_page(zone: str, rng: random.Random) -> None:
    """R9, a sample."""
    days = sample(rng)
    assert shifted_in_a_rule(days) + shifted_on_the_page(days) == []


def test_a_date_written_in_a_rule_is_that_date(zone: str) -> None:
    """R9, at the turns of the zone."""
    for turn in TURNS:
        assert Language({}).compile(f'date("{turn:%d/%m/%Y}")', DATE).evaluate({}) == turn


def test_the_day_of_filing_is_the_local_day(commune: Commune, zone: str) -> None:
    commune.at(datetime(2026, 10, 6, 0, 30))
    record = commune.submit(commune.draft_at_once())
    assert record.filed_on == date(2026, 10, 6)
    assert commune.seen(record.ref).state.filed_on == date(2026, 10, 6)


@pytest.mark.soak
def test_no_date_from_1900_to_2026_shifts_in_the_database(commune: Commune, zone: str) -> None:
    """R9: 46,386 dates in each zone on each database."""
    assert shifted_in_the_database(commune, ALL) == []


@pytest.mark.soak
def test_no_date_from_1900_to_2026_shifts_in_a_rule_or_on_a_page(zone: str) -> None:
    """R9."""
    assert shifted_in_a_rule(ALL) + shifted_on_the_page(ALL) == []
