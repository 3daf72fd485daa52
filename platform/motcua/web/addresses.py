"""Where one may be sent to: only to a place of this site. Called by signin, language and the error pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request

#: a browser reads `\` as `/` and leaves out tabs and line ends, so neither may stand in an address that we follow
_PLAIN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def local_path(text: str | None, default: str = "/") -> str:
    """The path and query, when it is one of this site's; else the default."""
    if not text or not _PLAIN.fullmatch(text):
        return default
    try:
        parts = urlsplit(text)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else text


def here() -> str:
    """The address in hand, with its query: for coming back to it. After a form was sent, where the form was."""
    return request.full_path if request.query_string else request.path
