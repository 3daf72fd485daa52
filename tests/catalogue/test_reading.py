"""A catalog folder read whole: what a procedure is made of, and which procedures a broken file poisons."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.catalogue.kinds import kind_of
from motcua.catalogue.reading import Reading, read
from motcua.settings import HOME

POSITIONS = "agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {kind: ubnd_xa, for: a.xa}}\n"
FILES = {
    "procedures/README.md": "# Not a catalog file\n",
    "procedures/.hidden.yaml": "not: read",
    "procedures/sectors.yaml": "sectors: [{id: ho_tich, name: Hộ tịch}]\n",
    "procedures/registers.yaml": "registers: [{id: dan_cu.cu_tru, name: A, key: text, answer: {xa: text}}]\n",
    "procedures/agencies.yaml": ("levels: [{id: commune, name: A}]\nkinds: [{id: ubnd_xa, name: A}]\nagencies: []\n"),
    "procedures/papers/uy_quyen.yaml": "id: uy_quyen\nname: Giấy ủy quyền\noriginal: 1\n",
    "procedures/tables/muc.yaml": "gives: money\nby: {n: number}\nrows: [[n, value], [đến 1, 2.000], [trên 1, 3]]\n",
    "procedures/ho_tich/mot.yaml": (
        'code: "1"\nname: Một\nsector: ho_tich\nlevel: commune\nservice: full\nchannels: [online]\n'
        + POSITIONS
        + "form: ho_tich/to_khai\npapers: [{use: papers/uy_quyen, when: a.b}]\ntables: {muc: {use: tables/muc}}\n"
        "looks_up: {cu_tru: {register: dan_cu.cu_tru, of: a.so}}\n"
        "workflow: {use: mot_cap, with: {bieu: noi_bo/them}}\n"
    ),
    "procedures/ho_tich/hai.yaml": (
        'code: "2"\nname: Hai\nsector: ho_tich\nlevel: commune\nservice: full\nchannels: [online]\n'
        + POSITIONS
        + "form: khac\nworkflow: {use: mot_cap, with: {bieu: noi_bo/them}}\n"
        'values: {la_phuong: {is: "doi_tuong(a.loai).phuong"}}\n'
    ),
    "forms/common.yaml": (
        "$defs:\n  dia_chi: {type: object, properties: {xa: {type: string, title: Xã, choices: lists/xa}}}\n"
    ),
    "forms/ho_tich/to_khai.yaml": "title: A\ntype: object\nproperties:\n  a: {$ref: common#/$defs/dia_chi, title: A}\n",
    "forms/khac.yaml": "title: A\ntype: object\nproperties:\n  a: {type: object, title: A, properties: {}}\n",
    "forms/noi_bo/tham_tra.yaml": "title: A\ntype: object\nproperties:\n  dat: {type: boolean, title: Đạt}\n",
    "forms/noi_bo/them.yaml": "title: A\ntype: object\nproperties:\n  so: {type: integer, title: Số}\n",
    "forms/lists/xa.yaml": 'id: xa\ntitle: Xã\ncolumns: [code, name]\nrows: [["1", A]]\n',
    "forms/lists/doi_tuong.yaml": 'id: doi_tuong\ntitle: A\ncolumns: [code, phuong]\nrows: [["1", true]]\n',
    "workflows/roles.yaml": "roles: [{id: leader, name: Lãnh đạo}]\n",
    "workflows/phu.yaml": "id: phu\nstart: x\nsteps:\n  x: {ends: granted}\n",
    "workflows/mot_cap.yaml": (
        "id: mot_cap\nparameters: {bieu: form}\nstart: xem\nsteps:\n"
        "  xem: {role: leader, at: decides, form: noi_bo/tham_tra, actions: {dat: {to: them}}}\n"
        "  them: {role: leader, at: decides, form: $bieu, actions: {dat: {to: niem_yet}}}\n"
        "  niem_yet: {runs: phu, to: {x: xong}}\n"
        "  xong: {ends: granted}\n"
    ),
}
ONE, TWO = "procedures/ho_tich/mot.yaml", "procedures/ho_tich/hai.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    return tmp_path


def broken(reading: Reading, procedure: str) -> list[str]:
    return [str(d.place) for d in reading.broken(procedure)]


def test_a_good_catalog_is_read_without_a_word(root: Path) -> None:
    reading = read(root)

    assert reading.diagnostics == ()
    assert reading.procedures == (TWO, ONE)
    assert "procedures/.hidden.yaml" not in reading.files


def test_a_procedure_is_made_of_all_that_it_names_directly_or_by_others(root: Path) -> None:
    assert list(read(root).closure(ONE)) == [
        "forms/common.yaml",
        "forms/ho_tich/to_khai.yaml",
        "forms/lists/xa.yaml",
        "forms/noi_bo/tham_tra.yaml",
        "forms/noi_bo/them.yaml",
        "procedures/ho_tich/mot.yaml",
        "procedures/papers/uy_quyen.yaml",
        "procedures/registers.yaml",
        "procedures/tables/muc.yaml",
        "workflows/mot_cap.yaml",
        "workflows/phu.yaml",
    ]


def test_a_code_list_that_only_an_expression_calls_belongs_to_the_procedure(root: Path) -> None:
    assert "forms/lists/doi_tuong.yaml" in read(root).closure(TWO)
    assert "forms/lists/xa.yaml" not in read(root).closure(TWO)


def test_a_broken_file_poisons_only_the_procedures_that_are_made_of_it(root: Path) -> None:
    (root / "forms/common.yaml").write_text("$defs: {a: [", "utf-8")

    reading = read(root)

    assert broken(reading, ONE) == ["forms/common.yaml:1:12"]
    assert broken(reading, TWO) == []
    assert [d.code for d in reading.diagnostics] == ["C012"]


def test_a_shared_workflow_that_breaks_poisons_all_of_them(root: Path) -> None:
    (root / "workflows/mot_cap.yaml").write_text(
        FILES["workflows/mot_cap.yaml"].replace("to: them", "to: hem"), "utf-8"
    )

    reading = read(root)

    assert [d.code for d in reading.broken(ONE)] == ["C223"]
    assert [d.code for d in reading.broken(TWO)] == ["C223"]


def test_names_declared_in_a_file_that_cannot_be_read_are_not_told_as_unknown(root: Path) -> None:
    (root / "procedures/sectors.yaml").write_text("sectors: [", "utf-8")
    (root / "workflows/roles.yaml").write_text("roles: '", "utf-8")

    assert sorted(d.code for d in read(root).diagnostics) == ["C011", "C012"]


def test_a_file_that_is_missing_is_told_where_it_is_named(root: Path) -> None:
    (root / "forms/noi_bo/them.yaml").unlink()

    found = read(root).diagnostics

    assert {(d.place.file, d.code) for d in found} == {(ONE, "C220"), (TWO, "C220")}


def test_what_an_earlier_stage_has_told_at_a_place_a_later_one_does_not_tell_again(root: Path) -> None:
    (root / "workflows/mot_cap.yaml").write_text(
        FILES["workflows/mot_cap.yaml"].replace("to: them", "to: hem"), "utf-8"
    )
    reading, path = read(root), ("steps", "xem", "actions", "dat", "to")
    later = reading.findings()
    later.of("workflows/mot_cap.yaml").error("C223", path, said="bước", name="hem")
    later.of("workflows/mot_cap.yaml").error("C223", ("start",), said="bước", name="xem", code="a parameter")
    later.of("workflows/mot_cap.yaml").error("C223", ("start",), span=(1, 2), said="bước", name="e")

    both = reading.with_(later.diagnostics)

    places = [str(d.place) for d in both.diagnostics]
    assert places == ["workflows/mot_cap.yaml:5:79", "workflows/mot_cap.yaml:3:8", "workflows/mot_cap.yaml:3:9"]


def test_only_the_files_that_are_asked_for_are_read(root: Path) -> None:
    reading = read(root, only=("workflows/roles.yaml",))

    assert list(reading.files) == ["workflows/roles.yaml"]
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("procedures/agencies.yaml", "agencies"),
        ("procedures/ho_tich/khai_sinh.yaml", "procedure"),
        ("procedures/ho_tich/khai_sinh.examples.yaml", "examples"),
        ("procedures/papers/giay.yaml", "paper"),
        ("procedures/checks/c.yaml", "check"),
        ("procedures/values/v.yaml", "value"),
        ("procedures/tables/t.yaml", "table"),
        ("forms/common.yaml", "parts"),
        ("forms/dat_dai/common.yaml", "parts"),
        ("forms/dat_dai/don.yaml", "form"),
        ("forms/lists/xa.yaml", "list"),
        ("forms/lists/cu/xa.yaml", None),
        ("workflows/roles.yaml", "roles"),
        ("workflows/mot_cap.yaml", "workflow"),
        ("themes/default/theme.yaml", None),
    ],
)
def test_folder_and_name_say_the_kind(file: str, kind: str | None) -> None:
    assert kind_of(file) == kind


def test_the_shipped_catalog_has_no_mistake_of_shape_or_reference() -> None:
    assert read(HOME).diagnostics == ()
