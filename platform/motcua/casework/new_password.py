"""What is said of a new password that is too easy to guess. Used by the verbs about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from motcua.domain.password import LONGEST, SHORTEST, Weakness, read_password, weakness
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect
from motcua.domain.text import Text
from motcua.store.accounts import Account

_WORDS: Mapping[Weakness, Text] = {
    "password_short": Text(
        f"Mật khẩu cần ít nhất {SHORTEST} ký tự.", f"The password needs at least {SHORTEST} characters."
    ),
    "password_long": Text(f"Mật khẩu dài nhất {LONGEST} ký tự.", f"The password takes at most {LONGEST} characters."),
    "password_common": Text(
        "Mật khẩu này dễ đoán. Hãy dùng một câu chỉ bạn nhớ, ví dụ bốn từ không liên quan.",
        "This password is easy to guess. Use a phrase that only you remember, such as four unrelated words.",
    ),
    "password_own": Text(
        "Mật khẩu không được là tên, số điện thoại, thư điện tử hay số định danh của bạn.",
        "The password must not be your name, telephone, e-mail or identity number.",
    ),
}


def password_problem(field: str, password: str, own: Iterable[str | None]) -> Problem | None:
    found = weakness(read_password(password), [text for text in own if text])
    return Problem(field, found, text=_WORDS[found]) if found else None


def refuse_weak(field: str, password: str, account: Account) -> None:
    """Raises Incorrect."""
    own = (account.name, account.login, account.email, account.phone, account.identity_number)
    problem = password_problem(field, password, own)
    if problem:
        raise Incorrect([problem])
