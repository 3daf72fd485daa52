"""The slips that the theme knows and the desks that issue them: `themes/default/paper/paper.yaml`. Read once by
office.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from motcua.catalogue.source import parse
from motcua.domain.numbering import PARTS
from motcua.domain.slip import Desk, SlipKind, Stationery
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
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise WrongSetting(f"{file}: {wrong}") from None
    if "default" not in desks:
        raise WrongSetting(f"{file}: desks.default")
    return Stationery(kinds=kinds, desks=desks, portal=portal)


def _kind(name: str, said: Any) -> SlipKind:
    kind = SlipKind(name, **said)
    parts = [part.partition(":")[0] for part in re.findall(r"\{([^}]*)\}", kind.number)]
    if kind.form not in FORMS or parts.count("serial") != 1 or not {*parts} <= {*PARTS, "desk"}:
        raise ValueError(f"slips.{name}: form {', '.join(FORMS)}; one {{serial}} in number")
    return kind
