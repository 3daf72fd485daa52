"""`python app.py check`, `explain`, `deadline`: what they print, how they exit, and what they never import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motcua import cli
from motcua.settings import HOME

SECTORS = "procedures/sectors.yaml"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "procedures").mkdir()
    (tmp_path / SECTORS).write_text("sectors:\n  - {id: a, nam: A}\n", "utf-8")
    return tmp_path


def test_check_exits_with_one_on_any_error(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(bad)]) == 1

    printed = capsys.readouterr().out
    assert "procedures/sectors.yaml:2:13  C102  khoá lạ 'nam', có phải 'name'?" in printed


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_check_speaks_to_tools(bad: Path, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    assert cli.main(["check", "--root", str(bad), "--format", format_, "--lang", "en"]) == 1

    assert "did you mean 'name'?" in json.dumps(json.loads(capsys.readouterr().out))


def test_the_shipped_catalog_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.startswith("Không có lỗi")


def test_explain_prints_the_page_with_both_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "c102"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("C102  khoá lạ")
    assert "Sai: forms/to_khai.yaml" in printed
    assert "Đúng: forms/to_khai.yaml" in printed


def test_an_unknown_code_is_misuse_and_names_a_like_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "CC102"]) == 2
    assert "C102" in capsys.readouterr().err


def test_deadline_counts_by_the_shipped_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    """Friday 24/01/2025 is day 0; 25/01 to 02/02 are Tết and weekends; Monday 03/02 (1) to Friday 07/02 (5)."""
    assert cli.main(["deadline", "2025-01-24 16:00", "5 ngày làm việc", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2025-02-07T17:00:00+07:00"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2025-01-24 16:00", "năm ngày"], "năm ngày"),
        (["hôm qua", "5 ngày"], "hôm qua"),
        (["2025-01-24 16:00", "5 ngày", "--agency", "ubnd_phuong_hac_than"], "ubnd_phuong_hac_thanh"),
    ],
)
def test_deadline_says_in_one_line_what_it_cannot_read(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["deadline", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_deadline_does_not_count_by_a_calendar_with_mistakes(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bad / "workflows").mkdir()
    (bad / "workflows/calendar.yaml").write_text("default: x\nhours: {y: []}\n", "utf-8")

    assert cli.main(["deadline", "2025-01-24 16:00", "5 ngày", "--root", str(bad)]) == 1
    assert "workflows/calendar.yaml:2:12" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["explain", "C102"], ["deadline", "2025-01-24 16:00", "5 ngày làm việc"]],
)
def test_what_proves_a_catalog_opens_no_flask_and_no_database(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv = ['app.py', *sys.argv[1:]]\n"
        "from motcua.cli import main\n"
        "status = main()\n"
        "heavy = {'flask', 'sqlalchemy', 'wtforms', 'whoosh', 'alembic'} & sys.modules.keys()\n"
        "sys.exit(f'{status} {heavy}' if status or heavy else 0)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=HOME / "platform", capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr


def test_the_program_runs_from_its_folder_whatever_the_locale(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(HOME / "app.py"), "explain", "C105"],
        cwd=tmp_path,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=True,
    )

    assert "chữ thường không dấu" in ran.stdout.decode("utf-8")
