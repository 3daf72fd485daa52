"""`deadline`: from a start and an amount of time to the moment due, and why."""

from __future__ import annotations

import json
from datetime import time

from motcua.cli.command import Arguments, Command, Misused, Parser, lang, root


def _deadline_takes(parser: Parser) -> None:
    root(parser)
    lang(parser)
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


DEADLINE = Command("tính hạn và nói vì sao / counts a deadline and says why", _deadline_takes, _deadline)
