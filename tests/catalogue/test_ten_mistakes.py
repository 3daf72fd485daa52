"""Ten mistakes planted in a small catalog: one run tells ten, each at its place, with the word that was meant."""

from __future__ import annotations

from pathlib import Path

from motcua.catalogue.check import check
from motcua.catalogue.messages import say

CATALOG = {
    "procedures/sectors.yaml": "sectors:\n  - {id: ho_tich, name: Hộ tịch}\n",
    "procedures/agencies.yaml": """\
levels:
  - {id: commune, name: Cấp xã}
kinds:
  - {id: ubnd_xa, name: Ủy ban nhân dân xã}
agencies: []
""",
    "procedures/ho_tich/khai_sinh.yaml": """\
code: "1.001193"
name: Đăng ký khai sinh
sector: ho_tic
level: commune
service: full
channels: [onlin, counter]
agencies:
  receives: {kind: ubnd_xa, picked_by: applicant}
  decides: {kind: ubnd_xã, for: tre.xa}
form: ho_tich/to_khai
workflow: {use: mot_caap}
fees:
  - id: le_phi
    kind: le_phi
    amount:
      - {else: 8.000}
      - {when: case.channel == "online", is: 0}
""",
    "forms/ho_tich/to_khai.yaml": """\
title: Tờ khai
type: object
required: [tre]
properties:
  tre:
    title: Trẻ
    type: object
    properties:
      họ_tên: {type: string, title: "Họ, tên"}
      sinh: {type: string, format: date, lable: Ngày sinh}
      xa: {type: string, title: Xã, choices: lists/x}
""",
    "forms/lists/xa.yaml": """\
id: xa
title: Xã
columns: [code, name]
rows:
  - [00004, Phường Ba Đình]
""",
    "workflows/roles.yaml": "roles:\n  - {id: leader, name: Lãnh đạo}\n",
    "workflows/mot_cap.yaml": """\
id: mot_cap
start: ky
steps:
  ky: {role: leader, at: decides, actions: {ky: {does: sing, to: xong}}}
  xong: {ends: granted}
""",
}

EXPECTED = [
    ("forms/ho_tich/to_khai.yaml:9:7", "C105", "viết 'ho_ten'"),
    ("forms/ho_tich/to_khai.yaml:10:42", "C102", "có phải 'labels'?"),
    ("forms/ho_tich/to_khai.yaml:11:46", "C220", "có phải 'lists/xa'?"),
    ("forms/lists/xa.yaml:5:6", "C022", '"00004"'),
    ("procedures/ho_tich/khai_sinh.yaml:3:9", "C223", "có phải 'ho_tich'?"),
    ("procedures/ho_tich/khai_sinh.yaml:6:12", "C104", "có phải 'online'?"),
    ("procedures/ho_tich/khai_sinh.yaml:9:19", "C105", "viết 'ubnd_xa'"),
    ("procedures/ho_tich/khai_sinh.yaml:11:17", "C220", "có phải 'mot_cap'?"),
    ("procedures/ho_tich/khai_sinh.yaml:16:10", "C113", "dòng cuối"),
    ("workflows/mot_cap.yaml:4:56", "C104", "có phải 'sign'?"),
]


def test_ten_planted_mistakes_give_ten_messages_each_at_its_place_with_the_meant_word(tmp_path: Path) -> None:
    for file, text in CATALOG.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")

    found = check(tmp_path).diagnostics

    assert [(str(d.place), d.code) for d in found] == [(place, code) for place, code, _ in EXPECTED]
    for diagnostic, (_, _, hint) in zip(found, EXPECTED, strict=True):
        assert hint in say(diagnostic)
