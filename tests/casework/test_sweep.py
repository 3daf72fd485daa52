"""What nobody needs any more is cleared away; what somebody may still need stays."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from tests.casework.commune import Commune

from motcua.casework.sweep import sweep


def test_a_file_that_no_row_names_goes_after_a_day(commune: Commune) -> None:
    office = commune.office
    fresh, old = office.files.put(b"fresh"), office.files.put(b"old")
    two_days_ago = time.time() - 2 * 86_400
    for path in office.settings.files.rglob(old.id):
        os.utime(path, (two_days_ago, two_days_ago))
    assert sweep(office) == 1
    assert [p.name for p in office.settings.files.rglob("*") if p.is_file()] == [fresh.id]


def test_ended_sessions_go_and_open_ones_stay(commune: Commune) -> None:
    office, account = commune.office, commune.citizen.id
    with office.store.transaction() as books:
        ended = books.sessions.open(account, now=office.now() - timedelta(days=2), most=timedelta(hours=1))
        open_ = books.sessions.open(account, now=office.now(), most=timedelta(hours=1))
    sweep(office)
    with office.store.reading() as books:
        seen = [books.sessions.get(t, now=office.now(), idle=timedelta(hours=1)) is not None for t in (ended, open_)]
    assert seen == [False, True]
