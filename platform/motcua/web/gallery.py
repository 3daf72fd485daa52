"""Every part of a page, in every state, with made-up data: for whoever draws, reviews or builds pages. Demo only."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, Response
from wtforms import (
    BooleanField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # the stubs are of an older version

from motcua.domain.working_calendar import HCM
from motcua.web.controls import errors_of
from motcua.web.forms import DateControl
from motcua.web.theme import render

pages = Blueprint("gallery", __name__)

_COLOURS = [SelectChoice("do", "Đỏ"), SelectChoice("xanh", "Xanh da trời"), SelectChoice("vang", "Vàng")]
_PLACES = [SelectChoice("", ""), SelectChoice("1", "Phường Hàm Rồng"), SelectChoice("2", "Xã Thọ Xuân")]


class Everything(Form):
    name = StringField("Họ, chữ đệm và tên", description="Viết như trên giấy tờ, ví dụ Đặng Thị Oanh")
    number = StringField("Số định danh cá nhân", render_kw={"inputmode": "numeric", "width": "20"})
    secret = PasswordField("Mật khẩu")
    born = DateControl("Ngày sinh", description="Ví dụ 27/3/1990")
    sex = RadioField("Giới tính", choices=[SelectChoice("nam", "Nam"), SelectChoice("nu", "Nữ")], validate_choice=False)
    colours = SelectMultipleField("Màu bìa hồ sơ", choices=_COLOURS, validate_choice=False)
    place = SelectField("Xã, phường", choices=_PLACES)
    remark = TextAreaField("Điều muốn nói thêm")
    paper = FileField("Giấy chứng sinh", description="Nhận PDF, JPG, mỗi tệp tối đa 10 MB")
    agree = BooleanField("Tôi cam đoan những lời khai trên là đúng sự thật")


@pages.get("/gallery")
def gallery() -> Response:
    filled = Everything(
        data={"name": "Đặng Thị Oanh", "born": date(1990, 3, 27), "sex": "nu", "colours": ["do"], "agree": True}
    )
    wrong = Everything(prefix="wrong-")
    wrong["name"].errors = ["Hãy nhập “Họ, chữ đệm và tên”."]
    wrong["born"].errors = ["“Ngày sinh” phải là một ngày có thật, ví dụ 27/3/1990."]
    wrong["sex"].errors = ["Hãy chọn “Giới tính”."]
    shown = [wrong[name] for name in ("name", "born", "sex", "place", "paper")]
    due = datetime(2026, 10, 14, 17, 0, tzinfo=HCM)
    return render("gallery", filled=filled, wrong=shown, faults=errors_of(shown), due=due)
