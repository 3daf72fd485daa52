"""Whether a file has the shape of its kind: its JSON Schema, then rules that a schema says badly. Called by `reading`.

One message per root cause, in an editor's words: the validator's own texts are never shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from motcua.catalogue import rules_form, rules_procedure, rules_rows, rules_workflow
from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.finding import Finding, meant
from motcua.catalogue.place import Path
from motcua.catalogue.schema_files import inlined
from motcua.catalogue.source import Source
from motcua.catalogue.walk import MAX_PROBLEMS
from motcua.domain.calendar_file import read_date
from motcua.domain.folding import fold
from motcua.domain.text import Text

_TYPES = {
    "string": Text("chữ (số thì đặt trong nháy)", "a text (quote a number)"),
    "integer": Text("số nguyên", "a whole number"),
    "boolean": Text("true hoặc false", "true or false"),
    "object": Text("các khoá `khoá: giá trị`", "keys, `key: value`"),
    "array": Text("một danh sách", "a list"),
    "null": Text("trống", "nothing"),
}

#: jsonschema's ValidationError: what comes from a validator has all attributes, which their declared types do not say.
Error = Any
Rule = Callable[[Any], Iterator[Finding]]

#: A literal registry: kind of file -> the rules that its schema cannot say well.
RULES: dict[str, tuple[Rule, ...]] = {
    "procedure": (rules_rows.rows, rules_rows.formulas, rules_rows.once, rules_procedure.procedure),
    "form": (rules_form.form,),
    "parts": (rules_form.form,),
    "workflow": (rules_rows.rows, rules_rows.once, rules_workflow.workflow),
    "paper": (rules_rows.rows, rules_procedure.paper),
    "check": (rules_procedure.check,),
    "value": (rules_rows.rows, rules_rows.formulas, rules_procedure.value),
    "table": (rules_procedure.table,),
    "list": (rules_rows.codes,),
    "examples": (rules_rows.once,),
    "agencies": (rules_rows.once,),
    "sectors": (rules_rows.once,),
    "registers": (rules_rows.once,),
    "roles": (rules_rows.once,),
    "councils": (rules_rows.once,),
    "calendar": (),
}

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("day", raises=ValueError)
def _is_day(value: object) -> bool:
    """`01/07/2024` that the calendar has; what does not look like a date is told by its pattern."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        read_date(value)
    return True


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(inlined(kind), format_checker=_FORMATS)


def shape(source: Source, kind: str) -> list[Diagnostic]:
    """Everything wrong with the shape of a file that could be read, in the order of the file, one message per place."""
    told = {problem.place for problem in source.problems}
    found: list[Diagnostic] = []
    for finding in _findings(source.data, kind):
        diagnostic = finding.in_(source)
        empty_by_refusal = finding.code == "C110" and source.value_place(finding.path) in told
        if diagnostic.place not in told and not empty_by_refusal:
            told.add(diagnostic.place)
            found.append(diagnostic)
        if len(found) == MAX_PROBLEMS:
            return [*found, source.diagnostic("C009", diagnostic.place, limit=MAX_PROBLEMS)]
    return sorted(found, key=lambda d: d.order)


def _findings(data: Any, kind: str) -> Iterator[Finding]:
    """A key that is missing because it was misspelt is told once, as the unknown key that it is."""
    found = list(islice(_all_findings(data, kind), 10 * MAX_PROBLEMS))
    misspelt = {(f.path[:-1], f.params.get("meant")) for f in found if f.code == "C102"}
    return (f for f in found if f.code != "C101" or (f.path, f.params["key"]) not in misspelt)


def _all_findings(data: Any, kind: str) -> Iterator[Finding]:
    for error in _validator(kind).iter_errors(data):
        yield from _translated(error)
    for rule in RULES[kind]:
        yield from rule(data)


def _translated(error: Error) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    on_key = "propertyNames" in error.absolute_schema_path
    if on_key:
        path = (*path, str(error.instance))
    if error.instance is None and error.validator in ("type", "enum"):
        yield Finding("C110", path, True, {"key": path[-1] if path else ""})
        return
    yield from _TRANSLATIONS[str(error.validator)](error, path, on_key)


def _unknown_keys(error: Error, path: Path, _: bool) -> Iterator[Finding]:
    allowed = error.schema.get("properties", {})
    for key in error.instance:
        if key not in allowed:
            free = [word for word in allowed if word not in error.instance]
            yield Finding("C102", (*path, key), True, {"key": key} | meant(key, free))


def _missing(error: Error, path: Path, _: bool) -> Iterator[Finding]:
    yield Finding("C101", path, True, {"key": error.message.split("'")[1]})


def _type(error: Error, path: Path, _: bool) -> Iterator[Finding]:
    types = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    yield Finding("C103", path, False, {"expected": _expected(error, types), "got": _found(error.instance)})


def _expected(error: Error, types: list[str]) -> Text:
    said = error.schema.get("expects")
    if said:
        return Text.of(said)
    words = [_TYPES[one] for one in types]
    return Text(" / ".join(word.vi for word in words), " / ".join(word.in_("en") for word in words))


def _found(value: Any) -> Text:
    """What stands there, in an editor's words."""
    if isinstance(value, dict | list):
        return _TYPES["object" if isinstance(value, dict) else "array"]
    shown = json.dumps(value, ensure_ascii=False)
    return Text(shown, shown)


def _enum(error: Error, path: Path, on_key: bool) -> Iterator[Finding]:
    allowed = list(error.validator_value)
    yield Finding("C104", path, on_key, {"got": error.instance, "allowed": allowed} | meant(error.instance, allowed))


def _pattern(error: Error, path: Path, on_key: bool) -> Iterator[Finding]:
    if error.validator_value in ("^[a-z][a-z0-9_]*$", "^[A-Za-z0-9_]+$"):
        yield Finding("C105", path, on_key, {"got": error.instance, "meant": identifier(error.instance)})
    else:
        expected = Text.of(error.schema.get("expects", error.validator_value))
        yield Finding("C107", path, on_key, {"got": error.instance, "expected": expected})


def identifier(text: str) -> str:
    """The ASCII name nearest to a text: `Hồ sơ` -> `ho_so`."""
    bare = re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")
    return bare if bare[:1].isalpha() else f"x_{bare}".rstrip("_")


def _simple(code: str) -> Callable[[Error, Path, bool], Iterator[Finding]]:
    def found(error: Error, path: Path, on_key: bool) -> Iterator[Finding]:
        yield Finding(code, path, on_key, {"got": error.instance, "bound": error.validator_value})

    return found


def _too_short(error: Error, path: Path, on_key: bool) -> Iterator[Finding]:
    if error.instance == "":
        yield Finding("C110", path, not isinstance(path[-1] if path else 0, int), {"key": path[-1] if path else ""})
    else:
        yield from _simple("C108")(error, path, on_key)


def _twice(error: Error, path: Path, _: bool) -> Iterator[Finding]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            yield Finding("C112", (*path, index), False, {"got": item})


#: A literal registry: what the validator calls it -> how we say it.
_TRANSLATIONS: dict[str, Callable[[Error, Path, bool], Iterator[Finding]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": _simple("C120"),
    "not": _simple("C106"),
    "minLength": _too_short,
    "minItems": _simple("C108"),
    "minProperties": _simple("C108"),
    "maxLength": _simple("C109"),
    "maxItems": _simple("C109"),
    "minimum": _simple("C111"),
    "maximum": _simple("C111"),
    "uniqueItems": _twice,
}
