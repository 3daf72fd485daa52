"""`try`: an applicant played on the real form and workflow, without storing anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from motcua.cli.command import Arguments, Command, Misused, Parser, form, lang, root

if TYPE_CHECKING:
    from motcua.catalogue.playing import Applicant
    from motcua.catalogue.reading import Reading


def _takes(parser: Parser) -> None:
    root(parser)
    lang(parser)
    form(parser, "json", "text")
    parser.add_argument("procedure", nargs="?", metavar="PROCEDURE", help="dang_ky_khai_sinh")
    parser.add_argument("--example", metavar="ID", help="người nộp mẫu trong *.examples.yaml / an example beside it")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="nội dung khai, YAML hoặc JSON / the answers")
    parser.add_argument("--events", type=Path, metavar="FILE", help="[{at, step, action, ...}]")
    parser.add_argument("--known", type=Path, metavar="FILE", help="cơ sở dữ liệu trả lời gì / the registers' answers")
    parser.add_argument("--at", metavar="MOMENT", help='"2026-10-05 08:00"')
    parser.add_argument("--channel", default="online", help="online | counter | post")
    parser.add_argument("--receives", metavar="AGENCY", help="cơ quan tiếp nhận được chọn / the agency picked")


def _run(args: Arguments) -> int:
    from motcua.catalogue.playing import BadEvent, play
    from motcua.catalogue.proving import one_procedure, province_of
    from motcua.catalogue.reading import read
    from motcua.catalogue.rendering import text
    from motcua.catalogue.report import Report
    from motcua.catalogue.tried import report
    from motcua.domain.expression import Uncomputed

    reading = read(args.root)
    file, who = _example(reading, args) if args.example else (_file(reading, args.procedure), _applicant(args))
    proven, province = one_procedure(reading, file), province_of(reading)
    if proven.procedure is None or province is None or proven.wrong:
        print(text(Report.of(proven.wrong or reading.diagnostics, len(reading.files), 1), args.lang))
        return 1
    try:
        said = report(play(proven.procedure, province, who), args.lang)
    except BadEvent as bad:
        raise Misused(f"không diễn được sự kiện / this event cannot be played: {bad}") from None
    except Uncomputed as why:
        raise Misused(f"không tính được / cannot be computed: {why}") from None
    print(json.dumps(said, ensure_ascii=False, indent=2) if args.format == "json" else "\n".join(_lines(said)))
    return 0


def _file(reading: Reading, name: str | None) -> str:
    """The file of a procedure by its id, or by its path with or without folders."""
    from motcua.catalogue.finding import meant

    wanted = (name or "").removeprefix("procedures/").removesuffix(".yaml")
    ids = {PurePosixPath(file).stem: file for file in reading.procedures}
    paths = {file.removeprefix("procedures/").removesuffix(".yaml"): file for file in reading.procedures}
    found = paths.get(wanted) or ids.get(wanted)
    if found is None:
        like = meant(wanted, ids).get("meant", ", ".join(ids) or "?")
        raise Misused(f"không có thủ tục '{wanted}', có phải {like}? / no such procedure, did you mean {like}?")
    return found


def _example(reading: Reading, args: Arguments) -> tuple[str, Applicant]:
    from motcua.catalogue.examples import examples_file, read_examples
    from motcua.catalogue.finding import meant

    known: dict[str, tuple[str, Applicant]] = {}
    only = _file(reading, args.procedure) if args.procedure else None
    for file in reading.procedures:
        beside = examples_file(file)
        if beside in reading.data and only in (None, file):
            for example in read_examples(reading.data[beside], beside, reading.findings()):
                known[example.id] = (file, example.applicant)
    if args.example not in known:
        like = meant(args.example, known).get("meant", ", ".join(known) or "?")
        raise Misused(f"không có ví dụ '{args.example}', có phải {like}? / no such example, did you mean {like}?")
    return known[args.example]


def _applicant(args: Arguments) -> Applicant:
    from motcua.catalogue.playing import Applicant
    from motcua.domain.answers import read_moment

    if args.answers is None or args.at is None:
        raise Misused("cần --answers và --at, hoặc --example / --answers and --at are needed, or --example")
    try:
        at = read_moment(args.at)
    except ValueError:
        raise Misused(f"--at '{args.at}': viết / write \"2026-10-05 08:00\"") from None
    return Applicant(
        at=at,
        channel=args.channel,
        answers=_data(args.answers, dict),
        known=_data(args.known, dict) if args.known else {},
        picked={"receives": args.receives} if args.receives else {},
        events=_data(args.events, list) if args.events else [],
    )


def _data(file: Path, kind: type) -> Any:
    """A file of answers or events: JSON, or YAML as the catalog is read."""
    from motcua.catalogue.messages import say
    from motcua.catalogue.source import parse

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Misused(f"{file}: {error.strerror}") from None
    try:
        data = json.loads(raw, parse_float=str)
    except ValueError:
        source = parse(raw, str(file))
        if source.problems:
            first = source.problems[0]
            raise Misused(f"{file}:{first.place.line}:{first.place.column}  {say(first)}") from None
        data = source.data
    if not isinstance(data, kind):
        raise Misused(f"{file}: {'một bảng khoá và giá trị / a mapping' if kind is dict else 'một danh sách / a list'}")
    return data


def _lines(said: dict[str, Any]) -> Iterator[str]:
    for problem in said["problems"]:
        yield f"! {problem['field']}: {problem['message']}"
    for paper in said["papers"]:
        yield f"- {paper['id']}  {paper['originals']}/{paper['copies']}  {paper['name']}"
    for fee in said["fees"]:
        yield f"- {fee['id']}  {fee['amount']} đ  {fee['why'] or ''}".rstrip()
    yield f"= {said['fee_total']} đ"
    for limit in said["limits"]:
        yield f"{limit['id']}: {limit['due'] or '-'}"
        yield from (f"    {line}" for line in limit["why"])
    yield f"{' > '.join(said['route'])}  {said['outcome'] or '...'}"


TRY = Command("diễn thử một người nộp, không lưu gì / plays an applicant, storing nothing", _takes, _run)
