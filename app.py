"""Một Cửa from its folder: the command line, and `create_app` for a WSGI server (`gunicorn "app:create_app()"`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))


def create_app() -> Any:
    """The Flask application; imported here, so that commands without a server stay without Flask."""
    from motcua.settings import read_settings
    from motcua.web import create_app as make

    return make(read_settings())


if __name__ == "__main__":
    from motcua.cli import main

    sys.exit(main())
