"""What the platform costs over the same thing written by hand for one procedure, with few cases in the database and
with many: `make bench` prints the table.

Ratios, not seconds: they say where a generality is dear, on whatever machine. Nothing here passes or fails by speed;
what fails is what grows with the number of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import event
from tests.bench import by_hand
from tests.bench.bare_rows import act_by_hand, file_by_hand
from tests.bench.conftest import Province, Provinces
from tests.bench.many_cases import rows_of
from tests.bench.sides import Measure, Sides, Work, in_turn
from tests.casework.commune import ks_1

from motcua.domain.case import Case
from motcua.domain.event import Event

pytestmark = pytest.mark.bench

#: the best of so many turns is taken: on a busy machine the others were disturbed
TURNS = 40

#: ours and the same by hand, ready to be done so many times
Ways = Callable[[Province, int], tuple[Work, Work]]


def measure(provinces: Provinces, what: str, ways: Ways) -> None:
    """All four in turn. It must not take longer, nor ask more, because many cases are there."""
    works = [work for province in (provinces.few, provinces.many) for work in ways(province, TURNS + 2)]
    asked = tuple(statements(p, works[n]) for p, n in ((provinces.few, 0), (provinces.many, 2)))
    few, bare_few, many, bare_many = in_turn(works, turns=TURNS)
    measured = Measure(what, Sides(few, bare_few), Sides(many, bare_many), asked)
    provinces.measured.append(measured)
    assert asked[0] == asked[1]
    assert measured.growth < 2


def statements(province: Province, work: Work) -> int:
    """How many questions a work asks of the database."""
    with listening(province) as asked:
        work()
    return len(asked)


@contextmanager
def listening(province: Province) -> Iterator[list[str]]:
    asked: list[str] = []

    def heard(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            asked.append(statement)

    engine = province.commune.office.store.engine
    event.listen(engine, "before_cursor_execute", heard)
    yield asked
    event.remove(engine, "before_cursor_execute", heard)


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


def accept_by_hand(events: tuple[Event, ...], at: datetime) -> Bare:
    bare = Bare()
    for happened in events:
        bare = bare.after(happened)
    if bare.step != "tiep_nhan":
        raise ValueError(bare.step)
    data = {"step": "tiep_nhan", "action": "tiep_nhan", "enters": [{"step": "tham_tra"}]}
    return bare.after(Event(bare.version + 1, at, "acted", "officer:x", ("accepted",), data))


def test_a_step_against_a_fold_of_bare_dataclasses(provinces: Provinces) -> None:
    commune = provinces.few.commune
    record, at = commune.record(provinces.few.filed), commune.clock.now()

    def step() -> Case:
        case = commune.office.case(record).advance(at)
        return case.complete("tiep_nhan", "tiep_nhan", by=commune.desk, at=at, take=lambda _: 1)

    assert step().state.active[0].step == accept_by_hand(record.events, at).step == "tham_tra"
    works = (step, lambda: accept_by_hand(record.events, at))
    provinces.measured.append(
        Measure("accepting a case, pure: rules, clocks, fees", Sides(*in_turn(works, turns=5 * TURNS)))
    )


# ---- what is written ----


def test_a_step_with_its_event_and_messages_against_writing_the_same_rows(provinces: Provinces) -> None:
    def ways(province: Province, times: int) -> tuple[Work, Work]:
        commune, accepted = province.commune, province.untouched.pop()
        commune.act(commune.desk, accepted, "tiep_nhan", "tiep_nhan", seen=1)
        rows = rows_of(commune, accepted)
        ours, bare = (iter([province.untouched.pop() for _ in range(times)]) for _ in range(2))
        return (
            lambda: commune.act(commune.desk, next(ours), "tiep_nhan", "tiep_nhan", seen=1),
            lambda: act_by_hand(commune, next(bare), rows),
        )

    measure(provinces, "accepting a case, stored: event, slip, messages", ways)


def test_a_filing_against_writing_the_same_rows(provinces: Provinces) -> None:
    def ways(province: Province, times: int) -> tuple[Work, Work]:
        commune = province.commune
        rows = rows_of(commune, province.filed)
        ours, bare = (iter([commune.draft_at_once() for _ in range(times)]) for _ in range(2))
        return lambda: commune.submit(next(ours)), lambda: file_by_hand(commune, next(bare), rows)

    measure(provinces, "filing a birth registration: judged, numbered, stored", ways)


# ---- what is shown ----


def test_a_page_of_the_form_against_one_written_by_hand(provinces: Provinces) -> None:
    def ways(province: Province, times: int) -> tuple[Work, Work]:
        draft = province.commune.draft_at_once()
        ours, address = province.browser(province.commune.citizen.id), f"/drafts/{draft}/pages/tre"
        bare = by_hand.form_page(province.commune, draft).test_client()
        assert ks_1()["tre"]["ho_ten"] in ours.get(address).text
        assert ks_1()["tre"]["ho_ten"] in bare.get("/").text
        return partial(ours.get, address), partial(bare.get, "/")

    measure(provinces, "page of a form", ways)


def test_the_first_page_of_an_inbox_against_the_same_bytes(provinces: Provinces) -> None:
    def ways(province: Province, times: int) -> tuple[Work, Work]:
        ours = province.browser(province.commune.desk.account)
        shown = ours.get("/desk")
        bare = by_hand.inbox_page(province.commune, shown.text).test_client()
        assert bare.get("/").data == shown.data
        return partial(ours.get, "/desk"), partial(bare.get, "/")

    measure(provinces, "first page of an inbox, 50 lines and counts", ways)


def test_the_page_of_a_case_against_the_same_bytes(provinces: Provinces) -> None:
    def ways(province: Province, times: int) -> tuple[Work, Work]:
        ours, ref = province.browser(province.commune.desk.account), province.commune.filed_at_once()
        shown = ours.get(f"/desk/cases/{ref}")
        bare = by_hand.case_page(province.commune, ref, shown.text).test_client()
        assert bare.get("/").data == shown.data
        return partial(ours.get, f"/desk/cases/{ref}"), partial(bare.get, "/")

    measure(provinces, "page of a case at the desk", ways)
