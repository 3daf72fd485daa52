"""Whether every name leads somewhere: files, sectors, levels, kinds, agencies, registers, roles, steps. For `reading`.

Only what can be judged file by file stands here; what depends on the procedure (events, positions, legal bases,
arguments) is judged where it is bound. A name that is like a declared one is said with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from motcua.catalogue.finding import Finding, listing, mapping, meant, walk
from motcua.catalogue.kinds import kind_of, name_of
from motcua.catalogue.place import Path
from motcua.catalogue.refs import Part, check_refs, looping
from motcua.catalogue.uses import uses
from motcua.domain.acts.speaking import SPOKEN
from motcua.domain.calendar_file import CalendarMistakes, read_calendar
from motcua.domain.text import Text

_SAID = {
    "sector": Text("lĩnh vực", "sector"),
    "level": Text("cấp", "level"),
    "kind": Text("loại cơ quan", "kind of agency"),
    "agency": Text("cơ quan", "agency"),
    "position": Text("vị trí", "position"),
    "register": Text("cơ sở dữ liệu", "register"),
    "role": Text("vai trò", "role"),
    "receiver": Text("người nhận", "receiver"),
    "council": Text("hội đồng", "council"),
    "step": Text("bước", "step"),
    "part": Text("phần", "part"),
    "procedure": Text("thủ tục", "procedure"),
    "result": Text("kết quả", "result"),
}


#: Names that are declared; None where their file is there and cannot be read, which is told there.
Declared = Collection[str] | None


@dataclass(frozen=True)
class Catalog:
    """All files that could be read, whatever their shape, and the names that they declare."""

    files: Mapping[str, Any]
    unreadable: Collection[str] = frozenset()
    misshapen: Collection[str] = frozenset()

    def ids(self, file: str, key: str) -> Declared:
        if file in self.unreadable:
            return None
        return {str(mapping(item).get("id")) for item in listing(mapping(self.files.get(file)).get(key))}

    def of_kind(self, kind: str) -> list[str]:
        return [file for file in self.files if kind_of(file) == kind]

    @cached_property
    def looping(self) -> frozenset[Part]:
        """Shared parts of forms that come back to themselves."""
        return looping(self.files)

    @cached_property
    def answers(self) -> bool:
        """Whether a role speaks for its agency where a workflow names none. What cannot be read is told itself."""
        roles = "workflows/roles.yaml"
        return roles in self.unreadable or "answers" in mapping(self.files.get(roles))

    @cached_property
    def procedures(self) -> set[str]:
        """Procedures are called by the name of their file alone."""
        return {file.rpartition("/")[2].removesuffix(".yaml") for file in self.of_kind("procedure")}


def references(file: str, catalog: Catalog) -> Iterator[Finding]:
    """Everything in one file that leads nowhere."""
    kind, data = kind_of(file) or "", catalog.files[file]
    yield from _files(file, kind, data, catalog)
    if kind in ("form", "parts"):
        yield from check_refs(file, data, catalog.files, catalog.looping)
    yield from _CHECKS.get(kind, _nothing)(file, data, catalog)


def _files(file: str, kind: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    """Files that are named and not there. Others of the same folder are what may have been meant."""
    for use in uses(kind, data, catalog.files):
        if use.target not in catalog.files and use.target not in catalog.unreadable:
            wanted = kind_of(use.target)
            like = [name_of(other) for other in catalog.files if kind_of(other) == wanted and other != file]
            yield Finding("C220", use.path, False, {"name": use.name, "file": use.target} | meant(use.name, like))


def _procedure(file: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    whole = mapping(data)
    agencies = "procedures/agencies.yaml"
    kinds, levels = catalog.ids(agencies, "kinds"), catalog.ids(agencies, "levels")
    yield from _known("sector", whole.get("sector"), ("sector",), catalog.ids("procedures/sectors.yaml", "sectors"))
    yield from _each("level", whole.get("level"), ("level",), levels)
    for path, item in walk(whole.get("agencies"), ("agencies",)):
        yield from _each("kind", mapping(item).get("kind"), (*path, "kind"), kinds)
        yield from _known("agency", mapping(item).get("agency"), (*path, "agency"), catalog.ids(agencies, "agencies"))
    yield from _positions(mapping(whole.get("agencies")))
    registers = catalog.ids("procedures/registers.yaml", "registers")
    for name, item in mapping(whole.get("looks_up")).items():
        yield from _known("register", mapping(item).get("register"), ("looks_up", name, "register"), registers)
    yield from _known(
        "procedure", mapping(whole.get("effective")).get("then"), ("effective", "then"), catalog.procedures
    )
    yield from _offers(whole.get("checks"), ("checks",), catalog)
    yield from _notices(whole, catalog)
    yield from _parts(whole)
    yield from _only_one(file, whole, catalog)


def _positions(declared: dict[str, Any]) -> Iterator[Finding]:
    """A position that stands on another: on a declared one, and in the end on one that finds its own agency."""
    stands_on: dict[str, list[str]] = {name: [] for name in declared}
    for name, item in declared.items():
        for path, value in walk(item, ("agencies", name)):
            for key in ("above", "position"):
                other = mapping(value).get(key)
                yield from _known("position", other, (*path, key), declared)
                stands_on[name] += [other] if isinstance(other, str) and other in declared else []
    try:
        TopologicalSorter(stands_on).prepare()
    except CycleError as circle:
        yield Finding("C222", ("agencies", circle.args[1][0]), True, {"name": circle.args[1][0]})


def _notices(whole: dict[str, Any], catalog: Catalog) -> Iterator[Finding]:
    """Who is told: the applicant, the agency in a position, or a role."""
    roles = catalog.ids("workflows/roles.yaml", "roles")
    positions = [f"agency.{name}" for name in mapping(whole.get("agencies"))]
    known = None if roles is None else {"applicant", *positions, *roles}
    for number, item in enumerate(listing(whole.get("notices"))):
        yield from _each("receiver", mapping(item).get("to"), ("notices", number, "to"), known)


def _parts(whole: dict[str, Any]) -> Iterator[Finding]:
    parts = {str(mapping(item).get("id")) for item in listing(whole.get("parts"))}
    results = {str(mapping(item).get("id")) for item in listing(whole.get("results"))}
    for number, item in enumerate(listing(whole.get("parts"))):
        yield from _each("part", mapping(item).get("after"), ("parts", number, "after"), parts)
        yield from _each("result", mapping(item).get("results"), ("parts", number, "results"), results)
    for number, item in enumerate(listing(whole.get("time_limits"))):
        yield from _each("part", mapping(item).get("covers"), ("time_limits", number, "covers"), parts)


def _only_one(file: str, whole: dict[str, Any], catalog: Catalog) -> Iterator[Finding]:
    """A code and a file name stand for one procedure in the whole catalog; the first file keeps them."""
    before = [other for other in sorted(catalog.of_kind("procedure")) if other < file]
    for other in before:
        if other.rpartition("/")[2] == file.rpartition("/")[2]:
            yield Finding("C227", (), False, {"other": other})
        elif "code" in whole and mapping(catalog.files[other]).get("code") == whole["code"]:
            yield Finding("C226", ("code",), False, {"code": whole["code"], "other": other})


def _form(_: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    yield from _offers(mapping(data).get("checks"), ("checks",), catalog)
    for path, value in walk(data):
        choices = mapping(value).get("choices")
        for attribute in mapping(mapping(value).get("filter")) if isinstance(choices, str) else ():
            columns = _columns(mapping(catalog.files.get(f"forms/{choices}.yaml")))
            if columns and attribute not in columns:
                params = {"key": attribute, "file": f"forms/{choices}.yaml"} | meant(attribute, columns)
                yield Finding("C228", (*path, "filter", attribute), True, params)


def _columns(code_list: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for part in (code_list, *map(mapping, listing(code_list.get("eras")))):
        found |= {str(column) for column in listing(part.get("columns"))}
        found |= {key for entry in listing(part.get("entries")) for key in mapping(entry)}
    return found


def _offers(data: Any, path: Path, catalog: Catalog) -> Iterator[Finding]:
    for number, item in enumerate(listing(data)):
        offered = mapping(mapping(item).get("offer")).get("procedure")
        yield from _known("procedure", offered, (*path, number, "offer", "procedure"), catalog.procedures)


def _workflow(file: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    whole = mapping(data)
    steps = mapping(whole.get("steps")).keys()
    councils = catalog.ids("workflows/councils.yaml", "councils")
    people = catalog.ids("workflows/roles.yaml", "roles")
    roles = None if people is None or councils is None else {*people, *councils}
    yield from _called(file, whole)
    yield from _known("step", whole.get("start"), ("start",), steps)
    for name, step in mapping(whole.get("steps")).items():
        yield from _step(mapping(step), ("steps", name), steps, roles, councils, catalog)
    for number, item in enumerate(listing(whole.get("interrupts"))):
        here: Path = ("interrupts", number)
        yield from _words("step", mapping(item).get("to"), (*here, "to"), steps)
        yield from _known("step", mapping(item).get("before"), (*here, "before"), steps)
        yield from _known(
            "role", mapping(item).get("by"), (*here, "by"), None if people is None else {*people, "applicant"}
        )


def _step(
    step: dict[str, Any],
    path: Path,
    steps: Collection[str],
    roles: Declared,
    councils: Declared,
    catalog: Catalog,
) -> Iterator[Finding]:
    for key in ("role", "by"):
        yield from _words("role", step.get(key), (*path, key), roles)
    if step.get("waits_for") in SPOKEN and "by" not in step and not catalog.answers:
        yield Finding("C101", path, True, {"key": "by"})  # else nobody could answer
    yield from _words("council", step.get("council"), (*path, "council"), councils)
    for action, item in mapping(step.get("actions")).items():
        yield from _words("step", mapping(item).get("to"), (*path, "actions", action, "to"), steps)
    exits = step.get("to")
    for name, to in exits.items() if isinstance(exits, dict) else ():
        yield from _words("step", to, (*path, "to", name), steps)
    yield from _words("step", exits, (*path, "to"), steps)
    yield from _known("step", step.get("runs_out"), (*path, "runs_out"), {*steps, "never"})
    yield from _known("step", step.get("join"), (*path, "join"), steps)
    for key in ("fork", "picks"):
        yield from _each("step", step.get(key), (*path, key), steps)
    for key in ("not", "same_as"):
        yield from _each("step", mapping(step.get("who")).get(key), (*path, "who", key), steps)
    objection = step.get("objection")
    yield from _known("step", objection, (*path, "objection"), steps)
    yield from _known("step", mapping(objection).get("to"), (*path, "objection", "to"), steps)
    started = mapping(step.get("starts")).get("procedure")
    yield from _known("procedure", started, (*path, "starts", "procedure"), catalog.procedures)


def _roles(_: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    roles = catalog.ids("workflows/roles.yaml", "roles")
    for key in ("answers", "cashier"):
        yield from _known("role", mapping(data).get(key), (key,), roles)


def _called(file: str, data: Any, _: Any = None) -> Iterator[Finding]:
    """The `id` in a file is the file's own name."""
    name = name_of(file).removeprefix("lists/")
    said = mapping(data).get("id")
    if isinstance(said, str) and said != name:
        yield Finding("C225", ("id",), False, {"id": said, "name": name})


def _agencies(_: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    file = "procedures/agencies.yaml"
    kinds, levels, ids = (catalog.ids(file, key) for key in ("kinds", "levels", "agencies"))
    for number, item in enumerate(listing(mapping(data).get("agencies"))):
        here: Path = ("agencies", number)
        yield from _known("kind", mapping(item).get("kind"), (*here, "kind"), kinds)
        yield from _known("level", mapping(item).get("level"), (*here, "level"), levels)
        for key in ("parent", "succeeded_by"):
            yield from _known("agency", mapping(item).get(key), (*here, key), ids)


def _calendar(file: str, data: Any, catalog: Catalog) -> Iterator[Finding]:
    ids = catalog.ids("procedures/agencies.yaml", "agencies")
    for agency in mapping(mapping(data).get("agencies")):
        if ids is not None and agency not in ids:
            params = {"said": _SAID["agency"], "name": agency} | meant(agency, ids)
            yield Finding("C223", ("agencies", agency), True, params)
    if file in catalog.misshapen:
        return
    try:
        read_calendar(mapping(data))
    except CalendarMistakes as mistakes:
        for mistake in mistakes.mistakes:
            vi, _, en = mistake.reason.partition(" / ")
            yield Finding("C230", mistake.path, False, {"reason": Text(vi, en or None)})


def _examples(file: str, _: Any, catalog: Catalog) -> Iterator[Finding]:
    """Applicants stand beside the procedure that they try."""
    procedure = file.removesuffix(".examples.yaml") + ".yaml"
    if procedure not in catalog.files and procedure not in catalog.unreadable:
        like = [name_of(other) for other in catalog.of_kind("procedure")]
        yield Finding(
            "C220", (), False, {"name": name_of(procedure), "file": procedure} | meant(name_of(procedure), like)
        )


def _nothing(_: str, __: Any, ___: Catalog) -> Iterator[Finding]:
    return iter(())


#: A literal registry: kind of file -> what it names beside files.
_CHECKS: dict[str, Callable[[str, Any, Catalog], Iterator[Finding]]] = {
    "procedure": _procedure,
    "form": _form,
    "parts": _form,
    "workflow": _workflow,
    "list": _called,
    "agencies": _agencies,
    "roles": _roles,
    "calendar": _calendar,
    "examples": _examples,
}


def _known(noun: str, name: Any, path: Path, declared: Declared) -> Iterator[Finding]:
    """A name that nobody declared; what is no name was told by the shape, and `$x` is judged where it is given."""
    if isinstance(name, str) and not name.startswith("$") and declared is not None and name not in declared:
        yield Finding("C223", path, False, {"said": _SAID[noun], "name": name} | meant(name, declared))


def _each(noun: str, names: Any, path: Path, declared: Declared) -> Iterator[Finding]:
    """One name or a list of them."""
    yield from _known(noun, names, path, declared)
    for number, name in enumerate(listing(names)):
        yield from _known(noun, name, (*path, number), declared)


def _words(noun: str, word: Any, path: Path, declared: Declared) -> Iterator[Finding]:
    """A name, or rows that choose one."""
    yield from _known(noun, word, path, declared)
    for number, row in enumerate(listing(word)):
        for key in ("is", "else"):
            if key in mapping(row):
                yield from _words(noun, row[key], (*path, number, key), declared)
