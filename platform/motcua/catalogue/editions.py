"""Editions: the files that a procedure is made of, by content. Made when files are read, bound again when one is
taken from the database.

An edition's hash is the SHA-256 of its manifest (file path -> SHA-256 of the file's canonical JSON): the same content
is the same edition.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.catalogue.binding import bind_procedure
from motcua.catalogue.binding.province import bind_province
from motcua.catalogue.place import Path
from motcua.domain.procedure import Procedure, Province

#: The name under which the files outside editions (agencies, calendar, roles ...) are kept, as if they were a
#: procedure.
PROVINCE = "@province"


class BadEdition(RuntimeError):
    """An edition that was good once does not bind now: our own bug, never an editor's."""


@dataclass(frozen=True)
class Edition:
    procedure: str
    files: Mapping[str, Any]

    @property
    def manifest(self) -> dict[str, str]:
        return {path: _hash(self.files[path]) for path in sorted(self.files)}

    @property
    def hash(self) -> str:
        return _hash(self.manifest)


def _hash(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Compiled:
    """Serialised CEL by key, for one edition: kept beside it, so that a restart compiles nothing. Never pickle."""

    parts: dict[str, bytes] = field(default_factory=dict)

    @staticmethod
    def of(stored: bytes | None) -> Compiled:
        return Compiled({key: base64.b64decode(value) for key, value in json.loads(stored or b"{}").items()})

    def get(self, key: str) -> bytes | None:
        return self.parts.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.parts[key] = value

    def stored(self) -> bytes:
        return json.dumps({key: base64.b64encode(value).decode() for key, value in sorted(self.parts.items())}).encode()


class _Loud:
    """The reports of a binding that must not fail."""

    def of(self, file: str) -> _Loud:
        return self

    def error(self, code: str, path: Path, /, *, span: tuple[int, int] | None = None, **params: Any) -> None:
        raise BadEdition(f"{code} {path} {params}")


def bind_edition(procedure: str, files: Mapping[str, Any], compiled: Compiled) -> Procedure:
    bound = bind_procedure(procedure_file(procedure, files), files, _Loud(), compiled)
    if bound is None:
        raise BadEdition(procedure)
    return bound


def procedure_file(procedure: str, files: Mapping[str, Any]) -> str:
    """Where a procedure stands among its files: its id is the name of its file."""
    return next(path for path in files if path.startswith("procedures/") and path.endswith(f"/{procedure}.yaml"))


def bind_province_edition(files: Mapping[str, Any]) -> Province:
    return bind_province(files, _Loud())
