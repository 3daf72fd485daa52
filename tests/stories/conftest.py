"""A province for each story, on either database: served by processes of its own, or in this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from tests.kept_templates import keep_templates
from tests.stories.played_site import CHEAP, Site, site_of
from tests.stories.province import Server, new_server
from tests.web.desk_site import proof

from motcua.casework import hashing
from motcua.gateways.clock import HandClock
from motcua.settings import Settings
from motcua.web import create_app
from motcua.web.current import OFFICE


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Each request has a context of its own, as it has when the site runs."""


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    made = new_server(database_url, tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def app(settings: Settings, clock: HandClock) -> Iterator[Flask]:
    made = keep_templates(create_app(settings, clock=clock, demo=True))
    made.testing = True
    yield made
    made.extensions[OFFICE].store.close()


@pytest.fixture
def site(app: Flask, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(hashing, "_HASHER", CHEAP)
    return site_of(app, clock, proof())
