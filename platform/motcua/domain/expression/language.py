"""The language of conditions and values: names with their types, and functions. The one place where expressions are
compiled.

An expression is type-checked against records built from the names (so a wrong field is an editor's mistake), and its
checked tree then
runs over plain dicts (so an absent answer is an error). With a cache, a tree that was checked before is taken as it is.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

from motcua.domain.expression import guards
from motcua.domain.expression.compiled import Expression
from motcua.domain.expression.functions import LIBRARY, Function
from motcua.domain.expression.mistakes import BadExpression, Mistake, Wrong
from motcua.domain.expression.plan import steps
from motcua.domain.expression.reads import path
from motcua.domain.expression.rules import checked_mistakes, mentioned, parsed_mistakes, result_mistake
from motcua.domain.expression.runtime import Runtime, checking
from motcua.domain.expression.told import complaint, syntax_mistakes, type_mistakes
from motcua.domain.expression.tree import Call, Node, Tree, checked, parsed
from motcua.domain.expression.types import BOOL, NOTHING, Record, Type, at, fits
from motcua.domain.expression.wire import Shapes
from motcua.domain.text import Text

_LONGEST = 4_000  # characters; the compiler has no limit of time or memory
_OWN = (
    "_children",
    "described",
    "_env",
    "_signature",
    "functions",
    "paths",
)  # what a language with other names works out anew
_VERSION = "1"  # of what is in the cache: change it with the functions' meaning or the form of the tree


class CompiledCache(Protocol):
    """Checked trees by key, across restarts. What it gives back must be what it was given."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, compiled: bytes) -> None: ...


class Language:
    """`names` are what an expression may read; the record `value` gives its fields as bare names too, if no other name
    is in the way."""

    def __init__(
        self, names: Mapping[str, Type], functions: Iterable[Function] = (), *, cache: CompiledCache | None = None
    ) -> None:
        self.names: Mapping[str, Type] = {k: of for k, of in names.items() if k != "value"}
        self.shapes = Shapes()
        self._cache = cache
        self._values = frozenset[str]()
        self.broken = frozenset[str]()
        self._all: tuple[Function, ...] = (*LIBRARY, *functions)
        self.runtime = Runtime(self._all)
        values = names.get("value")
        if isinstance(values, Record):
            self._add_values(values.fields)

    def _add_values(self, values: Mapping[str, Type]) -> None:
        known = self.names.get("value")
        record = Record({**(known.fields if isinstance(known, Record) else {}), **values})
        bare = {name: of for name, of in values.items() if name not in self.names}
        self.names = {**self.names, **bare, "value": record}
        self._values |= bare.keys()

    def with_(self, **names: Type) -> Language:
        """The same language with more names (a row called `t`, `this`), which stand before others of the same name."""
        if all(self.names.get(name) == of for name, of in names.items()):
            return self
        key = tuple(sorted(names.items()))
        if key not in self._children:
            inner = self._copy()
            inner.names = {**self.names, **names}
            inner._values = self._values - names.keys()
            self._children[key] = inner
        return self._children[key]

    def extended(
        self,
        values: Mapping[str, Type] | None = None,
        functions: Iterable[Function] = (),
        broken: Iterable[str] = (),
    ) -> Language:
        """The same language that also knows these named values and functions. What is `broken` was told where it
        stands: an expression that needs it does not compile, and says nothing of it."""
        inner = self._copy()
        inner.broken = self.broken | (frozenset(broken) - self.names.keys() - self.functions.keys())
        added = tuple(functions)
        if added:
            inner._all = (*self._all, *added)
            inner.runtime = Runtime(inner._all)
        if values:
            inner._add_values(values)
        return inner

    def _copy(self) -> Language:
        inner = copy.copy(self)
        for key in _OWN:
            inner.__dict__.pop(key, None)
        return inner

    @cached_property
    def functions(self) -> Mapping[str, tuple[Function, ...]]:
        """Every function with its overloads."""
        return {f.name: tuple(g for g in self._all if g.name == f.name) for f in self._all}

    @cached_property
    def _children(self) -> dict[tuple[tuple[str, Type], ...], Language]:
        return {}

    def mentions(self, text: str) -> set[str]:
        """Names and functions that a text would read as an expression, of values those after `value.` too; none where
        it is not one."""
        try:
            tree = parsed(self._env.compile(text, disable_check=True).serialize())
        except RuntimeError:
            return set()
        return set(mentioned(tree))

    def type_at(self, where: str) -> Type | None:
        """The type at a dotted path, or None."""
        first, *rest = steps(where)
        found = self.names.get(first)
        for step in rest:
            found = at(found, step)
        return found

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every dotted path below the names, for proposals."""
        return tuple(_below("", Record(self.names)))

    def canonical(self, where: str) -> str:
        """A path with a value's bare name written out: `dung_han` -> `value.dung_han`."""
        return f"value.{where}" if steps(where)[0] in self._values else where

    def reads_of(self, function: str) -> frozenset[str]:
        return frozenset().union(*(f.reads for f in self.functions.get(function, ())))

    def shown(self, function: str) -> Text:
        """How a function is called, for people: `days(ngày, ngày)`."""
        ways = self.functions.get(function, ())
        return Text(
            " | ".join(f"{function}({', '.join(t.name.vi for t in f.takes)})" for f in ways) or function,
            " | ".join(f"{function}({', '.join(t.name.en or '' for t in f.takes)})" for f in ways) or function,
        )

    def overload(self, call: Call, tree: Tree) -> Function | None:
        """Which overload a checked call means."""
        given = [tree.type(arg) or NOTHING for arg in call.args]
        for function in self.functions.get(call.function, ()):
            if len(given) == len(function.takes) and all(map(fits, function.takes, given)):
                return function
        return None

    def compile(self, text: str, expect: Type | tuple[Type, ...] | None = None) -> Expression:
        """An expression of one of the expected types (any of ours, where none is). Raises BadExpression with every
        mistake."""
        wanted = (expect,) if expect is not None and not isinstance(expect, tuple) else expect or ()
        key = self._key(text, wanted) if self._cache is not None else ""
        known = self._cache.get(key) if self._cache is not None else None
        if known is not None and wanted == (BOOL,):
            return Expression(text, BOOL, known, self)
        serialised = known if known is not None else self._compiled(text)
        found = self._result(checked(serialised, self.described))
        if found is None or (wanted and not any(fits(one, found) for one in wanted)):
            raise BadExpression(text, [result_mistake(text, found, wanted)])
        if known is None and self._cache is not None:
            self._cache.put(key, serialised)
        return Expression(text, found, serialised, self)

    def _compiled(self, text: str) -> bytes:
        if len(text) > _LONGEST:
            raise BadExpression(text, [Mistake(Wrong.TOO_LONG, 0, len(text), {"limit": _LONGEST})])
        if not text.strip():
            raise BadExpression(text, [Mistake(Wrong.EMPTY, 0, len(text) or 1)])
        env = self._env
        try:
            bare = parsed(env.compile(text, disable_check=True).serialize())
        except RuntimeError as no:
            raise BadExpression(text, syntax_mistakes(text, complaint(no), self)) from None
        self._raise(text, parsed_mistakes(text, bare, self))
        if self.broken.intersection(mentioned(bare)):
            raise BadExpression(text, [])
        try:
            serialised: bytes = env.compile(text).serialize()
        except RuntimeError as no:
            raise BadExpression(text, type_mistakes(text, complaint(no), self)) from None
        self._raise(text, checked_mistakes(text, checked(serialised, self.shapes), self))
        return guards.written_out(serialised)

    @staticmethod
    def _raise(text: str, mistakes: Iterable[Mistake]) -> None:
        found = list(mistakes)
        if found:
            raise BadExpression(text, found)

    def _result(self, tree: Tree) -> Type | None:
        """The type of the whole; CEL does not tell a moment from a date, or a choice from a text, where a plain path is
        read."""
        return self._declared(tree.root) or tree.type(tree.root)

    def _declared(self, node: Node) -> Type | None:
        """The type that the names give a path, or both branches of a choice between two."""
        if isinstance(node, Call) and node.function == "_?_:_":
            first, second = map(self._declared, node.args[1:])
            return first if first == second else None
        where = path(node, {})
        return self.type_at(where) if where is not None else None

    @cached_property
    def described(self) -> Shapes:
        """The shapes, with every record that a tree may mention."""
        for of in (*self.names.values(), *(f.gives for f in self._all)):
            self.shapes.describe(of)
        return self.shapes

    @cached_property
    def _env(self) -> Any:
        return checking(self.names, self._all, self.shapes)

    @cached_property
    def _signature(self) -> str:
        names = ",".join(f"{name}:{of}" for name, of in sorted(self.names.items()))
        return "\n".join([_VERSION, names, *(f.signature for f in self._all)])

    def _key(self, text: str, wanted: tuple[Type, ...]) -> str:
        return hashlib.sha256("\0".join([self._signature, text, *map(str, wanted)]).encode()).hexdigest()


def _below(prefix: str, of: Type) -> Iterator[str]:
    if isinstance(of, Record):
        for name, inner in of.fields.items():
            yield f"{prefix}{name}"
            yield from _below(f"{prefix}{name}.", inner)
