"""One walk over the YAML events of a file: builds values, notes places, finds every trap. Used by `source` alone.

Events, not the constructor: no tag is ever run, an alias is seen where it stands, and the bounds hold while reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml

from motcua.catalogue import traps
from motcua.catalogue.decoding import hidden_in
from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Path, Place
from motcua.catalogue.syntax import syntax_error

MAX_NODES = 50_000
#: Of one file: who made so many has one cause to look for, not a list to read.
MAX_PROBLEMS = 100

_ENDS_ENTRY = re.compile(r"\s*[,}]")


class _TooMuch(Exception):
    """A bound was passed: nothing more of the file is read."""


@dataclass
class _Frame:
    """A mapping or list that is being filled. `path` is None below something that was refused: walked, but not kept."""

    path: Path | None
    into: dict[str, Any] | list[Any]
    flow: bool
    start: Any
    odd_key: bool = False  # it stands where a key should stand
    key: str | None = None
    key_event: Any = None
    dropped: bool = False  # the pending key was refused: what follows is not kept
    value_event: Any = None  # the last plain value in it

    @property
    def wants_key(self) -> bool:
        return isinstance(self.into, dict) and self.key is None


@dataclass
class Walk:
    file: str
    text: str
    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    _told: set[Place] = field(default_factory=set)
    _frames: list[_Frame] = field(default_factory=list)
    _nodes: int = 0
    _documents: int = 0
    _last: Any = None  # the last scalar event of all

    def __post_init__(self) -> None:
        self.lines = tuple(self.text.split("\n"))

    def run(self) -> bool:
        """Whether the file could be read to its end."""
        self._tabs()
        try:
            for event in yaml.parse(self.text.replace("\t", " "), Loader=yaml.CSafeLoader):
                self._one(event)
        except _TooMuch:
            return False
        except yaml.YAMLError as wrong:
            self._syntax(wrong)
            return False
        if self._documents == 0:
            self._problem("C031", Place(self.file))
        return self._documents > 0

    def _tabs(self) -> None:
        tab = self.text.find("\t")
        if tab >= 0:
            column = tab - self.text.rfind("\n", 0, tab)
            place = Place(self.file, self.text.count("\n", 0, tab) + 1, column)
            self._problem("C008", place, count=self.text.count("\t"))

    def _syntax(self, wrong: yaml.YAMLError) -> None:
        """A syntax error, unless what was told before is its cause: tabs, or something on the same line."""
        opened = next((frame.start for frame in reversed(self._frames) if frame.flow), None)
        found = syntax_error(wrong, self.file, self.lines, self._last, opened)
        told = {problem.place.line for problem in self.problems}
        if not any(problem.code == "C008" for problem in self.problems) and found.place.line not in told:
            self.problems.append(found)

    # -- events --------------------------------------------------------------------------------------------------------

    def _one(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._node(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._node(event)
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: Any) -> None:
        if event.version or event.tags:
            self._problem("C027", Place(self.file))
        self._documents += 1
        if self._documents > 1:
            self._problem("C026", self._place(event))
            raise _TooMuch

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problem("C007", self._place(event), limit=MAX_NODES)
            raise _TooMuch

    def _node(self, event: Any) -> None:
        self._count(event)
        if event.anchor is not None:
            self._problem("C023", self._place(event), sign="&")
        if event.tag is not None:
            self._tag(event)

    def _alias(self, event: Any) -> None:
        self._count(event)
        self._problem("C023", self._place(event), sign="*")
        if self._frames and self._frames[-1].wants_key:
            self._frames[-1].key, self._frames[-1].dropped = "", True
        else:
            self._add(None, event)

    def _tag(self, event: Any) -> None:
        """`!x` is rather a condition than a tag: nobody writes tags by accident."""
        place = self._place(event)
        written = self.lines[place.line - 1][place.column - 1 : place.column - 1 + max(place.length, len(event.tag))]
        if written.startswith(("!!", "!<")) or not isinstance(event, yaml.ScalarEvent):
            self._problem("C024", place, tag=written.split(" ")[0])
        else:
            self._problem("C017", place, condition=written)

    def _open(self, event: Any) -> None:
        if len(self._frames) >= traps.MAX_DEPTH:
            self._problem("C006", self._place(event), limit=traps.MAX_DEPTH)
            raise _TooMuch
        into: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._frames and self._frames[-1].wants_key:
            self._problem("C028", self._place(event))
            self._frames.append(_Frame(None, into, bool(event.flow_style), event.start_mark, odd_key=True))
        else:
            self._frames.append(_Frame(self._add(into, event), into, bool(event.flow_style), event.start_mark))

    def _close(self) -> None:
        if self._frames.pop().odd_key:
            self._frames[-1].key, self._frames[-1].dropped = "", True

    def _scalar(self, event: Any) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.wants_key:
            self._key(event, frame)
        else:
            self._add(self._value(event, frame), event)
        self._last = event

    # -- keys and values -----------------------------------------------------------------------------------------------

    def _key(self, event: Any, frame: _Frame) -> None:
        """Keys are always text. One that stands already is dropped with what it holds."""
        name = self._text(event)
        frame.key, frame.key_event = name, event
        code = self._key_trap(event, name)
        if code is not None:
            self._problem(code, self._place(event), word=name)
        frame.dropped = code in ("C025", "C028")
        if frame.path is None or frame.dropped:
            return
        if name in frame.into:
            first = self.keys[(*frame.path, name)]
            self._problem("C020", self._place(event), key=name, line=first.line, column=first.column)
            frame.dropped = True
        else:
            self.keys[(*frame.path, name)] = self._place(event)

    def _key_trap(self, event: Any, name: str) -> str | None:
        if name == "":
            return "C028"
        if not _is_plain(event):
            return None
        return "C025" if name == "<<" else traps.trap_of(name)

    def _value(self, event: Any, frame: _Frame | None) -> Any:
        if not _is_plain(event):
            return self._text(event)
        code = traps.trap_of(event.value) or self._cut(event, frame)
        if code is not None:
            place = self._place(event)
            meant = (
                traps.entry(self.lines[place.line - 1], place.column - 1) if code in ("C015", "C018") else event.value
            )
            self._problem(code, place, word=traps.whole(self.text, event.start_mark.index) or meant)
            return event.value
        return traps.typed(unicodedata.normalize("NFC", event.value))

    def _text(self, event: Any) -> str:
        """The text of a scalar in NFC; escapes in double quotes must not make what nobody sees."""
        character = hidden_in(event.value) if event.style == '"' else None
        if character is not None:
            self._problem("C004", self._place(event), character=character)
        return unicodedata.normalize("NFC", event.value)

    def _cut(self, event: Any, frame: _Frame | None) -> str | None:
        """Whether a plain value was ended by ` #`, or by a comma in braces."""
        end = event.end_mark
        if event.value and traps.cut_by_comment(event.value, self.text, end.index):
            return "C018"
        if frame is None or not frame.flow:
            return None
        if traps.cut_by_comma(event.value):
            return "C015"
        in_list = isinstance(frame.into, list)
        return "C029" if in_list and traps.decimal_comma(self.text, end.index) else None

    def _add(self, value: Any, event: Any) -> Path | None:
        """Put a value where it belongs; its path, or None where it is not kept."""
        if not self._frames:
            self.data = value
            self.values[()] = self._place(event)
            return ()
        frame = self._frames[-1]
        if isinstance(frame.into, list):
            frame.into.append(value)
            return self._placed(frame, len(frame.into) - 1, event)
        key, frame.key = frame.key or "", None
        if frame.dropped or self._has_no_colon(frame, event):
            return None
        frame.into[key] = value
        frame.value_event = event if isinstance(event, yaml.ScalarEvent) and _is_plain(event) else None
        return self._placed(frame, key, event)

    def _placed(self, frame: _Frame, step: str | int, event: Any) -> Path | None:
        if frame.path is None:
            return None
        path = (*frame.path, step)
        self.values[path] = self._place(event)
        return path

    def _has_no_colon(self, frame: _Frame, event: Any) -> bool:
        """A key in braces without its colon is the tail of a value that a comma cut: `{of: 0,5}`, `{name: Cha, mẹ}`."""
        tail = frame.key_event
        empty = event.start_mark.index == event.end_mark.index
        if not (frame.flow and empty and _ENDS_ENTRY.match(self.text, tail.end_mark.index)):
            return False
        if frame.path is not None:
            self.keys.pop((*frame.path, tail.value), None)
        head = frame.value_event or tail
        decimal = traps.decimal_comma(self.text, tail.start_mark.index - 1)
        word = self.text[head.start_mark.index : tail.end_mark.index]
        self._problem("C029" if decimal else "C015", self._place(head), word=word)
        return True

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        line = min(start.line, len(self.lines) - 1)
        length = end.column - start.column if end.line == start.line else len(self.lines[line].rstrip()) - start.column
        return Place(self.file, line + 1, start.column + 1, max(1, length))

    def _problem(self, code: str, place: Place, **params: Any) -> None:
        """One message per place: what comes second there has the same root."""
        if place not in self._told:
            self._told.add(place)
            self.problems.append(Diagnostic(code, place, params, self.lines[place.line - 1]))
        if len(self.problems) == MAX_PROBLEMS:
            self.problems.append(Diagnostic("C009", place, {"limit": MAX_PROBLEMS}, self.lines[place.line - 1]))
            raise _TooMuch


def _is_plain(event: Any) -> bool:
    return not event.style and event.tag is None
