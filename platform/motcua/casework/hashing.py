"""Passwords as they are kept: argon2id, a few at a time. The only home of argon2. Called by the verbs about accounts.

Each hash takes about 20 MiB and 50 ms on purpose; more at once would only let strangers fill the memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from motcua.domain.password import read_password
from motcua.domain.refusals import Busy

#: OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE, _PATIENCE = 2, 10.0
_turns = threading.BoundedSemaphore(_AT_ONCE)
#: what a password is compared with when there is no such account: the answer takes as long as for one that is there
_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Raises Busy when too many are waiting."""
    with _turn():
        return _HASHER.hash(read_password(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; as slow for nobody's. Raises Busy."""
    with _turn():
        try:
            _HASHER.verify(password_hash or _NOBODY, read_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_old(password_hash: str) -> bool:
    """Made with other costs than today's: to be made anew while the password is at hand."""
    return _HASHER.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE):
        raise Busy()
    try:
        yield
    finally:
        _turns.release()
