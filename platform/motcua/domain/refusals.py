"""What is forbidden or came too late: the `Refused` family. Raised below, mapped once to HTTP in web/errors.py and to
an exit code in cli.py.

A citizen's mistake in an answer is a `Problem` and an editor's a `Diagnostic`: data, not exceptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from motcua.domain.problems import Problem
from motcua.domain.text import Text


class Refused(Exception):
    """`key` names the message in a theme's words, `params` fill it; `message` says it where no theme is at hand."""

    key: ClassVar[str] = "refused"
    text: ClassVar[Text] = Text("Không thực hiện được.", "This cannot be done.")

    def __init__(self, **params: Any) -> None:
        super().__init__(self.key)
        self.params = params

    def message(self, lang: str = "vi") -> str:
        return self.text.in_(lang).format_map(self.params)

    def __str__(self) -> str:
        return f"{self.key} {self.params}" if self.params else self.key


class NotAllowed(Refused):
    """This person may not do it, though another may."""

    key = "not_allowed"
    text = Text("Bạn không có quyền làm việc này.", "You may not do this.")


class NotThere(Refused):
    """There is no such thing, or it is not this person's: the two look alike."""

    key = "not_there"
    text = Text("Không tìm thấy.", "Not found.")


class NotOffered(Refused):
    """The step, the workflow or a condition does not offer this action now."""

    key = "not_offered"
    text = Text("Hồ sơ không còn ở bước cho phép thao tác này.", "The case does not offer this action now.")


class SilenceSpoke(NotOffered):
    """An agency answers after its time: its silence has been taken for `opinion`, at the end of the window."""

    key = "silent"
    text = Text("Đã hết hạn trả lời lúc {at:%H:%M %d/%m/%Y}.", "The time to answer ended at {at:%H:%M %d/%m/%Y}.")

    def __init__(self, step: str, opinion: str, at: datetime) -> None:
        super().__init__(step=step, action="answer", opinion=opinion, at=at)


class Incorrect(Refused):
    """What was entered has problems; nothing was done."""

    key = "incorrect"
    text = Text("Có lỗi cần sửa.", "There are errors to correct.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(f"{p.field}: {p.message('en')}" for p in self.problems)


class Stale(Refused):
    """Somebody else was quicker: `by` did `act` at `at` after this person had looked."""

    key = "stale"
    text = Text("Hồ sơ vừa được {by} xử lý lúc {at:%H:%M %d/%m/%Y}.", "{by} changed this at {at:%H:%M %d/%m/%Y}.")

    def __init__(self, by: str, at: datetime, act: str) -> None:
        super().__init__(by=by, at=at, act=act)
        self.by, self.at, self.act = by, at, act


class Taken(Refused):
    """Another account has this e-mail, phone, identity number or login already; `field` says which."""

    key = "taken"
    text = Text("Thông tin này đã được đăng ký.", "This is registered already.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
        self.field = field


class Overflow(Refused):
    """A series of numbers has come to its last one: refused, never wrapped."""

    key = "overflow"
    text = Text("Đã hết số trong ngày của dãy {series}.", "The series {series} has no number left.")


class TooManyTries(Refused):
    """Too many attempts for one purpose; `wait` is the number of seconds until the next is weighed."""

    key = "too_many_tries"
    text = Text(
        "Bạn đã thử quá nhiều lần. Hãy thử lại sau {minutes} phút.", "Too many tries. Try again in {minutes} minutes."
    )

    def __init__(self, wait: int) -> None:
        super().__init__(wait=wait, minutes=-(-wait // 60))
        self.wait = wait


class Closed(Refused):
    """The window for this act has ended, or the case has."""

    key = "closed"
    text = Text("Đã hết thời hạn hoặc hồ sơ đã kết thúc.", "The time for this has ended, or the case has.")


class Busy(Refused):
    """The database is locked, full or away for the moment; nothing was written. `wait` seconds, then the same may be
    sent again.
    """

    key = "busy"
    text = Text("Hệ thống đang bận. Hãy thử lại sau ít giây.", "The system is busy. Try again in a few seconds.")

    def __init__(self, wait: int = 5) -> None:
        super().__init__(wait=wait)
        self.wait = wait
