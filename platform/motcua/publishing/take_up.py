"""Changed catalog files become live editions: each procedure that the check finds good, alone. Called by web before a request, and by cli.

A broken file takes nothing down: the procedures that use it keep their last good edition, and the editors' page says why.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from motcua.catalogue.check import Checked, check
from motcua.catalogue.editions import PROVINCE
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.editions import StoredEdition

log = logging.getLogger("motcua.catalog")


def take_up(office: Office) -> Checked:
    """Read and prove the whole catalog, then make what is good live in one transaction."""
    checked = check(office.settings.root)
    now = office.now()
    with office.store.transaction() as books:
        known = set(books.editions.live())
        for procedure in checked.procedures:
            _settle(books, procedure.id, procedure.edition, procedure.wrong, procedure.compiled, now)
        for gone in known - {p.id for p in checked.procedures}:
            books.editions.retire(gone)
    for diagnostic in checked.diagnostics:
        log.warning("%s", diagnostic.line("vi"))
    office.catalog.refresh()
    return checked
