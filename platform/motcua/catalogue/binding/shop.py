"""The workshop of one binding: the files at hand, the names that expressions may read, and where mistakes go. Used by all of `binding`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rapidfuzz import process

from motcua.catalogue.binding.node import Node, Reports
from motcua.domain.code_list import CodeList
from motcua.domain.expression import BOOL, Expression, Language, Record, Type


@dataclass
class Shop:
    """`language` is set when the names are known; before that only sketches are made."""

    files: Mapping[str, Any]
    reports: Reports
    lists: Callable[[str], CodeList | None]
    language: Language | None = None
    _nodes: dict[str, Node] = field(default_factory=dict)

    def file(self, name: str) -> Node | None:
        """The root of a catalog file, or None where it is missing or broken (the reader has told)."""
        if name not in self._nodes and self.files.get(name) is not None:
            self._nodes[name] = Node(self.files[name], name, (), self.reports)
        return self._nodes.get(name)

    def used(self, node: Node) -> Node:
        """A node with its `use: papers/x` followed: `papers/x` is in procedures/papers/x.yaml, `checks/x` in procedures/checks/x.yaml."""
        use = node.value("use")
        shared = self.file(f"procedures/{use}.yaml") if isinstance(use, str) else None
        return node.beside(shared, "use") if shared is not None else node

    def code_list(self, name: str) -> CodeList | None:
        return self.lists(name)

    def condition(self, node: Node | None, this: Record | None) -> Expression | None:
        return self.expression(node, BOOL, this)

    def expression(self, node: Node | None, expect: Type | None, this: Record | None = None, **more: Type) -> Expression | None:
        """A compiled expression; a mistake is told at its place and gives None."""
        if node is None or self.language is None:
            return None
        raise NotImplementedError

    @staticmethod
    def meant(word: str, known: Iterable[str]) -> dict[str, str]:
        """The word that was probably meant, for a message: `{"meant": ...}` or nothing."""
        found = process.extractOne(word, list(known), score_cutoff=60)
        return {"meant": found[0]} if found else {}


_ = partial
