"""A theme's words: every text of the screens and notices, by key and language. Called by theme and letters.

`themes/<name>/words/vi.yaml` and `en.yaml` hold the same keys. A text may name what fills it: `Xin chào {name}`; a
text with a number may have two forms: `{one: "{n} day", other: "{n} days"}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.catalogue.source import parse

_GAP = re.compile(r"\{([a-z_]+)\}")
_FORMS = {"one", "other"}


class MissingWord(KeyError):
    """A key that the theme's words do not have, or a gap that nothing fills: our bug, or the theme's."""


@dataclass(frozen=True)
class Words:
    by_language: Mapping[str, Mapping[str, Any]]

    def say(self, key: str, lang: str, **params: Any) -> str:
        """Raises MissingWord."""
        text = self.by_language[lang].get(key)
        if isinstance(text, Mapping):
            text = text["one" if params.get("n") == 1 else "other"]
        if text is None:
            raise MissingWord(f"{lang}: {key}")
        return _GAP.sub(lambda gap: _fill(key, gap[1], params), text)

    def has(self, key: str, lang: str) -> bool:
        return key in self.by_language[lang]


def read_words(folder: Path) -> Words:
    return Words({file.stem: dict(_flat(read_yaml(file))) for file in sorted(folder.glob("*.yaml"))})


def read_yaml(file: Path) -> Any:
    """A theme's file as plain data. Raises ValueError with the first mistake's place."""
    source = parse(file.read_bytes(), file.name)
    if source.problems:
        raise ValueError(f"{source.problems[0].place}: {source.problems[0].code}")
    return source.data


def _flat(tree: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping) and set(value) != _FORMS:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _fill(key: str, gap: str, params: Mapping[str, Any]) -> str:
    if gap not in params:
        raise MissingWord(f"{key}: {{{gap}}}")
    return str(params[gap])
