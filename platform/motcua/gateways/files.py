"""The bytes of uploads and slips. Embedded: a folder in the data folder. Chosen by office.py, called by casework and
web.

A file lies under a random id, never under the name that somebody gave it. It is acknowledged when its bytes were read
back from the disk
and are the ones that came; a crash or a full disk leaves nothing that looks like a file.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from motcua.domain.refusals import Busy, NotThere

_ID = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class StoredFile:
    id: str
    size: int
    sha256: str


class Files(Protocol):
    def put(self, data: bytes) -> StoredFile:
        """Store under a fresh id. Raises Busy when the disk is full or does not obey: nothing was stored then."""
        ...

    def open(self, file: str) -> BinaryIO:
        """Raises NotThere."""
        ...

    def drop(self, file: str) -> None:
        """Gone, or was never there."""
        ...

    def sweep(self, known: Collection[str], before: datetime) -> int:
        """Remove what no row names and is older; answers with how many."""
        ...


class FileFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = folder / "parts"
        self._parts.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, data: bytes) -> StoredFile:
        stored = StoredFile(secrets.token_urlsafe(16), len(data), hashlib.sha256(data).hexdigest())
        place, part = self._place(stored.id), self._parts / stored.id
        try:
            _write_through(part, data)
            if _sha256(part) != stored.sha256:
                raise OSError("the disk gave back other bytes than were written")
            place.parent.mkdir(mode=0o700, exist_ok=True)
            part.rename(place)
            _settle(place.parent)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise Busy() from error
        return stored

    def open(self, file: str) -> BinaryIO:
        try:
            return self._place(file).open("rb")
        except FileNotFoundError:
            raise NotThere() from None

    def drop(self, file: str) -> None:
        self._place(file).unlink(missing_ok=True)

    def whole(self, file: str, sha256: str) -> bool:
        """Whether the file is there and still the same: for the daily look at what is stored, and before an officer
        opens it.
        """
        place = self._place(file)
        return place.is_file() and _sha256(place) == sha256

    def sweep(self, known: Collection[str], before: datetime) -> int:
        """Remove what no row names and what an upload left half, when it is older than `before`; answers with how
        many.
        """
        gone = [f for f in self._all() if f.name not in known and f.stat().st_mtime < before.timestamp()]
        for file in gone:
            file.unlink(missing_ok=True)
        return len(gone)

    def _all(self) -> Iterator[Path]:
        return (file for file in self._folder.glob("*/*") if file.is_file())

    def _place(self, file: str) -> Path:
        if not _ID.fullmatch(file):
            raise NotThere()
        return self._folder / hashlib.sha256(file.encode()).hexdigest()[:2] / file


def _write_through(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _settle(folder: Path) -> None:
    """The new name itself is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
