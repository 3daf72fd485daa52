"""What commands share: their shape, how one is misused, and the arguments that several take. Used by every command."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from motcua.settings import HOME

Arguments = argparse.Namespace
Parser = argparse.ArgumentParser


class Misused(Exception):
    """The command was given something that it cannot work with; the text says what."""


@dataclass(frozen=True)
class Command:
    """`takes` adds the command's arguments; `run` gives the exit status."""

    help: str
    takes: Callable[[Parser], None]
    run: Callable[[Arguments], int]


def root(parser: Parser) -> None:
    parser.add_argument("--root", type=Path, default=HOME, metavar="DIR", help="thư mục danh mục / the catalog's top")


def lang(parser: Parser) -> None:
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="tiếng Việt hay Anh / the language")


def form(parser: Parser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0])
