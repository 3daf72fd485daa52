"""The command line: `python app.py <command>`. Each command imports the rooms it needs only when it runs.

`check`, `explain`, `deadline`, `try` reach no Flask and no database. Exit status: 0 good, 1 mistakes found, 2 misused
or refused.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from motcua.domain.refusals import Refused
from motcua.settings import HOME

Arguments = argparse.Namespace


class Misused(Exception):
    """The command was given something that it cannot work with; the text says what."""


@dataclass(frozen=True)
class Command:
    """`takes` adds the command's arguments; `run` gives the exit status."""

    help: str
    takes: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Arguments], int]


def _root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, default=HOME, metavar="DIR", help="thư mục danh mục / the catalog's top")


def _lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="tiếng Việt hay Anh / the language")


# ---- check -----------------------------------------------------------------------------------------------------------


def _check_takes(parser: argparse.ArgumentParser) -> None:
    _root(parser)
    _lang(parser)
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text")


def _check(args: Arguments) -> int:
    from motcua.catalogue.check import check
    from motcua.catalogue.rendering import FORMATS

    report = check(args.root)
    print(FORMATS[args.format](report, args.lang))
    return 0 if report.good else 1


# ---- explain ---------------------------------------------------------------------------------------------------------


def _explain_takes(parser: argparse.ArgumentParser) -> None:
    _lang(parser)
    parser.add_argument("code", metavar="CODE", help="mã lỗi như C102 / a code like C102")


def _explain(args: Arguments) -> int:
    from motcua.catalogue.finding import meant
    from motcua.catalogue.help import explained, page
    from motcua.catalogue.messages import registry

    found = page(args.code.upper(), args.lang)
    if found is None:
        like = meant(args.code.upper(), registry()).get("meant", "C102")
        raise Misused(f"không có mã {args.code}, có phải {like}? / there is no code {args.code}, did you mean {like}?")
    print(explained(found, args.lang))
    return 0


# ---- deadline --------------------------------------------------------------------------------------------------------


def _deadline_takes(parser: argparse.ArgumentParser) -> None:
    _root(parser)
    _lang(parser)
    parser.add_argument("start", metavar="START", help='"2025-01-24 16:00": lúc đến từ bên ngoài / when it came')
    parser.add_argument("amount", metavar="AMOUNT", help='"5 ngày làm việc"')
    parser.add_argument("--agency", metavar="ID", help="theo lịch của cơ quan này / by this agency's calendar")
    parser.add_argument(
        "--cut-off", metavar="HH:MM", type=time.fromisoformat, help="từ giờ này tính ngày sau / from then on"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _deadline(args: Arguments) -> int:
    from motcua.catalogue.finding import meant
    from motcua.catalogue.rendering import text
    from motcua.catalogue.report import Report
    from motcua.catalogue.working_time import working_time
    from motcua.domain.deadline_report import deadline_report

    work = working_time(args.root)
    if work.calendars is None:
        print(text(Report.of(work.mistakes, 2, 0), args.lang))
        return 1
    if args.agency is not None and args.agency not in work.agencies:
        like = meant(args.agency, work.agencies).get("meant", "?")
        raise Misused(f"không có cơ quan '{args.agency}', có phải '{like}'? / no such agency, did you mean '{like}'?")
    try:
        counted = deadline_report(
            args.start, args.amount, work.calendars, args.agency, cut_off=args.cut_off, lang=args.lang
        )
    except ValueError as wrong:
        raise Misused(str(wrong)) from None
    lines = [counted["due"] or "-", *(f"  {line['text']}" for line in counted["ledger"])]
    print(json.dumps(counted, ensure_ascii=False, indent=2) if args.format == "json" else "\n".join(map(str, lines)))
    return 0


#: A literal registry: every command of the program.
COMMANDS: dict[str, Command] = {
    "check": Command(
        "soát danh mục: mọi tệp, mọi lỗi / checks the catalog: all files, all mistakes", _check_takes, _check
    ),
    "explain": Command("giải thích một mã lỗi / explains a code", _explain_takes, _explain),
    "deadline": Command("tính hạn và nói vì sao / counts a deadline and says why", _deadline_takes, _deadline),
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
