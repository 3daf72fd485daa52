"""Series of numbers without gap or double: a number is taken inside the transaction of the act, and given back with
it. Called by casework.
"""

from __future__ import annotations

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from motcua.store.base import Base

_TAKE = text(
    "INSERT INTO counter (series, value) VALUES (:series, 1) "
    "ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


class CounterRow(Base):
    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[int]


class Counters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, series: str) -> int:
        """The next number of a series, from 1. The series stays locked until the transaction ends."""
        return int(self._session.execute(_TAKE, {"series": series}).scalar_one())
