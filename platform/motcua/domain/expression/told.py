"""CEL's own complaints, translated into our mistakes. They come as text:
`ERROR: <input>:1:4: undefined field 'nn' ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.domain.expression.functions import MACROS
from motcua.domain.expression.mistakes import Mistake, Wrong, meant, token_at
from motcua.domain.expression.rules import SIGNS, blanked
from motcua.domain.expression.spelling import spelled_wrongly
from motcua.domain.expression.types import BOOL, DATE, DECIMAL, INT, NOTHING, RATE, TEXT, ListOf, Type
from motcua.domain.text import Text

if TYPE_CHECKING:
    from motcua.domain.expression.language import Language

_LINE = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_SYNTAX = {"reserved identifier": Wrong.RESERVED, "invalid int literal": Wrong.TOO_BIG}
_WORDS: dict[str, Type] = {
    "bool": BOOL,
    "int": INT,
    "string": TEXT,
    "google.protobuf.Timestamp": DATE,
    "motcua.Decimal": DECIMAL,
    "motcua.Rate": RATE,
    "dyn": NOTHING,
}


def complaint(raised: RuntimeError) -> str:
    """What CEL says of an expression; any other error of its is ours, and goes on."""
    said = str(raised)
    if "<input>" not in said and "recursion" not in said:
        raise raised
    return said


def syntax_mistakes(text: str, complaint: str, language: Language) -> Iterator[Mistake]:
    """The cause of a complaint about syntax: one mistake, the first thing that is wrong."""
    at, said = _first(text, complaint)
    where = token_at(text, at)
    if "recursion" in complaint:
        yield Mistake(Wrong.TOO_DEEP, 0, len(text))
    elif "has() argument must be" in said:
        yield _bare_has(text, at, language)
    elif (habit := spelled_wrongly(blanked(text))) is not None:
        yield habit
    else:
        code = next((code for words, code in _SYNTAX.items() if words in said), Wrong.SYNTAX)
        word = text[where[0] : where[0] + where[1]].strip() or text.strip()[-10:]
        yield Mistake(code, *where, {"name": word, "text": word})


def _bare_has(text: str, at: int, language: Language) -> Mistake:
    found = re.compile(r"has\s*\(\s*(\w+)").search(text, max(text.rfind("has", 0, at + 1), 0))
    name = found.group(1) if found else ""
    start = found.start(1) if found else at
    known = language.canonical(name) != name if name else False
    return Mistake(Wrong.HAS_BARE_VALUE if known else Wrong.HAS_BARE_NAME, start, len(name) or 1, {"name": name})


def type_mistakes(text: str, complaint: str, language: Language) -> Iterator[Mistake]:
    """Every complaint about types that can be said in our words; if none can, the first one as it is."""
    lines = list(_lines(text, complaint))
    found = [mistake for at, said in lines if (mistake := _type_mistake(text, at, said, language)) is not None]
    if found:
        yield from found
    else:
        at, said = lines[0] if lines else (0, complaint.splitlines()[0])
        yield Mistake(Wrong.TOO_DEEP if "recursion" in said else Wrong.OTHER, *token_at(text, at), {"text": said})


def _type_mistake(text: str, at: int, said: str, language: Language) -> Mistake | None:
    where = token_at(text, at)
    no_field = re.search(r"undefined field '(\w+)' not found in struct '([\w.]+)'", said)
    if no_field:
        name, record = no_field.group(1), language.shapes.named(no_field.group(2))
        hint = meant(name, record.fields) if record else {}
        return Mistake(
            Wrong.NO_FIELD, *where, {"name": name, "of": text[:at].split()[-1] if text[:at].split() else "", **hint}
        )
    overload = re.search(r"no matching overload for '([^']+)' applied to '\((.*)\)'", said)
    if overload and "*error*" not in said:
        name, given = overload.group(1), [_type(part, language) for part in _split(overload.group(2))]
        return _overload(text, where, name, given, language)
    return None


def _overload(text: str, where: tuple[int, int], name: str, given: list[Type | None], language: Language) -> Mistake:
    at, length = where
    names = [of.name if of is not None else Text("?", "?") for of in given]
    if name in ("_==_", "_!=_", "@in") and DECIMAL in given:
        return Mistake(Wrong.DECIMAL_EQUALS, at, length, {"sign": SIGNS[name]})
    if RATE in given:
        return Mistake(Wrong.RATE_USED, at, length, {"sign": SIGNS.get(name, name)})
    if name == "_?_:_":
        return Mistake(Wrong.BRANCHES, at, length, {"condition": names[0], "first": names[1], "second": names[2]})
    if text[at : at + length] in MACROS:
        return Mistake(Wrong.BODY, at, length, {"function": text[at : at + length], "found": names[-1]})
    if name in SIGNS:
        left, right = names[0], names[-1]
        return Mistake(Wrong.OPERANDS, at, length, {"sign": SIGNS[name], "left": left, "right": right})
    return Mistake(
        Wrong.ARGUMENTS, at, length, {"function": name, "given": _list(names), "takes": language.shown(name)}
    )


def _list(names: list[Text]) -> Text:
    return Text(", ".join(n.vi for n in names), ", ".join(n.en or n.vi for n in names))


def _split(types: str) -> list[str]:
    """`int, list(a, b)` at its outer commas."""
    parts, depth = [""], 0
    for sign in types:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _type(cel: str, language: Language) -> Type | None:
    if cel.startswith("list("):
        item = _type(cel[5:-1], language)
        return ListOf(item) if item is not None else ListOf(NOTHING)
    return _WORDS.get(cel) or language.shapes.named(cel)


def _first(text: str, complaint: str) -> tuple[int, str]:
    return next(_lines(text, complaint), (0, complaint))


def _lines(text: str, complaint: str) -> Iterator[tuple[int, str]]:
    """Each complaint with its offset in the text."""
    lines = text.splitlines(keepends=True) or [""]
    for match in _LINE.finditer(complaint):
        line, column = int(match.group(1)), int(match.group(2))
        inside = 1 <= line <= len(lines)
        yield (sum(map(len, lines[: line - 1])) + column - 1 if inside else 0), match.group(3)
