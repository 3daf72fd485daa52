"""The registers that a procedure may ask (cơ sở dữ liệu dùng chung). Embedded: a folder with one JSON file a register,
which holds its answers by key. Chosen by office.py, asked by casework/judged_draft.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

log = logging.getLogger(__name__)


class Registers(Protocol):
    def ask(self, register: str, key: str) -> Mapping[str, Any] | None:
        """The answer as the register writes it (dates and money as the law prints them), or None: it knows nothing
        under this key, or it does not answer now. Never raises: an answer may always be absent.
        """
        ...


class RegisterFolder:
    """`<folder>/dan_cu.cu_tru.json`: `{"038196000101": {"xa": "14758"}}`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, register: str, key: str) -> Mapping[str, Any] | None:
        try:
            answer = json.loads((self._folder / f"{register}.json").read_text(encoding="utf-8")).get(key)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, AttributeError) as error:
            log.warning("register %s does not answer: %s", register, type(error).__name__)
            return None
        return answer if isinstance(answer, Mapping) else None
