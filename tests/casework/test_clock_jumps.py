"""R8: the machine's clock jumps a day ahead, an hour back, five minutes either way, while cases go on. No duration is
negative, no number is given twice, events stand in the order in which they were written, and a session ends when the
clock says so, to the second. Some hundred jumps here, ten thousand in `make soak`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import pytest
from tests.casework.crossroads import MORNING, Crossroads, open_crossroads

from motcua.casework.sweep import sweep
from motcua.domain.case import Case
from motcua.domain.ledger import LedgerLine
from motcua.domain.refusals import Refused
from motcua.gateways.clock import HandClock
from motcua.office import open_office
from motcua.settings import Settings

JUMPS = (timedelta(days=1), timedelta(hours=-1), timedelta(minutes=5), timedelta(minutes=-5))
SECOND, STEP = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def place(settings: Settings) -> Iterator[Crossroads]:
    office = open_office(settings, clock=HandClock(MORNING))
    yield open_crossroads(office)
    office.store.close()


@dataclass
class Days:
    """What happens while the clock jumps. `open` are the cases under way, the oldest first."""

    place: Crossroads
    rng: random.Random
    open: list[str] = field(default_factory=list)
    all: list[str] = field(default_factory=list)

    def jump(self) -> None:
        self.place.clock.forward(seconds=self.rng.choice(JUMPS).total_seconds() + self.rng.randrange(60))

    def act(self) -> None:
        """Something that may be done with some case, or a new one."""
        self.place.wake()
        if not self.open or (len(self.open) < 8 and self.rng.random() < 0.2):
            self.open.append(self.place.filed())
            self.all.append(self.open[-1])
            return
        ref = self.rng.choice(self.open)
        case = self.place.office.case(self.place.record(ref))
        with suppress(Refused):  # a window may just have run out
            self.rng.choice(self.acts(ref, case))()
        if self.place.record(ref).events[-1].data.get("outcome"):
            self.open.remove(ref)

    def acts(self, ref: str, case: Case) -> list[Callable[[], object]]:
        place, seen = self.place, self.place.record(ref).version
        if case.state.suspended:
            return [lambda: place.lift(ref, seen=seen)]
        found: list[Callable[[], object]] = [lambda: place.suspend(ref, seen=seen)]
        for here in case.state.active:
            step = case.step(here.step)
            doing = [f"{step.id}.{action.id}" for action in step.actions]
            found += [partial(place.act, ref, done, seen=seen) for done in doing]
            if step.waits_for == "supplement":
                found += [lambda: place.supply(place.supplement(ref))] * 3
            if step.waits_for == "payment":
                found += [lambda: place.settle(ref, place.order(ref))] * 3
            if step.waits_for == "agencies":
                found += [lambda: place.answer(ref, "agree", seen=seen)] * 3
        return found


def through(place: Crossroads, rng: random.Random, times: int) -> None:
    days = Days(place, rng)
    for _ in range(times):
        days.jump()
        days.act()
        if days.open:
            looked_at(place, rng.choice(days.open))
    cases = [looked_at(place, ref) for ref in days.all]
    events = [event for case in cases for event in case.events]
    given = [(name, n, event.at.year) for event in events for name, n in event.data.get("numbers", {}).items()]
    receipts = [receipt["number"] for event in events for receipt in event.data.get("receipts", ())]
    for numbers in ([case.number for case in cases], given, receipts):
        assert len(numbers) == len(set(numbers))
    assert min(len(cases), len(given)) > times // 50


def looked_at(place: Crossroads, ref: str) -> Case:
    """The case as a page shows it now, whatever now is."""
    record = place.record(ref)
    assert [event.seq for event in record.events] == list(range(1, len(record.events) + 1))
    case = place.office.case(record).advance(place.office.now())
    moments = [event.at for event in case.events if event.kind != "late"]
    assert moments == sorted(moments)
    for step, done in case.state.done.items():
        assert step not in case.state.started or case.state.at_step(step) or done >= case.state.started[step]
    for limit in case.limits(place.office.now()):
        assert all(in_order(line) for line in limit.deadline.ledger)
        assert not limit.deadline.used or limit.deadline.used.number >= 0
        assert not limit.deadline.left or limit.deadline.left.number >= 0
    return case


def in_order(line: LedgerLine) -> bool:
    return line.until is None or line.until >= line.since


def test_no_time_of_a_case_is_negative_and_no_number_is_given_twice(place: Crossroads, rng: random.Random) -> None:
    through(place, rng, 150)


@pytest.mark.soak
def test_ten_thousand_jumps_leave_no_negative_time_and_no_number_twice(place: Crossroads, rng: random.Random) -> None:
    through(place, rng, 10_000)


# ---- sessions ----


def watched(place: Crossroads, rng: random.Random, times: int) -> None:
    """One token at a time, clicked on now and then; the model knows when it was opened and last seen."""
    store, settings, clock = place.office.store, place.office.settings, place.clock
    token, opened, seen = "", MORNING, MORNING
    for _ in range(times):
        now = clock.now()
        if not token:
            with store.transaction() as books:
                token = books.sessions.open(place.citizen.id, now=now, most=settings.session_most)
            opened = seen = now
        clock.forward(seconds=rng.choice((*JUMPS, SECOND, STEP, 29 * STEP, 40 * STEP)).total_seconds())
        if rng.random() < 0.3:
            clock.set(around(rng, opened + settings.session_most, seen + settings.session_idle + STEP))
        now = clock.now()
        with store.reading() as books:
            found = books.sessions.get(token, now=now, idle=settings.session_idle)
        assert (found is not None) == (
            now < opened + settings.session_most and now < seen + settings.session_idle + STEP
        )
        if found is None:
            token = ""
            sweep(place.office)
        elif found.seen_long_ago(now) and rng.random() < 0.5:
            with store.transaction() as books:
                books.sessions.seen(token, now)
            seen = now


def around(rng: random.Random, *ends: datetime) -> datetime:
    return rng.choice(ends) + rng.choice((-SECOND, timedelta(), SECOND))


def test_a_session_ends_when_the_clock_says_so_to_the_second(place: Crossroads, rng: random.Random) -> None:
    watched(place, rng, 150)


@pytest.mark.soak
def test_ten_thousand_jumps_end_no_session_early_or_late(place: Crossroads, rng: random.Random) -> None:
    watched(place, rng, 10_000)
