"""What was probably meant: the index's own words within one letter of what was typed. Called by procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from motcua.search.words import Word

_NEAR = 1  # letters: left out, added, changed, or two in the wrong order
_MOST = 6
_SHORTEST = 3  # a shorter word is near to too many


@dataclass(frozen=True)
class Spelling:
    """The words of the index and how often each occurs: syllables and pairs, bare, and how a syllable is mostly written
    with its marks.
    """

    syllables: Counter[str]
    pairs: Counter[str]
    written: dict[str, str]

    @staticmethod
    def of(names: Iterable[tuple[Sequence[Word], Sequence[str]]]) -> Spelling:
        syllables: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        typed: dict[str, Counter[str]] = {}
        for words, joined in names:
            pairs.update(joined)
            for word in words:
                syllables[word.bare] += 1
                typed.setdefault(word.bare, Counter())[word.typed] += 1
        return Spelling(syllables, pairs, {bare: seen.most_common(1)[0][0] for bare, seen in typed.items()})

    def knows(self, bare: str) -> bool:
        return bare in self.syllables or bare in self.pairs

    def near(self, bare: str) -> list[str]:
        """Syllables that may be meant, the commonest first; none for a number or a very short word."""
        return self._near(bare, self.syllables)

    def near_pairs(self, joined: str) -> list[str]:
        return self._near(joined, self.pairs)

    def begins(self, beginning: str) -> bool:
        return any(known.startswith(beginning) for words in (self.syllables, self.pairs) for known in words)

    def meant(self, words: Sequence[Word]) -> str | None:
        """The query with every unknown word mended by its neighbours; None where nothing needs mending, or nothing
        can be.
        """
        mended = list(words)
        for n, word in enumerate(words):
            unknown = not self.knows(word.bare) and not (n == len(words) - 1 and self.begins(word.bare))
            best = self._best(self.near(word.bare), mended, n) if unknown and not word.around else None
            if best is not None:
                mended[n] = Word(self.written[best], best)
        return " ".join(word.typed for word in mended) if mended != list(words) else None

    def _best(self, near: Sequence[str], words: Sequence[Word], n: int) -> str | None:
        before = words[n - 1].bare if n else ""
        after = words[n + 1].bare if n + 1 < len(words) else ""

        def fits(bare: str) -> tuple[int, int]:
            return self.pairs[before + bare] + self.pairs[bare + after], self.syllables[bare]

        return max(near, key=fits, default=None)

    @staticmethod
    def _near(text: str, known: Counter[str]) -> list[str]:
        if len(text) < _SHORTEST or not text.isalpha():
            return []
        found = process.extract(text, list(known), scorer=OSA.distance, score_cutoff=_NEAR, limit=None)
        return sorted((word for word, _, _ in found), key=lambda word: -known[word])[:_MOST]
