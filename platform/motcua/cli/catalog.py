"""`check` and `explain`: a catalog's mistakes, and what one of them means."""

from __future__ import annotations

from motcua.cli.command import Arguments, Command, Misused, Parser, lang, root


def _check_takes(parser: Parser) -> None:
    root(parser)
    lang(parser)
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text")


def _check(args: Arguments) -> int:
    from motcua.catalogue.check import check
    from motcua.catalogue.rendering import FORMATS

    report = check(args.root)
    print(FORMATS[args.format](report, args.lang))
    return 0 if report.good else 1


def _explain_takes(parser: Parser) -> None:
    lang(parser)
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


CHECK = Command("soát danh mục: mọi tệp, mọi lỗi / checks the catalog: all files, all mistakes", _check_takes, _check)
EXPLAIN = Command("giải thích một mã lỗi / explains a code", _explain_takes, _explain)
