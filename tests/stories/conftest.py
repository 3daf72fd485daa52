"""A province for each story, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stories.province import Server, new_server


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    made = new_server(database_url, tmp_path)
    made.start()
    yield made
    made.stop()
