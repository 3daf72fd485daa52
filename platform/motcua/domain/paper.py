"""Papers (thành phần hồ sơ): which are asked for these answers, in how many originals and copies. Bound from `papers:` of a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.domain.expression import AbsentRead, Expression
from motcua.domain.formula import Formula
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount
from motcua.domain.values import Facts
from motcua.domain.window import Window, in_force


@dataclass(frozen=True)
class Paper:
    """One paper of the published list; counts are pieces per set."""

    id: str
    name: Text
    original: Formula | None = None
    copies: Formula | None = None
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()
    each: Expression | None = None  # one paper for every row of this list ...
    as_: str = "row"  # ... which the paper's own rules and name call so
    files: tuple[str, ...] = ()
    basis: str | None = None
    from_form: bool = False  # the declaration itself: nothing to attach
    shown: bool = False  # shown and handed back
    optional: bool = False
    skip_if_known: str | None = None  # a look-up in whose answer the paper's content stands already
    issued_within: Amount | None = None
    one_of: tuple[Alternative, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class Alternative:
    """One way to prove the same thing: all of these papers."""

    when: Expression | None
    all_of: tuple[Paper, ...]


@dataclass(frozen=True)
class PaperAsked:
    """A paper that this case needs. `key` tells two of a repeated paper apart (`gt_thanh_vien.2`)."""

    key: str
    paper: Paper
    name: Text
    original: int
    copies: int

    @property
    def to_attach(self) -> bool:
        return not self.paper.from_form and not self.paper.shown and not self.paper.optional


def asked(papers: tuple[Paper, ...], facts: Facts, on: date, *, strict: bool = True) -> list[PaperAsked]:
    """The papers that these answers need on a filing day. Unless strict, what cannot be judged yet is left out."""
    found: list[PaperAsked] = []
    for paper in papers:
        try:
            found += _asked_one(paper, facts, on)
        except AbsentRead:
            if strict:
                raise
    return found


def _asked_one(paper: Paper, facts: Facts, on: date) -> list[PaperAsked]:
    if not in_force(paper.in_force, on):
        return []
    if paper.skip_if_known and facts.known(paper.skip_if_known):
        return []
    if paper.each is None:
        return _asked_here(paper, facts, on, paper.id)
    rows = facts.evaluate(paper.each)
    found = []
    for number, row in enumerate(rows, start=1):
        found += _asked_here(paper, facts.with_(paper.as_, row), on, f"{paper.id}.{number}")
    return found


def _asked_here(paper: Paper, facts: Facts, on: date, key: str) -> list[PaperAsked]:
    if paper.when is not None and not facts.evaluate(paper.when):
        return []
    if paper.one_of:
        way = next((w for w in paper.one_of if w.when is None or facts.evaluate(w.when)), None)
        return asked(way.all_of, facts, on) if way else []
    return [
        PaperAsked(
            key, paper, _named(paper.name, facts), _count(paper.original, facts, on), _count(paper.copies, facts, on)
        )
    ]


def _count(pieces: Formula | None, facts: Facts, on: date) -> int:
    return 0 if pieces is None else pieces.compute(facts, on).value


def _named(name: Text, facts: Facts) -> Text:
    """A name may quote an answer: `Giấy tờ của {t.ho_ten}`."""
    return Text(_quoted(name.vi, facts), _quoted(name.en, facts) if name.en else None)


def _quoted(text: str, facts: Facts) -> str:
    head, brace, rest = text.partition("{")
    if not brace or "}" not in rest:
        return text
    path, _, tail = rest.partition("}")
    value: Any = facts.read(path)
    return head + ("" if value is None else str(value)) + _quoted(tail, facts)
