"""`account add`: the first officer, and every one after."""

from __future__ import annotations

import os

from motcua.cli.command import Arguments, Command, Misused, Parser, lang


def _takes(parser: Parser) -> None:
    lang(parser)
    parser.add_argument("act", choices=("add",))
    parser.add_argument("--name", required=True, metavar="NAME", help='"Nguyễn Văn An"')
    parser.add_argument("--unit", default="", metavar="UNIT", help="sotttt: nguyenvanan.sotttt")
    parser.add_argument("--login", metavar="LOGIN", help="hovaten.tendonvi, thay cho --unit / in place of --unit")
    parser.add_argument("--agency", required=True, metavar="ID", help="mã cơ quan trong agencies.yaml / the agency")
    parser.add_argument(
        "--role", required=True, action="append", metavar="ROLE", help="vai trò / a role; again for more"
    )
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu / the data folder")
    parser.add_argument("--root", metavar="DIR", help="thư mục danh mục / the catalog's top")


def _run(args: Arguments) -> int:
    """The password is read from `PASSWORD` where that is set; else one is made, shown once, and must be changed."""
    from motcua.casework.add_officer import add_officer
    from motcua.domain.refusals import Incorrect
    from motcua.office import open_office
    from motcua.publishing.take_up import Watch
    from motcua.settings import read_settings
    from motcua.store.migrate import upgrade

    office = open_office(read_settings(data=args.data, root=args.root))
    upgrade(office.store)
    Watch(office).look()
    given = os.environ.get("PASSWORD")
    try:
        added = add_officer(
            office,
            name=args.name,
            agency=args.agency,
            roles=args.role,
            unit=args.unit,
            login=args.login,
            password=given,
            must_change=given is None,
        )
    except Incorrect as no:
        raise Misused("\n".join(problem.message(args.lang) for problem in no.problems)) from None
    print(added.account.login)
    if added.password:
        print(f"mật khẩu lần đầu, chỉ hiện một lần / first password, shown once: {added.password}")
    return 0


ACCOUNT = Command("thêm tài khoản cán bộ / adds an officer's account", _takes, _run)
