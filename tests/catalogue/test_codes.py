"""Every code has a help page, and an example that makes exactly this mistake and, put right, none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.catalogue import messages_references, messages_shape, messages_source
from motcua.catalogue.check import check
from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.help import explained, page
from motcua.catalogue.messages import registry, say
from motcua.catalogue.place import Place
from motcua.catalogue.reading import read

CODES = sorted(messages_source.MESSAGES | messages_shape.MESSAGES | messages_references.MESSAGES)
SECTORS = "procedures/sectors.yaml"


def written(root: Path, file: str, content: str | bytes) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def linked_out(root: Path) -> None:
    outside = written(root, "elsewhere.yaml", "sectors: []")
    (root / "catalog/procedures").mkdir(parents=True)
    (root / "catalog" / SECTORS).symlink_to(outside)


def a_pipe(root: Path) -> None:
    (root / "catalog/procedures").mkdir(parents=True)
    os.mkfifo(root / "catalog" / SECTORS)


def of_bytes(content: bytes) -> Callable[[Path], None]:
    return lambda root: written(root, f"catalog/{SECTORS}", content) and None


#: Mistakes that no readable example shows: how to make the catalog.
MADE: dict[str, Callable[[Path], None]] = {
    "C001": of_bytes(b"sectors: \xff"),
    "C002": of_bytes("sectors: []".encode("utf-16")),
    "C003": of_bytes(b"\xef\xbb\xbfsectors: [{id: a, name: A}]"),
    "C004": of_bytes("sectors: [{id: a, name: A\u202eB}]".encode()),
    "C005": of_bytes(b"#" * 1_000_001),
    "C006": of_bytes(b"[" * 60 + b"]" * 60),
    "C007": of_bytes(b"sectors: [" + b"a, " * 60_000 + b"]"),
    "C040": linked_out,
    "C044": a_pipe,
}


@pytest.mark.parametrize("code", [code for code in CODES if code not in {*MADE, "C009", "C045"}])
def test_the_example_makes_exactly_this_mistake_and_put_right_none(code: str, tmp_path: Path) -> None:
    shown = page(code)
    assert shown is not None
    assert shown.bad, "a code needs an example, or a way to make one here"
    for name, files in (("bad", shown.bad), ("good", shown.good)):
        for file, text in files.items():
            written(tmp_path / name, file, text)

    assert [d.code for d in read(tmp_path / "bad").diagnostics] == [code]
    assert read(tmp_path / "good").diagnostics == ()


@pytest.mark.parametrize("code", sorted(MADE))
def test_a_mistake_of_bytes_or_files_makes_exactly_its_code(code: str, tmp_path: Path) -> None:
    MADE[code](tmp_path)

    assert [d.code for d in read(tmp_path / "catalog").diagnostics] == [code]


def test_too_many_mistakes_of_one_file_end_with_their_number(tmp_path: Path) -> None:
    lines = "".join(f"  - {{id: a{number}, name: A, extra: x}}\n" for number in range(150))
    written(tmp_path, SECTORS, f"sectors:\n{lines}")

    codes = [d.code for d in read(tmp_path).diagnostics]

    assert codes.count("C102") == 100
    assert codes.count("C009") == 1


def test_a_catalog_without_any_procedure_is_a_mistake_of_its_own(tmp_path: Path) -> None:
    assert [d.code for d in check(tmp_path).diagnostics] == ["C045"]
    assert not check(tmp_path / "not there").good


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_said_and_explained_in_both_languages(code: str) -> None:
    diagnostic = Diagnostic(code, Place("x.yaml"), {"word": "x"})
    vi, en = page(code, "vi"), page(code, "en")

    assert say(diagnostic, "vi") != say(diagnostic, "en") or code == "C230"
    assert vi is not None
    assert en is not None
    assert len(vi.text) > 40
    assert len(en.text) > 40
    assert code in explained(vi)


def test_no_page_stands_for_a_code_that_there_is_not() -> None:
    assert page("C999") is None
    assert set(CODES) <= set(registry())
