"""The workshop of one binding: the files at hand, the names that expressions may read, and where mistakes go. Used by
all of `binding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from motcua.catalogue.binding import sums
from motcua.catalogue.binding.dates import read_windows
from motcua.catalogue.binding.lists import bind_list
from motcua.catalogue.binding.node import Node, Reports
from motcua.domain.code_list import CodeList
from motcua.domain.expression import BOOL, BadExpression, Expression, Language, Record, Type
from motcua.domain.rows import Rows
from motcua.domain.time_limit import Amount
from motcua.domain.window import Window

T = TypeVar("T")


@dataclass
class Files:
    """The parsed files of one edition, as nodes; code lists bound once."""

    data: Mapping[str, Any]
    reports: Reports
    _nodes: dict[str, Node] = field(default_factory=dict)
    _lists: dict[str, CodeList | None] = field(default_factory=dict)

    def file(self, name: str) -> Node | None:
        """The root of a catalog file, or None where it is missing or broken (the reader has told)."""
        if name not in self._nodes and self.data.get(name) is not None:
            self._nodes[name] = Node(self.data[name], name, (), self.reports)
        return self._nodes.get(name)

    def code_list(self, name: str) -> CodeList | None:
        """`lists/xa` is in forms/lists/xa.yaml."""
        if name not in self._lists:
            node = self.file(f"forms/{name}.yaml")
            self._lists[name] = bind_list(node, name.rpartition("/")[2]) if node is not None else None
        return self._lists[name]


@dataclass(frozen=True)
class Shop:
    """`language` is set when the names are known; before that only sketches are made."""

    files: Files
    language: Language | None = None

    def file(self, name: str) -> Node | None:
        return self.files.file(name)

    def code_list(self, name: str) -> CodeList | None:
        return self.files.code_list(name)

    def with_(self, **names: Type) -> Shop:
        """The same shop where expressions may read more names."""
        return replace(self, language=self.language.with_(**names)) if self.language else self

    def used(self, node: Node) -> Node:
        """A node with its `use` followed: `papers/x` is in procedures/papers/x.yaml, `checks/x` in
        procedures/checks/x.yaml.
        """
        use = node.value("use")
        shared = self.file(f"procedures/{use}.yaml") if isinstance(use, str) else None
        return node.beside(shared, "use") if shared is not None else node

    # ---- expressions ----

    def condition(self, node: Node | None, this: Record | None = None) -> Expression | None:
        return self.expression(node, BOOL, this)

    def expression(self, node: Node | None, expect: Type | None, this: Record | None = None) -> Expression | None:
        """A compiled expression; mistakes are told at their place in its text and give None."""
        if node is None or self.language is None:
            return None
        language = self.language.with_(this=this) if this is not None else self.language
        text = {True: "true", False: "false"}.get(node.data, node.data) if isinstance(node.data, bool) else node.data
        try:
            return language.compile(str(text), expect)
        except BadExpression as bad:
            for mistake in bad.mistakes:
                node.error(mistake.code, span=(mistake.at, mistake.at + mistake.length), **mistake.params)
            return None

    # ---- values of a key's type ----

    def rows(
        self, node: Node | None, item: Callable[[Node, Shop], T | None], beside: Node | None = None
    ) -> Rows[T] | None:
        """A value, or rows of values, each read by `item`. `beside` is the node in which it stands, for its
        `dated_by`.
        """
        if node is None:
            return None
        return sums.bind_rows(node, self, lambda child: item(child, self), sums.dated_by(beside, self))

    def words(self, node: Node | None) -> Rows[str] | None:
        """A word or rows of words. That each of them leads somewhere is the reader's to tell (`references`)."""
        return self.rows(node, lambda item, _: str(item.data))

    def amounts(self, node: Node | None) -> Rows[Amount] | None:
        return self.rows(node, lambda item, _: self.amount(item))

    def amount(self, node: Node | None) -> Amount | None:
        """An amount of time, such as `5 ngày làm việc`."""
        if node is None:
            return None
        try:
            return Amount.parse(str(node.data))
        except ValueError:
            node.error("C508", value=str(node.data))
            return None

    def windows(self, node: Node | None) -> tuple[Window, ...]:
        """`in_force` of anything."""
        return read_windows(node)
