"""The check of a whole catalog: every stage over every file, all mistakes in one run. Called by cli, `publishing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from motcua.catalogue.diagnostic import Diagnostic
from motcua.catalogue.place import Place
from motcua.catalogue.reading import Reading, read
from motcua.catalogue.report import Report

Stage = Callable[[Reading], Iterable[Diagnostic]]

#: What follows reading, in this order, each as `module:function`; a stage is imported when it runs. What an earlier
#: stage has told at a place, a later one does not tell again.
STAGES: tuple[str, ...] = ("motcua.catalogue.proving:stage",)


def check(root: Path) -> Report:
    """Everything that is wrong below a root; never raises for what stands in its files."""
    reading = read(root)
    if not reading.procedures:
        reading = reading.with_([Diagnostic("C045", Place("procedures"))])
    for stage in STAGES:
        reading = reading.with_(_stage(stage)(reading))
    return Report.of(reading.diagnostics, len(reading.files), len(reading.procedures))


def _stage(name: str) -> Stage:
    module, _, function = name.partition(":")
    stage: Stage = getattr(import_module(module), function)
    return stage
