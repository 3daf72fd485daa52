"""Names that a procedure declares for itself lead somewhere; one that does not is told once, where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.small_catalog import mistakes, pages, told, town

FLOW = """
parameters: {noi: position}
steps:
  tiep_nhan: {role: one_stop, at: AT, actions: {nhan: {does: accept, to: ky}}}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, publishes: [RESULT], to: xong}}}
  xong: {ends: granted}
interrupts: []
"""


def flow(at: str = "$noi", result: str = "giay") -> str:
    return FLOW.replace("AT", at).replace("RESULT", result)


@pytest.mark.parametrize(
    ("procedure", "said"),
    [
        ("fees: [{id: phi, kind: phi, amount: 1, basis: nqq}]", "không có căn cứ 'nqq', có phải 'nq'?"),
        ("papers: [{id: a, name: A, original: 1, skip_if_known: cu_tru}]", "không có câu hỏi 'cu_tru'"),
        ("time_limits: [{id: a, within: 1 ngày, runs_out: xng}]", "không có bước 'xng', có phải 'xong'?"),
        (
            'results: [{id: giay, name: G, number: "{agency.cod}-{serial:5}"}]',
            "không có phần của mẫu số 'agency.cod', có phải 'agency.code'?",
        ),
        ("workflow: {use: mot_cua}", "thiếu khoá 'noi'"),
        ("workflow: {use: mot_cua, with: {noi: la}}", "không có vị trí 'la'"),
        ("workflow: {use: mot_cua, with: {noi: receives, noii: decides}}", "không có tham số 'noii', có phải 'noi'?"),
    ],
)
def test_a_name_that_the_procedure_does_not_declare_is_told_in_the_procedure(
    tmp_path: Path, procedure: str, said: str
) -> None:
    text = f"legal_bases: [{{id: nq, cite: NQ}}]\nworkflow: {{use: mot_cua, with: {{noi: receives}}}}\n{procedure}\n"
    if procedure.startswith("workflow"):
        text = procedure + "\n"
    found = mistakes(tmp_path, procedure=text, workflow=flow())
    assert len(found) == 1
    assert found[0][0].startswith("procedures/ho_tich/cap_giay.yaml:")
    assert said in told(tmp_path)[0]


@pytest.mark.parametrize(
    ("workflow", "said"),
    [
        (flow(at="la"), "không có vị trí 'la'"),
        (flow(at="[{when: 1 < 2, is: la}, {else: receives}]"), "không có vị trí 'la'"),
        (flow(at="$nio"), "không có tham số '$nio'"),
        (flow(result="la"), "không có kết quả 'la'"),
    ],
)
def test_a_name_that_the_workflow_uses_and_the_procedure_does_not_declare_is_told_in_the_workflow(
    tmp_path: Path, workflow: str, said: str
) -> None:
    text = "workflow: {use: mot_cua, with: {noi: receives}}\n"
    found = mistakes(tmp_path, procedure=text, workflow=workflow)
    assert [place.partition(":")[0] for place, _ in found] == ["workflows/mot_cua.yaml"]
    assert said in told(tmp_path)[0]


def test_the_template_of_case_numbers_has_known_parts(tmp_path: Path) -> None:
    found = mistakes(tmp_path, agencies='case_number: "{agency.code}-{yyyy}-{serial:4}"\n')
    assert [code for _, code in found] == ["C223"]


def test_a_page_is_filled_in_from_something_that_is_there(tmp_path: Path) -> None:
    form = pages("don: {type: object, prefill: known.la, properties: {ten: {type: string, title: Tên}}}")
    assert [code for _, code in mistakes(tmp_path, form=form)] == ["C223"]


# ---- defaults ----


def test_a_default_is_read_as_an_answer_is(tmp_path: Path) -> None:
    text = """
    don:
      type: object
      properties:
        ngay: {type: string, format: date, title: Ngày, default: 01/02/2026}
        tien: {type: integer, format: money, title: Tiền, default: 8.000}
    """
    judged = town(tmp_path, form=pages(text)).judge({})
    assert judged.settled.answers == {"don": {"ngay": date(2026, 2, 1), "tien": 8000}}


def test_a_default_that_is_no_answer_is_told(tmp_path: Path) -> None:
    form = pages("don: {type: object, properties: {so: {type: integer, title: Số, default: ba}}}")
    assert [code for _, code in mistakes(tmp_path, form=form)] == ["C509"]


def test_an_agency_and_a_law_have_one_window(tmp_path: Path) -> None:
    agencies = """
    agencies:
      - {id: xa_an, code: a, name: A, kind: ubnd_xa, in_force: [{to: 01/01/2020}, {from: 01/01/2022}]}
    """
    assert [code for _, code in mistakes(tmp_path, agencies=agencies)] == ["C103"]
