"""A procedure as the law wants it published, before anybody has answered anything. Called by public and search.

Article 11.1 of the regulation names what must be there. What depends on answers is shown with each possibility and
its reason; what only a formula can say is said to depend on the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from motcua.domain.fee import Fee
from motcua.domain.form import Form
from motcua.domain.formula import Choose, Exact, Formula, Part, Read
from motcua.domain.paper import Paper
from motcua.domain.procedure import Procedure, Province
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount, TimeLimit
from motcua.domain.window import in_force
from motcua.web.formats import money
from motcua.web.language import language
from motcua.web.markdown import markdown
from motcua.web.theme import say


@dataclass(frozen=True)
class Possible:
    """One amount of money or time that may come, and why it would."""

    amount: str
    why: str = ""


@dataclass(frozen=True)
class Named:
    """A fee, or a time limit, with all that it may be; `note` says how it is reckoned."""

    name: str
    possible: tuple[Possible, ...]
    note: str = ""


@dataclass(frozen=True)
class Needed:
    """A paper of the published list; `notes` say how many, and when it is not always needed."""

    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    levels: str
    channels: str
    time: tuple[Possible, ...]
    papers: tuple[Needed, ...]
    fees: tuple[Named, ...]
    limits: tuple[Named, ...]
    results: tuple[str, ...]
    laws: tuple[str, ...]
    steps: Markup | None
    requirements: Markup | None


def published(procedure: Procedure, province: Province, on: date) -> Published:
    lang = language()
    laws = [law for law in procedure.legal_bases if (law.since or on) <= on <= (law.until or on)]
    limits = tuple(_limit(limit, on) for limit in procedure.time_limits if limit.name or limit.main)
    main = procedure.main_limit
    return Published(
        levels=", ".join(province.levels.get(level, Text(level)).in_(lang) for level in procedure.levels),
        channels=", ".join(say(f"procedure.channel.{channel}") for channel in procedure.channels),
        time=_limit(main, on).possible if main else (),
        papers=tuple(_paper(paper, procedure.form) for paper in procedure.papers if in_force(paper.in_force, on)),
        fees=tuple(_fee(fee, procedure.form, on) for fee in procedure.fees if in_force(fee.in_force, on)),
        limits=limits,
        results=tuple(result.name.in_(lang) for result in procedure.results),
        laws=tuple(law.cite.in_(lang) for law in laws),
        steps=markdown(procedure.description.in_(lang)) if procedure.description else None,
        requirements=markdown(procedure.requirements.in_(lang)) if procedure.requirements else None,
    )


def at_a_glance(procedure: Procedure, on: date) -> tuple[str, ...]:
    """How long it takes and what it costs, in a line: the ordinary time; the amount, where there is but one."""
    time = _limit(procedure.main_limit, on).possible[:1] if procedure.main_limit else ()
    fees = [_fee(fee, procedure.form, on) for fee in procedure.fees if in_force(fee.in_force, on)]
    amounts = {possible.amount for fee in fees for possible in fee.possible}
    fixed = len(amounts) == 1 and say("procedure.depends") not in amounts
    cost = amounts.pop() if fixed else say("search.fee_depends" if fees else "procedure.no_fee")
    return (*(one.amount for one in time), cost)


def _limit(limit: TimeLimit, on: date) -> Named:
    """The ordinary end first, then those that need a reason."""
    rows = [row for row in limit.within.rows if in_force(row.in_force, on)]
    rows.sort(key=lambda row: not row.otherwise)
    found = [(_time(row.is_), row.why.in_(language()) if row.why else "") for row in rows]
    name = limit.name.in_(language()) if limit.name else ""
    return Named(name, tuple(Possible(amount, why) for amount, why in found))


def _time(end: object) -> str:
    return end.text(language()) if isinstance(end, Amount) else say("procedure.depends")


def _fee(fee: Fee, form: Form, on: date) -> Named:
    note = fee.note.in_(language()) if fee.note else ""
    return Named(fee.name.in_(language()), tuple(dict.fromkeys(_amounts(fee.amount, form, on))), note)


def _amounts(part: Part | None, form: Form, on: date) -> Iterator[Possible]:
    if isinstance(part, Exact) and part.whole:
        yield Possible(money(int(part.value)))
    elif isinstance(part, Choose):
        for row in part.rows.rows:
            if in_force(row.in_force, on):
                yield from (Possible(p.amount, _why(row.why) or p.why) for p in _amounts(row.is_, form, on))
    elif isinstance(part, Formula) and part.at_least is part.at_most is None:
        by = "".join(f" × {_factor(factor, form)}" for factor in part.times)
        yield from (Possible(f"{p.amount}{by}", _why(part.why) or p.why) for p in _amounts(part.of, form, on))
    else:
        yield Possible(say("procedure.depends"))


def _factor(part: Part, form: Form) -> str:
    """A factor in the words of the form, `8.000 đ × số bản sao`."""
    field = form.field(part.said) if isinstance(part, Read) else None
    if field is None:
        return part.said if isinstance(part, Exact) else say("procedure.factor")
    title = field.title.in_(language())
    return title[:1].lower() + title[1:]


def _why(why: Text | None) -> str:
    return why.in_(language()) if why else ""


def _paper(paper: Paper, form: Form) -> Needed:
    notes = []
    if paper.from_form:
        notes.append(say("procedure.from_form"))
    if paper.shown:
        notes.append(say("procedure.shown"))
    notes += [_count("original", paper.original)] if paper.original and not paper.from_form else []
    notes += [_count("copies", paper.copies)] if paper.copies else []
    if paper.note is not None:
        notes.append(paper.note.in_(language()))
    elif paper.when is not None or paper.one_of:
        notes.append(say("procedure.sometimes"))
    return Needed(_every(paper, form), tuple(note for note in notes if note))


def _every(paper: Paper, form: Form) -> str:
    """The name of a paper that each row of a list asks for, with the question in place of the answer."""

    def title(name: re.Match[str]) -> str:
        field = form.field(f"{paper.each.text}.{name[1]}") if paper.each else None
        return field.title.in_(language()).lower() if field else "…"

    return re.sub(r"\{\w+\.(\w+)\}", title, paper.name.in_(language()))


def _count(kind: str, count: Formula) -> str:
    fixed = count.of.value if isinstance(count.of, Exact) and not count.times else None
    return say(f"procedure.{kind}", n=int(fixed)) if fixed is not None else say(f"procedure.{kind}_some")
