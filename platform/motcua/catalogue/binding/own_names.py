"""The names that a procedure declares for itself, each used rightly: positions, results, look-ups, bases, arguments.

What any file can be judged by alone is told by `references`; here stands what one procedure and its workflow say of
each other. Called by `procedure`; all mistakes are told, nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from motcua.catalogue.binding.fields import Sketch
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.papers import paper_ids
from motcua.catalogue.binding.shop import Shop
from motcua.catalogue.finding import meant
from motcua.domain.numbering import PARTS
from motcua.domain.text import Text

_ARGUMENT = re.compile(r"\$[a-z][a-z0-9_]*")
_TEMPLATE = re.compile(r"\{([^{}:]*)(?::[^{}]*)?\}")

_POSITION = Text("vị trí", "position")
_PAPER = Text("giấy tờ", "paper")
_RESULT = Text("kết quả", "result")
_STEP = Text("bước", "step")
_BASIS = Text("căn cứ", "legal basis")
_LOOK_UP = Text("câu hỏi", "look-up")
_PARAMETER = Text("tham số", "parameter")
_PAGE = Text("trang hay câu hỏi", "page or look-up")
_PART = Text("phần của mẫu số", "part of a number")


@dataclass(frozen=True)
class Own:
    """What a procedure and its workflow declare."""

    node: Node
    flow: Node
    sketches: tuple[Sketch, ...]
    shop: Shop

    def check(self) -> None:
        self._arguments()
        self._workflow()
        self._papers(self.node.each("papers"))
        for basis in _below(self.node, "basis"):
            _one_of(basis, _ids(self.node.each("legal_bases")), _BASIS)
        for result in self.node.each("results"):
            check_template(result.get("number"))
        for limit in self.node.each("time_limits"):
            _one_of(limit.get("runs_out"), self._steps, _STEP)
        for prefill in _prefills(self.sketches):
            known = {*(s.name for s in self.sketches), "account", *(f"known.{name}" for name in self._look_ups)}
            _one_of(prefill, known, _PAGE)

    @property
    def _steps(self) -> list[str]:
        return [name for name, _ in self.flow.at("steps").items()]

    @property
    def _look_ups(self) -> list[str]:
        return _keys(self.node.get("looks_up"))

    def _workflow(self) -> None:
        papers = paper_ids(self.node.each("papers"), self.shop)
        for step in _children(self.flow.get("steps")):
            for item in step.each("hands_over"):
                _one_of(item if isinstance(item.data, str) else item.get("paper"), papers, _PAPER)
        positions, results = _keys(self.node.get("agencies")), _ids(self.node.each("results"))
        for step in _children(self.flow.get("steps")):
            for word in _words(step.get("at")):
                _one_of(word, positions, _POSITION)
            for action in _children(step.get("actions")):
                for name in action.each("publishes"):
                    _one_of(name, results, _RESULT)
        for interrupt in self.flow.each("interrupts"):
            _one_of(interrupt.get("at"), positions, _POSITION)

    def _papers(self, papers: Iterable[Node]) -> None:
        for raw in papers:
            paper = self.shop.used(raw)
            _one_of(paper.get("skip_if_known"), self._look_ups, _LOOK_UP)
            for way in paper.each("one_of"):
                self._papers(way.each("all_of"))

    def _arguments(self) -> None:
        """What the workflow takes, the procedure gives: everything, and nothing else."""
        uses, takes = self.node.at("workflow"), _keys(self.flow.get("parameters"))
        given = uses.get("with")
        for name in takes:
            if name not in self.flow.given:
                (given or uses).error("C101", key=name)
        for name, argument in given.items() if given else ():
            if name not in takes:
                argument.error("C223", said=_PARAMETER, name=name, **meant(name, takes))
        for value in _leaves(self.flow.at("steps")):
            if _ARGUMENT.fullmatch(value.data) and value.data[1:] not in takes:
                value.error("C223", said=_PARAMETER, name=value.data, **meant(value.data[1:], takes))


def check_template(template: Node | None) -> None:
    """A number's template has only parts that we know."""
    for found in _TEMPLATE.finditer(str(template.data)) if template else ():
        if template is not None and found[1] not in PARTS:
            template.error("C223", said=_PART, name=found[1], **meant(found[1], PARTS))


def _one_of(name: Node | None, declared: Collection[str], said: Text) -> None:
    if name is None or not isinstance(name.data, str) or _ARGUMENT.fullmatch(name.data):
        return
    if name.data not in declared:
        name.error("C223", said=said, name=name.data, **meant(name.data, declared))


def _keys(node: Node | None) -> list[str]:
    return [name for name, _ in node.items()] if node else []


def _children(node: Node | None) -> list[Node]:
    return [child for _, child in node.items()] if node else []


def _ids(nodes: Iterable[Node]) -> list[str]:
    return [str(node.value("id")) for node in nodes]


def _words(node: Node | None) -> Iterator[Node]:
    """A word, or the words of rows."""
    if node is None:
        return
    if not isinstance(node.data, list):
        yield node
    for row in node.elements():
        yield from _words(row.get("is"))
        yield from _words(row.get("else"))


def _below(node: Node, key: str) -> Iterator[Node]:
    """Every value of a key in what stands in this file."""
    for name, child in node.items() if isinstance(node.data, Mapping) else ():
        if name == key:
            yield child
        else:
            yield from _below(child, key)
    for item in node.elements():
        yield from _below(item, key)


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node.data, str):
        yield node
    for _, child in node.items() if isinstance(node.data, Mapping) else ():
        yield from _leaves(child)
    for item in node.elements():
        yield from _leaves(item)


def _prefills(sketches: tuple[Sketch, ...]) -> Iterator[Node]:
    for sketch in sketches:
        found = sketch.node.get("prefill")
        if found is not None:
            yield found
        yield from _prefills(sketch.children)
