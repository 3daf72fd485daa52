"""A theme: templates, words and icons, found once, rendered in a sandbox. Called by every view through `render`.

A theme is data, not code: its templates see only what is handed to them here, everything is escaped, and what is
undefined is an error.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from flask import Response, current_app, get_flashed_messages, make_response, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from motcua.domain.text import Text
from motcua.settings import HOME
from motcua.web import controls, formats
from motcua.web.addresses import here
from motcua.web.current import visitor
from motcua.web.language import LANGUAGES, language
from motcua.web.navigation import menu
from motcua.web.words import MissingWord, Words, read_words, read_yaml

THEME = "motcua.theme"
_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)" viewBox="0 0 24 24">(.*?)</symbol>', re.S)


class Theme:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words: Words = read_words(folder / "words")
        about = read_yaml(folder / "theme.yaml")
        self.name = Text.of(about["name"])
        self.help = {key: Text.of(value) for key, value in about["help"].items()}  # where people ask
        self._icons = dict(_SYMBOL.findall((folder / "static" / "icons.svg").read_text(encoding="utf-8")))
        self._silent = {name: _drawn(shape, Markup('aria-hidden="true"')) for name, shape in self._icons.items()}
        self._marks: dict[str, str] = {}
        self.templates = _environment(self)

    def icon(self, name: str, label: str = "") -> Markup:
        """An icon of the sprite, inlined; silent beside its word unless it has a label."""
        if not label:
            return self._silent[name]
        return _drawn(self._icons[name], Markup('role="img" aria-label="{}"').format(label))

    def static(self, name: str) -> str:
        """The address of a file of the theme; another address when it changes."""
        if name not in self._marks:
            self._marks[name] = hashlib.sha256((self.folder / "static" / name).read_bytes()).hexdigest()[:10]
        return url_for("static", filename=name, v=self._marks[name])

    def say(self, key: str, **params: Any) -> str:
        """A word in the language of the screen. What is missing is an error, except to the public: it sees the key."""
        try:
            return self.words.say(key, language(), **params)
        except MissingWord as missing:
            if current_app.testing or current_app.debug:
                raise
            current_app.logger.error("missing word %s", missing)
            return key


def _drawn(shape: str, spoken: Markup) -> Markup:
    inside = Markup(shape)  # noqa: S704 - our own file, never a catalog's
    return Markup('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>').format(spoken, inside)


def folder_of(root: Path) -> Path:
    """The catalog's own theme, else the one that comes with the program."""
    own = root / "themes" / "default"
    return own if own.is_dir() else HOME / "themes" / "default"


def theme() -> Theme:
    found: Theme = current_app.extensions[THEME]
    return found


def say(key: str, **params: Any) -> str:
    return theme().say(key, **params)


def render(page: str, status: int = 200, **context: Any) -> Response:
    """A page of the theme, `pages/<page>.html`."""
    text = (
        theme()
        .templates.get_template(f"pages/{page}.html")
        .render(
            lang=language(),
            languages=LANGUAGES,
            me=visitor(),
            portal=theme(),
            here=here(),
            demo=current_app.config["DEMO"],
            **context,
        )
    )
    return make_response(text, status)


def _environment(theme: Theme) -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(theme.folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        t=theme.say,
        icon=theme.icon,
        static=theme.static,
        url=url_for,
        csrf=generate_csrf,
        notes=get_flashed_messages,
        menu=menu,
        template_of=controls.template_of,
        attributes=controls.attributes,
        asked=controls.asked,
    )
    env.filters.update(
        money=formats.money,
        number=formats.number,
        date=formats.short_date,
        bytes=formats.size,
        hour=formats.hour,
        short_moment=formats.short_moment,
        day=lambda day: formats.long_date(day, language()),
        moment=lambda at: formats.moment(at, language()),
        text=lambda text: text.in_(language()) if isinstance(text, Text) else text,
    )
    return env
