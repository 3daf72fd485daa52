"""Reads a picture for real: header, size in pixels, then every line of it. Called by check.py."""

from __future__ import annotations

import io

from PIL import Image

from motcua.gateways.upload.verdict import Bad

MOST_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = None  # its own limit warns or raises by size; ours is checked first, before a line is decoded


def read_jpeg(data: bytes) -> None:
    _read(data, "JPEG")


def read_png(data: bytes) -> None:
    _read(data, "PNG")


def _read(data: bytes, format: str) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=[format]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Bad("too_many_pixels", most_mp=MOST_PIXELS // 1_000_000)
            picture.draft("RGB", (width // 8, height // 8))  # a JPEG is then read whole, but kept small in memory
            picture.load()
    except Bad:
        raise
    except Exception as error:  # a hostile file may make the reader raise anything at all
        raise Bad("broken") from error
