"""Slips on paper: a `Printer` makes the PDF of a slip. Embedded: typst over the theme's `paper/` folder. Chosen by
office.py, called by web.

A slip's content goes in as data, never as source: what a person typed cannot become a command. Templates read nothing
outside their folder and no font but its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Protocol

import segno
import typst

from motcua.domain.slip import Slip


class Printer(Protocol):
    def pdf(self, slip: Slip) -> bytes:
        """The slip as it was issued: the same content gives the same pages."""
        ...


class TypstPrinter:
    """Forms are laid out by `form_<number>.typ` of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"]
        )

    def pdf(self, slip: Slip) -> bytes:
        data = {**asdict(slip), "issued_at": slip.issued_at.isoformat(), "qr": _square(slip.content["link"])}
        return typst.compile(
            self._folder / f"form_{slip.form}.typ",
            root=self._folder,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={"slip": json.dumps(data, ensure_ascii=False)},
            package_path=self._folder / "packages",  # nothing is fetched: there are none
            package_cache_path=self._folder / "packages",
            format="pdf",
            pdf_standards=["a-2b"],
            timestamp=int(slip.issued_at.timestamp()),
        )


def _square(link: str) -> str:
    """A QR code as SVG; medium correction, so that a crease does no harm."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, dark="#1A222C")
    return drawn.getvalue().decode("utf-8")
