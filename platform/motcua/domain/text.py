"""A text that people read: Vietnamese first, English beside it where the catalog gives one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    vi: str
    en: str | None = None

    @staticmethod
    def of(value: str | dict[str, str] | None, default: str = "") -> Text:
        """A catalog text: `Họ tên` or `{vi: Họ tên, en: Full name}`."""
        if isinstance(value, dict):
            return Text(str(value.get("vi", default)), value.get("en"))
        return Text(str(value) if value is not None else default)

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" and self.en else self.vi

    def __str__(self) -> str:
        return self.vi
