"""Messages in words: what the outbox holds, said with the theme's words. Used by the background work.

Vietnamese first; nothing personal is in them but what the reader needs: a number, a date, a reason, where to look.
"""

from __future__ import annotations

from datetime import datetime

from motcua.casework.deliver import Worded, Words
from motcua.domain.moments import due_text
from motcua.domain.working_calendar import HCM
from motcua.store.outbox import EMAIL, SMS, Message
from motcua.web import words as theme_words
from motcua.web.formats import money


def in_words(said: theme_words.Words, lang: str = "vi") -> Words:
    """A function that puts any message into the words of a theme."""

    def worded(message: Message) -> Worded:
        params = {**message.params, **_said(said, message, lang)}
        text = said.say(f"{message.text}.text", lang, **params)
        if message.params.get("says"):  # what the procedure adds in its own words
            text = f"{text} {message.params['says']}"
        if message.channel in (EMAIL, SMS) and message.params.get("link"):
            text = f"{text}\n{message.params['link']}"
        return Worded(said.say(f"{message.text}.subject", lang, **params), text)

    return worded


def _said(said: theme_words.Words, message: Message, lang: str) -> dict[str, str]:
    """Dates and outcomes as people read them."""
    moments = {name: str(message.params[name]) for name in ("due", "at", "slot") if message.params.get(name)}
    outcome, reason = message.params.get("outcome"), message.params.get("reason")
    found = {"due": said.say("notice.no_due", lang), **{name: _moment(at, lang) for name, at in moments.items()}}
    if outcome:
        found["outcome"] = said.say(f"notice.outcome.{outcome}", lang)
    for key in ("amount", "owes", "refund_due"):
        if amount := message.params.get(key):
            found[key] = money(amount)
    found["reason"] = said.say("notice.reason", lang, reason=reason) if reason else ""
    return found


def _moment(kept: str, lang: str) -> str:
    return due_text(datetime.fromisoformat(kept).astimezone(HCM), lang)
