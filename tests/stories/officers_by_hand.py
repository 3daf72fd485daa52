"""What an officer does on the page of a case that stands open: fill in what the example says, press the button. Each
answers with whether the site took it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.stories.person import Person
from tests.stories.visitor import Form
from tests.stories.writing import flat, written


def act(officer: Person, ref: str, step: str, action: str, said: Mapping[str, Any]) -> bool:
    """One of the step's actions, with what the step's own form asks. Originals that came are taken over before, those
    that go are handed on with it.
    """
    takes_over(officer, ref, step)
    target = f"/desk/cases/{ref}/steps/{step}/{action}"
    form = next((f for f in officer.page.forms if any(button[3] == target for button in f.buttons)), None)
    if form is None:
        return False
    findings = dict(flat("facts", said.get("answers", {})))
    more: dict[str, Any] = {"asks": list(said["asks"])} if "asks" in said else {}
    more |= {"hands": ["y"]} if "hands" in form.fields else {}
    officer.send(replace(form, action=target), fields={**written(form, findings), **_reason(form, said), **more})
    return officer.status == 200


def takes_over(officer: Person, ref: str, step: str) -> None:
    """The page stays with the case, and shows the step's work now."""
    if (form := _waiting(officer, ref, step)) is not None:
        officer.send(form)
        assert officer.status == 200, officer.text[:800]


def offer(officer: Person, ref: str, step: str, slot: str) -> bool:
    """A time for an appointment, in the first of the boxes."""
    form = _waiting(officer, ref, step)
    if form is None or "slots" not in form.fields:
        return False
    officer.send(form, fields={"slots": [slot, *form.fields["slots"][1:]]})
    return officer.status == 200


def speak(officer: Person, ref: str, step: str, said: Mapping[str, Any]) -> bool:
    """An agency's opinion, or another body's message, at a wait."""
    form = _waiting(officer, ref, step)
    if form is None:
        return False
    opinion = {"opinion": [said["opinion"]]} if "opinion" in form.fields else {}
    officer.send(form, fields={**opinion, "reason": said.get("text", "") or said.get("reason", "")})
    return officer.status == 200


def interrupt(officer: Person, ref: str, way: str, said: Mapping[str, Any]) -> bool:
    """`interrupts/ke_bien` or `lifts/ke_bien`: the link on the case's page, and the page that asks once more."""
    address = f"/desk/cases/{ref}/{way}"
    if f'href="{address}"' not in officer.html:
        return False
    form = next(form for form in officer.at(address).page.forms if "reason" in form.fields)
    officer.send(form, fields=_reason(form, said))
    return officer.status == 200


def _waiting(officer: Person, ref: str, step: str) -> Form | None:
    return next((f for f in officer.page.forms if f.action == f"/desk/cases/{ref}/waits/{step}"), None)


def _reason(form: Form, said: Mapping[str, Any]) -> dict[str, str]:
    return {"reason": str(said.get("reason") or "Theo quy định")} if "reason" in form.fields else {}
