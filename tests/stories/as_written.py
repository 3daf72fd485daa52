"""A procedure as its editors wrote it, for those who read its pages: the names of papers, limits and fees, the ways
through its workflow. Read from the files alone; nothing of the program judges here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua.catalogue.source import parse
from motcua.settings import HOME

#: what a way to the granted end does not take unless an example says so
ASIDE = ("ask_supplement", "refuse", "give_back", "extend", "suspend")


def read(file: Path) -> Any:
    return parse(file.read_bytes(), file.name).data


def vi(text: Any) -> str:
    return str(text["vi"] if isinstance(text, Mapping) else text)


@dataclass(frozen=True)
class AsWritten:
    """`root` is the catalog's folder, `file` the procedure's, relative to it."""

    root: Path
    file: str

    @cached_property
    def procedure(self) -> Any:
        return read(self.root / self.file)

    @property
    def id(self) -> str:
        return Path(self.file).stem

    @property
    def examples(self) -> list[Any]:
        return list(read(self.root / self.file.replace(".yaml", ".examples.yaml")))

    @cached_property
    def workflow(self) -> Any:
        return read(self.root / "workflows" / f"{self.procedure['workflow']['use']}.yaml")

    @property
    def steps(self) -> Mapping[str, Any]:
        return self.workflow["steps"]  # type: ignore[no-any-return]

    # ---- names ----

    def paper(self, key: str, answers: Mapping[str, Any]) -> str:
        """What people call a paper: `ban_chinh.2` is named by the second row of its list."""
        name, _, number = key.partition(".")
        item = next(p for p in self.procedure["papers"] if _id(p) == name)
        row = answers[item["each"]][int(number) - 1] if number else {}
        return re.sub(r"\{\w+\.(\w+)\}", lambda gap: str(row[gap[1]]), vi(item.get("name", "")))

    def fee(self, name: str) -> str:
        return self._named("fees", name)

    def limit(self, name: str) -> str:
        return self._named("time_limits", name)

    def slip(self, name: str) -> str:
        return str(read(HOME / "themes/default/paper/paper.yaml")["slips"][name]["title"])

    def _named(self, kind: str, name: str) -> str:
        return vi(next(item for item in self.procedure[kind] if item["id"] == name)["name"])

    # ---- ways ----

    def accepts(self, step: str) -> bool:
        return any(action.get("does") == "accept" for action in self.steps[step].get("actions", {}).values())

    def waits_for(self, step: str) -> str | None:
        return self.steps[step].get("waits_for")  # type: ignore[no-any-return]

    def roles(self, step: str) -> list[str]:
        """Who may act at a step, or speak at a wait for other agencies."""
        said = self.steps[step].get("role") or self.steps[step].get("by") or self._answers
        return [str(role) for role in _rows(said)]

    @cached_property
    def _answers(self) -> Any:
        return read(self.root / "workflows" / "roles.yaml").get("answers")

    def interrupt(self, name: str) -> Mapping[str, Any]:
        return next(one for one in self.workflow["interrupts"] if one["id"] == name)  # type: ignore[no-any-return]

    def onward(self, step: str) -> list[str]:
        """The actions that lead to the granted end, the shortest way first."""
        actions = self.steps[step].get("actions", {})
        far = {name: _nearest(_rows(does["to"]), self._distance) for name, does in actions.items()}
        leads = [name for name in actions if far[name] is not None and actions[name].get("does") not in ASIDE]
        return sorted(leads, key=lambda name: far[name] or 0)

    @cached_property
    def _distance(self) -> Mapping[str, int]:
        """Fewest steps from each step to a granted end."""
        found = {name: 0 for name, step in self.steps.items() if step.get("ends") == "granted"}
        for _ in self.steps:
            for name, step in self.steps.items():
                if (near := _nearest(list(_exits(step)), found)) is not None:
                    found[name] = min(found.get(name, near + 1), near + 1)
        return found


def _id(paper: Mapping[str, Any]) -> str:
    return str(paper.get("id") or str(paper.get("use")).rpartition("/")[2])


def _rows(value: Any) -> list[Any]:
    """Every word that rows may give."""
    return [row.get("is", row.get("else")) for row in value] if isinstance(value, list) else [value]


def _exits(step: Mapping[str, Any]) -> Iterator[str]:
    for leads in (step, *step.get("actions", {}).values()):
        yield from _rows(leads["to"]) if "to" in leads else ()
    yield from (*step.get("fork", ()), *([step["join"]] if "join" in step else ()))


def _nearest(names: list[str], distance: Mapping[str, int]) -> int | None:
    return min((distance[name] for name in names if name in distance), default=None)


def shipped(root: Path = HOME) -> list[AsWritten]:
    """Every procedure that has examples beside it."""
    files = sorted((root / "procedures").rglob("*.examples.yaml"))
    return [AsWritten(root, str(f.relative_to(root)).replace(".examples.yaml", ".yaml")) for f in files]
