"""A form: the tree of fields that a citizen or an officer answers. Bound from `forms/` by the catalogue; asked by the
web.

A form file is plain JSON Schema 2020-12 plus a small vocabulary (`when`, `computed`, `choices` ...). A top-level
object or list is a page, an object inside it a fieldset, a list a repeating group; an officer's form has plain fields
only and is one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from motcua.domain.code_list import CodeList
from motcua.domain.expression import Expression
from motcua.domain.text import Text
from motcua.domain.window import Window

Path = tuple[str, ...]

_FORMATS = FormatChecker(formats=["date", "email"])


class Kind(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    NUMBER = "number"  # whole; money too, with format: money
    DECIMAL = "decimal"  # kept as typed
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True)
class Choices:
    """What may be chosen: the words of an `enum`, or a dated code list, perhaps filtered by other answers."""

    labels: Mapping[str, Text] = field(default_factory=dict)
    code_list: CodeList | None = None
    filter: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """One question, or a group of questions (`fields`)."""

    name: str
    path: Path
    kind: Kind
    title: Text
    hint: Text | None = None
    required: bool = False
    required_when: Expression | None = None
    required_if_shown: bool = False
    when: Expression | None = None
    computed: Expression | None = None
    not_after: Expression | None = None
    not_before: Expression | None = None
    choices: Choices | None = None
    default: Any = None
    max_length: int | None = None
    format: str | None = None
    widget: str | None = None
    unit: str | None = None
    decimals: int | None = None
    prefill: str | None = None
    secret: bool = False
    min_items: int = 0
    max_items: int | None = None
    unique_by: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def dotted(self) -> str:
        return ".".join(self.path)

    def walk(self) -> Iterator[Field]:
        """This field and all below it, in the order they are asked."""
        yield self
        for child in self.fields:
            yield from child.walk()


@dataclass(frozen=True)
class Check:
    """A rule over several answers, with the message that its breach gives (`checks:` of a form or a procedure)."""

    rule: Expression
    message: Text
    at: str | None = None  # the field it speaks at; without it a gate, judged as soon as its answers are there
    level: str = "error"  # error | warning | note
    basis: str | None = None
    offer: str | None = None  # another procedure that fits
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Form:
    """`schema` is the whole JSON Schema with every `$ref` resolved; `fields` are its pages, or the plain fields of an
    officer's form.
    """

    id: str
    title: Text
    fields: tuple[Field, ...]
    schema: Mapping[str, Any]
    checks: tuple[Check, ...] = ()

    @cached_property
    def validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema, format_checker=_FORMATS)

    @property
    def pages(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.kind in (Kind.GROUP, Kind.ROWS))

    def walk(self) -> Iterator[Field]:
        for top in self.fields:
            yield from top.walk()

    def field(self, dotted: str) -> Field | None:
        """The field at `tre.ngay_sinh`; inside a list without an index (`nguoi_lam_chung.ho_ten`), or None."""
        parts = tuple(part for part in dotted.split(".") if not part.isdigit())
        return next((f for f in self.walk() if f.path == parts), None)
