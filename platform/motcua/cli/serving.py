"""`serve`, `demo` and `worker`: the portal, the portal with sample people and cases, and the work behind it alone."""

from __future__ import annotations

import os
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

from motcua.cli.command import Arguments, Command, Misused, Parser

if TYPE_CHECKING:
    from motcua.settings import Settings


def _takes(parser: Parser) -> None:
    parser.add_argument("--port", metavar="PORT", help="5000")
    parser.add_argument("--host", metavar="HOST", help="127.0.0.1")
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu / the data folder")
    parser.add_argument("--root", metavar="DIR", help="thư mục danh mục / the catalog's top")
    parser.add_argument("--clock", metavar="MOMENT", help='"2026-10-05 08:00": đồng hồ bắt đầu ở đó / starts there')


def _serve_takes(parser: Parser) -> None:
    _takes(parser)
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="số tiến trình / worker processes")


def _settings(args: Arguments) -> Settings:
    """What was chosen, kept in the environment too, so that worker processes read the same and have the same clock."""
    from motcua.settings import WrongSetting, clock_text, read_settings

    chosen = {name: getattr(args, name, None) for name in ("port", "host", "data", "root", "clock")}
    try:
        settings = read_settings(**chosen)
    except WrongSetting as wrong:
        raise Misused(str(wrong)) from None
    os.environ.update({name.upper(): value for name, value in chosen.items() if value is not None})
    if settings.clock is not None:
        os.environ["CLOCK"] = clock_text(settings.clock)
    return settings


def _free(settings: Settings) -> None:
    """Say so before anything is done, when somebody else listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise Misused(f"{where}: {error.strerror}; chọn cổng khác / choose another port: PORT=5001") from None


def _opened(settings: Settings, *, demo: bool = False) -> Any:
    """The office with its database in today's shape and the catalog at hand: taken up now if there was none."""
    from motcua.office import open_office
    from motcua.publishing.take_up import Watch
    from motcua.store.migrate import upgrade

    office = open_office(settings, demo=demo)
    upgrade(office.store)
    office.catalog.refresh()
    if not office.catalog.live:
        Watch(office).look()
    return office


def _serve(args: Arguments) -> int:
    settings = _settings(args)
    _free(settings)
    office = _opened(settings)
    office.store.close()
    print(f"http://{settings.host}:{settings.port}", flush=True)
    return _run_server(settings, workers=args.workers, demo=False)


def _demo(args: Arguments) -> int:
    from motcua.casework.play_demo import personas, play_demo, read_demo

    settings = _settings(args)
    _free(settings)
    office = _opened(settings, demo=True)
    play_demo(office)
    _say(settings, personas(office), read_demo().password)
    office.store.close()
    return _run_server(settings, workers=2, demo=True)


def _say(settings: Settings, personas: list[Any], password: str) -> None:
    """Where to look and as whom: who has a part in the demo's cases, office by office; the rest are counted."""
    address = f"http://{settings.host}:{settings.port}"
    print(f"\nMột Cửa: {address}")
    print(f"  cán bộ / officers  {address}/desk")
    print(f"  danh mục / catalog {address}/editor")
    print(f"  thư và tin nhắn đã gửi / mail and SMS sent: {settings.outgoing}\n")
    print(f"Mật khẩu của mọi người / everybody's password: {password}")
    busy = [p for p in personas if p.busy]
    width, office = max((len(p.sign_in) for p in busy), default=0), ""
    for persona in busy:
        if persona.office != office:
            office = persona.office
            print(f"\n{office}")
        print(f"  {persona.sign_in:<{width}}  {', '.join(filter(None, (persona.name, persona.what)))}")
    if others := len(personas) - len(busy):
        print(
            f"\nvà {others} cán bộ ở cơ quan khác / and {others} officers elsewhere: platform/motcua/demo/accounts.yaml"
        )
    print(flush=True)


def _run_server(settings: Settings, *, workers: int, demo: bool) -> int:
    from gunicorn.app.base import BaseApplication

    from motcua.web import create_app
    from motcua.web.background import start

    class Server(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"{settings.host}:{settings.port}")
            self.cfg.set("workers", workers)
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", 4)
            self.cfg.set("timeout", 60)
            self.cfg.set("graceful_timeout", 10)
            self.cfg.set("limit_request_line", 4094)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("worker_tmp_dir", "/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: S108 - gunicorn's heartbeat

        def load(self) -> Any:
            app = create_app(settings, demo=demo)
            start(app)
            return app

    sys.argv = sys.argv[:1]  # gunicorn must not read our arguments as its own
    Server().run()
    return 0


def _worker(args: Arguments) -> int:
    """The work behind the portal in a process of its own; the servers do the same beside their pages."""
    from motcua.web import create_app
    from motcua.web.background import once

    app = create_app(_settings(args))
    while True:
        once(app)
        time.sleep(1)


SERVE = Command("chạy cổng dịch vụ công / serves the portal", _serve_takes, _serve)
DEMO = Command("chạy thử với người và hồ sơ mẫu / serves with sample people and cases", _takes, _demo)
WORKER = Command("chỉ chạy việc nền: gửi tin, hết hạn / the work behind the pages alone", _takes, _worker)
