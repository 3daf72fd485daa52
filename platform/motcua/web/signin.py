"""Signing in and out, for citizens and officers alike. The rules are casework's; here are the forms and the cookies."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from motcua.casework.sign_in import Entered
from motcua.casework.sign_in import sign_in as let_in
from motcua.casework.sign_out import sign_out as let_out
from motcua.domain.refusals import Incorrect, TooManyTries
from motcua.web import devices, sessions
from motcua.web.addresses import local_path
from motcua.web.current import office, visitor
from motcua.web.language import language
from motcua.web.navigation import home_of_visitor
from motcua.web.theme import render, say

pages = Blueprint("signin", __name__)


def sign_in_form() -> Form:
    """The labels are the theme's, so the form is made per request."""

    class SignIn(Form):
        name = StringField(
            say("sign_in.name"),
            description=say("sign_in.name_hint"),
            render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
        )
        password = PasswordField(say("sign_in.password"), render_kw={"autocomplete": "current-password"})

    return SignIn(request.form)


@pages.get("/sign-in")
def sign_in() -> Response:
    """Whoever is in already goes on."""
    goal = local_path(request.args.get("next"), "")
    if visitor():
        return redirect(goal or home_of_visitor())
    return render("sign_in", form=sign_in_form(), goal=goal, wrong="")


@pages.post("/sign-in")
def enter() -> Response:
    form, goal = sign_in_form(), local_path(request.form.get("next"), "")
    try:
        entered = let_in(office(), form["name"].data or "", form["password"].data or "", devices.door())
    except Incorrect as no:
        return render("sign_in", 422, form=form, goal=goal, wrong=no.problems[0].message(language()))
    except TooManyTries as no:
        response = render("sign_in", 429, form=form, goal=goal, wrong=no.message(language()))
        response.headers["Retry-After"] = str(no.wait)
        return response
    return welcome(entered, goal)


@pages.post("/sign-out")
def sign_out() -> Response:
    token = request.cookies.get(sessions.cookie_name())
    if token:
        let_out(office(), token)
    response = redirect(url_for("public.home"))
    sessions.end(response)
    flash(say("sign_out.done"))
    return response


def welcome(entered: Entered, goal: str = "") -> Response:
    """On with a fresh session, to where the person wanted to go; else to the menu's first page of his own."""
    old = request.cookies.get(sessions.cookie_name())
    if old:
        let_out(office(), old)
    response = redirect(goal or url_for("signin.sign_in"))
    sessions.begin(response, entered.token)
    devices.remember(response, entered.account.id)
    return response
