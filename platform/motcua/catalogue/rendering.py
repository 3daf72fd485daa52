"""A report as text for people, as JSON for tools, as SARIF 2.1.0 for code reviews. Called by cli.py.

Everything from the catalog is hostile here: a terminal must not be commanded by a file's name or text.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from motcua.catalogue.diagnostic import Diagnostic, Severity
from motcua.catalogue.messages import harmless, registry, say
from motcua.catalogue.report import Report

_SEVERITIES = {
    "vi": {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "lưu ý"},
    "en": {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"},
}
_SEE = {"vi": "xem: python app.py explain {code}", "en": "see: python app.py explain {code}"}
_GOOD = {"vi": "Không có lỗi", "en": "No errors"}
_LOOKED_AT = {
    "vi": "đã đọc {files} tệp, {procedures} thủ tục",
    "en": "{files} files and {procedures} procedures were read",
}
#: Characters of a line that an excerpt shows.
_WIDEST = 120


def text(report: Report, lang: str = "vi") -> str:
    return "\n".join([*(f"{_one(d, lang)}\n" for d in report.diagnostics), _counts(report, lang)])


def _one(found: Diagnostic, lang: str) -> str:
    kind = "" if found.severity is Severity.ERROR else f"{_SEVERITIES[lang][found.severity]}: "
    head = f"{harmless(str(found.place))}  {found.code}  {kind}{say(found, lang)}"
    see = _SEE[lang].format(code=found.code)
    return "\n".join([head, *(_excerpt(found, see) if found.line.strip() else [f"  {see}"])])


def _excerpt(found: Diagnostic, see: str) -> list[str]:
    """The line it stands on, cut around the place when it is long, and carets below what is meant."""
    start = max(0, found.place.column - 1 - _WIDEST // 2) if len(found.line) > _WIDEST else 0
    shown = found.line[start : start + _WIDEST].rstrip()
    before = shown[: found.place.column - 1 - start]
    meant = shown[len(before) : len(before) + found.place.length]
    number = str(found.place.line)
    carets = " " * _width(before) + "^" * max(1, _width(meant))
    return [f"  {number} | {_flat(shown)}", f"  {' ' * len(number)} | {carets}   {see}"]


def _flat(line: str) -> str:
    return harmless(line.replace("\t", " "))


def _width(part: str) -> int:
    """Columns on a screen: marks that sit on the letter before take none."""
    return sum(1 for c in _flat(part) if not unicodedata.combining(c))


def _counts(report: Report, lang: str) -> str:
    words = _SEVERITIES[lang]
    counts = [
        f"{report.count(s)} {words[s]}"
        for s in Severity
        if report.count(s) or (s is Severity.ERROR and not report.good)
    ]
    head = ", ".join(counts) if not report.good else ", ".join([_GOOD[lang], *counts])
    return f"{head}; {_LOOKED_AT[lang].format(files=report.files, procedures=report.procedures)}."


def as_json(report: Report, lang: str = "vi") -> str:
    data = {
        "good": report.good,
        "files": report.files,
        "procedures": report.procedures,
        "counts": {str(s): report.count(s) for s in Severity},
        "diagnostics": [_plain(d, lang) for d in report.diagnostics],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _plain(found: Diagnostic, lang: str) -> dict[str, Any]:
    place = found.place
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": harmless(place.file),
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": say(found, lang),
        "excerpt": _flat(found.line[:_WIDEST]),
    }


def sarif(report: Report, lang: str = "vi") -> str:
    codes = sorted({d.code for d in report.diagnostics})
    words = registry()
    rules = [{"id": code, "shortDescription": {"text": _rule(words[code], lang)}} for code in codes]
    run = {
        "tool": {"driver": {"name": "motcua check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, codes, lang) for d in report.diagnostics],
    }
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _rule(message: Any, lang: str) -> str:
    return str(message.en if lang == "en" else message.vi)


def _result(found: Diagnostic, codes: list[str], lang: str) -> dict[str, Any]:
    place = found.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": str(found.severity),
        "message": {"text": say(found, lang)},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(harmless(place.file))}, "region": region}}
        ],
    }


#: A literal registry: the formats of `--format`.
FORMATS: dict[str, Callable[[Report, str], str]] = {"text": text, "json": as_json, "sarif": sarif}
