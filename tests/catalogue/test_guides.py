"""The guides beside the files that they are about: what they show as a file is a good file, and every block reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from motcua.catalogue.messages import say
from motcua.catalogue.proving import prove_catalog
from motcua.catalogue.source import parse
from motcua.settings import HOME

GUIDES = ("procedures/README.md", "forms/README.md", "forms/lists/README.md", "workflows/README.md")
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.yaml)\n")


def blocks(guide: str) -> list[str]:
    return _BLOCK.findall((HOME / guide).read_text("utf-8"))


def files() -> dict[str, str]:
    """What the guides show whole: path -> text."""
    found = [(match[1], block) for guide in GUIDES for block in blocks(guide) if (match := _FILE.match(block))]
    return dict(found)


def test_the_small_procedure_of_the_guides_goes_live_beside_the_shipped_ones(tmp_path: Path) -> None:
    for folder in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    for name, text in files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    proof = prove_catalog(tmp_path)
    assert [f"{d.place} {say(d, 'en')}" for d in proof.reading.diagnostics] == []
    assert {"procedures", "forms", "workflows"} == {Path(name).parts[0] for name in files()}
    shown = next(p for p in proof.procedures if p.id == "xac_nhan_thong_tin")
    assert (shown.wrong, shown.procedure is not None) == ((), True)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_block_can_be_read(guide: str) -> None:
    assert blocks(guide)
    assert [problem.code for block in blocks(guide) for problem in parse(block.encode(), guide).problems] == []
