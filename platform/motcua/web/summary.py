"""The lines of an error summary: the words that stand at a control, and where it is. Called by citizen pages."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.domain.problems import Problem
from motcua.web.controls import Wrong, anchor
from motcua.web.forms import Group, Node
from motcua.web.language import language


def wrong_lines(hung: Iterable[tuple[Node, Problem]]) -> list[Wrong]:
    """What `PageForm.show_problems` hung, as the summary says it: the same words."""
    return [Wrong(anchor_of(node), problem.message(language())) for node, problem in hung]


def anchor_of(node: Node) -> str:
    """The first thing to fill in; a group itself can be stepped on."""
    return node.name if isinstance(node, Group) else anchor(node)


def title_of(node: Node) -> str:
    return node.field.title.in_(language()) if isinstance(node, Group) else str(node.label.text)
