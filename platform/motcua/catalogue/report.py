"""What a check found: the mistakes in order, worst first, and how many. Made by `check`, shown by `rendering`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.catalogue.diagnostic import Diagnostic, Severity


@dataclass(frozen=True)
class Report:
    """`files` and `procedures` are how many were looked at: a check that looked at nothing is not a good check."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    procedures: int

    @staticmethod
    def of(diagnostics: Iterable[Diagnostic], files: int, procedures: int) -> Report:
        return Report(tuple(sorted(diagnostics, key=lambda d: d.order)), files, procedures)

    @property
    def good(self) -> bool:
        return self.count(Severity.ERROR) == 0

    def count(self, severity: Severity) -> int:
        return Counter(d.severity for d in self.diagnostics)[severity]
