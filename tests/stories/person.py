"""Somebody at a browser without scripts, in this process: what `Visitor` does over a socket goes through Flask's test
client. For stories in which a hand moves the clock.
"""

from __future__ import annotations

import urllib.request

from flask.testing import FlaskClient
from tests.stories.visitor import Visitor, _Page

HERE = "http://localhost"


class Person(Visitor):
    """One person: cookies are kept, redirects followed."""

    def __init__(self, client: FlaskClient, name: str, password: str) -> None:
        super().__init__(HERE)
        self._client, self._name, self._password = client, name, password

    def at(self, address: str) -> Person:
        """Open a page of one's own; who has been signed out meanwhile signs in first, and is led back to it."""
        self.open(address)
        if "/sign-in" in self.url:
            self.press("Đăng nhập", name=self._name, password=self._password)
            assert "/sign-in" not in self.url, self.text
        assert self.status == 200, f"{address}: {self.status} {self.text[:800]}"
        return self

    def _go(self, request: urllib.request.Request) -> Person:
        answer = self._client.open(
            request.full_url.partition("#")[0].removeprefix(HERE),
            method=request.get_method(),
            data=request.data,
            headers={"Content-Type": request.get_header("Content-type"), "Referer": HERE, "Origin": HERE},
            follow_redirects=True,
            buffered=True,
        )
        self.status, self.url, self.html = answer.status_code, answer.request.url, answer.text
        self.page = _Page()
        self.page.feed(self.html)
        return self
