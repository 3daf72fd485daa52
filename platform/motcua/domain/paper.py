"""Papers (thành phần hồ sơ): which are asked for these answers, in how many originals and copies, and what is wrong
with those that were sent. Bound from `papers:` of a procedure; judged by `filing`, `supplying`, `Case`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.domain.answers import read_date
from motcua.domain.expression import Expression, Uncomputed
from motcua.domain.formula import Formula
from motcua.domain.problems import Problem
from motcua.domain.rows import Hole, Rows
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, Unit
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
    issued_within: Rows[Amount] | None = None  # asks the day of issue; judged on the filing day
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


def asked(
    papers: tuple[Paper, ...], facts: Facts, on: date, *, strict: bool = True, given: Collection[str] = ()
) -> list[PaperAsked]:
    """The papers that these answers need on a filing day. Unless strict, what cannot be judged yet is left out.

    `given` are the keys of those that were sent: they tell which of several ways the applicant takes.
    """
    found: list[PaperAsked] = []
    for paper in papers:
        try:
            found += _asked_one(paper, facts, on, given)
        except Uncomputed:
            if strict:
                raise
    return found


def _asked_one(paper: Paper, facts: Facts, on: date, given: Collection[str]) -> list[PaperAsked]:
    if not in_force(paper.in_force, on):
        return []
    if paper.skip_if_known and facts.known(paper.skip_if_known):
        return []
    if paper.each is None:
        return _asked_here(paper, facts, on, paper.id, given)
    rows = facts.evaluate(paper.each)
    found = []
    for number, row in enumerate(rows, start=1):
        found += _asked_here(paper, facts.with_(paper.as_, row), on, f"{paper.id}.{number}", given)
    return found


def _asked_here(paper: Paper, facts: Facts, on: date, key: str, given: Collection[str]) -> list[PaperAsked]:
    if paper.when is not None and not facts.evaluate(paper.when):
        return []
    if paper.one_of:
        return _way(paper, facts, on, given)
    original, copies = (_count(pieces, facts, on) for pieces in (paper.original, paper.copies))
    return [PaperAsked(key, paper, _named(paper.name, facts), original, copies)]


def _way(paper: Paper, facts: Facts, on: date, given: Collection[str]) -> list[PaperAsked]:
    """Of the ways that hold the one that the applicant takes: of which most was sent; else the first. Raises Hole."""
    ways = [
        asked(way.all_of, facts, on, given=given)
        for way in paper.one_of
        if way.when is None or facts.evaluate(way.when)
    ]
    if not ways:
        raise Hole(f"papers.{paper.id}", on=on)
    return max(ways, key=lambda way: sum(p.key in given for p in way) / max(len(way), 1))


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


# ---- what was sent ----


def problems(needed: list[PaperAsked], given: Mapping[str, Any], facts: Facts, on: date) -> Iterator[Problem]:
    """What is missing, and what is too old: one problem a paper, at `paper.<key>`."""
    for paper in needed:
        sent = given.get(paper.key, {})
        if sent.get("files"):
            yield from _age_problems(paper, sent.get("issued_on"), facts, on)
        elif paper.to_attach:
            yield Problem(f"paper.{paper.key}", "paper_missing", {"title": paper.name})


def _age_problems(paper: PaperAsked, said: str | None, facts: Facts, on: date) -> Iterator[Problem]:
    if paper.paper.issued_within is None:
        return
    field, title = f"paper.{paper.key}", {"title": paper.name}
    if not said:
        yield Problem(field, "issued_on", title)
        return
    try:
        issued_on = read_date(said)
    except ValueError:
        yield Problem(field, "not_date", title)
        return
    within = paper.paper.issued_within.choose(facts, on).value
    if issued_on > on:
        yield Problem(field, "too_late", {**title, "bound": on.strftime("%d/%m/%Y")})
    elif _older(issued_on, within, facts, on):
        yield Problem(field, "too_old", {**title, "within": Text(within.text(), within.text("en"))})


def _older(issued_on: date, within: Amount, facts: Facts, on: date) -> bool:
    if within.unit is Unit.WORKING_DAY:
        return facts.working_days(issued_on, on) > within.number
    return within.after(issued_on) < on


def issue_days(given: Mapping[str, Any]) -> dict[str, dict[str, date]]:
    """What rules read as `paper.x.issued_on`: of the papers whose day can be read."""
    found: dict[str, dict[str, date]] = {}
    for key, sent in given.items():
        try:
            found[key] = {"issued_on": read_date(sent.get("issued_on") or "")}
        except ValueError:
            continue
    return found
