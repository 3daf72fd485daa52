"""Which kind of file stands where: the folder and the name decide, nothing in the file does."""

from __future__ import annotations

import re

#: Files of which there is one.
ONE = {
    "procedures/agencies.yaml": "agencies",
    "procedures/sectors.yaml": "sectors",
    "procedures/registers.yaml": "registers",
    "workflows/roles.yaml": "roles",
    "workflows/councils.yaml": "councils",
    "workflows/calendar.yaml": "calendar",
}

#: A literal registry, tried in this order: what a path looks like -> the kind of file.
MANY: tuple[tuple[str, str], ...] = (
    (r"procedures/papers/.+\.yaml", "paper"),
    (r"procedures/checks/.+\.yaml", "check"),
    (r"procedures/values/.+\.yaml", "value"),
    (r"procedures/tables/.+\.yaml", "table"),
    (r"procedures/.+\.examples\.yaml", "examples"),
    (r"procedures/.+\.yaml", "procedure"),
    (r"forms/lists/[^/]+\.yaml", "list"),
    (r"forms/lists/.+", ""),
    (r"forms/(.+/)?common\.yaml", "parts"),
    (r"forms/.+\.yaml", "form"),
    (r"workflows/.+\.yaml", "workflow"),
)

FOLDERS = ("procedures", "forms", "workflows")


def kind_of(file: str) -> str | None:
    """The kind of a catalog file by its path from the root (`forms/lists/xa.yaml` -> `list`), or None."""
    if file in ONE:
        return ONE[file]
    return next((kind for pattern, kind in MANY if re.fullmatch(pattern, file)), None) or None


def name_of(file: str) -> str:
    """How others call it: `forms/ho_tich/to_khai.yaml` -> `ho_tich/to_khai`, `forms/lists/xa.yaml` -> `lists/xa`."""
    return file.partition("/")[2].removesuffix(".yaml")
