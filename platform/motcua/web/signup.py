"""A citizen makes an account: a form, then the code that came to the telephone. The rules are casework's."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response
from wtforms import EmailField, Form, PasswordField, StringField, TelField

from motcua.casework.sign_up import CODE_LIVES, Pending, ask_code, open_account
from motcua.domain.identity_number import doubts
from motcua.domain.people import show_phone
from motcua.domain.problems import Problem
from motcua.domain.refusals import Closed, Incorrect
from motcua.web import devices
from motcua.web.addresses import local_path
from motcua.web.controls import errors_of
from motcua.web.current import office, visitor
from motcua.web.language import language
from motcua.web.navigation import home_of_visitor
from motcua.web.signin import welcome
from motcua.web.theme import render, say

_KEPT = "sign_up"

pages = Blueprint("signup", __name__)


def sign_up_form() -> Form:
    class SignUp(Form):
        name = StringField(
            say("sign_up.name"), description=say("sign_up.name_hint"), render_kw={"autocomplete": "name"}
        )
        phone = TelField(
            say("sign_up.phone"),
            description=say("sign_up.phone_hint"),
            render_kw={"autocomplete": "tel", "width": "20"},
        )
        identity_number = StringField(
            say("sign_up.identity_number"),
            description=say("sign_up.identity_number_hint"),
            render_kw={"inputmode": "numeric", "autocomplete": "off", "width": "20"},
        )
        email = EmailField(
            say("sign_up.email"), description=say("sign_up.email_hint"), render_kw={"autocomplete": "email"}
        )
        password = PasswordField(
            say("sign_up.password"),
            description=say("sign_up.password_hint"),
            render_kw={"autocomplete": "new-password"},
        )

    return SignUp(request.form)


def code_form() -> Form:
    class Code(Form):
        code = StringField(
            say("sign_up.code"),
            description=say("sign_up.code_hint"),
            render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "width": "10"},
        )

    return Code(request.form)


@pages.get("/sign-up")
def sign_up() -> Response:
    if visitor():
        return redirect(home_of_visitor())
    return render("sign_up", form=sign_up_form(), goal=local_path(request.args.get("next"), ""), errors=[])


@pages.post("/sign-up")
def ask() -> Response:
    form, goal = sign_up_form(), local_path(request.form.get("next"), "")
    typed = {name: form[name].data or "" for name in ("name", "phone", "email", "identity_number", "password")}
    try:
        pending = ask_code(office(), door=devices.door(), **typed)
    except Incorrect as no:
        show(form, no.problems)
        return render("sign_up", 422, form=form, goal=goal, errors=errors_of(form))
    session[_KEPT] = _keep(pending)
    return redirect(url_for("signup.code", next=goal or None))


@pages.get("/sign-up/code")
def code() -> Response:
    pending = _pending()
    if pending is None:
        return redirect(url_for("signup.sign_up"))
    return _code_page(code_form(), pending, local_path(request.args.get("next"), ""))


@pages.post("/sign-up/code")
def confirm() -> Response:
    pending, form, goal = _pending(), code_form(), local_path(request.form.get("next"), "")
    if pending is None:
        return redirect(url_for("signup.sign_up"))
    try:
        signed_up = open_account(office(), pending, form["code"].data or "", devices.door())
    except Incorrect as no:
        show(form, no.problems)
        return _code_page(form, pending, goal, 422)
    except Closed:  # pressed twice: the account is there
        return redirect(url_for("signin.sign_in", next=goal or None))
    response = welcome(signed_up, goal)
    flash(say("sign_up.done"))
    for fact in signed_up.left_out:
        flash(say(f"sign_up.left_out.{fact}"))
    return response


def show(form: Form, problems: tuple[Problem, ...]) -> None:
    """Hang each problem on its field."""
    for problem in problems:
        form[problem.field].errors = [*form[problem.field].errors, problem.message(language())]


def _code_page(form: Form, pending: Pending, goal: str, status: int = 200) -> Response:
    doubted = doubts(pending.identity_number or "", office().now().date())
    phone, errors = show_phone(pending.phone), errors_of(form)
    return render("sign_up_code", status, form=form, goal=goal, phone=phone, doubts=doubted, errors=errors)


def _keep(pending: Pending) -> str:
    return str(_signer().dumps({**asdict(pending), "at": pending.at.isoformat()}))


def _pending() -> Pending | None:
    """What this browser asked for a little while ago: its age is judged by the office's clock."""
    try:
        kept: dict[str, Any] = _signer().loads(session.get(_KEPT, ""))
        pending = Pending(**{**kept, "at": datetime.fromisoformat(kept["at"])})
    except (BadData, TypeError, KeyError, ValueError):
        return None
    at = pending.at.astimezone(office().now().tzinfo)
    return replace(pending, at=at) if office().now() - at <= CODE_LIVES else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=_KEPT)
