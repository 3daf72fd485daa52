"""A catalog folder read whole: every file parsed and shaped, every reference resolved, every mistake collected.

Called by `check` and by `publishing`. A broken file poisons only the procedures that are made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua.catalogue import place
from motcua.catalogue.diagnostic import Diagnostic, Severity
from motcua.catalogue.files import read_files
from motcua.catalogue.kinds import kind_of
from motcua.catalogue.references import Catalog, references
from motcua.catalogue.shape import shape
from motcua.catalogue.source import Source, parse
from motcua.catalogue.uses import uses


@dataclass(frozen=True)
class Reading:
    """`files` are those that could be opened, by their path from the root; `diagnostics` are of all files."""

    files: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The parsed data of every file that could be read to its end."""
        return {file: source.data for file, source in self.files.items() if source.data is not None}

    @cached_property
    def procedures(self) -> tuple[str, ...]:
        """The files of all procedures, broken or not."""
        return tuple(file for file in self.files if kind_of(file) == "procedure")

    def made_of(self, procedure: str) -> frozenset[str]:
        """The files that a procedure is made of, those too that are missing or cannot be read."""
        found, open_ = {procedure}, [procedure]
        while open_:
            file = open_.pop()
            named = uses(kind_of(file) or "", self.data[file], self.data) if file in self.data else []
            for use in named:
                if use.target not in found:
                    found.add(use.target)
                    open_.append(use.target)
        return frozenset(found)

    def closure(self, procedure: str) -> dict[str, Any]:
        """The data of every file that a procedure is made of, by path: what an edition is the hash of."""
        return {file: self.data[file] for file in sorted(self.made_of(procedure)) if file in self.data}

    def broken(self, procedure: str) -> tuple[Diagnostic, ...]:
        """The errors in what a procedure is made of; none where it may go live."""
        files = self.made_of(procedure)
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR and d.place.file in files)

    def with_(self, more: Iterable[Diagnostic]) -> Reading:
        """With the mistakes of a later stage; one at a place of which an earlier stage has told says nothing new."""
        return Reading(self.files, (*self.diagnostics, *_new(more, self.diagnostics)))

    def findings(self) -> Findings:
        """A place for later stages to tell mistakes in: see `Findings`."""
        return Findings(self.files)


@dataclass
class Findings:
    """Collects the mistakes that a stage tells by file and path, and finds their places."""

    files: Mapping[str, Source]
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def of(self, file: str) -> FileFindings:
        return FileFindings(file, self)


@dataclass(frozen=True)
class FileFindings:
    file: str
    all: Findings

    def error(self, code: str, path: place.Path, /, *, span: tuple[int, int] | None = None, **params: Any) -> None:
        """A mistake in the value at a path, or in a part of its text: from, and up to, a character."""
        source = self.all.files.get(self.file)
        if source is None:
            self.all.diagnostics.append(Diagnostic(code, place.Place(self.file), params))
        else:
            self.all.diagnostics.append(source.diagnostic(code, source.value_place(path, span), **params))


def read(root: Path, only: Collection[str] | None = None) -> Reading:
    """Read `procedures/`, `forms/`, `workflows/` below a root, or only the files named; never raises for content."""
    files: dict[str, Source] = {}
    found: list[Diagnostic] = []
    for file, raw in read_files(root):
        if only is not None and file not in only:
            continue
        if isinstance(raw, Diagnostic):
            found.append(raw)
            continue
        files[file] = parse(raw, file)
        found += files[file].problems
    reading = Reading(files, tuple(found))
    shaped = [d for file, data in reading.data.items() for d in shape(files[file], kind_of(file) or "")]
    reading = reading.with_(shaped)
    return reading.with_(_references(reading, {d.place.file for d in shaped}))


def _references(reading: Reading, misshapen: set[str]) -> Iterator[Diagnostic]:
    catalog = Catalog(reading.data, {d.place.file for d in reading.diagnostics} - reading.data.keys(), misshapen)
    for file in reading.data:
        yield from (finding.in_(reading.files[file]) for finding in references(file, catalog))


def _new(more: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What says something new: not at a place of which was told already. That there are too many says so anywhere."""
    told = {diagnostic.place for diagnostic in before}
    for diagnostic in more:
        if diagnostic.place not in told or diagnostic.code == "C009":
            told.add(diagnostic.place)
            yield diagnostic
