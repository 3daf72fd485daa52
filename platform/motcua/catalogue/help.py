"""The help page of a code: `checks/<code>_<name>/` holds its text, an example of the mistake, and the same put right.

Called by `explain`. The examples are the tests of the code, so a page cannot show what is not so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from motcua.catalogue.messages import registry


@dataclass(frozen=True)
class Page:
    """`bad` and `good` are small catalogs: file -> text. A mistake of bytes or sizes has no example to show."""

    code: str
    says: str
    text: str
    bad: dict[str, str]
    good: dict[str, str]


@cache
def _folders() -> dict[str, Traversable]:
    home = resources.files("motcua.catalogue") / "checks"
    return {folder.name.partition("_")[0]: folder for folder in home.iterdir() if folder.is_dir()}


def page(code: str, lang: str = "vi") -> Page | None:
    """None for a code that there is not."""
    message = registry().get(code)
    if message is None:
        return None
    folder = _folders().get(code)
    says = message.en if lang == "en" else message.vi
    if folder is None:
        return Page(code, says, "", {}, {})
    text = (folder / f"help.{lang}.md").read_text("utf-8")
    return Page(code, says, text, _catalog(folder / "bad"), _catalog(folder / "good"))


def _catalog(folder: Traversable, above: str = "") -> dict[str, str]:
    if not folder.is_dir():
        return {}
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{above}{entry.name}"
        found |= _catalog(entry, f"{name}/") if entry.is_dir() else {name: entry.read_text("utf-8")}
    return found


def explained(page: Page, lang: str = "vi") -> str:
    """The page as text for a terminal."""
    bad, good = ("Sai", "Đúng") if lang == "vi" else ("Wrong", "Right")
    parts = [f"{page.code}  {page.says}", page.text.strip()]
    for head, files in ((bad, page.bad), (good, page.good)):
        parts += [f"{head}: {file}\n\n{_indented(text)}" for file, text in files.items()]
    return "\n\n".join(part for part in parts if part)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().split("\n"))
