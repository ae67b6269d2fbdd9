"""The review as .docx: the template of `tools/make_review_template.py`, filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from nhiemky.domain.reporting import wording
from nhiemky.reporting import charts, selectors
from nhiemky.reporting.declaring import Text
from nhiemky.reporting.documents.issuing import Issuer, issuer
from nhiemky.reporting.review import Review, Section, plain, table_of_figures
from nhiemky.reporting.selectors import Figure

TEMPLATE = Path(__file__).parent / "review.docx"
_IN_TEXT = {"members": "admissions", "balance": "ages"}
_AT_END = ("coverage",)

_WORDS = {
    "party": Text("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIETNAM"),
    "type": Text("BÁO CÁO", "REPORT"),
    "number": Text("Số        -BC/{symbol}", "No.        -BC/{symbol}"),
    "lead": Text(
        "Số liệu trong báo cáo được đếm từ hồ sơ đảng viên và tổ chức đảng đến ngày {on}; danh sách của từng con số "
        "kèm theo trong tệp bảng tính.",
        "Every figure in this report was counted from the records up to {on}; the rows behind each are in the workbook "
        "that goes with it.",
    ),
    "recipients_title": Text("Nơi nhận:", "Recipients:"),
    "signer": Text("(ký tên, đóng dấu)", "(signature, seal)"),
    "appendix": Text("PHỤ LỤC SỐ LIỆU", "APPENDIX: FIGURES"),
    "appendix_note": Text("(kèm theo Báo cáo {subject} của {issuer})", "(to the report on {subject}, {issuer})"),
    "balance_title": Text("Biến động đảng viên trong kỳ", "Changes of membership in the period"),
    "parts_title": Text("Biểu 1. Kết quả theo tổ chức đảng trực thuộc", "Table 1. Results by organisation"),
    "figures_title": Text("Biểu 2. Các chỉ số của năm", "Table 2. All figures of the year"),
    "change": Text("Nội dung", "Entry"),
    "came": Text("Tăng", "In"),
    "went": Text("Giảm", "Out"),
    "stock": Text("Đảng viên", "Members"),
    "unit": Text("Tổ chức đảng", "Organisation"),
    "admitted": Text("Kết nạp {year}", "Admitted {year}"),
    "target": Text("Chỉ tiêu", "Target"),
    "reached": Text("Đạt (%)", "Reached (%)"),
    "members": Text("Đảng viên", "Members"),
    "total": Text("Tổng cộng", "Total"),
    "indicator": Text("Chỉ số", "Figure"),
    "change_of": Text("Tăng, giảm", "Change"),
    "archive": Text("- Lưu.", "- File."),
    "superior": Text("- {parent} (báo cáo),", "- {parent} (to report),"),
    "below": Text("- Các tổ chức đảng trực thuộc,", "- Organisations below,"),
}


def write(found: Review, out: Path, today: date) -> None:
    """Fill the template and save it."""
    document = DocxTemplate(TEMPLATE)
    document.render(_Filling(found, document, today).context(), autoescape=True)
    document.docx.core_properties.title = found.title
    document.save(str(out))


class _Filling:
    """What the template asks for."""

    def __init__(self, found: Review, document: Any, today: date) -> None:
        self.found, self.document, self.today = found, document, today
        self.language = found.language
        structure, asked = selectors.facts().structure, found.asked
        path = structure.tree(asked.shape).path(asked.unit)[:-1][::-1]
        above = [selectors.name_of(structure, place, asked.shape) for place in path]
        self.issuer: Issuer = issuer(found.unit, found.kind, above[0] if above else "", above)

    def say(self, key: str, **more: object) -> str:
        return _WORDS[key].in_language(self.language).format(**more)

    def context(self) -> dict[str, object]:
        """All tags of the template."""
        found, issuing = self.found, self.issuer
        day = wording.write_day_long(self.today, self.language)
        return {
            "party": self.say("party"),
            "type": self.say("type"),
            "parent": issuing.parent.upper(),
            "issuer": issuing.name.upper(),
            "number": self.say("number", symbol=issuing.symbol),
            "place_and_day": f"{issuing.place}, {day}" if issuing.place else day,
            "subject": found.subject,
            "lead": self.say("lead", on=wording.write_day(found.asked.on)),
            "restated": found.restated,
            "sections": [self._section(section) for section in found.sections],
            "balance_title": self.say("balance_title"),
            "recipients_title": self.say("recipients_title"),
            "recipients": list(self._recipients()),
            "on_behalf": issuing.on_behalf,
            "post": issuing.post,
            "signer": self.say("signer"),
            **self._appendix(),
        }

    def _recipients(self) -> Iterator[str]:
        if self.issuer.parent:
            yield self.say("superior", parent=self.issuer.parent)
        if self.found.parts:
            yield self.say("below")
        yield self.say("archive")

    def _section(self, section: Section) -> dict[str, object]:
        entry: dict[str, object] = {
            "heading": f"{section.number}. {section.title}",
            "sentences": [plain(sentence) for sentence in section.sentences],
        }
        picture = self._picture(_IN_TEXT.get(section.key, ""), 15)
        if picture:
            entry |= {"chart": picture[1], "chart_title": picture[0]}
        if section.key == "balance":
            entry["balance"] = self._balance()
            if self.found.balance_note:
                entry["sentences"] = [*entry["sentences"], self.found.balance_note]  # type: ignore[misc]
        return entry

    def _picture(self, key: str, width: float) -> tuple[str, Any] | None:
        made = charts.chart(key, self.found.asked, self.language, self.today) if key and self._drawable() else None
        if made is None:
            return None
        title = f"{made.title}. {made.note}" if made.note else made.title
        return title, InlineImage(self.document, io.BytesIO(charts.png(made, self.language)), width=Cm(width))

    def _drawable(self) -> bool:
        return bool(self.found.figures["members.total"].value)

    def _whole(self, value: int | None, why: str = "") -> str:
        return wording.missing(why, self.language) if value is None else wording.write_number(value, self.language)

    def _optional(self, value: int | None) -> str:
        return "" if value is None else wording.write_number(value, self.language)

    def _balance(self) -> list[list[str]]:
        return [
            [
                line.name,
                self._optional(line.came or None),
                self._optional(line.went or None),
                self._optional(line.stock),
            ]
            for line in self.found.balance
        ]

    def _appendix(self) -> dict[str, object]:
        found, year = self.found, self.found.asked.year
        titles = {
            **{key: self.say(key) for key in ("change", "came", "went", "stock")},
            "part0": self.say("unit"),
            "part1": self.say("admitted", year=year - 1),
            "part2": self.say("admitted", year=year),
            "part3": self.say("target"),
            "part4": self.say("reached"),
            "part5": self.say("members"),
            "figure0": self.say("indicator"),
            "figure1": str(year - 1),
            "figure2": str(year),
            "figure3": self.say("change_of"),
            "figure4": self.say("target"),
        }
        return {
            "h": titles,
            "appendix": self.say("appendix"),
            "appendix_note": self.say("appendix_note", subject=found.subject, issuer=self.issuer.name),
            "parts_title": self.say("parts_title"),
            "parts": [self._part_row(n) for n in range(len(found.parts))]
            + ([self._total_row()] if found.parts else []),
            "figures_title": self.say("figures_title"),
            "figures": [
                self._figure_row(indicator.name.in_language(self.language), figure)
                for indicator, figure in table_of_figures(found)
            ],
            "charts": [{"title": p[0], "picture": p[1]} for key in _AT_END if (p := self._picture(key, 15))],
        }

    def _total_row(self) -> list[str]:
        admitted, members = self.found.figures["members.admitted"], self.found.figures["members.total"]
        return [
            self.say("total"),
            self._whole(admitted.previous, admitted.previous_why),
            self._whole(admitted.value, admitted.why),
            self._optional(admitted.target),
            self._reached(admitted.value, admitted.target),
            self._whole(members.value, members.why),
        ]

    def _reached(self, value: int | None, target: int | None) -> str:
        if not target or value is None:
            return ""
        return wording.write_share(value, target, self.language).removesuffix("%")

    def _part_row(self, n: int) -> list[str]:
        part = self.found.parts[n]
        admitted, target = part.admitted.value, part.admitted.target
        return [
            part.name,
            self._whole(part.previous),
            self._whole(admitted, part.admitted.why),
            self._optional(target),
            self._reached(admitted, target),
            self._whole(part.members.value, part.members.why),
        ]

    def _figure_row(self, name: str, figure: Figure) -> list[str]:
        change = figure.change
        sign = "+" if change and change > 0 else ""
        now = self._whole(figure.value, figure.why)
        if figure.why == "split":
            now = f"{self._whole(figure.low)}–{self._whole(figure.high)}"
        return [
            name,
            self._whole(figure.previous, figure.previous_why),
            now,
            "" if change is None else sign + self._whole(change),
            self._optional(figure.target),
        ]
