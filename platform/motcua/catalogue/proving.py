"""What reading alone cannot show: every procedure bound with its expressions checked, and its examples played. A
stage of `check`; `publishing` takes from here what may go live.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from motcua.catalogue.binding import bind_procedure, bind_province
from motcua.catalogue.binding.province import FILES
from motcua.catalogue.diagnostic import Diagnostic, Severity
from motcua.catalogue.editions import PROVINCE, Compiled, Edition
from motcua.catalogue.examples import examples_file, prove, read_examples
from motcua.catalogue.reading import Findings, Reading, read
from motcua.domain.procedure import Procedure, Province


@dataclass(frozen=True)
class Proven:
    """One procedure (or the province, `@province`): good where `wrong` is empty."""

    id: str
    file: str
    edition: Edition
    compiled: Compiled
    procedure: Procedure | None
    wrong: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Proof:
    """A whole catalog, read and proven."""

    reading: Reading
    province: Proven
    procedures: tuple[Proven, ...]


def one_procedure(reading: Reading, file: str) -> Proven:
    """One procedure bound, its examples left alone: for `try`, where they may fail."""
    findings = reading.findings()
    compiled = Compiled()
    procedure = _bound(reading, file, findings, compiled)
    return _proven(reading.with_(findings.diagnostics), file, procedure, compiled)


def province_of(reading: Reading) -> Province | None:
    return _province(reading, reading.findings())


def stage(reading: Reading) -> Iterable[Diagnostic]:
    """What binding and examples tell; called by `check`."""
    findings = reading.findings()
    province = _province(reading, findings)
    for file in reading.procedures:
        _procedure(reading, file, province, findings)
    return findings.diagnostics


def prove_catalog(root: Path) -> Proof:
    """Everything below a root, each procedure judged alone: another's mistake does not hold it up."""
    reading = read(root)
    findings = reading.findings()
    province = _province(reading, findings)
    bound = {file: _procedure(reading, file, province, findings) for file in reading.procedures}
    reading = reading.with_(findings.diagnostics)
    shared = {file: reading.data[file] for file in FILES if file in reading.data}
    wrong = tuple(d for d in reading.diagnostics if d.place.file in FILES and d.severity is Severity.ERROR)
    return Proof(
        reading,
        Proven(PROVINCE, "procedures/agencies.yaml", Edition(PROVINCE, shared), Compiled(), None, wrong),
        tuple(_proven(reading, file, *made) for file, made in bound.items()),
    )


def _proven(reading: Reading, file: str, procedure: Procedure | None, compiled: Compiled) -> Proven:
    name = PurePosixPath(file).stem
    examples = examples_file(file)
    wrong = (*reading.broken(file), *(d for d in reading.diagnostics if d.place.file == examples))
    return Proven(name, file, Edition(name, reading.closure(file)), compiled, procedure, wrong)


def _province(reading: Reading, findings: Findings) -> Province | None:
    """The files outside editions; a mistake in their shape was told, and then nothing can be played."""
    if any(d.place.file in FILES and d.severity is Severity.ERROR for d in reading.diagnostics):
        return None
    return bind_province(reading.data, findings)


def _bound(reading: Reading, file: str, findings: Findings, compiled: Compiled) -> Procedure | None:
    try:
        return bind_procedure(file, reading.closure(file), findings, compiled)
    except Exception:  # any: in a file whose shape is wrong, and told, anything may stand; it need not bind
        if reading.broken(file):
            return None
        raise


def _procedure(
    reading: Reading, file: str, province: Province | None, findings: Findings
) -> tuple[Procedure | None, Compiled]:
    compiled = Compiled()
    procedure = _bound(reading, file, findings, compiled)
    made_of, examples = reading.made_of(file), examples_file(file)
    wrong = reading.broken(file) or any(d.place.file in made_of for d in findings.diagnostics)
    if procedure is not None and province is not None and not wrong and examples in reading.data:
        for example in read_examples(reading.data[examples], examples, findings):
            prove(example, procedure, province)
    return procedure, compiled
