"""Whatever an editor's slip makes of the shipped files: a report, never a traceback."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.catalogue.reading import read
from motcua.catalogue.rendering import FORMATS
from motcua.catalogue.report import Report
from motcua.settings import HOME

WORDS = [
    "[]",
    "{}",
    "null",
    "5",
    "true",
    '"x"',
    "[1, 2]",
    "{a: b}",
    "- x",
    "",
    "yes",
    "$x",
    "{else: 1}",
    "!x",
    "1.5",
    "*x",
]
SIGNS = "{}[]:,#\"'!&*|>%@ăđ\t0"


def cut_short(line: str, rng: random.Random) -> str:
    return line[: rng.randrange(len(line) + 1)]


def another_value(line: str, rng: random.Random) -> str:
    return f"{line.split(':', 1)[0]}: {rng.choice(WORDS)}"


def another_word(line: str, rng: random.Random) -> str:
    head, colon, tail = line.rpartition(": ")
    return head + colon + rng.choice(WORDS) + tail[rng.randrange(len(tail) + 1) :]


def shifted(line: str, rng: random.Random) -> str:
    return " " + line if rng.random() < 0.5 else line.replace(" ", "", 1)


def a_sign_more(line: str, rng: random.Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + rng.choice(SIGNS) + line[at:]


def a_sign_less(line: str, rng: random.Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + line[at + 1 :]


def twice(line: str, _: random.Random) -> str:
    return f"{line}\n{line}"


def gone(_: str, __: random.Random) -> str:
    return ""


SLIPS: list[Callable[[str, random.Random], str]] = [
    cut_short,
    another_value,
    another_word,
    shifted,
    a_sign_more,
    a_sign_less,
    twice,
    gone,
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The shipped catalog, with a list of three communes instead of all."""
    for folder in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    rows = "".join(f'  - ["{code}", A, "38", true]\n' for code in ("14758", "14797", "15499"))
    (tmp_path / "forms/lists/xa.yaml").write_text(
        f"id: xa\ntitle: A\ncolumns: [code, name, tinh, la_phuong]\nrows:\n{rows}", "utf-8"
    )
    return tmp_path


def slipped(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(SLIPS)(lines[at], rng)
    return "\n".join(lines)


@pytest.mark.parametrize("times", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_slips_of_the_hand_give_reports(root: Path, rng: random.Random, times: int) -> None:
    files = {file: file.read_text("utf-8") for file in sorted(root.rglob("*.yaml"))}
    for _ in range(times):
        touched = rng.sample(list(files), 5)
        for file in touched:
            file.write_text(slipped(files[file], rng), "utf-8")

        report = Report.of(read(root).diagnostics, 1, 1)

        assert all(render(report, "vi") for render in FORMATS.values())
        for file in touched:
            file.write_text(files[file], "utf-8")
