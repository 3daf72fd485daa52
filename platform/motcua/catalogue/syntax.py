"""What a YAML syntax error means in words that help: the parser's phrase and the line it points at, to one code.

Used by `walk`.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from motcua.catalogue import traps
from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Place

#: A key and the beginning of its value: `when: ` in `- when: a ? b : c`.
_KEY_THEN_VALUE = re.compile(r"[\s-]*[^\s:#][^:#]*:[ ]+(?=\S)")

#: The parser's phrase -> our code, where the phrase alone decides. Tried in this order.
_PHRASES = (
    ("found unknown escape character", "C032"),
    ("did not find expected hexdecimal number", "C032"),
    ("found invalid Unicode character escape code", "C032"),
    ("found unexpected end of stream", "C011"),
    ("found unexpected document indicator", "C011"),
    ("could not find expected ':'", "C033"),
    ("found undefined tag handle", "C024"),
    ("exceeded", "C006"),
    ("directive", "C027"),
    ("YAML document", "C027"),
)
_BAD_BEGINNINGS = ("cannot start any token", "node content", "are not allowed")
_CONTEXTS = (
    ("while scanning an alias", "C023"),
    ("while scanning an anchor", "C023"),
    ("while scanning a tag", "C017"),
    ("while scanning a block scalar", "C016"),
    ("while scanning a %", "C027"),
    ("while scanning a directive", "C027"),
)


def syntax_error(wrong: yaml.YAMLError, file: str, lines: tuple[str, ...], last: Any, opened: Any) -> Diagnostic:
    """`last` is the last scalar event before the error, `opened` where the innermost bracket stands, or None."""
    return _Error(wrong, file, lines, last, opened).diagnostic()


class _Error:
    def __init__(self, wrong: yaml.YAMLError, file: str, lines: tuple[str, ...], last: Any, opened: Any) -> None:
        self.file, self.lines, self.last, self.opened = file, lines, last, opened
        self.problem = str(getattr(wrong, "problem", None) or wrong)
        self.context = str(getattr(wrong, "context", None) or "")
        self.mark: Any = getattr(wrong, "problem_mark", None)
        self.start: Any = getattr(wrong, "context_mark", None) or self.mark

    def diagnostic(self) -> Diagnostic:
        for phrase, code in _PHRASES:
            if phrase in self.problem:
                return self._at(self.start if code != "C032" else self.mark, code)
        for phrase, code in _CONTEXTS:
            if phrase in self.context:
                return self._at(self.start, code)
        return self._by_line()

    def _by_line(self) -> Diagnostic:
        if self.mark is None:
            return self._at(None, "C010", reason=self.problem)
        if "mapping values are not allowed" in self.problem:
            return self._second_colon()
        if self.opened is not None and self.mark.line >= len(self.lines) - 1 and not self._line(self.mark).strip():
            return self._at(self.opened, "C012")
        if "expected ',' or" in self.problem:
            return self._in_brackets()
        if self._line(self.mark)[self.mark.column : self.mark.column + 1] in ("]", "}"):
            return self._at(self.mark, "C034")
        if any(phrase in self.problem for phrase in _BAD_BEGINNINGS):
            return self._at(self.mark, "C016")
        if "did not find expected key" in self.problem or "expected '-' indicator" in self.problem:
            return self._unaligned()
        return self._at(self.mark, "C010", reason=self.problem)

    def _second_colon(self) -> Diagnostic:
        """A colon inside a value, or a line that is indented under a value."""
        line = self._line(self.mark)
        head = _KEY_THEN_VALUE.match(line)
        if head is None or head.end() > self.mark.column:
            return self._indent()
        return self._diagnostic("C014", head.end(), len(line.rstrip()) - head.end(), word=line[head.end() :].rstrip())

    def _in_brackets(self) -> Diagnostic:
        """A bracket that nobody closes, so that a value ran into the next line; or a value that holds what ends it."""
        line, last = self._line(self.mark), self.last
        rest = line[self.mark.column :]
        if last is not None and last.style and last.start_mark.line < last.end_mark.line == self.mark.line:
            return self._at(last.start_mark, "C011")
        here = last is not None and last.start_mark.line == self.mark.line
        if not here or not rest.strip() or rest[0] in "]}" or (rest[0] == ":" and self.mark.line > self.start.line):
            return self._at(self.start, "C012")
        column = last.start_mark.column
        return self._diagnostic("C015", column, self.mark.column - column + 1, word=traps.entry(line, column))

    def _unaligned(self) -> Diagnostic:
        """Text after a closing quote, or a line whose indentation fits nowhere."""
        last = self.last
        if last is not None and last.style in ("'", '"') and last.end_mark.line == self.mark.line:
            if last.start_mark.line < last.end_mark.line:
                return self._at(last.start_mark, "C011")
            column = last.start_mark.column
            return self._diagnostic("C019", column, len(self._line(self.mark).rstrip()) - column)
        return self._indent()

    def _indent(self) -> Diagnostic:
        line = self._line(self.mark)
        column = len(line) - len(line.lstrip())
        return self._diagnostic("C013", column, len(line.strip()))

    def _line(self, mark: Any) -> str:
        return self.lines[mark.line] if mark is not None and mark.line < len(self.lines) else ""

    def _at(self, mark: Any, code: str, **params: str) -> Diagnostic:
        if mark is None:
            return Diagnostic(code, Place(self.file), params)
        line = self._line(mark)
        here = line[mark.column :]
        shown = {"sign": here[:1]}
        if code == "C006":
            params["limit"] = str(traps.MAX_DEPTH)
        if code in ("C017", "C024"):
            shown = {"condition": traps.entry(line, mark.column), "tag": here.split(" ")[0]}
        place = Place(self.file, min(mark.line, len(self.lines) - 1) + 1, mark.column + 1)
        return Diagnostic(code, place, shown | params, line)

    def _diagnostic(self, code: str, column: int, length: int, **params: str) -> Diagnostic:
        place = Place(self.file, self.mark.line + 1, column + 1, max(1, length))
        return Diagnostic(code, place, params, self._line(self.mark))
