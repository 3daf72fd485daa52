"""Somebody at a browser without scripts: opens pages, fills in the forms that stand there, presses buttons. Over real
HTTP.
"""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

BOUNDARY = "----a-form-of-the-stories"


@dataclass
class Form:
    """A form as it stands on a page: what it would send if nothing were changed."""

    action: str
    method: str
    multipart: bool
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str, str]] = field(default_factory=list)  # label, name, value, another action
    files: list[str] = field(default_factory=list)
    boxes: dict[str, list[str]] = field(default_factory=dict)  # what each box or radio stands for
    options: dict[str, list[str]] = field(default_factory=dict)  # what each select offers

    def button(self, name: str, value: str) -> bool:
        return any(button[1:3] == (name, value) for button in self.buttons)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text: list[str] = []
        self.title = ""
        self._form: Form | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._button: list[str] | None = None
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {key: value or "" for key, value in attrs}
        given = dict(attrs)
        if tag == "title":
            self._in_title = True
        if tag == "form":
            self._form = Form(
                at.get("action", ""), at.get("method", "get").lower(), "multipart" in at.get("enctype", "")
            )
            self.forms.append(self._form)
        form = self._form
        if form is None:
            return
        name, kind = at.get("name", ""), at.get("type", "text")
        if tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in ("radio", "checkbox"):
            form.fields.setdefault(name, [])
            form.boxes.setdefault(name, []).append(at.get("value", "on"))
            if "checked" in given:
                form.fields[name].append(at.get("value", "on"))
        elif tag == "input" and kind != "submit":
            form.fields.setdefault(name, []).append(at.get("value", ""))
        elif tag == "select":
            self._select = name
            form.fields.setdefault(name, [])
            form.options[name] = []
        elif tag == "option" and self._select:
            form.options[self._select].append(at.get("value", ""))
            if "selected" in given:
                form.fields[self._select].append(at.get("value", ""))
        elif tag == "textarea":
            self._area = name
            form.fields[name] = [""]
        elif tag == "button":
            self._button = ["", name, at.get("value", ""), at.get("formaction", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag == "button" and self._button and self._form:
            self._form.buttons.append((" ".join(self._button[0].split()), *self._button[1:]))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._area and self._form:
            self._form.fields[self._area][0] += data
        if self._button is not None:
            self._button[0] += data
        self.text.append(data)


class Visitor:
    """One person: cookies are kept, redirects followed."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.url, self.status, self.html = base, 0, ""
        self.page = _Page()

    def open(self, address: str) -> Visitor:
        return self._go(urllib.request.Request(urllib.parse.urljoin(self.url, address)))

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.page.text).split())

    def press(
        self,
        button: str,
        *,
        tick: Sequence[str] = (),
        files: dict[str, tuple[str, bytes]] | None = None,
        **fields: str | list[str],
    ) -> Visitor:
        """Press the button whose label holds these words, after ticking boxes and filling in fields; dots in names are
        written `__`."""
        for form in self.page.forms:
            for label, name, value, action in form.buttons:
                if button.lower() in label.lower():
                    ticked = {box: form.boxes[box] for box in tick}
                    return self._send(
                        replace(form, action=action or form.action), (name, value), {**ticked, **fields}, files or {}
                    )
        raise AssertionError(
            f"no button {button!r} on {self.url}: {[f.buttons for f in self.page.forms]}\n{self.text[:600]}"
        )

    def send(
        self,
        form: Form,
        pressed: tuple[str, str] = ("", ""),
        fields: dict[str, Any] | None = None,
        files: dict[str, tuple[str, bytes]] | None = None,
    ) -> Visitor:
        """Send one form that stands on this page, with these fields changed."""
        return self._send(form, pressed, fields or {}, files or {})

    def _send(
        self, form: Form, pressed: tuple[str, str], fields: dict[str, Any], files: dict[str, tuple[str, bytes]]
    ) -> Visitor:
        sent = {name: list(values) for name, values in form.fields.items()}
        for key, value in fields.items():
            name = key.replace("__", ".")
            assert name in sent, f"no field {name!r} on {self.url}: {sorted(sent)}"
            sent[name] = value if isinstance(value, list) else [value]
        if pressed[0]:
            sent[pressed[0]] = [pressed[1]]
        pairs = [(name, value) for name, values in sent.items() for value in values]
        target = urllib.parse.urljoin(self.url, form.action or self.url)
        if form.method == "get":
            return self._go(urllib.request.Request(f"{target}?{urllib.parse.urlencode(pairs)}"))
        body, kind = (
            (_multipart(pairs, files), f"multipart/form-data; boundary={BOUNDARY}")
            if form.multipart
            else (
                urllib.parse.urlencode(pairs).encode(),
                "application/x-www-form-urlencoded",
            )
        )
        request = urllib.request.Request(target, data=body, method="POST")
        request.add_header("Content-Type", kind)
        request.add_header("Referer", self.url)
        request.add_header("Origin", self.base)
        return self._go(request)

    def _go(self, request: urllib.request.Request) -> Visitor:
        try:
            answer = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.status, self.url = answer.status, answer.url
            self.html = answer.read().decode("utf-8", "replace")
        self.page = _Page()
        self.page.feed(self.html)
        return self


def _multipart(pairs: list[tuple[str, str]], files: dict[str, tuple[str, bytes]]) -> bytes:
    parts = []
    for name, value in pairs:
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (filename, data) in files.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
