"""What only the demo shows: what the embedded gateways were given, and every part of a page."""

from __future__ import annotations

import pytest
from flask import Flask
from tests.web.conftest import Browser

from motcua.settings import Settings
from motcua.web import background, create_app
from motcua.web.current import OFFICE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_code_of_a_sign_up_is_read_among_the_messages(app: Flask, visitor: Browser) -> None:
    assert "Chưa gửi tin nào." in visitor.get("/demo/messages").text
    visitor.send("/sign-up", name="Đỗ Thị Lan", phone="0912 000 333", password="hoa gạo đỏ bên sông")
    background.once(app)
    page = visitor.get("/demo/messages").text
    code = page.split('<span class="letter">')[1][:6]
    visitor.send("/sign-up/code", code=code)
    assert visitor.signed_in


def test_the_gallery_shows_every_part(visitor: Browser) -> None:
    page = visitor.get("/gallery").text
    for part in ("wrong", "tag tag--late", "note note--near", "summary", "timeline", "desk", "panes", "bar", "boxes"):
        assert f'class="{part}' in page


def test_outside_the_demo_neither_is_there(settings: Settings) -> None:
    app = create_app(settings)
    client = app.test_client()
    assert client.get("/demo/messages").status_code == 404
    assert client.get("/gallery").status_code == 404
    assert "Bản chạy thử" not in client.get("/").text
    app.extensions[OFFICE].store.close()
