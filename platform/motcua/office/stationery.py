"""The slips that the theme knows and the desks that issue them: `themes/default/paper/paper.yaml`. Read once by
office.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from motcua.catalogue.source import parse
from motcua.domain.fee import KINDS
from motcua.domain.numbering import PARTS
from motcua.domain.receipt import BACK
from motcua.domain.slip import Desk, ReceiptKind, SlipKind, Stationery
from motcua.domain.slip_content import FORMS
from motcua.settings import HOME, WrongSetting


def paper_of(root: Path) -> Path:
    """The folder of the catalog's own theme, else of the one that comes with the program."""
    own = root / "themes" / "default" / "paper"
    return own if own.is_dir() else HOME / "themes" / "default" / "paper"


def read_stationery(folder: Path, portal: str) -> Stationery:
    """Raises WrongSetting, with what is wrong: the program does not start with slips that it could not number."""
    file = folder / "paper.yaml"
    source = parse(file.read_bytes(), file.name)
    if source.problems:
        raise WrongSetting(f"{source.problems[0].place}: {source.problems[0].code}")
    try:
        kinds = {name: _kind(name, said) for name, said in source.data["slips"].items()}
        desks = {name: Desk(said["name"], said["sign"]) for name, said in source.data["desks"].items()}
        receipts = {name: _receipt(name, source.data["receipts"][name]) for name in (*KINDS, BACK)}
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise WrongSetting(f"{file}: {wrong}") from None
    if "default" not in desks:
        raise WrongSetting(f"{file}: desks.default")
    return Stationery(kinds=kinds, desks=desks, receipts=receipts, portal=portal)


def _kind(name: str, said: Any) -> SlipKind:
    kind = SlipKind(name, **said)
    if kind.form not in FORMS or not _counts(kind.number, {*PARTS, "desk"}):
        raise ValueError(f"slips.{name}: form {', '.join(FORMS)}; one {{serial}} in number")
    return kind


def _receipt(name: str, said: Any) -> ReceiptKind:
    """Its number must name agency and year: they are what its series counts by."""
    kind = ReceiptKind(**said)
    if not _counts(kind.number, {*PARTS}) or not all(part in kind.number for part in ("{agency.code}", "{year}")):
        raise ValueError(f"receipts.{name}: {{agency.code}}, {{year}} and one {{serial}} in number")
    return kind


def _counts(template: str, known: set[str]) -> bool:
    """Whether a template is made of these parts, the serial once."""
    parts = [part.partition(":")[0] for part in re.findall(r"\{([^}]*)\}", template)]
    return parts.count("serial") == 1 and {*parts} <= known
