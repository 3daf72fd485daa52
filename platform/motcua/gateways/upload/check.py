"""Judges an uploaded file before it is kept: size, name, content, and a real reading of it. Called by casework and
web/citizen.

What passes is still served as an attachment with `nosniff`: this check keeps out what no citizen sends on purpose.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pylibmagic  # noqa: F401 - brings the library and its database that the next one loads
from magic import Magic

from motcua.gateways.upload.file_name import clean_name, split_name
from motcua.gateways.upload.image import read_jpeg, read_png
from motcua.gateways.upload.pdf import read_pdf
from motcua.gateways.upload.verdict import Bad, Verdict


@dataclass(frozen=True)
class Kind:
    type: str
    endings: tuple[str, ...]
    begins: bytes
    read: Callable[[bytes], None]


#: by the word that the catalog uses in `files:`
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", ("pdf",), b"%PDF-", read_pdf),
    "jpg": Kind("image/jpeg", ("jpg", "jpeg", "jpe"), b"\xff\xd8\xff", read_jpeg),
    "png": Kind("image/png", ("png",), b"\x89PNG\r\n\x1a\n", read_png),
}
#: endings of what runs; `com` is left out, since photographs saved from a site are named after it
_PROGRAMS = frozenset(
    {
        *("apk", "app", "bat", "cmd", "cpl", "dll", "docm", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk"),
        *("msi", "php", "pif", "pptm", "ps1", "py", "reg", "scr", "sh", "svg", "vbs", "wsf", "xlsm"),
    }
)
#: what begins another kind of file, and is found in no honest PDF or picture
_FOREIGN = re.compile(rb"<(?:script|html|svg|iframe)[\s>/]|<!doctype\s|<\?php\s", re.IGNORECASE)
_magic = Magic(mime=True)


def check_upload(given_name: str, data: bytes, *, accepts: Collection[str] = tuple(KINDS), most_bytes: int) -> Verdict:
    """The verdict on a file as it came. `accepts` are the catalog's words: `pdf jpg png`."""
    name = clean_name(given_name)
    try:
        if not data:
            raise Bad("empty")
        if len(data) > most_bytes:
            raise Bad("too_large", most_mb=most_bytes // 1024 // 1024)
        kind = _kind_by_name(name, accepts)
        _refuse_other_content(name, kind, data)
        kind.read(data)
    except Bad as bad:
        return Verdict(name, None, bad.problem, bad.params)
    return Verdict(name, kind.type)


def _kind_by_name(name: str, accepts: Collection[str]) -> Kind:
    stem, ending = split_name(name)
    wanted = {"jpg" if word in ("jpeg", "jpe") else word for word in accepts}
    kind = next((KINDS[w] for w in KINDS if w in wanted and ending[1:].lower() in KINDS[w].endings), None)
    if kind is None:
        raise Bad("not_accepted", accepts=", ".join(w.upper() for w in KINDS if w in wanted))
    inner = [part for part in stem.lower().split(".")[1:] if part.strip() in _PROGRAMS]
    if inner:
        raise Bad("hidden_program", inner=f".{inner[-1].strip()}")
    return kind


def _refuse_other_content(name: str, kind: Kind, data: bytes) -> None:
    if not data.startswith(kind.begins) or _magic.from_buffer(data[:65536]) != kind.type:
        raise Bad("other_content", extension=split_name(name)[1])
    hidden_pdf = kind is not KINDS["pdf"] and b"%PDF-" in data
    if hidden_pdf or _FOREIGN.search(data) or _is_archive(data):
        raise Bad("two_in_one")


def _is_archive(data: bytes) -> bool:
    """An archive is read from its end, so one may hang behind any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # what zipfile says of a damaged archive
        return b"PK\x03\x04" in data and b"PK\x05\x06" in data
