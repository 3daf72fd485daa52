"""Templates compiled once for all sites of a process: every test has a site of its own, and all have the same pages."""

from __future__ import annotations

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from motcua.web.theme import THEME


class _InMemory(BytecodeCache):
    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_CACHE = _InMemory()


def keep_templates(app: Flask) -> Flask:
    app.extensions[THEME].templates.bytecode_cache = _CACHE
    return app
