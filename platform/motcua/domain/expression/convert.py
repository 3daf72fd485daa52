"""The door between Python values and CEL's: the only place that turns dates into timestamps and back.

A date is a timestamp at midnight UTC, a moment its local wall clock read as UTC: so both compare rightly, and no time
zone is ever
applied to a date (Vietnam's offset has changed: it was +8 in the south from 1960 to 1975).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from google.protobuf import timestamp_pb2

from motcua.domain.expression.errors import EvaluationError
from motcua.domain.expression.types import DATE, DECIMAL, RATE, ListOf, Record, Type
from motcua.domain.expression.wire import DecimalMessage, RateMessage
from motcua.domain.working_calendar import HCM

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BIGGEST = 2**63
_MOST_DIGITS = 40


def to_cel(value: Any) -> Any:
    """A Python value as CEL takes it; what is None inside a group is left out."""
    match value:
        case bool() | str():
            return value
        case int():
            if not -_BIGGEST <= value < _BIGGEST:
                raise EvaluationError(f"{value} has more than 64 bits")
            return value
        case datetime():
            return _stamp(value.astimezone(HCM).replace(tzinfo=UTC))
        case date():
            return _stamp(datetime(value.year, value.month, value.day, tzinfo=UTC))
        case Decimal():
            return DecimalMessage(text=str(checked_size(value)))
        case Fraction():
            return RateMessage(text=str(value))
        case Mapping():
            return {key: to_cel(item) for key, item in value.items() if item is not None}
        case list() | tuple():
            return [to_cel(item) for item in value]
    raise TypeError(f"{value!r} has no place in an expression")


def checked_size(value: Decimal) -> Decimal:
    """A decimal that a person could mean: `1E+999999999` would fill the memory as an exact number. Raises
    EvaluationError."""
    if abs(value.adjusted()) > _MOST_DIGITS or -int(value.as_tuple().exponent) > _MOST_DIGITS:
        raise EvaluationError(f"{value} has too many digits")
    return value


def _stamp(moment: datetime) -> Any:
    passed = moment - _EPOCH
    return timestamp_pb2.Timestamp(seconds=passed.days * 86_400 + passed.seconds, nanos=passed.microseconds * 1000)


def from_cel(value: Any, of: Type) -> Any:
    """A value that CEL gives, as Python has it."""
    if isinstance(of, ListOf):
        return [from_cel(item, of.item) for item in value]
    if isinstance(of, Record):
        return {key: from_cel(item, of.fields[key]) for key, item in value.items() if key in of.fields}
    if isinstance(value, timestamp_pb2.Timestamp):
        value = _EPOCH + timedelta(seconds=value.seconds, microseconds=value.nanos // 1000)
    if isinstance(value, datetime):
        return value.date() if of == DATE else value.replace(tzinfo=HCM)
    if of == DECIMAL:
        return Decimal(value.text)
    if of == RATE:
        return Fraction(value.text)
    return value
