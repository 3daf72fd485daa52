"""Why something could not be computed. Loud by design: an absent read is never a default (semantics 2 of the
catalog)."""

from __future__ import annotations


class Uncomputed(Exception):
    """A value, a row or a sum that these facts do not give."""


class AbsentRead(Uncomputed):
    """What is not known (yet) was read: `path` says what, as `tre.ngay_sinh`, `value.gia_moi`, `nganh[].chinh`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class EvaluationError(Uncomputed):
    """An expression that its facts break: an overflow, an index out of the list, too many loop steps, a code that is in
    no list."""
