"""Procedures, found by what people call them. An index in memory, made once from entries and never changed; whoever has
newer entries makes another. Called by office, whose live catalog keeps the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import And, Every, Or, Prefix, Query, Term
from whoosh.scoring import BM25F

from motcua.domain.text import Text
from motcua.search.spelling import Spelling
from motcua.search.words import Word, asked, deciding, pairs, whole, words_of

#: What a word found in a field is worth. `exact` holds words with their marks, `pairs` neighbours, `whole` whole names.
_WORTH = {"name": 1.0, "called": 1.0, "about": 0.15}
_EXACT, _PAIR, _WHOLE, _NEAR, _BEGUN = 0.7, 1.2, 3.0, 0.5, 0.8


@dataclass(frozen=True)
class Entry:
    """A procedure as it may be looked for. `called` are its everyday names, `about` all else that is said of it."""

    id: str
    code: str
    name: Text
    called: tuple[Text, ...] = ()
    about: str = ""
    sector: str = ""
    levels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What fits, the best first; `meant` is the query as it was probably meant, where words of it are unknown."""

    hits: tuple[Entry, ...] = ()
    meant: str | None = None


class ProcedureSearch:
    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._spelling = Spelling.of(
            (words, pairs(words)) for entry in self._entries.values() for words in map(words_of, _names(entry))
        )
        self._index = _Memory().create_index(_schema())
        with self._index.writer() as writer:
            for entry in self._entries.values():
                writer.add_document(**_document(entry))

    def find(
        self,
        text: str,
        *,
        sector: str | None = None,
        level: str | None = None,
        audience: str | None = None,
        most: int = 20,
    ) -> Found:
        """Whatever the text, this answers. Who has all the words comes before who has most; among those, who has them
        with their marks. Nothing typed: everything of the sector, level and audience, by name.
        """
        among = {"sector": sector, "levels": level, "audience": audience}
        words = asked(text)
        if not words:
            return Found(self._by_name(among)[:most])
        narrowed = [Term(field, value) for field, value in among.items() if value]
        every = And([self._word(word, last=word is words[-1]) for word in deciding(words)])
        exactly = And([Term("exact", word.typed) for word in deciding(words) if word.marked])
        with self._index.searcher(weighting=BM25F(B=0.6, K1=1.2)) as searcher:

            def scores(query: Query) -> dict[str, float]:
                hits = searcher.search(query, filter=And(narrowed) if narrowed else None, limit=None)
                return {hit["id"]: hit.score for hit in hits}

            fits, all_words, all_marks = scores(self._query(words)), scores(every), scores(exactly)
        order = sorted(fits, key=lambda id: (id not in all_words, id not in all_marks, -fits[id], id))
        return Found(tuple(self._entries[id] for id in order[:most]), self._spelling.meant(words))

    def _by_name(self, among: dict[str, str | None]) -> tuple[Entry, ...]:
        narrowed = [Term(field, value) for field, value in among.items() if value]
        with self._index.searcher() as searcher:
            hits = searcher.search(And(narrowed) if narrowed else Every(), limit=None)
            found = [self._entries[hit["id"]] for hit in hits]
        return tuple(sorted(found, key=lambda entry: [word.bare for word in words_of(entry.name.vi)]))

    # ---- a query ----

    def _query(self, words: Sequence[Word]) -> Query:
        """All that may add to how well an entry fits."""
        parts: list[Query] = [Term("whole", whole(words), boost=_WHOLE)]
        for word in deciding(words):
            parts.append(self._word(word, last=word is words[-1]))
            parts.append(_in_fields(word.bare, {"about": _WORTH["about"]}))
            if word.marked:
                parts.append(Term("exact", word.typed, boost=_EXACT))
        joined = pairs(words)
        parts += [self._pair(pair, last=n == len(joined) - 1) for n, pair in enumerate(joined)]
        return Or(parts)

    def _word(self, word: Word, *, last: bool) -> Query:
        """A word within names: as it is; begun, where it is the last; as it was meant, where it is unknown."""
        parts: list[Query] = [_in_names(word.bare), Term("pairs", word.bare, boost=_PAIR)]
        if last:
            parts += [Prefix(field, word.bare, boost=_BEGUN) for field in ("name", "called", "pairs")]
        if not self._spelling.knows(word.bare) and not (last and self._spelling.begins(word.bare)):
            parts += [_in_names(near, _NEAR) for near in self._spelling.near(word.bare)]
        return Or(parts)

    def _pair(self, pair: str, *, last: bool) -> Query:
        parts: list[Query] = [Term("pairs", pair, boost=_PAIR)]
        if last:
            parts.append(Prefix("pairs", pair, boost=_BEGUN))
        if pair not in self._spelling.pairs:
            parts += [Term("pairs", near, boost=_PAIR * _NEAR) for near in self._spelling.near_pairs(pair)]
        return Or(parts)


def _in_names(bare: str, worth: float = 1.0) -> Query:
    return _in_fields(bare, {field: _WORTH[field] * worth for field in ("name", "called")})


def _in_fields(bare: str, worth: dict[str, float]) -> Query:
    return Or([Term(field, bare, boost=boost) for field, boost in worth.items()])


# ---- the index ----


class _Memory(RamStorage):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's own storage in memory writes through one folder of the machine, where processes meet each other."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def _schema() -> Schema:
    kept = SpaceSeparatedTokenizer()  # what comes is analysed already
    fields = {field: TEXT(analyzer=kept, phrase=False) for field in ("name", "called", "about", "exact", "pairs")}
    return Schema(id=ID(stored=True), whole=KEYWORD, sector=ID, levels=KEYWORD, audience=KEYWORD, **fields)


def _document(entry: Entry) -> dict[str, str]:
    names = [words_of(name) for name in _names(entry)]
    called = [words_of(text) for text in (*_everyday(entry), entry.code)]
    return {
        "id": entry.id,
        "name": " ".join(word.bare for text in _texts(entry.name) for word in words_of(text)),
        "called": _once(word.bare for words in called for word in words),
        "about": _once(word.bare for word in words_of(entry.about)),
        "exact": _once(word.typed for words in names for word in words if word.marked),
        "pairs": _once(pair for words in names for pair in pairs(words)),
        "whole": _once(whole(words) for words in names if words),
        "sector": entry.sector,
        "levels": " ".join(entry.levels),
        "audience": " ".join(entry.audience),
    }


def _names(entry: Entry) -> Iterator[str]:
    yield from (*_texts(entry.name), *_everyday(entry))


def _everyday(entry: Entry) -> Iterator[str]:
    for called in entry.called:
        yield from _texts(called)


def _texts(text: Text) -> Iterator[str]:
    yield from (part for part in (text.vi, text.en) if part)


def _once(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))
