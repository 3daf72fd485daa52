"""Clears away what nobody needs any more: ended sessions, old attempts, files that no row names. Called by the
background work, once an hour in each process.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from motcua.office import Office

#: No limit looks back further than this.
ATTEMPTS_KEPT = timedelta(days=1)
#: An upload that is being stored has its row within seconds; a day is beyond any doubt.
FILES_KEPT = timedelta(days=1)


def sweep(office: Office) -> int:
    """Answers with how many files went."""
    now = office.now()
    with office.store.transaction() as books:
        books.sessions.sweep(now)
        books.limits.sweep(now - ATTEMPTS_KEPT)
    with office.store.reading() as books:
        known = books.uploads.ids()
    # files bear the machine's own time, whatever the program's clock was set to
    return office.files.sweep(known, datetime.fromtimestamp(time.time(), UTC) - FILES_KEPT)
