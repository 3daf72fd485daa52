"""What the embedded mail and SMS gateways share: a folder with one small JSON file a letter, where the demo shows
what was sent.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from motcua.gateways.letter import Letter, Unreachable


class OutgoingFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, letter: Letter) -> None:
        """The file is named by the letter's key: sent again, it is there already, and there is one. Raises
        Unreachable.
        """
        name = hashlib.sha256(letter.key.encode()).hexdigest()
        fields = {"key": letter.key, "to": letter.to, "subject": letter.subject, "text": letter.text}
        content = json.dumps({**fields, "at": letter.at.isoformat()}, ensure_ascii=False, indent=1)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(self._folder / f"{name}.json", content)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def letters(self) -> tuple[Letter, ...]:
        """Everything that was sent, the latest first."""
        found = (json.loads(file.read_text(encoding="utf-8")) for file in self._folder.glob("*.json"))
        letters = [Letter(**{**fields, "at": datetime.fromisoformat(fields["at"])}) for fields in found]
        return tuple(sorted(letters, key=lambda letter: (letter.at, letter.key), reverse=True))


def _write_once(file: Path, content: str) -> None:
    """Whole or not at all, and never over what is there."""
    part = file.with_suffix(f".{secrets.token_hex(4)}")
    try:
        part.write_text(content, encoding="utf-8")
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)
