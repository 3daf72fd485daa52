"""The longer texts of a procedure, written in Markdown by editors, as safe HTML. Called by published.

Catalog texts are strangers' texts: raw HTML is text, and of what Markdown makes only these tags stay.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "ol", "ul", "li", "strong", "em", "a", "br"}
_READER = MarkdownIt("commonmark", {"html": False})


def markdown(text: str) -> Markup:
    """Links lead to web, mail and telephone addresses only; headings and pictures are left out."""
    clean = nh3.clean(
        _READER.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 - cleaned by the line above
