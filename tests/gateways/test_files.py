"""A stored file is whole or is not there; its name on the disk is chance."""

from __future__ import annotations

import errno
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from motcua.domain.refusals import Busy, NotThere
from motcua.domain.working_calendar import HCM
from motcua.gateways.files import FileFolder


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    files = FileFolder(tmp_path)
    stored = files.put(b"abc")
    assert (stored.size, stored.sha256[:8]) == (3, "ba7816bf")  # as the standard of SHA-256 prints it
    with files.open(stored.id) as opened:
        assert opened.read() == b"abc"
    assert files.whole(stored.id, stored.sha256)


def test_every_file_has_a_random_place_also_for_the_same_bytes(tmp_path: Path) -> None:
    files = FileFolder(tmp_path)
    assert len({files.put(b"same").id for _ in range(50)}) == 50
    assert len(on_disk(tmp_path)) == 50


@pytest.mark.parametrize("id", ["../../etc/passwd", "", "x", "/etc/passwd", "a" * 23, "a" * 21 + "/", "a" * 21 + "\n"])
def test_what_is_no_id_of_ours_is_not_there(tmp_path: Path, id: str) -> None:
    with pytest.raises(NotThere):
        FileFolder(tmp_path).open(id)


def test_an_unknown_id_is_not_there_and_a_dropped_one_neither(tmp_path: Path) -> None:
    files = FileFolder(tmp_path)
    stored = files.put(b"x")
    files.drop(stored.id)
    files.drop(stored.id)
    with pytest.raises(NotThere):
        files.open(stored.id)


@pytest.mark.parametrize("failing", ["open", "fsync", "rename"])
def test_a_disk_that_is_full_at_any_point_stores_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """R7, the files' part."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    files = FileFolder(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os if failing != "rename" else Path, failing, full)
        with pytest.raises(Busy):
            files.put(b"x" * 100)
    assert on_disk(tmp_path) == []
    assert files.put(b"x").size == 1


def test_a_changed_byte_and_a_missing_file_are_noticed(tmp_path: Path) -> None:
    """R17, small."""
    files = FileFolder(tmp_path)
    changed, missing = files.put(b"content"), files.put(b"content")
    (place,) = [path for path in on_disk(tmp_path) if path.name == changed.id]
    place.write_bytes(b"cOntent")
    files.drop(missing.id)
    assert not files.whole(changed.id, changed.sha256)
    assert not files.whole(missing.id, missing.sha256)


def test_the_sweep_takes_what_no_row_names_once_it_is_old(tmp_path: Path) -> None:
    files = FileFolder(tmp_path)
    known, orphan = files.put(b"1"), files.put(b"2")
    (tmp_path / "parts" / "half").write_bytes(b"hal")
    now = time.time()
    assert files.sweep({known.id}, datetime.fromtimestamp(now - 3600, HCM)) == 0
    assert files.sweep({known.id}, datetime.fromtimestamp(now + 3600, HCM)) == 2
    assert [path.name for path in on_disk(tmp_path)] == [known.id]
    with pytest.raises(NotThere):
        files.open(orphan.id)


def test_files_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    files = FileFolder(tmp_path)
    files.put(b"x")
    (place,) = on_disk(tmp_path)
    assert place.stat().st_mode & 0o077 == 0
