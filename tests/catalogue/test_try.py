"""`try`: an applicant played on the command line, and what is printed of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import EXAMPLES, pages, town

from motcua.cli import main

FORM = pages(
    """
    don:
      type: object
      required: [ten]
      properties: {ten: {type: string, title: Tên}, so: {type: integer, title: Số bản, default: 1}}
    """
)
PROCEDURE = """
agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {agency: xa_an}}
papers:
  - {id: don, name: {vi: Đơn, en: Form}, original: 1, from_form: true}
  - {id: bang, name: {vi: Bằng, en: Degree}, copies: don.so}
fees:
  - {id: phi, name: {vi: Phí, en: Fee}, kind: phi, due: result.giay, amount: {of: 8.000, times: don.so}}
  - {id: le_phi, kind: le_phi, amount: [{when: case.channel == "online", is: 0, why: Nộp trực tuyến}, {else: 5.000}]}
time_limits:
  - {id: nhan, from: received, until: accepted, within: 8 giờ làm việc}
  - {id: chinh, within: 5 ngày làm việc}
"""
FIELDS = {
    "problems", "papers", "fees", "fee_total", "due", "limits", "number", "agencies", "route", "outcome"
}  # fmt: skip


class Trying:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        (root / "answers.yaml").write_text("don: {ten: An, so: 2}\n", "utf-8")

    def run(self, *args: str) -> tuple[int, str, str]:
        status = main(["try", *args, "--root", str(self.root)])
        said = self.capsys.readouterr()
        return status, said.out, said.err

    def said(
        self, *args: str, events: Any = None, at: str = "2026-10-05 08:00", procedure: str = "cap_giay"
    ) -> dict[str, Any]:
        more = ["--answers", str(self.root / "answers.yaml"), "--at", at]
        if events is not None:
            (self.root / "events.json").write_text(json.dumps(events), "utf-8")
            more += ["--events", str(self.root / "events.json")]
        status, out, err = self.run(procedure, *more, *args)
        assert (status, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    def answers(self, text: str) -> None:
        (self.root / "answers.yaml").write_text(text, "utf-8")


@pytest.fixture
def trying(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Trying:
    town(tmp_path, form=FORM, procedure=PROCEDURE)
    return Trying(tmp_path, capsys)


def test_everything_that_comes_of_an_applicant_is_printed(trying: Trying) -> None:
    """Monday 05/10/2026 08:00, accepted at once: the fifth working day is Monday 12/10.

    Eight working hours: seven and a half on Monday (08:00-11:30, 13:00-17:00), the rest on Tuesday from 07:30.
    """
    said = trying.said()
    assert said.keys() >= FIELDS
    assert said["problems"] == []
    assert [(p["id"], p["originals"], p["copies"]) for p in said["papers"]] == [("don", 1, 0), ("bang", 0, 2)]
    assert {f["id"]: (f["amount"], f["why"]) for f in said["fees"]} == {
        "phi": (16_000, None),
        "le_phi": (0, "Nộp trực tuyến"),
    }
    assert said["fee_total"] == 16_000
    assert said["due"] == "2026-10-12T17:00:00+07:00"
    assert {limit["id"]: limit["due"] for limit in said["limits"]} == {
        "nhan": "2026-10-06T08:00:00+07:00",
        "chinh": "2026-10-12T17:00:00+07:00",
    }
    assert (said["route"], said["outcome"]) == (["tiep_nhan", "ky"], "granted")


def test_the_channel_is_a_fact(trying: Trying) -> None:
    assert trying.said("--channel", "counter")["fee_total"] == 21_000


def test_the_applicant_may_pick_where_to_file(trying: Trying) -> None:
    said = trying.said("--receives", "xa_binh")
    assert said["agencies"] == {"receives": "xa_binh", "decides": "xa_an"}
    assert said["number"] == "H56.02-261005-0001"


def test_a_wrong_filing_prints_its_problems_and_no_case(trying: Trying) -> None:
    trying.answers("don: {so: hai}\n")
    said = trying.said()
    assert {p["field"]: (p["code"], p["level"]) for p in said["problems"]} == {
        "don.ten": ("required", "error"),
        "don.so": ("not_number", "error"),
    }
    assert (said["fee_total"], said["due"], said["limits"], said["route"], said["outcome"]) == (0, None, [], [], None)


def test_messages_are_in_the_language_that_was_asked(trying: Trying) -> None:
    trying.answers("don: {}\n")
    assert [p["message"] for p in trying.said("--lang", "en")["problems"]] == ["Enter “Tên”."]


# ---- events ----


def test_a_supplement_is_played_and_restarts_where_acceptance_comes_after_it(trying: Trying) -> None:
    """Asked Monday 05/10, answered and accepted Thursday 08/10 (day 0): 9, 12, 13, 14, Thursday 15."""
    said = trying.said(
        events=[
            {"at": "2026-10-05 09:00", "step": "tiep_nhan", "action": "bo_sung", "asks": ["paper.bang"]},
            {"at": "2026-10-08 10:00", "upon": "supplement_came", "papers": ["bang"]},
        ]
    )
    assert (said["route"], said["due"]) == (
        ["tiep_nhan", "cho_bo_sung", "tiep_nhan", "ky"],
        "2026-10-15T17:00:00+07:00",
    )


def test_time_that_passes_leaves_the_case_where_it_stands(trying: Trying) -> None:
    said = trying.said(events=[{"at": "2026-10-20 08:00"}])
    assert (said["route"], said["outcome"]) == (["tiep_nhan", "ky"], None)
    assert {limit["id"]: limit["late"] for limit in said["limits"]} == {"nhan": False, "chinh": True}
    assert said["fee_total"] == 16_000  # accepted: still to come


def test_after_a_refusal_only_what_had_fallen_due_is_counted(trying: Trying) -> None:
    said = trying.said("--channel", "counter", events=[{"at": "2026-10-06 09:00", "step": "ky", "action": "tu_choi"}])
    assert (said["outcome"], said["fee_total"]) == ("refused", 5_000)


def test_a_due_date_that_stands_is_null(trying: Trying) -> None:
    said = trying.said(
        events=[
            {"at": "2026-10-05 09:00", "step": "tiep_nhan", "action": "bo_sung", "asks": ["don"]},
            {"at": "2026-10-06 09:00"},
        ]
    )
    assert (said["route"], said["due"], said["outcome"]) == (["tiep_nhan", "cho_bo_sung"], None, None)


def test_what_an_officer_or_the_citizen_enters_wrong_is_a_problem(trying: Trying) -> None:
    said = trying.said(
        events=[{"at": "2026-10-05 09:00", "step": "tiep_nhan", "action": "bo_sung", "asks": ["paper.la"]}]
    )
    assert [(p["field"], p["code"]) for p in said["problems"]] == [("asks", "not_there")]


# ---- how it is called ----


@pytest.mark.parametrize("name", ["cap_giay", "ho_tich/cap_giay", "procedures/ho_tich/cap_giay.yaml"])
def test_a_procedure_is_called_by_its_id_or_its_file(trying: Trying, name: str) -> None:
    assert trying.said(procedure=name)["outcome"] == "granted"


def test_text_says_the_same_for_people(trying: Trying) -> None:
    status, out, _ = trying.run(
        "cap_giay", "--answers", str(trying.root / "answers.yaml"), "--at", "2026-10-05 08:00", "--format", "text"
    )
    assert status == 0
    assert "- bang  0/2  Bằng" in out
    assert "= 16000 đ" in out
    assert "tiep_nhan > ky  granted" in out


def test_an_example_is_printed_by_its_name(trying: Trying) -> None:
    (trying.root / EXAMPLES).write_text(
        "- {id: mot, at: 05/10/2026 08:00, answers: {don: {ten: An}}, expect: {outcome: refused}}\n", "utf-8"
    )
    status, out, _ = trying.run("--example", "mot")
    assert (status, json.loads(out)["outcome"]) == (0, "granted")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["cap_gay", "--answers", "answers.yaml", "--at", "2026-10-05 08:00"], "có phải cap_giay?"),
        (["--example", "hai"], "không có ví dụ 'hai'"),
        (["cap_giay"], "cần --answers và --at"),
        (["cap_giay", "--answers", "answers.yaml", "--at", "mai"], "--at 'mai'"),
        (["cap_giay", "--answers", "la.yaml", "--at", "2026-10-05 08:00"], "la.yaml"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_in_one_line(trying: Trying, args: list[str], said: str) -> None:
    args = [str(trying.root / arg) if arg.endswith(".yaml") else arg for arg in args]
    status, out, err = trying.run(*args)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "events",
    [
        [{"step": "tiep_nhan", "action": "nhan"}],
        [{"at": "mai", "step": "tiep_nhan", "action": "nhan"}],
        [{"at": "2026-10-05 09:00", "step": "la", "action": "nhan"}],
        [{"at": "2026-10-05 09:00", "step": "tiep_nhan"}],
        [{"at": "2026-10-05 09:00", "interrupt": "la"}],
        [{"at": "2026-10-04 09:00"}],
        [{"at": "2026-10-05 09:00", "upon": "supplement_came"}],
        ["tiep_nhan"],
        [7],
        [{"at": "2026-10-05 09:00", "step": "tiep_nhan", "action": "bo_sung", "asks": 5}],
        [{"at": "2026-10-05 09:00", "step": "tiep_nhan", "action": "nhan", "answers": [1]}],
    ],
)
def test_an_event_that_cannot_be_played_is_one_line_and_no_trace(trying: Trying, events: Any) -> None:
    (trying.root / "events.json").write_text(json.dumps(events), "utf-8")
    files = ["--answers", str(trying.root / "answers.yaml"), "--events", str(trying.root / "events.json")]
    status, out, err = trying.run("cap_giay", *files, "--at", "2026-10-05 08:00")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_what_cannot_be_computed_is_one_line_and_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town(
        tmp_path,
        form=FORM,
        procedure="fees: [{id: phi, kind: phi, amount: [{when: don.so == 1, is: 1}, {when: don.so == 3, is: 2}]}]\n",
    )
    trying = Trying(tmp_path, capsys)
    status, out, err = trying.run("cap_giay", "--answers", str(tmp_path / "answers.yaml"), "--at", "2026-10-05 08:00")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_procedure_with_a_mistake_is_not_played_but_shown(trying: Trying) -> None:
    file = trying.root / "forms/ho_tich/don.yaml"
    file.write_text(file.read_text("utf-8").replace("title: Tên", "tiitle: Tên"), "utf-8")
    status, out, _ = trying.run("cap_giay", "--answers", str(trying.root / "answers.yaml"), "--at", "2026-10-05 08:00")
    assert status == 1
    assert "có phải 'title'?" in out


def test_trying_opens_no_flask_and_no_database() -> None:
    code = (
        "import sys; from motcua.cli import main; main(['try', '--example', 'ks-1']);"
        "print([m for m in ('flask', 'sqlalchemy') if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert ran.stderr.strip() == "[]"
    assert json.loads(ran.stdout)["due"] == "2026-10-06T17:00:00+07:00"


def _environment() -> dict[str, str]:
    home = Path(__file__).parents[2]
    return {"PYTHONPATH": str(home / "platform"), "PATH": "/usr/bin:/bin"}
