"""What our language asks of an expression beyond CEL: known names, only our functions, nothing that could round,
readable literals.

`parsed_mistakes` looks at the bare tree, so that a wrong name is told in its place; `checked_mistakes` at the typed
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.domain.expression.functions import MACROS, OWN
from motcua.domain.expression.mistakes import Mistake, Wrong, meant, token_at
from motcua.domain.expression.reads import Scope, path, within
from motcua.domain.expression.tree import Call, Items, Literal, Loop, Name, Node, Other, Select, Tree, children
from motcua.domain.expression.types import DATE, DECIMAL, MOMENT, NOTHING, RATE, Choice, ListOf, Record, Type
from motcua.domain.money import Doubtful
from motcua.domain.text import Text

if TYPE_CHECKING:
    from motcua.domain.expression.language import Language

#: Operators as an editor writes them.
SIGNS = {
    "_&&_": "&&", "_||_": "||", "!_": "!", "-_": "-", "_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">",
    "_>=_": ">=", "_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%", "@in": "in", "_[_]": "[]", "_?_:_": "? :",
}  # fmt: skip
_UNEQUAL = {str(DECIMAL): Wrong.DECIMAL_EQUALS, str(RATE): Wrong.RATE_USED}  # what `==` must not compare
_STRINGS = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")


def scoped(node: Node, scope: Scope) -> Iterator[tuple[Node, Scope]]:
    """Every node with the loop variables around it."""
    yield node, scope
    for child in children(node):
        inside = isinstance(node, Loop) and child is not node.over
        yield from scoped(child, within(node, scope) if inside and isinstance(node, Loop) else scope)


def blanked(text: str) -> str:
    """The text with what stands in quotes made blank, places kept."""
    return _STRINGS.sub(lambda m: m.group(0)[0] + " " * (len(m.group(0)) - 2) + m.group(0)[-1], text)


def mentioned(tree: Tree) -> Iterator[str]:
    """The names and functions in a bare tree; of values also those after `value.`."""
    for node, scope in scoped(tree.root, {}):
        match node:
            case Name() if node.name not in scope:
                yield node.name
            case Select(of=Name(name="value")):
                yield node.field
            case Call() if node.function.isidentifier():
                yield node.function


def parsed_mistakes(text: str, tree: Tree, language: Language) -> Iterator[Mistake]:
    comment = blanked(text).find("//")
    if comment >= 0:
        yield Mistake(Wrong.COMMENT, comment, 2)
    for node, scope in scoped(tree.root, {}):
        match node:
            case Name():
                if not any(node.name in known for known in (scope, language.names, language.broken)):
                    yield _no_name(node, language)
            case Select():
                yield from _field(text, node, scope, language)
            case Call():
                yield from _function(text, node, language)
                yield from _date_sum(node, scope, language)
            case Literal(kind="float"):
                yield Mistake(Wrong.POINT_NUMBER, *_number_at(text, node.at))
            case Literal(kind="null" | "bytes") | Other():
                at, length = token_at(text, node.at)
                yield Mistake(Wrong.NOT_OURS, at, length, {"text": text[at : at + length]})


def _number_at(text: str, at: int) -> tuple[int, int]:
    found = re.match(r"[\d.eE]+", text[at:])
    return at, len(found.group()) if found else 1


def _no_name(node: Name, language: Language) -> Mistake:
    elsewhere = next((p for p in language.paths if p.rpartition(".")[2] == node.name), None)
    hint = {"meant": elsewhere} if elsewhere else meant(node.name, language.names)
    return Mistake(Wrong.NO_NAME, node.at, len(node.name), {"name": node.name, **hint})


def _field(text: str, node: Select, scope: Scope, language: Language) -> Iterator[Mistake]:
    of = path(node.of, scope)
    record = language.type_at(of) if of is not None else None
    broken = of == "value" and node.field in language.broken
    if isinstance(record, Record) and node.field not in record.fields and not broken:
        yield Mistake(
            Wrong.NO_FIELD,
            *field_at(text, node.at, node.field),
            {"name": node.field, "of": str(of).replace("[]", ""), **meant(node.field, record.fields)},
        )


def field_at(text: str, at: int, name: str) -> tuple[int, int]:
    """The place of a field's name, from the place of its point (or of `has(`)."""
    found = re.compile(rf"\.\s*({re.escape(name)})\b").search(text, at)
    return (found.start(1), len(name)) if found else (at, 1)


def _function(text: str, node: Call, language: Language) -> Iterator[Mistake]:
    name = node.function
    if name in ("_/_", "_%_"):
        yield Mistake(Wrong.DIVIDES, node.at, 1, {"sign": SIGNS[name]})
    elif not any(name in known for known in (SIGNS, OWN, language.functions, language.broken)):
        known = [*language.functions, *OWN, *MACROS]
        yield Mistake(Wrong.NO_FUNCTION, *token_at(text, node.at), {"name": name, **meant(name, known)})


def _date_sum(node: Call, scope: Scope, language: Language) -> Iterator[Mistake]:
    """Dates are counted by functions: CEL's own difference is a duration, which is not part of the language."""
    if node.function in ("_+_", "_-_"):
        kinds = [_kind(arg, scope, language) for arg in node.args]
        if DATE in kinds or MOMENT in kinds:
            yield Mistake(Wrong.DATE_SUM, node.at, 1, {"sign": SIGNS[node.function]})


def _kind(node: Node, scope: Scope, language: Language) -> Type | None:
    """What a bare node is sure to be."""
    if isinstance(node, Call) and node.function in language.functions:
        return language.functions[node.function][0].gives
    where = path(node, scope)
    return language.type_at(where) if where is not None else None


def checked_mistakes(text: str, tree: Tree, language: Language) -> Iterator[Mistake]:
    for node, scope in scoped(tree.root, {}):
        match node:
            case Items(items=(_, *_)):
                kind = tree.type(node)
                if isinstance(kind, ListOf) and kind.item == NOTHING:
                    yield Mistake(Wrong.MIXED_LIST, node.at, 1)
            case Call(function="_==_" | "_!=_" | "@in"):
                yield from _equality(node, tree)
                yield from _words(node, scope, language)
            case Call(function="matches"):
                yield from _pattern(node)
            case Call():
                yield from _literals(text, node, tree, language)


def _equality(node: Call, tree: Tree) -> Iterator[Mistake]:
    sign = SIGNS[node.function]
    for kind in map(tree.type, node.args):
        inner = kind.item if isinstance(kind, ListOf) else kind
        code = _UNEQUAL.get(str(inner), Wrong.GROUP_EQUALS if isinstance(inner, Record) else None)
        if code is not None:
            yield Mistake(code, node.at, len(sign), {"sign": sign})
            return


def _words(node: Call, scope: Scope, language: Language) -> Iterator[Mistake]:
    """A word compared with a choice that has no such word."""
    one, other = node.args
    for asked, said in ((one, other), (other, one)):
        where = path(asked, scope)
        kind = language.type_at(where) if where is not None else None
        if isinstance(kind, ListOf):
            kind = kind.item
        for literal in said.items if isinstance(said, Items) else (said,):
            if isinstance(kind, Choice) and isinstance(literal, Literal) and literal.value not in kind.words:
                yield _no_word(literal, kind, where or "")


def _no_word(literal: Literal, kind: Choice, of: str) -> Mistake:
    word = str(literal.value)
    return Mistake(Wrong.NO_WORD, literal.at, len(word) + 2, {"name": word, "of": of, **meant(word, kind.words)})


def _pattern(node: Call) -> Iterator[Mistake]:
    pattern = node.args[-1]
    if isinstance(pattern, Literal):
        try:
            re.compile(str(pattern.value))
        except re.error:
            said = str(pattern.value)
            params = {"function": "matches", "text": said, "example": 'x.matches("^[0-9]{9}$")'}
            yield Mistake(Wrong.LITERAL, pattern.at, len(said) + 2, params)


def _literals(text: str, node: Call, tree: Tree, language: Language) -> Iterator[Mistake]:
    function = language.overload(node, tree)
    if function is None:
        return
    for number, (arg, takes) in enumerate(zip(node.args, function.takes, strict=False)):
        if isinstance(takes, Choice) and isinstance(arg, Literal) and arg.value not in takes.words:
            yield _no_word(arg, takes, function.name)
        read = function.literal.get(number)
        if read is None:
            continue
        if not isinstance(arg, Literal):
            yield Mistake(
                Wrong.NOT_LITERAL, *token_at(text, node.at), {"function": function.name, "example": function.example}
            )
            continue
        try:
            read(str(arg.value))
        except Doubtful as doubt:
            params = {"text": doubt.text, "first": doubt.first, "second": doubt.second}
            yield Mistake(Wrong.DOUBTFUL, arg.at, len(str(arg.value)) + 2, params)
        except ValueError:
            params = {"function": function.name, "text": str(arg.value), "example": function.example}
            yield Mistake(Wrong.LITERAL, arg.at, len(str(arg.value)) + 2, params)


def result_mistake(text: str, found: Type | None, expected: tuple[Type, ...]) -> Mistake:
    """The whole has another type than its place needs."""
    wanted = expected[0].name if expected else Text("giá trị dùng được", "a usable value")
    return Mistake(Wrong.RESULT, 0, len(text), {"expected": wanted, "found": found.name if found else Text("?", "?")})
