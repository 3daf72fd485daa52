"""Short messages to telephones. Embedded: they are laid in the data folder. Chosen by office.py, called by
casework/deliver.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from motcua.gateways.letter import Letter
from motcua.gateways.outgoing import OutgoingFolder


class Sms(Protocol):
    def send(self, letter: Letter) -> None:
        """`to` is an E.164 number; the subject is not sent. Raises Unreachable, Undeliverable."""
        ...


class SmsFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = OutgoingFolder(folder)

    def send(self, letter: Letter) -> None:
        self._folder.put(letter)

    def letters(self) -> tuple[Letter, ...]:
        return self._folder.letters()
