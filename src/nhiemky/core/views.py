"""The page on which all components stand, for those who build pages and for the tests that look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse

from nhiemky.core.components import Fact, LifeEvent, Link, Tab
from nhiemky.core.forms import DayField, Form
from nhiemky.core.lists import Column, Table, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.findings import Finding

Row = dict[str, Any]


class SampleForm(Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong lý lịch đảng viên.")
    born = DayField(label="Ngày sinh")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Dự bị"), ("b", "Chính thức")])
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    sure = forms.BooleanField(label="Đã đối chiếu hồ sơ", required=False)


UNITS: list[Row] = [
    {"name": "Đảng bộ khối cơ quan xã", "depth": 0, "n": 86, "p": 4, "state": "đủ"},
    {"name": "Chi bộ Trường THCS Nghĩa An", "depth": 1, "n": 28, "p": 1, "state": "đủ"},
    {"name": "Chi bộ thôn Cổ Lũy Bắc", "depth": 0, "n": 1012, "p": None, "state": "thiếu"},
]
COLUMNS: tuple[Column[Row], ...] = (
    Column("name", "Tổ chức", lambda r: r["name"], href=lambda r: "#"),
    Column("n", "Đảng viên", lambda r: r["n"], numeric=True),
    Column("p", "Dự bị", lambda r: r["p"], numeric=True, minor=True),
    Column("state", "Cấp ủy", lambda r: r["state"], tone=lambda r: "good" if r["state"] == "đủ" else "bad"),
)
FINDINGS = (
    Finding("kit.sample", facts={"what": "11 đảng viên chính thức"}, cites="Điều lệ Đảng, điều 24"),
    Finding("kit.ask", blocks=False, facts={"what": "2 hồ sơ"}, cites="Quy định 294-QĐ/TW"),
    Finding("kit.fine", ok=True, facts={"what": "sổ biến động khớp"}, cites="47 chi bộ"),
)
LIFE = (
    LifeEvent("1.217 đảng viên, 47 tổ chức trực thuộc", when="hôm nay", now=True),
    LifeEvent("Hợp nhất", day=date(2025, 7, 1), links=(Link("Nghĩa Phú", "#"), Link("Nghĩa Hà", "#"))),
    LifeEvent("Chuyển sinh hoạt", day=date(2024, 3, 2), note="đã ghi lại", struck=True),
)


@page()
def kit(request: PageRequest) -> HttpResponse:
    """Every component once; only where pages are built."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "crumb": (Link("Đảng bộ tỉnh Quảng Ngãi", "#"), Link("Đảng bộ xã An Phú")),
        "tab_items": (Tab("Chung", "#", True), Tab("Đảng viên", "#", count=1217), Tab("Quá trình", "#")),
        "segments": (Tab("Năm", "#", True), Tab("Quý", "#"), Tab("Tháng", "#")),
        "table": Table(COLUMNS, UNITS, 3, depth=lambda r: int(r["depth"])),
        "members": table_of(request, COLUMNS, UNITS * 40, default="name", per_page=6),
        "findings": FINDINGS,
        "form": SampleForm({"name": ""} if "wrong" in request.GET else None),
        "events": LIFE,
        "about": (Fact("Nữ", 7, "#", "25,9%"), Fact("Dưới 40", 5), Fact("Dân tộc thiểu số", None)),
        "sparks": (15, 14, 16, 12, 13, 9, 6, 4),
    }
    return show(request, "core/kit.html", context)
