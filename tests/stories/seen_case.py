"""What the pages of a case say to somebody who reads them: papers, fees, limits, the end. Read from the HTML, as it is
shown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.settings import HOME
from motcua.web.words import read_yaml

#: how each end is called on the pages
OUTCOMES: Mapping[str, str] = read_yaml(HOME / "themes/default/words/vi.yaml")["outcome"]
_MOMENT = re.compile(r"(\d\d)/(\d\d)/(\d{4}), (\d\d):(\d\d)")
_MONEY = re.compile(r"([\d.]+) đ")


@dataclass(frozen=True)
class Paper:
    name: str
    wanted: str  # `1 bản chính, 0 bản sao`, or why nothing is to be handed in


@dataclass(frozen=True)
class Limit:
    """`due` is None while the clock stands."""

    name: str
    main: bool
    due: datetime | None


@dataclass(frozen=True)
class DeskPage:
    """The officer's page of a case."""

    papers: tuple[Paper, ...]
    fees: Mapping[str, int | None]
    fee_total: int
    limits: tuple[Limit, ...]
    state: str  # the head of the page: where it stands, or how it ended
    slips: tuple[str, ...] = ()  # their titles, the oldest first

    @staticmethod
    def read(page: str) -> DeskPage:
        papers, fees, limits = (_section(page, name) for name in ("papers", "fees", "limits"))
        return DeskPage(
            papers=tuple(_paper(line) for line in re.findall(r'<li class="desk-paper">(.*?)</li>', papers, re.S)),
            fees={words(name): _money(words(sum_)) for name, sum_ in re.findall(_FEE, fees, re.S)},
            fee_total=_total(fees),
            limits=tuple(_limit(line) for line in re.findall(r'<div class="desk-limit">(.*?)</div>', limits, re.S)),
            state=words(_first(r'<dl class="facts">(.*?)</dl>', page)),
            slips=tuple(words(title) for title in re.findall(r"<a [^>]*>(.*?)</a>", _section(page, "slips"), re.S)),
        )

    @property
    def due(self) -> datetime | None:
        return next((limit.due for limit in self.limits if limit.main), None)


_FEE = r'<tr><td>(.*?)</td>.*?<td class="number">(.*?)</td></tr>'


def _paper(line: str) -> Paper:
    return Paper(
        words(_first(r"<strong>(.*?)</strong>", line)), words(_first(r"</strong>\s*<span[^>]*>(.*?)</span>", line))
    )


def _limit(line: str) -> Limit:
    title, text = _first(r"<h3>(.*?)</h3>", line), words(line)
    main = "(thời hạn báo cho người dân)" in words(title)
    return Limit(words(title.partition("<span")[0]), main, moment(text.partition("Đến hạn")[2]))


def head(page: str) -> str:
    """What stands great at the head of the applicant's page: until when, or how it ended."""
    return words(_first(r'<dl class="great">(.*?)</dl>', page))


def moment(text: str) -> datetime | None:
    """The first moment in a text: `thứ Tư, 14/10/2026, 17:00`."""
    found = _MOMENT.search(text)
    if found is None:
        return None
    day, month, year, hour, minute = map(int, found.groups())
    return datetime(year, month, day, hour, minute)


def words(piece: str) -> str:
    """What a person reads, on one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", piece, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def _section(page: str, name: str) -> str:
    """From a heading with this id to the next one of its rank."""
    found = re.search(rf'<h2 id="{name}">(.*?)(?=<h2|</section>)', page, re.S)
    return found[1] if found else ""


def _total(fees: str) -> int:
    foot = re.search(r"<tfoot>(.*?)</tfoot>", fees, re.S)
    return (_money(words(foot[1])) or 0) if foot else 0


def _money(text: str) -> int | None:
    found = _MONEY.search(text)
    return int(found[1].replace(".", "")) if found else None


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.S)
    return found[1] if found else ""
