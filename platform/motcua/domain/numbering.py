"""Numbers of cases, slips and results from a template of the catalog: `H56.{agency.code}-{yy}{mm}{dd}-{serial:4}`.

Circular 01/2018/TT-VPCP article 19 gives the shape of a case number; the template keeps it data. A serial that no
longer fits its width is refused, never wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from motcua.domain.agency import Agency
from motcua.domain.refusals import Overflow

#: The next whole number (from 1) of a series, without gap or double; the store takes it inside the transaction of the
#: act.
Take = Callable[[str], int]

_PART = re.compile(r"\{([a-z.]+)(?::(\d+))?\}")


def number(template: str, agency: Agency, day: date, take: Take, *, series: str | None = None) -> str:
    """The next number of its series: everything but the serial names the series, unless it is named."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        if name == "serial":
            return match[0]
        return {
            "agency.code": agency.code,
            "year": f"{day.year:04}",
            "yy": f"{day.year % 100:02}",
            "mm": f"{day.month:02}",
            "dd": f"{day.day:02}",
        }[name]

    filled = _PART.sub(part, template)
    found = re.search(r"\{serial(?::(\d+))?\}", filled)
    if found is None:
        return filled
    serial = take(series or filled)
    width = int(found[1] or 1)
    if found[1] and serial >= 10**width:
        raise Overflow(series=series or filled)
    return filled.replace(found[0], f"{serial:0{width}}")


PARTS = ("agency.code", "year", "yy", "mm", "dd", "serial")
