"""What stands outside editions: agencies, levels, kinds, roles, sectors, calendars. Bound on its own, from its own
files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.binding.dates import read_window
from motcua.catalogue.binding.node import Node, Reports
from motcua.catalogue.binding.own_names import check_template
from motcua.domain.agency import Agencies, Agency, Desk
from motcua.domain.procedure import Province
from motcua.domain.text import Text
from motcua.domain.working_calendar import calendars

#: The files a province is made of.
FILES = (
    "procedures/agencies.yaml",
    "procedures/sectors.yaml",
    "workflows/roles.yaml",
    "workflows/calendar.yaml",
)
CASE_NUMBER = "{agency.code}-{yy}{mm}{dd}-{serial:4}"


def bind_province(files: Mapping[str, Any], reports: Reports) -> Province:
    nodes = {name: Node(files.get(name) or {}, name, (), reports) for name in FILES}
    agencies = nodes["procedures/agencies.yaml"]
    for template in (agencies.get("case_number"), *(item.get("case_number") for item in agencies.each("agencies"))):
        check_template(template)
    return Province(
        agencies=Agencies(_agencies(agencies), agencies.value("case_number", CASE_NUMBER)),
        calendars=calendars(files.get("workflows/calendar.yaml") or {}),
        roles=_names(nodes["workflows/roles.yaml"].get("roles")),
        sectors=_names(nodes["procedures/sectors.yaml"].get("sectors")),
        levels=_names(agencies.get("levels")),
        answers=nodes["workflows/roles.yaml"].value("answers"),
        cashier=nodes["workflows/roles.yaml"].value("cashier"),
    )


def _agencies(node: Node) -> dict[str, Agency]:
    found: dict[str, Agency] = {}
    for item in node.each("agencies"):
        agency = _agency(item)
        found[agency.id] = agency
    return found


def _agency(item: Node) -> Agency:
    desk = item.get("desk")
    kind = str(item.value("kind"))
    area = item.value("area")
    return Agency(
        id=str(item.value("id")),
        code=str(item.value("code")),
        name=Text.of(item.value("name")),
        kind=kind,
        level=str(item.value("level")),
        parent=item.value("parent"),
        areas=tuple(str(a) for a in area) if isinstance(area, list) else (str(area),) if area is not None else (),
        since=(window := read_window(item.get("in_force")))[0],
        until=window[1],
        succeeded_by=item.value("succeeded_by"),
        desk=Desk(*(str(desk.value(key, "")) for key in ("place", "address", "phone", "email"))) if desk else Desk(),
        case_number=item.value("case_number"),
    )


def _names(node: Node | None) -> dict[str, Text]:
    """`{id: name}`, `{id: {name: ...}}` or a list of `{id, name}`."""
    if node is None:
        return {}
    if isinstance(node.data, list):
        return {str(item.value("id")): Text.of(item.value("name")) for item in node.elements()}
    return {key: Text.of(item.value("name") if "name" in item else item.data) for key, item in node.items()}
