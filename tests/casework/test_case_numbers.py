"""Case numbers: by the receiving agency and the local day, one after another, without gap or double."""

from __future__ import annotations

import multiprocessing
import random
import time
from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from tests.casework.commune import ELSEWHERE, Commune, file_many

from motcua.domain.refusals import NotThere, Overflow
from motcua.store.cases import CaseRow, EventRow
from motcua.store.outbox import OutboxRow


def number(commune: Commune, *picks: str) -> str:
    return commune.submit(commune.draft_at_once(None, *picks)).number


def test_each_agency_and_each_day_counts_from_one(commune: Commune) -> None:
    assert [number(commune), number(commune)] == ["H56.102-261005-0001", "H56.102-261005-0002"]
    assert number(commune, ELSEWHERE) == "H56.107-261005-0001"
    commune.at(datetime(2026, 10, 6, 8, 0))
    assert number(commune) == "H56.102-261006-0001"


def test_the_day_is_vietnams_and_not_greenwichs(commune: Commune) -> None:
    commune.at(datetime(2026, 10, 5, 23, 59))
    assert number(commune) == "H56.102-261005-0001"
    commune.at(datetime(2026, 10, 6, 0, 1))  # 17:01 of the day before, in UTC
    assert number(commune) == "H56.102-261006-0001"


def test_a_filing_that_is_rolled_back_gives_its_number_back(commune: Commune) -> None:
    assert number(commune).endswith("-0001")
    with pytest.raises(NotThere):  # the file is not this draft's: found out after number, case and messages
        commune.submit(commune.draft_with_file("nothing"))
    assert number(commune).endswith("-0002")


def filed_or_rolled_back(commune: Commune, times: int, rng: random.Random) -> None:
    """R3: as many filings that fail at the very end as filings that succeed, in any order."""
    wanted = [True] * times + [False] * times
    rng.shuffle(wanted)
    for good in wanted:
        if good:
            number(commune)
        else:
            with pytest.raises(NotThere):
                commune.submit(commune.draft_with_file("nothing"))
    with commune.office.store.reading() as books:
        numbers = sorted(line.number for line in books.inbox.of_applicant(commune.citizen.id, most=times + 1))
        assert books.outbox.backlog().waiting == 2 * times  # by portal and by e-mail
    assert numbers == [f"H56.102-261005-{n:04}" for n in range(1, times + 1)]


def test_what_is_rolled_back_says_nothing_and_leaves_no_gap(commune: Commune, rng: random.Random) -> None:
    """R3, small."""
    filed_or_rolled_back(commune, 5, rng)


@pytest.mark.soak
def test_of_two_thousand_filings_the_half_that_is_rolled_back_says_nothing(
    commune: Commune, rng: random.Random
) -> None:
    """R3."""
    filed_or_rolled_back(commune, 1000, rng)


def test_after_the_last_number_of_a_day_a_filing_is_refused_and_nothing_is_lost(commune: Commune) -> None:
    series = {"series": "H56.102-261005-{serial:4}"}
    with commune.office.store.engine.execution_options(writes=True).begin() as raw:
        raw.execute(text("INSERT INTO counter (series, value) VALUES (:series, 9998)"), series)
    assert number(commune) == "H56.102-261005-9999"
    draft = commune.draft_at_once()
    for _ in range(2):
        with pytest.raises(Overflow):
            commune.submit(draft)
    commune.at(datetime(2026, 10, 6, 8, 0))
    assert commune.submit(draft).number == "H56.102-261006-0001"


def run_writers(commune: Commune, processes: int, times: int) -> float:
    """Processes file at the same time; every case, number, event and message is there once. The 95th percentile of
    the seconds that a filing took.
    """
    settings = commune.office.settings
    what = (str(settings.data), settings.database_url, commune.citizen.id, commune.clock.now(), times)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        given = pool.starmap(file_many, [what] * processes, chunksize=1)
    total = processes * times
    assert sorted(n for each in given for n, _, _ in each) == [f"H56.102-261005-{n:04}" for n in range(1, total + 1)]
    with commune.office.store.engine.connect() as raw:
        counts = [
            raw.execute(select(func.count()).select_from(row)).scalar_one() for row in (CaseRow, EventRow, OutboxRow)
        ]
    assert counts == [total, total, 2 * total]
    seconds = sorted(taken for each in given for _, _, taken in each)
    return seconds[total * 95 // 100]


def test_processes_that_file_at_once_double_nothing_and_are_never_locked_out(commune: Commune) -> None:
    """R6, small."""
    run_writers(commune, processes=3, times=10)


@pytest.mark.soak
def test_eight_processes_file_two_hundred_birth_registrations_each(
    commune: Commune, capsys: pytest.CaptureFixture[str]
) -> None:
    """R6: 1,600 cases, 1,600 numbers, nothing "locked", and nobody waits for a second."""
    began = time.perf_counter()
    slowest = run_writers(commune, processes=8, times=200)
    with capsys.disabled():
        print(f"\n8 x 200 filings in {time.perf_counter() - began:.0f} s, p95 {slowest * 1000:.0f} ms")
    assert slowest < 1
