"""Reads a PDF for real, in bounded time and memory: locked, active, endless or broken ones are refused. Called by
check.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from motcua.gateways.upload.verdict import Bad

MOST_PAGES = 2000
_MOST_TREE = 2 * MOST_PAGES  # pages and the branches that hold them
_MOST_PACKED = 64 * 1024 * 1024  # bytes of packed objects, unpacked


def _name(word: str) -> bytes:
    """A PDF name, also when its letters are written as `#4a`."""
    letters = (f"(?:{c}|#{ord(c):02x}|#{ord(c):02X})" for c in word)
    return f"/{''.join(letters)}(?![A-Za-z0-9])".encode()


_ACTIVE = re.compile(b"|".join(_name(word) for word in ("JavaScript", "Launch", "RichMedia")))


def read_pdf(data: bytes) -> None:
    """Raises Bad."""
    if _ACTIVE.search(data):
        raise Bad("active")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Bad("encrypted")
        _refuse_active(reader)
        _refuse_endless(reader)
    except Bad:
        raise
    except Exception as error:  # a hostile file may make the reader raise anything at all
        raise Bad("broken") from error


def _refuse_active(reader: PdfReader) -> None:
    """Programs in packed objects, and in forms of the kind that carries its own."""
    size = 0
    for stream in sorted({number for number, _ in reader.xref_objStm.values()}):
        packed = reader.get_object(IndirectObject(stream, 0, reader))
        unpacked = packed.get_data() if isinstance(packed, StreamObject) else b""
        size += len(unpacked)
        if size > _MOST_PACKED:
            raise Bad("too_complex")
        if _ACTIVE.search(unpacked):
            raise Bad("active")
    form = _dictionary(reader.root_object.get("/AcroForm"))
    if form is not None and "/XFA" in form:
        raise Bad("active")


def _refuse_endless(reader: PdfReader) -> None:
    pages = sum(1 for node in _page_tree(reader.root_object.get("/Pages")) if "/Kids" not in node)
    if pages > MOST_PAGES:
        raise Bad("too_many_pages", most=MOST_PAGES)
    if pages == 0:
        raise Bad("broken")


def _page_tree(root: Any) -> Iterator[DictionaryObject]:
    """Every node once, even of a tree that bites its tail."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
        found = _dictionary(node)
        if found is None:
            continue
        yield found
        waiting.extend(_array(found.get("/Kids")))
        if len(seen) > _MOST_TREE or len(waiting) > _MOST_TREE:
            raise Bad("too_many_pages", most=MOST_PAGES)


def _array(value: Any) -> list[Any]:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return list(found) if isinstance(found, ArrayObject) else []


def _dictionary(value: Any) -> DictionaryObject | None:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return found if isinstance(found, DictionaryObject) else None
