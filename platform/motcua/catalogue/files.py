"""The files of a catalog folder, read within bounds: no link leads out, nothing too large is read. For `reading`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from motcua.catalogue.decoding import MAX_BYTES, too_large
from motcua.catalogue.diagnostic import Diagnostic, Severity
from motcua.catalogue.kinds import FOLDERS, kind_of
from motcua.catalogue.messages import harmless
from motcua.catalogue.place import Place
from motcua.domain.folding import fold

_GOOD_NAME = re.compile(r"[a-z0-9][a-z0-9_]*(\.examples)?")
_IGNORED = (".md",)
_NEARLY = (".yml", ".yaml")


def read_files(root: Path) -> Iterator[tuple[str, bytes | Diagnostic]]:
    """Every file below `procedures/`, `forms/`, `workflows/` in order of its path: its bytes, or why it is not read.

    Hidden files and guides (`.md`) are passed over.
    """
    for folder in FOLDERS:
        for path in _below(root / folder):
            file = harmless(path.relative_to(root).as_posix())
            wrong = _wrong_entry(path, file, root) or _wrong_name(file)
            yield file, wrong or _bytes(path, file)


def _below(folder: Path) -> Iterator[Path]:
    """Files and links, sorted; a link to a folder is given as it is, not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_IGNORED):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        else:
            yield Path(entry.path)


def _wrong_entry(path: Path, file: str, root: Path) -> Diagnostic | None:
    if not path.is_symlink():
        return None
    target = path.resolve()
    if target.is_relative_to(root.resolve()) and not target.is_dir():
        return None
    return Diagnostic("C040", Place(file), {"name": file.rpartition("/")[2]})


def _wrong_name(file: str) -> Diagnostic | None:
    if not file.endswith(".yaml"):
        if file.lower().endswith(_NEARLY) or ".yaml" in file:
            return Diagnostic("C041", Place(file))
        return Diagnostic("C042", Place(file), severity=Severity.WARNING)
    if kind_of(file) is None:
        return Diagnostic("C042", Place(file), severity=Severity.WARNING)
    parts = file.removesuffix(".yaml").split("/")[1:]
    bad = next((part for part in parts if not _GOOD_NAME.fullmatch(part)), None)
    return Diagnostic("C043", Place(file), {"meant": re.sub(r"[^a-z0-9]+", "_", fold(bad)).strip("_")}) if bad else None


def _bytes(path: Path, file: str) -> bytes | Diagnostic:
    """At most one byte more than may be, whatever the file grows to meanwhile."""
    try:
        said = path.stat()
        if not stat.S_ISREG(said.st_mode):
            return Diagnostic("C044", Place(file), {"reason": "không phải tệp thường / not a regular file"})
        if said.st_size > MAX_BYTES:
            return too_large(file, said.st_size)
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as wrong:
        return Diagnostic("C044", Place(file), {"reason": wrong.strerror or type(wrong).__name__})
