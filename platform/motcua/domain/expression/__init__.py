"""Expressions: the one home of CEL. Compile, type-check, evaluate, say what is read.

language = Language({"tre": Record({"ngay_sinh": DATE}), "case": Record({"filed_on": DATE})})
on_time = language.compile("days(tre.ngay_sinh, case.filed_on) <= 60", BOOL)     # or BadExpression with every mistake
on_time.reads                                                                    # {"tre.ngay_sinh", "case.filed_on"}
on_time.evaluate({"tre": {"ngay_sinh": date(2026, 10, 1)}, "case": {"filed_on": date(2026, 10, 6)}})
"""

from motcua.domain.expression.compiled import Expression
from motcua.domain.expression.errors import AbsentRead, EvaluationError, Uncomputed
from motcua.domain.expression.functions import LIBRARY, RESERVED, Function, Source
from motcua.domain.expression.language import CompiledCache, Language
from motcua.domain.expression.mistakes import BadExpression, Mistake, Wrong
from motcua.domain.expression.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    MOMENT,
    MONEY,
    RATE,
    TEXT,
    Choice,
    ListOf,
    Record,
    Type,
    fits,
)

__all__ = [
    "BOOL",
    "DATE",
    "DECIMAL",
    "INT",
    "LIBRARY",
    "MOMENT",
    "MONEY",
    "RATE",
    "RESERVED",
    "TEXT",
    "AbsentRead",
    "BadExpression",
    "Choice",
    "CompiledCache",
    "EvaluationError",
    "Expression",
    "Function",
    "Language",
    "ListOf",
    "Mistake",
    "Record",
    "Source",
    "Type",
    "Uncomputed",
    "Wrong",
    "fits",
]
