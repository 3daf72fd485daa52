"""A citizen files what an example says, page by page, as the draft leads: questions, lists, the office, papers, the
check of everything. And answers a supplement the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.stories.person import Person
from tests.stories.province import sample_paper
from tests.stories.visitor import Form
from tests.stories.writing import flat, stands, written

NEXT = ("next", "1")


def fill_in(
    citizen: Person, draft: str, answers: Mapping[str, Any], picks: Mapping[str, str], issued: date
) -> set[str]:
    """From the first page to the check of everything, as each page leads on; from one that will not be right, on to
    the next that the example answers. Answers with the picks that are not offered, as fields.
    """
    refused = set[str]()
    ahead = [*(f"pages/{page}" for page in answers), "office"]
    citizen.at(f"{draft}/{ahead[0]}")
    for _ in range(60):
        if found := re.search(r"/pages/(\w+)", citizen.url):
            right = fill_page(citizen, found[1], dict(flat(found[1], answers.get(found[1], {}))))
            if not right:
                citizen.at(f"{draft}/{ahead[ahead.index(f'pages/{found[1]}') + 1]}")
        elif citizen.url.endswith("/office"):
            refused = pick(citizen, picks)
            if citizen.url.endswith("/office"):
                citizen.at(f"{draft}/papers")
        elif citizen.url.endswith("/papers"):
            attach(citizen, issued)
            citizen.at(f"{draft}/check")
        else:
            break
    assert citizen.url.endswith("/check"), citizen.text[:1500]
    return refused


def fill_page(citizen: Person, page: str, answers: Mapping[str, Any]) -> bool:
    """Until the page leads on; False where it shows the same again, whatever was written."""
    before: object = None
    for _ in range(80):
        form = next(form for form in citizen.page.forms if form.button(*NEXT))
        typed, pressed = written(form, answers), _pressed(form, page, answers)
        if (typed, pressed) == before:
            return False
        before = (typed, pressed) if pressed == NEXT else None
        citizen.send(form, pressed, typed)
        if f"/pages/{page}" not in citizen.url:
            return True
    raise AssertionError(f"{page} goes round: {citizen.text[:1500]}")


def _pressed(form: Form, page: str, answers: Mapping[str, Any]) -> tuple[str, str]:
    """A list is shown, or made longer, while an answer has no control yet; else on to the next page."""
    for name in answers:
        if not stands(form, name):
            if form.button("choose", name):
                return ("choose", name)
            rows = re.match(r"(.*?)\.(\d+)\.", name)
            if rows and form.button("add", rows[1]) and not any(f.startswith(rows[0]) for f in form.fields):
                return ("add", rows[1])
    return NEXT


def pick(citizen: Person, picks: Mapping[str, str]) -> set[str]:
    """The office among those that are offered; where the example picks none, the one that is proposed."""
    form = next(form for form in citizen.page.forms if form.options)
    offered = {name: agency for name, agency in picks.items() if agency in form.options.get(name, ())}
    citizen.send(form, fields=dict(offered))
    return {f"agency.{name}" for name in picks if name not in offered}


def attach(citizen: Person, issued: date, only: Sequence[str] | None = None) -> None:
    """A file for each paper that stands there, and the day on which it was issued where that is asked."""
    asked = [form.fields["paper"][0] for form in citizen.page.forms if form.files]
    for key in asked if only is None else only:
        form = next((f for f in citizen.page.forms if f.files and f.fields["paper"] == [key]), None)
        assert form is not None, f"{key} is not asked: {citizen.text[:1500]}"
        dated = {"issued_on": f"{issued:%d/%m/%Y}"} if "issued_on" in form.fields else {}
        citizen.send(form, fields=dated, files={"file": (f"{key}.pdf", sample_paper())})
        assert citizen.status == 200, citizen.text[:1500]


def send(citizen: Person) -> set[str]:
    """Tick the declaration of truth and press the last button; answers with the fields that are wrong."""
    form = next(form for form in citizen.page.forms if "declaration" in form.fields)
    citizen.send(form, fields={"declaration": ["y"]})
    told = re.search(r'<div class="wrong".*?</div>', citizen.html, re.S)
    addresses = re.findall(r'href="([^"]*)"', told[0]) if told else []
    return {address.rpartition("#")[2] for address in addresses if not address.endswith("/office")}
