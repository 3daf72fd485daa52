"""S1: hostile files are refused, each with its own code, within two seconds of work and a hundred megabytes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motcua.catalogue.check import check
from motcua.catalogue.reading import read
from motcua.catalogue.rendering import FORMATS
from motcua.settings import HOME

FORM = "forms/x.yaml"
LIST = "forms/lists/x.yaml"
SECTORS = "procedures/sectors.yaml"


def form(field: str) -> str:
    return (
        f"title: A\ntype: object\nproperties:\n  a:\n    type: object\n    title: A\n    properties:\n      {field}\n"
    )


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE = "a: &m {x: 1}\n" + "".join(f"k{n}: {{<<: [*m, *m]}}\n" for n in range(2000))
CHAIN = (
    "$defs:\n"
    + "".join(f'  p{n}: {{$ref: "#/$defs/p{n + 1}"}}\n' for n in range(8000))
    + "  p8000: {$ref: '#/$defs/p0'}\n"
)
REQUIRED = "title: A\ntype: object\nproperties:\n" + "".join(
    f"  f{n}: {{type: object, title: A, $ref: 'common#/$defs/p0', required: [zz]}}\n" for n in range(3000)
)

#: name: (file, content, the codes that must be told, and no other)
CORPUS: dict[str, tuple[str, str | bytes, set[str]]] = {
    "billion laughs": (SECTORS, LAUGHS, {"C023", "C101", "C102"}),
    "alias of itself": (SECTORS, "sectors: &a [*a]", {"C023"}),
    "merge bomb": (SECTORS, MERGE, {"C009", "C023", "C025"}),
    "anchors without end": (SECTORS, "- &a x\n" * 100_000, {"C009", "C023"}),
    "a megabyte and one": (SECTORS, "#" * 1_000_001, {"C005"}),
    "depth 1,000 of brackets": (SECTORS, "[" * 1000 + "]" * 1000, {"C006"}),
    "depth 100,000 of brackets": (SECTORS, "[" * 100_000, {"C006"}),
    "depth of braces": (SECTORS, "{a: " * 200_000, {"C006"}),
    "depth of dashes": (SECTORS, "- " * 400_000, {"C006"}),
    "question marks": (SECTORS, "? " * 400_000, {"C006", "C028"}),
    "50,000 fields": (FORM, "properties:\n" + "".join(f"  f{n}: {{type: string}}\n" for n in range(26_000)), {"C007"}),
    "a list of everything": (LIST, "id: x\nrows: [" + "x, " * 300_000 + "]", {"C007"}),
    "python object": (SECTORS, "sectors: !!python/object/apply:os.system [{id: a, name: A}]", {"C024"}),
    "python name": (SECTORS, "sectors: [{id: a, name: !!python/name:os.system ''}]", {"C024"}),
    "binary tag": (SECTORS, "sectors: [{id: a, name: !!binary aGk=}]", {"C024"}),
    "verbatim tag": (SECTORS, "sectors: [{id: a, name: !<tag:yaml.org,2002:str> x}]", {"C024"}),
    "own tag": (SECTORS, "sectors: [{id: a, name: !danger x}]", {"C017"}),
    "key twice": (SECTORS, "sectors:\n  - {id: a, name: A}\nsectors: []", {"C020"}),
    "key twice in two forms of Unicode": (SECTORS, "s: 1\n\u1ea1: 1\na\u0323: 2", {"C020", "C101", "C102"}),
    "yes": (SECTORS, "sectors: [{id: a, name: yes}]", {"C021"}),
    "Off": (SECTORS, "sectors: [{id: a, name: Off}]", {"C021"}),
    "012": (SECTORS, "sectors: [{id: a, name: 012}]", {"C022"}),
    "a number of a megabyte": (SECTORS, "sectors: " + "9" * 900_000, {"C030"}),
    "NUL": (SECTORS, "sectors: \x00", {"C004"}),
    "NUL by escape": (SECTORS, 'sectors: [{id: a, name: "A\\0"}]', {"C004"}),
    "escape sequence by escape": (SECTORS, 'sectors: [{id: a, name: "\\e[31mA"}]', {"C004"}),
    "reading direction by escape": (SECTORS, 'sectors: [{id: a, name: "\\u202eA"}]', {"C004"}),
    "reading direction": (SECTORS, "sectors: [{id: a, name: \u202eA}]", {"C004"}),
    "line separator": (SECTORS, "sectors: [{id: a, name: A}]\u2028# x", {"C004"}),
    "lone carriage return": (SECTORS, "sectors: []\rother: 1", {"C004"}),
    "BOM": (SECTORS, b"\xef\xbb\xbfsectors: [{id: a, name: A}]", {"C003"}),
    "UTF-16": (SECTORS, "sectors: []".encode("utf-16"), {"C002"}),
    "UTF-16 without BOM": (SECTORS, "sectors: []".encode("utf-16-le"), {"C004"}),
    "UTF-32": (SECTORS, "sectors: []".encode("utf-32"), {"C002"}),
    "Latin-1": (SECTORS, "sectors: \xe9".encode("latin-1"), {"C001"}),
    "overlong UTF-8": (SECTORS, b"sectors: \xc0\xaf", {"C001"}),
    "half a surrogate": (SECTORS, b"sectors: \xed\xa0\x80", {"C001"}),
    "tabs": (SECTORS, "sectors:\n\t- {id: a, name: A}", {"C008"}),
    "two documents": (SECTORS, "sectors: [{id: a, name: A}]\n---\na: 1", {"C026"}),
    "directive": (SECTORS, "%TAG ! tag:evil,2000:\n---\nsectors: [{id: a, name: A}]", {"C027"}),
    "open quote": (SECTORS, "sectors: '" + "x\n  " * 200_000, {"C011"}),
    "open bracket": (SECTORS, "sectors: [\n" + "  a,\n" * 10_000, {"C012"}),
    "list as a key": (SECTORS, "? [a]\n: 1\nsectors: [{id: a, name: A}]", {"C028"}),
    "no key": (SECTORS, "'': 1\nsectors: [{id: a, name: A}]", {"C028"}),
    "empty": (SECTORS, "", {"C031"}),
    "no such day": (
        LIST,
        "id: x\ntitle: X\nin_force: {from: 2026-02-30}\ncolumns: [code, name]\nrows: [['1', A]]",
        {"C120"},
    ),
    "ReDoS of a repeated group": (FORM, form("b: {type: string, title: B, pattern: '^(a+)+$'}"), {"C118"}),
    "ReDoS of alternatives": (FORM, form("b: {type: string, title: B, pattern: '^(a|a)*$'}"), {"C118"}),
    "ReDoS of neighbours": (FORM, form("b: {type: string, title: B, pattern: '^a*a*a*a*b'}"), {"C118"}),
    "ReDoS of bounds": (FORM, form("b: {type: string, title: B, pattern: '^a{1,99}a{1,99}a{1,99}b'}"), {"C118"}),
    "remote $ref": (FORM, form("b: {$ref: 'http://127.0.0.1/x#/$defs/a'}"), {"C107"}),
    "$ref to a file": (FORM, form("b: {$ref: 'file:///etc/passwd#/$defs/a'}"), {"C107"}),
    "$ref out of the folder": (FORM, form("b: {$ref: '../../etc/passwd#/$defs/a'}"), {"C107"}),
    "choices out of the folder": (FORM, form("b: {type: string, title: B, choices: lists/../../x}"), {"C107"}),
    "use out of the folder": ("procedures/papers/x.yaml", "use: papers/../../x", {"C107"}),
    "run out of the folder": (
        "workflows/x.yaml",
        "id: x\nstart: a\nsteps: {a: {runs: ../x, to: b}, b: {ends: granted}}",
        {"C107"},
    ),
    "$ref to itself": ("forms/common.yaml", "$defs:\n  a: {$ref: '#/$defs/a'}", {"C222"}),
    "a circle of 8,000 $refs": ("forms/common.yaml", CHAIN, {"C222"}),
    "unknown keys without end": (SECTORS, "".join(f"k{n}: 1\n" for n in range(20_000)), {"C009", "C101", "C102"}),
    "an unknown key of a megabyte": (SECTORS, f"? {'k' * 900_000}\n: 1\nsectors: [{{id: a, name: A}}]", {"C102"}),
    "a wrong name in a file's name": ("procedures/../procedures/A B.yaml", "a: 1", {"C043"}),
}


def written(root: Path, file: str, content: str | bytes) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 40


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_is_refused_with_its_own_code_within_two_seconds(name: str, tmp_path: Path) -> None:
    file, content, codes = CORPUS[name]
    written(tmp_path, file, content)

    started = time.process_time()
    found = read(tmp_path).diagnostics

    assert time.process_time() - started < 2
    assert {d.code for d in found} == codes


def test_a_hundred_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    written(tmp_path, SECTORS, "")
    os.truncate(tmp_path / SECTORS, 100_000_000)

    assert [d.code for d in read(tmp_path).diagnostics] == ["C005"]


def test_links_are_followed_inside_the_catalog_only(tmp_path: Path) -> None:
    root = tmp_path / "catalog"
    written(root, "forms/lists/tinh.yaml", 'id: tinh\ntitle: A\ncolumns: [code, name]\nrows: [["01", A]]')
    (root / "procedures").mkdir()
    (root / "procedures/agencies.yaml").symlink_to("/etc/passwd")
    (root / "procedures/sectors.yaml").symlink_to("../../nowhere.yaml")
    (root / "procedures/round").symlink_to(root)
    (root / "forms/out").symlink_to("/etc")
    (root / "forms/lists/tinh_cu.yaml").symlink_to(root / "forms/lists/tinh.yaml")

    reading = read(root)

    assert [(d.code, d.place.file) for d in reading.diagnostics] == [
        ("C040", "procedures/agencies.yaml"),
        ("C040", "procedures/round"),
        ("C040", "procedures/sectors.yaml"),
        ("C040", "forms/out"),
        ("C225", "forms/lists/tinh_cu.yaml"),
    ]


def test_what_cannot_be_opened_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "procedures/agencies.yaml").mkdir(parents=True)
    os.mkfifo(tmp_path / "procedures/sectors.yaml")
    written(tmp_path, "workflows/roles.yaml", "roles: [{id: a, name: A}]")

    reading = read(tmp_path)

    assert [(d.code, d.place.file) for d in reading.diagnostics] == [("C044", "procedures/sectors.yaml")]
    assert "workflows/roles.yaml" in reading.files


def test_nothing_in_a_report_commands_a_terminal(tmp_path: Path) -> None:
    written(tmp_path, "forms/\x1b[31mred\n.yaml", "a: 1")
    written(tmp_path, FORM, '"\\e]0;title\\a": 1\nb: \x1b[2J\n')
    written(tmp_path, SECTORS, "sectors: []\n# \u202e\n")

    for render in FORMATS.values():
        printed = render(check(tmp_path), "vi")
        assert not {"\x1b", "\x07", "\u202e"} & set(printed)
        assert "\x1b" not in printed


def test_the_whole_corpus_needs_less_than_a_hundred_megabytes_more(tmp_path: Path) -> None:
    for number, (file, content, _) in enumerate(CORPUS.values()):
        written(tmp_path / str(number), file, content)
    written(tmp_path / "chain", "forms/common.yaml", CHAIN)
    written(tmp_path / "chain", FORM, REQUIRED)
    code = (
        "import resource, sys, pathlib\n"
        "from motcua.catalogue.reading import read\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "before = used()\n"
        "for root in sorted(pathlib.Path(sys.argv[1]).iterdir()): read(root)\n"
        "print(used() - before)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(HOME / "platform")}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=env, capture_output=True, text=True, check=True
    )

    assert int(ran.stdout) < 100
