"""Changed catalog files become live editions: each procedure that is proven good, alone. Called by web before a
request, and by cli.py.

A broken file takes nothing down: the procedures that use it keep their last good edition, also after a restart, and
log and editors' page say what is wrong, at file:line:column.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.messages import say
from motcua.catalogue.proving import Proof, Proven, prove_catalog
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.editions import StoredEdition

log = logging.getLogger("motcua.catalog")
PROGRAM = Path(__file__).resolve().parents[1]


def take_up(office: Office) -> Proof:
    """Read and prove the whole catalog, then make what is good live in one transaction."""
    proof = prove_catalog(office.settings.root)
    everything = (proof.province, *proof.procedures)
    with office.store.transaction() as books:
        for proven in everything:
            _settle(office, books, proven)
        for gone in books.editions.live().keys() - {p.id for p in everything}:
            books.editions.retire(gone)
    for proven in everything:
        for diagnostic in proven.wrong:
            log.warning("%s:%s:%s %s %s", *where(diagnostic), diagnostic.code, say(diagnostic, "vi"))
    office.catalog.refresh()
    return proof


def _settle(office: Office, books: Books, proven: Proven) -> None:
    now = office.now()
    if proven.wrong:
        books.editions.is_wrong(proven.id, [_plain(d) for d in proven.wrong], now)
        return
    edition = proven.edition
    books.editions.put(StoredEdition(edition.hash, proven.id, edition.manifest, edition.files), now)
    books.editions.keep_compiled({edition.hash: proven.compiled.stored()})
    books.editions.go_live(proven.id, edition.hash, now)


def where(diagnostic: Diagnostic) -> tuple[str, int, int]:
    return diagnostic.place.file, diagnostic.place.line, diagnostic.place.column


def _plain(diagnostic: Diagnostic) -> dict[str, Any]:
    """A mistake as the editors' page shows it."""
    file, line, column = where(diagnostic)
    return {
        "file": file,
        "line": line,
        "column": column,
        "length": diagnostic.place.length,
        "code": diagnostic.code,
        "excerpt": diagnostic.line,
        "message": {lang: say(diagnostic, lang) for lang in ("vi", "en")},
    }


@dataclass
class Watch:
    """Sees that catalog files have changed, by their sizes and times. Every worker process has one; of several that see
    a change at once one proves it, and the others see what came of it in the database.
    """

    office: Office
    _seen: str = field(default="")

    def look(self) -> bool:
        """Take up what changed since anybody's last look; True when this one did."""
        now = self._signature()
        if now != self._seen:
            with _alone(self.office.settings.data / "catalog.lock") as mine:
                if not mine:
                    return False  # another process is at it; the next look sees what came of it
                done = self.office.settings.data / "catalog.seen"
                if not (done.is_file() and done.read_text() == now and self._anything_live()):
                    take_up(self.office)
                    done.write_text(now)
                    self._seen = now
                    return True
            self._seen = now
        self.office.catalog.refresh()
        return False

    def _anything_live(self) -> bool:
        with self.office.store.reading() as books:
            return bool(books.editions.live())

    def _signature(self) -> str:
        """Every catalog file, and the program that judges it: another version may judge otherwise."""
        said = repr((self.office.settings.database_url, _stamps(self.office.settings.root), _program()))
        return hashlib.sha256(said.encode()).hexdigest()


def _stamps(root: Path) -> list[tuple[str, int, int]]:
    found = []
    for folder in ("procedures", "forms", "workflows"):
        for path in sorted((root / folder).rglob("*.yaml")):
            try:
                stat = path.stat()
            except OSError:  # it went away while we looked: the next look sees that
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return found


@cache
def _program() -> int:
    return max(path.stat().st_mtime_ns for path in PROGRAM.rglob("*.py"))


@contextmanager
def _alone(file: Path) -> Iterator[bool]:
    """Whether no other process of this machine is inside; nobody waits."""
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
