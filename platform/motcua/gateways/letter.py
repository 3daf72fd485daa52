"""A letter as a gateway sends it, and the two ways in which sending fails. Called by mail.py, sms.py and
casework/deliver.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Letter:
    """`key` is the same at every try: a provider that knows it sends once. `at` is when the try was made."""

    key: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime


class Unreachable(Exception):
    """The provider does not answer, or says: not now. Worth another try."""


class Undeliverable(Exception):
    """The provider says that it never can: no such address. Not worth another try."""
