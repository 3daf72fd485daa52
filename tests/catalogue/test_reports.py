"""A report for people, for tools, and for code reviews."""

from __future__ import annotations

import json
from pathlib import Path

from motcua.catalogue.check import check
from motcua.catalogue.diagnostic import Diagnostic, Severity
from motcua.catalogue.place import Place
from motcua.catalogue.rendering import as_json, sarif, text
from motcua.catalogue.report import Report

ONE = Diagnostic(
    "C102", Place("forms/khai-sinh.yaml", 14, 5, 5), {"key": "lable", "meant": "label"}, "    lable: Họ và tên"
)


def report(*found: Diagnostic) -> Report:
    return Report.of(found, 3, 1)


def test_a_mistake_is_shown_with_its_line_and_carets_below_it() -> None:
    assert text(report(ONE)) == (
        "forms/khai-sinh.yaml:14:5  C102  khoá lạ 'lable', có phải 'label'?\n"
        "  14 |     lable: Họ và tên\n"
        "     |     ^^^^^   xem: python app.py explain C102\n"
        "\n"
        "1 lỗi; đã đọc 3 tệp, 1 thủ tục."
    )


def test_the_same_is_said_in_english() -> None:
    assert text(report(ONE), "en").splitlines()[0] == (
        "forms/khai-sinh.yaml:14:5  C102  unknown key 'lable', did you mean 'label'?"
    )


def test_carets_stand_below_letters_that_are_composed_of_several_signs() -> None:
    decomposed = "e\u0302\u0323: la\u0323"
    shown = text(report(Diagnostic("C102", Place("x.yaml", 1, 6, 3), {"key": "x"}, decomposed)))

    assert shown.splitlines()[2].startswith("    |    ^^   xem")


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 500 + " lable: y " + "z" * 500
    shown = text(report(Diagnostic("C102", Place("x.yaml", 1, 502, 5), {"key": "lable"}, line))).splitlines()

    start = shown[2].index("^")
    assert shown[1][start : start + 5] == "lable"
    assert len(shown[1]) < 140


def test_worst_comes_first_then_the_order_of_the_files() -> None:
    warning = Diagnostic("C042", Place("a.yaml"), severity=Severity.WARNING)
    later, earlier = Diagnostic("C031", Place("c.yaml", 9)), Diagnostic("C031", Place("c.yaml", 2))

    found = report(warning, later, earlier)

    assert found.diagnostics == (earlier, later, warning)
    assert text(found).splitlines()[-1] == "2 lỗi, 1 cảnh báo; đã đọc 3 tệp, 1 thủ tục."


def test_warnings_alone_are_good_and_say_so() -> None:
    found = report(Diagnostic("C042", Place("a.yaml"), severity=Severity.WARNING))

    assert found.good
    assert "cảnh báo: " in text(found)
    assert text(found).splitlines()[-1] == "Không có lỗi, 1 cảnh báo; đã đọc 3 tệp, 1 thủ tục."


def test_json_has_everything_that_a_tool_needs() -> None:
    data = json.loads(as_json(report(ONE)))

    assert data["good"] is False
    assert data["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert data["diagnostics"] == [
        {
            "code": "C102",
            "severity": "error",
            "file": "forms/khai-sinh.yaml",
            "line": 14,
            "column": 5,
            "length": 5,
            "message": "khoá lạ 'lable', có phải 'label'?",
            "excerpt": "    lable: Họ và tên",
        }
    ]


def test_sarif_names_rule_place_and_level_as_the_standard_asks() -> None:
    data = json.loads(sarif(report(ONE, Diagnostic("C042", Place("đơn.yaml"), severity=Severity.WARNING))))
    run = data["runs"][0]

    assert data["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["C042", "C102"]
    assert run["columnKind"] == "unicodeCodePoints"
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("C102", 1, "error")
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "forms/khai-sinh.yaml"},
        "region": {"startLine": 14, "startColumn": 5, "endColumn": 10},
    }
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%C4%91%C6%A1n.yaml"


def test_a_value_of_a_megabyte_does_not_fill_the_screen(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures/sectors.yaml").write_text(f"sectors: [{{id: a, name: A, {'k' * 900_000}: 1}}]", "utf-8")

    assert len(text(check(tmp_path))) < 1500
