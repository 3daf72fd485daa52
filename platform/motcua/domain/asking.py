"""Which fields are asked for these answers, and what is wrong with them. Pure; called by forms, by `Case` at filing,
by `try`.

A hidden answer is absent to every rule (it is kept in the draft, not sent); an empty list is a list. While a draft
grows, a condition whose answers are not there yet counts as not met; at filing it is a loud error, unless the missing
answer is itself a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.domain import schema_problems
from motcua.domain.answers import Answers, at
from motcua.domain.expression import Expression, Uncomputed
from motcua.domain.form import Check, Field, Form, Kind
from motcua.domain.people import read_phone
from motcua.domain.problems import Problem
from motcua.domain.schema_problems import missing
from motcua.domain.text import Text
from motcua.domain.values import Facts
from motcua.domain.window import in_force

_LISTS = (Kind.ROWS, Kind.CHOICES)


@dataclass(frozen=True)
class Settled:
    """`answers` are the shown ones with computed values; `shown` the dotted paths that are asked (rows with their
    index).
    """

    answers: Answers
    shown: frozenset[str]
    facts: Facts


class Circular(RuntimeError):
    """Conditions of a form that show and hide each other; the check refuses such a catalog."""


def settle(
    form: Form,
    answers: Mapping[str, Any],
    facts: Facts,
    *,
    strict: bool = False,
    beside: Mapping[str, Any] | None = None,
) -> Settled:
    """Leave only what is asked. Conditions read answers that other conditions hide, so judge until nothing moves.

    `beside` are answers of another form that the conditions may read too: an officer's form reads the citizen's.
    """
    shown, kept = frozenset[str](), dict(answers)
    for _ in range(2 + sum(1 for f in form.walk() if f.when or f.computed)):
        looked = facts.with_answers({**(beside or {}), **kept}).with_("this", kept)
        kept_next, shown_next = _shown_part(form.fields, answers, kept, looked, "", strict=False)
        if shown_next == shown and kept_next == kept:
            if strict:  # only now: the first look lacks the defaults that conditions may read
                _shown_part(form.fields, answers, kept, looked, "", strict=True)
            return Settled(kept, shown, looked)
        shown, kept = shown_next, kept_next
    raise Circular(form.id)


def _shown_part(
    fields: tuple[Field, ...],
    answers: Mapping[str, Any],
    before: Mapping[str, Any],
    facts: Facts,
    prefix: str,
    strict: bool,
) -> tuple[Answers, frozenset[str]]:
    """What is asked of these answers. `before` is what the last look left of them, which `this` may read."""
    kept: Answers = {}
    shown: set[str] = set()
    for field in fields:
        where = f"{prefix}{field.name}"
        if not judge(field.when, facts, strict):
            if field.kind in _LISTS:
                kept[field.name] = []
            continue
        shown.add(where)
        value = _value(field, answers.get(field.name), before.get(field.name), facts, where, shown, strict)
        if value is not None:
            kept[field.name] = value
    return kept, frozenset(shown)


def _value(field: Field, value: Any, before: Any, facts: Facts, where: str, shown: set[str], strict: bool) -> Any:
    if field.computed is not None:
        return _known(field.computed, facts)
    if field.kind is Kind.GROUP:
        kept, below = _shown_inside(field, value or {}, before or {}, facts, where, strict)
        shown |= below
        return kept
    if field.kind is Kind.ROWS and field.fields:
        rows = []
        for number, row in enumerate(value or []):
            left = before[number] if before else row
            kept, below = _shown_inside(field, row, left, facts, f"{where}.{number}", strict)
            shown |= below
            rows.append(kept)
        return rows
    if value is None:
        return [] if field.kind in _LISTS else field.default
    return value


def _shown_inside(
    group: Field, answers: Answers, before: Answers, facts: Facts, where: str, strict: bool
) -> tuple[Answers, frozenset[str]]:
    return _shown_part(group.fields, answers, before, facts.with_("this", before), f"{where}.", strict)


def judge(condition: Expression | None, facts: Facts, strict: bool = False) -> bool:
    """Whether a condition holds on what is known; unless strict, what is not known yet does not hold."""
    if condition is None:
        return True
    try:
        return bool(facts.evaluate(condition))
    except Uncomputed:
        if strict:
            raise
        return False


def problems(
    form: Form, settled: Settled, checks: tuple[Check, ...] = (), *, unread: Iterable[Problem] = ()
) -> list[Problem]:
    """Everything wrong with these answers, in the order of the form; the checks come last, on answers that are there.

    `unread` is what reading them had to say: what cannot be read is not missing too.
    """
    found = [*unread, *schema_problems.of(form, settled.answers)]
    for where, field, facts in asked(form, settled):
        found += _field_problems(where, field, settled, facts)
    taken = {problem.field for problem in found}
    found += [p for check in (*form.checks, *checks) if (p := broken(check, settled.facts)) and p.field not in taken]
    order = {where: number for number, (where, _, _) in enumerate(asked(form, settled))}
    return sorted(_once(found), key=lambda p: order.get(p.field, len(order)))


def _once(found: list[Problem]) -> list[Problem]:
    """One message per field: the first one that stops, and the first that only warns. Gates have no field, and all
    speak.
    """
    first: dict[tuple[str, ...], Problem] = {}
    for problem in found:
        key = (problem.field, problem.level) if problem.field else ("", str(problem.text))
        first.setdefault(key, problem)
    return list(first.values())


def asked(form: Form, settled: Settled) -> Iterator[tuple[str, Field, Facts]]:
    """Every field that is shown, with its dotted path and the facts its own rules are judged on."""
    yield from _asked(form.fields, settled.answers, settled, settled.facts, "")


def _asked(
    fields: tuple[Field, ...], answers: Mapping[str, Any], settled: Settled, facts: Facts, prefix: str
) -> Iterator[tuple[str, Field, Facts]]:
    for field in fields:
        where = f"{prefix}{field.name}"
        if where not in settled.shown:
            continue
        yield where, field, facts
        value = answers.get(field.name)
        if field.kind is Kind.GROUP:
            yield from _asked(field.fields, value or {}, settled, facts.with_("this", value or {}), f"{where}.")
        elif field.kind is Kind.ROWS:
            for number, row in enumerate(value or [] if field.fields else []):
                yield from _asked(field.fields, row, settled, facts.with_("this", row), f"{where}.{number}.")


def _field_problems(where: str, field: Field, settled: Settled, facts: Facts) -> Iterator[Problem]:
    if field.kind is Kind.GROUP:
        return  # its questions speak for it
    value = at(settled.answers, where)
    if value in (None, [], {}):
        if field.required_if_shown or (field.required_when is not None and judge(field.required_when, facts)):
            yield missing(where, field)
        return
    if field.format == "phone" and read_phone(value) is None:
        yield Problem(where, "bad_phone", {"title": field.title})
    if isinstance(value, Decimal) and field.decimals is not None and _decimals(value) > field.decimals:
        yield Problem(where, "too_precise", {"title": field.title, "most": field.decimals})
    if field.choices is not None:
        yield from _choice_problems(where, field, value, facts)
    if isinstance(value, date):
        yield from _date_problems(where, field, value, facts)
    if field.unique_by and isinstance(value, list):
        keys = [tuple(at(row, name) for name in field.unique_by) for row in value]
        whole = [key for key in keys if None not in key]
        if len(set(whole)) < len(whole):
            yield Problem(where, "not_unique", {"title": field.title})


def _decimals(number: Decimal) -> int:
    """How many were typed: `2.50` has two."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _choice_problems(where: str, field: Field, value: Any, facts: Facts) -> Iterator[Problem]:
    for word in value if isinstance(value, list) else [value]:
        if not _may_choose(field, word, facts):
            yield Problem(where, "not_a_choice", {"title": field.title})
            return


def _may_choose(field: Field, word: str, facts: Facts) -> bool:
    """Whether a word is offered; while the answers that filter the list are not there, it is not judged."""
    choices = field.choices
    if choices is None or choices.code_list is None:
        return choices is None or word in choices.labels
    try:
        equal = {name: facts.evaluate(expression) for name, expression in choices.filter.items()}
    except Uncomputed:
        return True
    return choices.code_list.offers(word, facts.on, **equal)


def offered(field: Field, facts: Facts) -> dict[str, Text] | None:
    """The words that may be chosen now: code -> name; None while the answers that filter the list are not there."""
    choices = field.choices
    if choices is None:
        return None
    if choices.code_list is None:
        return dict(choices.labels)
    try:
        equal = {name: facts.evaluate(expression) for name, expression in choices.filter.items()}
    except Uncomputed:
        return None
    return {entry.code: entry.name for entry in choices.code_list.offered(facts.on, **equal)}


def _date_problems(where: str, field: Field, value: date, facts: Facts) -> Iterator[Problem]:
    day = value.date() if isinstance(value, datetime) else value  # a moment is bounded by its day
    for bound, code in ((field.not_after, "too_late"), (field.not_before, "too_early")):
        limit = _known(bound, facts)
        if limit is not None and (day > limit if code == "too_late" else day < limit):
            yield Problem(where, code, {"title": field.title, "bound": limit.strftime("%d/%m/%Y")})


def _known(expression: Expression | None, facts: Facts) -> Any:
    """The value of an expression, or None where it cannot be told yet."""
    try:
        return None if expression is None else facts.evaluate(expression)
    except Uncomputed:
        return None


def prove(form: Form, settled: Settled, checks: tuple[Check, ...]) -> None:
    """Every check could be judged on what is sent; raises Uncomputed where one reads what is not there."""
    for check in (*form.checks, *checks):
        broken(check, settled.facts, strict=True)


def broken(check: Check, facts: Facts, *, strict: bool = False) -> Problem | None:
    """The problem that a check makes on these answers. While the answers that it reads are not all there it makes none;
    strict, when they are sent: then what it reads and is not there is a loud error, since a guard fails closed.
    """
    try:
        applies = in_force(check.in_force, facts.on) and (check.when is None or facts.evaluate(check.when))
        if not applies or facts.evaluate(check.rule):
            return None
    except Uncomputed:
        if strict:
            raise
        return None
    return Problem(check.at or "", "check", text=check.message, level=check.level)
