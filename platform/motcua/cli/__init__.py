"""The command line: `python app.py <command>`. Each command imports the rooms it needs only when it runs.

`check`, `explain`, `deadline`, `try` reach no Flask and no database. Exit status: 0 good, 1 mistakes found, 2 misused
or refused.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from motcua.cli.accounts import ACCOUNT
from motcua.cli.catalog import CHECK, EXPLAIN
from motcua.cli.command import Command, Misused
from motcua.cli.serving import DEMO, SERVE, WORKER
from motcua.cli.trying import TRY
from motcua.cli.working_time import DEADLINE
from motcua.domain.refusals import Refused

#: A literal registry: every command of the program.
COMMANDS: dict[str, Command] = {
    "check": CHECK,
    "explain": EXPLAIN,
    "try": TRY,
    "deadline": DEADLINE,
    "demo": DEMO,
    "serve": SERVE,
    "worker": WORKER,
    "account": ACCOUNT,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what it refuses is one line on the error output, never a traceback."""
    _speak_utf8()
    parser = argparse.ArgumentParser(prog="app.py", description="Một Cửa")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.takes(commands.add_parser(name, help=command.help, description=command.help))
    args = parser.parse_args(argv)
    try:
        status = COMMANDS[args.command].run(args)
        sys.stdout.flush()
        return status
    except Refused as refused:
        print(refused.message(getattr(args, "lang", "vi")), file=sys.stderr)
    except Misused as misused:
        print(misused, file=sys.stderr)
    except BrokenPipeError:  # whoever read has seen enough; nothing more may be written at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 2


def _speak_utf8() -> None:
    """Vietnamese is printed as it is, whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
