"""The live catalog: bound editions at hand in this process, and which of them serve now. Filled from the database,
which `publishing` writes.

What is read once stays: an edition never changes. What is live is looked up again when the database's mark has moved.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.catalogue.editions import PROVINCE, Compiled, bind_edition, bind_province_edition
from motcua.domain.procedure import Procedure, Province
from motcua.domain.refusals import NotThere
from motcua.domain.text import Text
from motcua.search.procedures import Entry, ProcedureSearch
from motcua.store.editions import WRONG, Live
from motcua.store.store import Store


@dataclass(frozen=True)
class LiveProcedure:
    """A procedure's last good edition, and whether its files are right now. Without one there never was a good
    edition.
    """

    id: str
    edition: str | None
    procedure: Procedure | None
    since: datetime | None
    wrong: bool
    diagnostics: Sequence[Any]


#: What this process has bound: an edition is its content, so one by the same hash is the same, from whatever database.
_BOUND: dict[str, Procedure] = {}
_PROVINCES: dict[str, Province] = {}


class LiveCatalog:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._mark: object = None
        self._live: Mapping[str, LiveProcedure] = {}
        self._province: tuple[str | None, Province | None] = (None, None)
        self._province_state: LiveProcedure | None = None
        self._search = ProcedureSearch()

    @property
    def live(self) -> Mapping[str, LiveProcedure]:
        """Every procedure that is or was good, by id."""
        return self._live

    @property
    def province(self) -> Province:
        """Raises NotThere while no catalog was ever taken up."""
        if self._province[1] is None:
            raise NotThere()
        return self._province[1]

    @property
    def shared(self) -> LiveProcedure | None:
        """The state of the files outside editions: agencies, calendar, roles."""
        return self._province_state

    @property
    def search(self) -> ProcedureSearch:
        """What is live, to be found by everyday words: made when the catalog changes, never while a page waits."""
        return self._search

    def procedures(self, on: datetime) -> list[LiveProcedure]:
        """What serves: live editions in force on a day, by name."""
        found = [p for p in self._live.values() if p.procedure is not None and p.procedure.effective(on.date())]
        return sorted(found, key=lambda p: p.procedure.name.vi if p.procedure else "")

    def edition(self, hash: str) -> Procedure:
        """Raises NotThere."""
        with self._lock:
            if hash not in _BOUND:
                _BOUND[hash] = self._bind(hash)
            return _BOUND[hash]

    def refresh(self) -> None:
        """See what another process, or this one, has made live. One cheap query when nothing has changed."""
        with self._store.reading() as books:
            mark = books.editions.mark()
            if mark == self._mark:
                return
            live = books.editions.live()
        with self._lock:
            province = live.pop(PROVINCE, None)
            if province is not None and province.edition and province.edition != self._province[0]:
                self._province = (province.edition, self._bind_province(province.edition))
            self._province_state = self._serving(province, None) if province is not None else None
            self._live = {
                name: self._serving(entry, self.edition(entry.edition) if entry.edition else None)
                for name, entry in live.items()
            }
            self._search = ProcedureSearch(self._entries())
            self._mark = mark

    def _entries(self) -> Iterator[Entry]:
        sectors = self._province[1].sectors if self._province[1] else {}
        for live in self._live.values():
            if live.procedure is not None:
                yield _entry(live.procedure, sectors.get(live.procedure.sector, Text("")))

    @staticmethod
    def _serving(entry: Live, procedure: Procedure | None) -> LiveProcedure:
        wrong = entry.state == WRONG
        return LiveProcedure(entry.procedure, entry.edition, procedure, entry.since, wrong, entry.diagnostics)

    def _bind(self, hash: str) -> Procedure:
        with self._store.reading() as books:
            stored = books.editions.get(hash)
            compiled = Compiled.of(books.editions.compiled([hash]).get(hash))
        return bind_edition(stored.procedure, stored.files, compiled)

    def _bind_province(self, hash: str) -> Province:
        if hash not in _PROVINCES:
            with self._store.reading() as books:
                stored = books.editions.get(hash)
            _PROVINCES[hash] = bind_province_edition(stored.files)
        return _PROVINCES[hash]


def _entry(procedure: Procedure, sector: Text) -> Entry:
    told = (procedure.description, procedure.requirements, sector, *(result.name for result in procedure.results))
    return Entry(
        id=procedure.id,
        code=procedure.code,
        name=procedure.name,
        called=procedure.also_called,
        about=" ".join(part for text in told if text is not None for part in (text.vi, text.en or "")),
        sector=procedure.sector,
        levels=procedure.levels,
        audience=procedure.audience,
    )
