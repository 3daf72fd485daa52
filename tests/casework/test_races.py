"""R4: two who act at the same moment on what both have looked at. One wins, whoever it is: one act is written, the
other is told who was quicker and when, and nothing of his is there. A few races of each pair here, a thousand in
`make soak`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from tests.casework.crossroads import JUST_AFTER, JUST_BEFORE, MORNING, Crossroads, open_crossroads

from motcua.casework.submit import submit
from motcua.domain.refusals import Closed, NotOffered, Refused, Stale
from motcua.gateways.clock import HandClock
from motcua.office import open_office
from motcua.settings import Settings

Press = Callable[[], Any]


@pytest.fixture
def place(settings: Settings) -> Iterator[Crossroads]:
    office = open_office(settings, clock=HandClock(MORNING))
    yield open_crossroads(office)
    office.store.close()


def at_once(*presses: Press) -> list[Any]:
    """What each was told: the case, or a refusal."""
    start = threading.Barrier(len(presses))

    def pressed(press: Press) -> Any:
        start.wait()
        try:
            return press()
        except Refused as no:
            return no

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(pressed, presses))


# ---- two on one version of a case ----


@dataclass(frozen=True)
class Pair:
    """What the case has come to, and two acts that exclude each other."""

    came_to: tuple[str, ...]
    acts: tuple[Callable[[Crossroads, str, int], Any], Callable[[Crossroads, str, int], Any]]
    suspended: bool = False


def do(action: str, who: int = 0) -> Callable[[Crossroads, str, int], Any]:
    return lambda place, ref, seen: place.act(ref, action, seen=seen, who=who)


def suspend(who: int = 0) -> Callable[[Crossroads, str, int], Any]:
    return lambda place, ref, seen: place.suspend(ref, seen=seen, who=who)


def answer(opinion: str, who: int) -> Callable[[Crossroads, str, int], Any]:
    return lambda place, ref, seen: place.answer(ref, opinion, seen=seen, who=who)


def lift(who: int) -> Callable[[Crossroads, str, int], Any]:
    return lambda place, ref, seen: place.lift(ref, seen=seen, who=who)


def withdraw(place: Crossroads, ref: str, seen: int) -> Any:
    return place.withdraw(ref, seen=seen)


ACCEPTED = ("tiep_nhan.nhan",)
EXAMINED = (*ACCEPTED, "xem.dat")
PAIRS = {
    "approve or refuse": Pair(ACCEPTED, (do("xem.dat"), do("xem.khong_dat", 1))),
    "approve or give back": Pair(EXAMINED, (do("ky.ky"), do("ky.tra_lai", 1))),
    "accept or decline": Pair((), (do("tiep_nhan.nhan"), do("tiep_nhan.tu_choi", 1))),
    "accept or ask for more": Pair((), (do("tiep_nhan.nhan"), do("tiep_nhan.bo_sung", 1))),
    "complete twice": Pair(ACCEPTED, (do("xem.dat"), do("xem.dat", 1))),
    "accept twice": Pair((), (do("tiep_nhan.nhan"), do("tiep_nhan.nhan", 1))),
    "withdraw or complete": Pair(ACCEPTED, (withdraw, do("xem.dat"))),
    "withdraw or sign": Pair(EXAMINED, (withdraw, do("ky.ky"))),
    "suspend or complete": Pair(ACCEPTED, (suspend(), do("xem.dat", 1))),
    "suspend twice": Pair(ACCEPTED, (suspend(), suspend(1))),
    "lift twice": Pair(ACCEPTED, (lift(0), lift(1)), suspended=True),
    "agree or object": Pair((*ACCEPTED, "xem.hoi"), (answer("agree", 0), answer("object", 1))),
    "withdraw or answer": Pair((*ACCEPTED, "xem.hoi"), (withdraw, answer("agree", 0))),
}


def race(place: Crossroads, pair: Pair) -> None:
    ref = place.came_to(*pair.came_to)
    if pair.suspended:
        place.suspend(ref, seen=place.record(ref).version)
    before = place.record(ref)
    one, other = pair.acts
    told = at_once(lambda: one(place, ref, before.version), lambda: other(place, ref, before.version))
    (won,) = [case for case in told if not isinstance(case, Refused)]
    (lost,) = [no for no in told if isinstance(no, Refused)]
    after = place.record(ref)
    assert after.version == before.version + 1
    assert after.events == won.events
    assert isinstance(lost, Stale)
    last = won.events[-1]
    assert (lost.by, lost.at, lost.act) == (last.by, last.at, last.kind)


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_at_once_one_wins_and_the_other_is_told_who_and_when(place: Crossroads, pair: str) -> None:
    for _ in range(20):
        race(place, PAIRS[pair])


@pytest.mark.soak
@pytest.mark.parametrize("pair", PAIRS)
def test_of_a_thousand_at_once_a_thousand_win_and_a_thousand_are_told(place: Crossroads, pair: str) -> None:
    for _ in range(1000):
        race(place, PAIRS[pair])


# ---- where no version was looked at ----


def edit_or_edit(place: Crossroads) -> None:
    """Two windows on one page of a draft: the later is told, and his answer is not there."""
    draft = place.draft()
    told = at_once(*(lambda name=name: place.edit(draft, name, seen=1) for name in ("Lê An", "Hồ Bé")))
    (won,) = [kept for kept in told if not isinstance(kept, Refused)]
    (lost,) = [no for no in told if isinstance(no, Refused)]
    assert isinstance(lost, Stale)
    with place.office.store.reading() as books:
        kept = books.drafts.get(draft, place.citizen.id)
    assert (kept.version, kept.answers) == (2, won.answers)
    submit(place.office, draft, place.citizen, declared=True)  # else it would be found again as begun


def pay_or_withdraw(place: Crossroads) -> None:
    """The gateway says "paid" as the citizen withdraws. Paid first, he is told; withdrawn first, the money waits for
    a person.
    """
    ref = place.came_to(*ACCEPTED, "xem.thu_phi")
    order, seen = place.order(ref), place.record(ref).version
    settled, withdrawn = at_once(lambda: place.settle(ref, order), lambda: place.withdraw(ref, seen=seen))
    kinds = [event.kind for event in place.record(ref).events]
    if isinstance(withdrawn, Refused):
        assert isinstance(withdrawn, Stale)
        assert (settled.state, kinds.count("paid"), kinds.count("interrupted")) == ("paid", 1, 0)
    else:
        assert (settled.state, kinds.count("paid"), kinds.count("interrupted")) == ("mismatch", 0, 1)
    assert [one.state for one in place.orders(ref)] == [settled.state]


def paid_or_cancelled(place: Crossroads) -> None:
    """A gateway that says both of one order: the money is either taken once or waits for a person."""
    ref = place.came_to(*ACCEPTED, "xem.thu_phi")
    order = place.order(ref)
    at_once(lambda: place.settle(ref, order), lambda: place.settle(ref, order, "cancelled"))
    kinds = [event.kind for event in place.record(ref).events]
    assert ([one.state for one in place.orders(ref)], kinds.count("paid")) in ((["paid"], 1), (["mismatch"], 0))
    assert sum(len(event.data.get("receipts", ())) for event in place.record(ref).events) == kinds.count("paid")


def paid_twice(place: Crossroads) -> None:
    """The same word in two processes at once."""
    ref = place.came_to(*ACCEPTED, "xem.thu_phi")
    order = place.order(ref)
    told = at_once(lambda: place.settle(ref, order), lambda: place.settle(ref, order))
    assert [one.state for one in told] == ["paid", "paid"]
    assert [event.kind for event in place.record(ref).events].count("paid") == 1


def supply_or_run_out(place: Crossroads) -> None:
    """Sent at 16:59, as the worker's clock says 17:00."""
    ref = place.came_to("tiep_nhan.bo_sung")
    citizen, worker = place.at(JUST_BEFORE), place.at(JUST_AFTER)
    draft = citizen.supplement(ref)
    sent, _ = at_once(lambda: citizen.supply(draft), worker.wake)
    one_of(place, ref, sent, "supplied", "ran_out", Closed)


def answer_or_silence(place: Crossroads) -> None:
    ref = place.came_to(*ACCEPTED, "xem.hoi")
    asked, worker, seen = place.at(JUST_BEFORE), place.at(JUST_AFTER), place.record(ref).version
    said, _ = at_once(lambda: asked.answer(ref, "object", seen=seen), worker.wake)
    one_of(place, ref, said, "answered", "silence", Stale)
    assert [event.data["answered"]["opinions"][0]["opinion"] for event in place.record(ref).events[-1:]] == [
        "agree" if isinstance(said, Refused) else "object"
    ]


def pay_or_run_out(place: Crossroads) -> None:
    ref = place.came_to(*ACCEPTED, "xem.thu_phi")
    citizen, worker = place.at(JUST_BEFORE), place.at(JUST_AFTER)
    order = citizen.order(ref)
    settled, _ = at_once(lambda: citizen.settle(ref, order), worker.wake)
    kinds = [event.kind for event in place.record(ref).events]
    assert (settled.state, kinds.count("paid"), kinds.count("ran_out")) in (("paid", 1, 0), ("mismatch", 0, 1))


def woken_twice(place: Crossroads) -> None:
    """Two workers wake the same cases: each end is written once."""
    ref = place.came_to("tiep_nhan.bo_sung")
    worker = place.at(JUST_AFTER)
    with place.office.store.reading() as books:
        asleep = len(books.inbox.waking(worker.office.now(), most=10))
    assert sum(at_once(worker.wake, worker.wake)) == asleep > 0
    assert [event.kind for event in place.record(ref).events].count("ran_out") == 1


def one_of(place: Crossroads, ref: str, told: Any, act: str, end: str, refusal: type[Refused]) -> None:
    """Either the act or the end is written, and who came too late is told."""
    kinds = [event.kind for event in place.record(ref).events]
    assert (kinds.count(act), kinds.count(end)) == ((0, 1) if isinstance(told, Refused) else (1, 0))
    assert not isinstance(told, Refused) or isinstance(told, (refusal, NotOffered))


RACES = (
    edit_or_edit,
    pay_or_withdraw,
    paid_or_cancelled,
    paid_twice,
    supply_or_run_out,
    answer_or_silence,
    pay_or_run_out,
    woken_twice,
)


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_of_what_excludes_each_other_one_is_written(place: Crossroads, race: Callable[[Crossroads], None]) -> None:
    for _ in range(20):
        race(place)


@pytest.mark.soak
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_of_what_excludes_each_other_one_is_written_a_thousand_times(
    place: Crossroads, race: Callable[[Crossroads], None]
) -> None:
    for _ in range(1000):
        race(place)
