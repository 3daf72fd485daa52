"""A node: a value of a catalog file that knows where it stands, so that a mistake in it can be shown at its place.

A `$ref` or `use` makes one node of two: the shared thing's keys, and the keys that stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from motcua.catalogue.place import Path


class Report(Protocol):
    """Takes the mistakes of one file. `path` leads to the value (or its key) in the file, `span` to a part of its
    text.
    """

    def error(self, code: str, path: Path, /, *, span: tuple[int, int] | None = None, **params: Any) -> None: ...


class Reports(Protocol):
    """The report of each file."""

    def of(self, file: str) -> Report: ...


@dataclass(frozen=True)
class Node:
    """`over` holds children that come from elsewhere; they stand for keys that `data` lacks. `given` are the
    arguments of a workflow: a value `$x` below is the node that `with` gave for `x`.
    """

    data: Any
    file: str
    path: Path
    reports: Reports
    over: Mapping[str, Node] = field(default_factory=dict)
    given: Mapping[str, Node] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        return self.reports.of(self.file)

    def error(self, code: str, /, *, span: tuple[int, int] | None = None, **params: Any) -> None:
        self.report.error(code, self.path, span=span, **params)

    def __contains__(self, key: str) -> bool:
        return key in self.over or (isinstance(self.data, Mapping) and key in self.data)

    def get(self, key: str) -> Node | None:
        if isinstance(self.data, Mapping) and key in self.data:
            return self._child(key)
        return self.over.get(key)

    def value(self, key: str, default: Any = None) -> Any:
        """The plain value of a key, or the default; only for scalars and plain lists."""
        child = self.get(key)
        return default if child is None else child.data

    def at(self, key: str) -> Node:
        """The child at a key that stands there (the shape was checked)."""
        child = self.get(key)
        if child is None:
            raise KeyError(key)
        return child

    def items(self) -> Iterator[tuple[str, Node]]:
        """Children of a mapping: those of the shared thing first, then what is added beside it, as written."""
        own = self.data if isinstance(self.data, Mapping) else {}
        yield from ((key, node) for key, node in self.over.items() if key not in own)
        for key in own:
            yield str(key), self._child(key)

    def each(self, key: str) -> list[Node]:
        """The items of a list at a key; empty where the key is missing."""
        child = self.get(key)
        return child.elements() if child else []

    def elements(self) -> list[Node]:
        if not isinstance(self.data, list):
            return []
        return [self._below(item, number) for number, item in enumerate(self.data)]

    def _child(self, key: str) -> Node:
        return self._below(self.data[key], key)

    def _below(self, value: Any, step: str | int) -> Node:
        if isinstance(value, str) and value.startswith("$") and value[1:] in self.given:
            return self.given[value[1:]]
        return Node(value, self.file, (*self.path, step), self.reports, given=self.given)

    def plain(self) -> Any:
        """The whole value with what came from elsewhere, as plain data."""
        if isinstance(self.data, Mapping):
            return {key: child.plain() for key, child in self.items()}
        if isinstance(self.data, list):
            return [item.plain() for item in self.elements()]
        return self.data

    def beside(self, shared: Node, drop: str) -> Node:
        """The shared thing with the keys that stand beside `drop` (a `$ref`, a `use`) added. A key said in both is a
        mistake (C501).
        """
        own = {key: value for key, value in self.data.items() if key != drop}
        over: dict[str, Node] = {}
        for key, child in shared.items():
            if key not in own:
                over[key] = child
            elif key == "properties":
                more = own.pop(key)
                over[key] = Node({drop: None} | more, self.file, (*self.path, key), self.reports).beside(child, drop)
            elif key == "required":
                over[key] = Node([*child.data, *own.pop(key)], self.file, (*self.path, key), self.reports)
            elif own[key] != child.plain():
                self._child(key).error("C501", key=key, shared=shared.file)
        return Node(own, self.file, self.path, self.reports, over, self.given)
