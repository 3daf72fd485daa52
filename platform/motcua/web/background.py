"""The work behind the pages: changed catalog files are taken up, what ran out has its effect, messages leave. Started
by cli.

Every worker process does it in a thread of its own; nothing is done twice, since each piece is claimed in the database.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from flask import Flask

from motcua.casework.deliver import deliver
from motcua.casework.give_back import finish_refunds
from motcua.casework.reconcile import reconcile
from motcua.casework.sweep import sweep
from motcua.casework.wake import wake
from motcua.office import Office
from motcua.publishing.take_up import Watch
from motcua.web.current import OFFICE
from motcua.web.letters import in_words
from motcua.web.theme import THEME

log = logging.getLogger("motcua.background")
PAUSE = 1.0  # seconds between two looks
SWEEP_EVERY = 3600  # looks


def start(app: Flask) -> threading.Thread:
    """Look again and again, for as long as the process lives. What is live is at hand before the first page is asked
    for.
    """
    office: Office = app.extensions[OFFICE]
    office.catalog.refresh()
    thread = threading.Thread(target=_forever, args=(app,), name="background", daemon=True)
    thread.start()
    return thread


def _forever(app: Flask) -> None:
    watch = Watch(app.extensions[OFFICE])
    for look in itertools.count(1):
        once(app, watch)
        if look % SWEEP_EVERY == 0:
            _try("sweep", partial(sweep, app.extensions[OFFICE]))
        time.sleep(PAUSE)


def once(app: Flask, watch: Watch | None = None) -> None:
    """One look. A failure is logged and tried again at the next one: the pages are served meanwhile."""
    office: Office = app.extensions[OFFICE]
    words = in_words(app.extensions[THEME].words)
    pieces: dict[str, Callable[[], object]] = {
        "catalog": (watch or Watch(office)).look,
        "wake": partial(wake, office),
        "reconcile": partial(reconcile, office),
        "refunds": partial(finish_refunds, office),
        "deliver": partial(deliver, office.store, words, office.mail, office.sms, office.clock),
    }
    for name, piece in pieces.items():
        _try(name, piece)


def _try(name: str, piece: Callable[[], object]) -> None:
    try:
        piece()
    except Exception:  # any: one piece that fails must not keep the others from their turn
        log.exception("background work failed: %s", name)
