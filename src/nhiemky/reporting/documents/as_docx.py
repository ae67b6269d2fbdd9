"""The review as .docx: the template of `tools/make_review_template.py`, filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.issuers import Issuer
from nhiemky.domain.reporting import wording
from nhiemky.reporting import charts, listing, selectors
from nhiemky.reporting.declaring import Text
from nhiemky.reporting.documents.issuing import issuer_of, secretary
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.part_tables import ABSENT, absent
from nhiemky.reporting.ratios import GROUPS
from nhiemky.reporting.review import PartLine, Review, table_of_figures
from nhiemky.reporting.selectors import Figure
from nhiemky.reporting.sentences import plain
from nhiemky.reporting.shares import Share
from nhiemky.reporting.splitting import Slice
from nhiemky.reporting.writing import Section

TEMPLATE = Path(__file__).parent / "review.docx"
_IN_TEXT = {"members": "admissions", "balance": "ages"}
_AT_END = ("coverage",)

_WORDS = {
    "party": Text("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIETNAM"),
    "type": Text("BÁO CÁO", "REPORT"),
    "number": Text("Số        -BC/{symbol}", "No.        -BC/{symbol}"),
    "unconfirmed": Text("(ký hiệu chờ xác nhận)", "(symbol to be confirmed)"),
    "lead": Text(
        "Số liệu trong báo cáo được đếm từ hồ sơ đảng viên và tổ chức đảng đến ngày {on}; danh sách chi tiết của từng "
        "số liệu kèm theo tại tệp bảng tính.",
        "Every figure in this report was counted from the records up to {on}; the rows behind each are in the workbook "
        "that goes with it.",
    ),
    "recipients_title": Text("Nơi nhận:", "Recipients:"),
    "appendix": Text("PHỤ LỤC SỐ LIỆU", "APPENDIX: FIGURES"),
    "appendix_note": Text("(kèm theo Báo cáo {subject} của {issuer})", "(to the report {subject}, {issuer})"),
    "balance_title": Text("Biến động đảng viên trong kỳ", "Changes of membership in the period"),
    "table": Text("Biểu {n}. {title}", "Table {n}. {title}"),
    "one_table": Text("Biểu. {title}", "Table. {title}"),
    "parts_title": Text("Kết quả theo tổ chức đảng trực thuộc", "Results by organisation"),
    "figures_title": Text("Các chỉ số của năm", "All figures of the year"),
    "change": Text("Nội dung", "Entry"),
    "came": Text("Tăng", "In"),
    "went": Text("Giảm", "Out"),
    "stock": Text("Đảng viên", "Members"),
    "unit": Text("Tổ chức đảng", "Organisation"),
    "admitted": Text("Kết nạp {head}", "Admitted {head}"),
    "target": Text("Chỉ tiêu", "Target"),
    "reached": Text("Đạt (%)", "Reached (%)"),
    "members": Text("Đảng viên", "Members"),
    "total": Text("Tổng cộng", "Total"),
    "indicator": Text("Chỉ số", "Figure"),
    "change_of": Text("Tăng, giảm", "Change"),
    "archive": Text("- {office}.", "- {office}."),
    "superior": Text("- {superior} (báo cáo),", "- {superior} (to report),"),
    "below": Text("- Các tổ chức đảng trực thuộc,", "- Organisations below,"),
    "absent": Text(
        "–: khi đó chưa thành lập hoặc chưa trực thuộc.", "–: not founded yet then, or under another organisation."
    ),
    "apart": Text(
        "*: không đánh giá theo chỉ tiêu vì tổ chức chỉ hoạt động một phần năm hoặc phạm vi thay đổi trong năm.",
        "*: not judged by the target: the organisation existed only for a part of the year, or its extent changed.",
    ),
}


def write(found: Review, out: Path, actor: Actor, today: date) -> None:
    """Fill the template and save it."""
    document = DocxTemplate(TEMPLATE)
    filling = _Filling(found, document, actor, today)
    document.render(filling.context(), autoescape=True)
    for shape, (title, alt) in zip(document.docx.element.body.iter(qn("wp:docPr")), filling.pictures, strict=True):
        shape.set("name", title)
        shape.set("descr", alt)
    document.docx.core_properties.title = found.title
    document.save(str(out))


class _Filling:
    """What the template asks for."""

    def __init__(self, found: Review, document: Any, actor: Actor, today: date) -> None:
        self.found, self.document, self.today = found, document, today
        self.language = found.language
        structure, asked = selectors.facts().structure, found.asked
        self.issuer: Issuer = issuer_of(found)
        self.pictures: list[tuple[str, str]] = []
        self.secretary = ""
        if listing.may_list(actor, asked, BY_KEY["members.total"]):
            alive = bool(structure.alive(today)[asked.unit])
            self.secretary = secretary(int(structure.ids[asked.unit]), today if alive else asked.on)

    def say(self, key: str, **more: object) -> str:
        return _WORDS[key].in_language(self.language).format(**more)

    def head(self, *, before: bool = False) -> str:
        asked = self.found.asked.before if before else self.found.asked
        return wording.head(asked.year, asked.on, self.language, finished=self.found.asked.finished, before=before)

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
            "unconfirmed": "" if issuing.confirmed else self.say("unconfirmed"),
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
            "signer": issuing.signer,
            "secretary": self.secretary,
            **self._appendix(),
        }

    def _recipients(self) -> Iterator[str]:
        if self.issuer.superior:
            yield self.say("superior", superior=self.issuer.superior)
        if self.found.parts:
            yield self.say("below")
        yield self.say("archive", office=self.issuer.office)

    def _section(self, section: Section) -> dict[str, object]:
        sentences = [plain(sentence) for sentence in section.sentences]
        entry: dict[str, object] = {
            "heading": f"{section.number}. {section.title}",
            "sentences": sentences,
            "last": section is self.found.sections[-1],
        }
        picture = self._picture(_IN_TEXT.get(section.key, ""), 15)
        if picture:
            entry |= {"chart": picture[1], "chart_title": picture[0]}
        if section.key == "balance":
            entry["balance"] = self._balance()
            if self.found.balance_note:
                entry["sentences"] = [*sentences, self.found.balance_note]
        return entry

    def _picture(self, key: str, width: float) -> tuple[str, Any] | None:
        made = charts.chart(key, self.found.asked, self.language, self.today) if key and self._drawable() else None
        if made is None:
            return None
        title = f"{made.title}. {made.note}" if made.note else made.title
        self.pictures.append((made.title, f"{title} {charts.in_words(made)}"))
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
        found = self.found
        before, now = self.head(before=True), self.head()
        titles = {
            **{key: self.say(key) for key in ("change", "came", "went", "stock")},
            "part0": self.say("unit"),
            "part1": self.say("admitted", head=before[0].lower() + before[1:]),
            "part2": self.say("admitted", head=now),
            "part3": self.say("target"),
            "part4": self.say("reached"),
            "part5": self.say("members"),
            "figure0": self.say("indicator"),
            "figure1": before,
            "figure2": now,
            "figure3": self.say("change_of"),
            "figure4": self.say("target"),
        }
        tables = ["parts_title", "figures_title"] if found.parts else ["figures_title"]
        return {
            "h": titles,
            "appendix": self.say("appendix"),
            "appendix_note": self.say("appendix_note", subject=found.subject, issuer=self.issuer.name),
            **{key: self._title(n, key, len(tables)) for n, key in enumerate(tables, start=1)},
            "parts": [self._part_row(part) for part in found.parts] + ([self._total_row()] if found.parts else []),
            "part_notes": list(self._part_notes()),
            "figures": list(self._figure_rows()),
            "charts": [{"title": p[0], "picture": p[1]} for key in _AT_END if (p := self._picture(key, 15))],
        }

    def _title(self, number: int, key: str, of: int) -> str:
        return self.say("table" if of > 1 else "one_table", n=number, title=self.say(key))

    def _part_notes(self) -> Iterator[str]:
        admitted = [part.admitted for part in self.found.parts if part.admitted]
        if any(part.previous_why in ABSENT for part in admitted):
            yield self.say("absent")
        own = self.found.figures["members.admitted"]
        if any(part.apart for part in admitted) or (own.apart and admitted):
            yield self.say("apart")

    def _total_row(self) -> list[str]:
        admitted, members = self.found.figures["members.admitted"], self.found.figures["members.total"]
        return [
            self.say("total"),
            self._whole(admitted.previous, admitted.previous_why),
            self._whole(admitted.value, admitted.why),
            self._optional(admitted.target),
            self._reached(admitted.value, admitted.target, apart=admitted.apart is not None),
            self._whole(members.value, members.why),
        ]

    def _reached(self, value: int | None, target: int | None, *, apart: bool) -> str:
        if not target or value is None:
            return ""
        return wording.write_share(value, target, self.language).removesuffix("%") + ("*" if apart else "")

    def _part_row(self, line: PartLine) -> list[str]:
        part = line.admitted
        if part is None:
            return [line.name, "", "", "", "", self._slice(line.members)]
        target = part.goal.value if part.goal else None
        return [
            line.name,
            absent(part, self.language) if part.previous is None else self._whole(part.previous),
            self._slice(part),
            self._optional(target),
            self._reached(part.value, target, apart=part.apart is not None),
            self._slice(line.members),
        ]

    def _slice(self, part: Slice | None) -> str:
        if part is None:
            return ""
        if part.why == "split":
            return f"{self._whole(part.count.low)}–{self._whole(part.count.high)}"
        return self._whole(part.value, part.why)

    def _figure_rows(self) -> Iterator[list[str]]:
        """Figures by subject, and after those of a subject the ratios made of them."""
        told = table_of_figures(self.found)
        for group in GROUPS:
            yield from (self._figure_row(figure) for figure in told if figure.indicator.group == group.key)
            yield from (self._ratio_row(s) for s in self.found.shares.values() if s.ratio.group == group.key)

    def _figure_row(self, figure: Figure) -> list[str]:
        change = figure.change
        sign = "+" if change and change > 0 else ""
        now = self._whole(figure.value, figure.why)
        if figure.why == "split":
            now = f"{self._whole(figure.low)}–{self._whole(figure.high)}"
        return [
            figure.indicator.name.in_language(self.language),
            self._whole(figure.previous, figure.previous_why),
            now,
            "" if change is None else sign + self._whole(change),
            self._optional(figure.target),
        ]

    def _ratio_row(self, share: Share) -> list[str]:
        numbers = [
            wording.missing("no_data", self.language) if value is None else self._percent(value)
            for value in (share.previous, share.value)
        ]
        change = "" if share.change is None else wording.write_points(share.change, self.language)
        return [share.ratio.name.in_language(self.language), *numbers, change, ""]

    def _percent(self, value: float) -> str:
        return wording.write_number(value, self.language, 1) + "%"
