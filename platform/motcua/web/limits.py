"""How often a stranger may ask: one limit a purpose, counted in the database across all workers. Called by public.

The verbs of casework count their own (signing in, signing up, changing a password).
"""

from __future__ import annotations

from datetime import timedelta

from motcua.store.limits import Limit
from motcua.web.current import address, office

TRACKING = Limit("track", 10, timedelta(minutes=1))


def take(limit: Limit) -> None:
    """One try from this address. Raises TooManyTries."""
    with office().store.transaction() as books:
        books.limits.take(limit, address(), office().now())
