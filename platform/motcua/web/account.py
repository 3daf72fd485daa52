"""What a signed-in person changes about the account: today the password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField

from motcua.casework.change_password import change_password
from motcua.domain.refusals import Incorrect
from motcua.web import sessions
from motcua.web.controls import errors_of
from motcua.web.current import account, office
from motcua.web.navigation import home_of_visitor
from motcua.web.signup import show
from motcua.web.theme import render, say

pages = Blueprint("account", __name__, url_prefix="/account")


def password_form() -> Form:
    class Password(Form):
        old = PasswordField(say("password.old"), render_kw={"autocomplete": "current-password"})
        new = PasswordField(
            say("password.new"),
            description=say("sign_up.password_hint"),
            render_kw={"autocomplete": "new-password"},
        )

    return Password(request.form)


@pages.get("/password")
def password() -> Response:
    return render("password", form=password_form(), first=account().must_change_password, errors=[])


@pages.post("/password")
def change() -> Response:
    form, mine = password_form(), account()
    try:
        token = change_password(
            office(), mine, form["old"].data or "", form["new"].data or "", agent=request.user_agent.string
        )
    except Incorrect as no:
        show(form, no.problems)
        return render("password", 422, form=form, first=mine.must_change_password, errors=errors_of(form))
    response = redirect(home_of_visitor())
    sessions.begin(response, token)
    flash(say("password.done"))
    return response
