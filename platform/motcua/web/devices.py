"""Known devices: a browser on which an account was signed in before is told from a stranger's, so that guessing from
elsewhere cannot lock the owner out. Called by signin and signup.

The cookie is signed and says which account and which device; it opens nothing by itself.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from motcua.casework.sign_in import Door
from motcua.web.current import address
from motcua.web.sessions import cookie_name, set_cookie

_DAYS = 365


def door() -> Door:
    """Where this request comes from, for the limits of signing in."""
    known, device = _known()
    return Door(address(), request.user_agent.string, device, known)


def remember(response: Response, account: int) -> None:
    known, device = _known()
    mark = device if known == account and device else secrets.token_urlsafe(16)
    set_cookie(response, cookie_name("device"), str(_signer().dumps([account, mark])), days=_DAYS)


def _known() -> tuple[int | None, str | None]:
    try:
        told: Any = _signer().loads(request.cookies.get(cookie_name("device"), ""), max_age=_DAYS * 86400)
        return int(told[0]), str(told[1])
    except (BadData, ValueError, TypeError, IndexError):
        return None, None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="device")
