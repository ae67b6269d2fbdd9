"""Figures over the small demo: against slow counts, with their rows, restated, and as documents."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import TestCase
from python_calamine import CalamineWorkbook
from slow_counts import Slow

from nhiemky.demo.generate import generate
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Refused
from nhiemky.domain.reporting import wording
from nhiemky.members import snapshot
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import charts, commands, listing, review, selectors, splitting
from nhiemky.reporting.indicators import INDICATORS, OF_THE_REGISTER
from nhiemky.reporting.models import Target
from nhiemky.reporting.ratios import PENDING
from nhiemky.reporting.sentences import Sentence, plain
from nhiemky.reporting.work_indicators import WORK

TODAY = date(2026, 10, 31)
REFORM = date(2025, 7, 1)
SYSTEM = Actor.system("tests")


def asked(code: str, year: int, *, on: date | None = None, structure: date | None = None) -> selectors.Question:
    return selectors.question(organisation.position(code), year, TODAY, on=on, structure=structure)


def cli(**more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "unit": "T-51",
        "year": 2022,
        "on": None,
        "structure": None,
        "indicators": [],
        "rows": False,
        "today": TODAY,
    }
    return commands.figures(**{**given, **more})


def admissions_of(made: review.Review) -> Sentence:
    """The first sentence about members."""
    return next(section for section in made.sections if section.key == "members").sentences[0]


class SmallProvince(TestCase):
    """One generation for all tests; Django undoes it at the end."""

    @classmethod
    def setUpTestData(cls) -> None:
        organisation.forget()
        snapshot.SNAPSHOT.forget()
        generate(small=True, progress=lambda what, part: None)

    def test_every_figure_is_what_a_slow_count_finds(self) -> None:
        slow = Slow()
        for code, year, on in (
            ("T-51", 2022, date(2022, 12, 31)),
            ("T-51", 2025, date(2025, 12, 31)),
            ("T-51", 2026, TODAY),
            ("H-522", 2022, date(2022, 12, 31)),
            ("X25-21034", 2026, date(2026, 6, 30)),
        ):
            found = selectors.figures(asked(code, year, on=on))
            truth = slow.figures(code, year, on)
            assert {key: found[key].value for key in truth} == truth, (code, year)
            assert set(found) - set(truth) <= {"units.kind.group", "units.kind.sectional", *(work.key for work in WORK)}
        assert slow.figures("T-51", 2022, date(2022, 12, 31))["members.admitted"] > 20

    def test_rows_number_what_the_figure_says(self) -> None:
        for code, year, structure in (
            ("T-51", 2022, None),
            ("T-51", 2022, REFORM),
            ("X25-21034", 2022, REFORM),
            ("X25-21034", 2026, None),
        ):
            question = asked(code, year, structure=structure)
            found = selectors.figures(question)
            for indicator in INDICATORS:
                rows = listing.Rows(SYSTEM, question, indicator)
                figure = found[indicator.key]
                certain = [row for row in rows[:] if not row.doubtful]
                assert len(certain) == figure.low, indicator.key
                assert len(rows) == figure.high, indicator.key
                if figure.value is not None:
                    assert len(rows) == figure.value

    def test_pages_of_rows_put_together_are_all_rows(self) -> None:
        for key in ("members.total", "members.admitted", "units.total"):
            rows = listing.Rows(SYSTEM, asked("T-51", 2022), selectors.BY_KEY[key])
            paged = [row for start in range(0, len(rows), 37) for row in rows[start : start + 37]]
            assert paged == rows[:], key

    def test_the_command_answers_what_scripts_read(self) -> None:
        answer = cli(rows=True)
        json.dumps(answer)
        assert answer["unit"] == {"code": "T-51", "name": "Đảng bộ tỉnh Quảng Ngãi"}
        assert (answer["year"], answer["on"], answer["structure"]) == (2022, "2022-12-31", None)
        admitted = answer["figures"]["members.admitted"]
        assert admitted["change"] == admitted["value"] - admitted["previous"]
        assert admitted["target_assumed"] is True
        assert all(len(figure["rows"]) == (figure["value"] or 0) for figure in answer["figures"].values())
        assert len(answer["pending"]) == len(PENDING)
        only = cli(indicators=["cells.residential.share"])
        assert list(only["ratios"]) == ["cells.residential.share"]
        assert only["figures"] == {}

    def test_restated_parts_add_up_to_both_old_provinces(self) -> None:
        for key in ("members.total", "members.admitted", "cells.residential.total"):
            old = [cli(unit=unit, indicators=[key])["figures"][key]["value"] for unit in ("T-51", "T-62")]
            question = asked("T-51", 2022, structure=REFORM)
            parts = selectors.parts(question, selectors.BY_KEY[key])
            assert len(parts) > 15
            assert sum(part.value or 0 for part in parts) == sum(old)
            assert selectors.figures(question, [key])[key].value == sum(old)

    def test_parts_add_up_to_the_whole_in_the_year_of_the_reform(self) -> None:
        """Every figure of every unit that has units below, part by part; no row is in two parts."""
        held = organisation.structure()
        seen: set[str] = set()
        for place in range(len(held)):
            question = selectors.question(place, 2025, TODAY)
            if not selectors.below(question):
                continue
            figures = selectors.figures(question)
            for indicator in INDICATORS:
                parts, whole = splitting.split(question, indicator), figures[indicator.key]
                if whole.value is None:
                    continue
                told = (held.codes[place], indicator.key)
                assert sum(part.value or 0 for part in parts) == whole.value, told
                rows = [row for part in parts for row in part.count.rows.tolist()]
                assert len(rows) == len(set(rows)), told
                if whole.previous is not None:
                    assert sum(part.previous or 0 for part in parts) == whole.previous, told
                seen |= {part.mark for part in parts}
        assert {splitting.ENDED, splitting.OWN} <= seen

    def test_restated_parts_add_up_where_all_are_known(self) -> None:
        """Units that were split up stand in two parts as doubtful: then the parts bracket the whole."""
        question = asked("T-51", 2022, structure=REFORM)
        found = selectors.figures(question)
        exact = 0
        for indicator in OF_THE_REGISTER:
            parts, whole = splitting.split(question, indicator), found[indicator.key].value
            assert whole is not None
            low, high = sum(part.count.low for part in parts), sum(part.count.high for part in parts)
            assert low <= whole <= high, indicator.key
            exact += low == high == whole
        assert exact > 0.8 * len(OF_THE_REGISTER)

    def test_a_unit_that_ended_is_told_up_to_its_last_day(self) -> None:
        question = asked("T-62", 2025)
        assert (question.on, question.before.on) == (date(2025, 6, 30), date(2024, 6, 30))
        found = selectors.figures(question)
        assert found["members.total"].value
        half = selectors.figures(asked("T-62", 2024, on=date(2024, 6, 30)), ["members.admitted"])["members.admitted"]
        assert found["members.admitted"].previous == half.value
        said = [plain(s) for section in review.review(question, "vi").sections for s in section.sentences]
        assert any("so với cùng kỳ năm 2024" in sentence for sentence in said)
        assert not any("đã kết thúc hoạt động" in sentence for sentence in said)

    def test_no_judgement_by_a_target_that_covers_something_else(self) -> None:
        Target.objects.filter(unit__code="X25-21034", year=2025).update(since=None, value=100_000)
        for code, why in (("T-51", "scope"), ("X25-21034", "founded")):
            figure = selectors.figures(asked(code, 2025), ["members.admitted"])["members.admitted"]
            assert figure.apart is not None
            assert (figure.apart.why, figure.apart.on) == (why, REFORM)
            assert not figure.short
            made = review.review(asked(code, 2025), "vi")
            assert "không đánh giá mức hoàn thành" in plain(admissions_of(made))
        assert selectors.figures(asked("T-51", 2022), ["members.admitted"])["members.admitted"].apart is None

    def test_a_target_from_the_founding_on_is_judged(self) -> None:
        Target.objects.filter(unit__code="X25-21034", year=2025).update(since=REFORM, value=100_000)
        figure = selectors.figures(asked("X25-21034", 2025), ["members.admitted"])["members.admitted"]
        assert figure.apart is None
        assert figure.short
        made = plain(admissions_of(review.review(asked("X25-21034", 2025), "vi")))
        assert "chưa đạt chỉ tiêu 100.000 đề ra" in made

    def test_the_merger_is_told_with_its_decision(self) -> None:
        made = review.review(asked("T-51", 2025), "vi")
        told = next(plain(s) for x in made.sections for s in x.sentences if "theo tổ chức" in plain(s))
        came = next(line.came for line in made.balance if line.name.startswith("Chuyển theo"))
        assert f"{wording.write_number(came or 0, 'vi')} đảng viên chuyển đến theo tổ chức do hợp nhất " in told
        assert "Đảng bộ tỉnh Kon Tum" in told
        assert "QĐ/TU ngày" in told
        found = made.figures
        assert (found["units.formed"].value or 0) > 0
        assert (found["units.merged_into"].value or 0) > (found["units.formed"].value or 0)

    def test_a_restated_target_is_the_sum_only_where_all_had_one(self) -> None:
        whole = cli(unit="H-522")["figures"]["members.admitted"]
        assert whole["target"] > 0
        Target.objects.filter(unit__code__startswith="X24").delete()
        both = sum(Target.objects.get(unit__code=code, year=2022).value for code in ("T-51", "T-62"))
        assert cli(structure=REFORM)["figures"]["members.admitted"]["target"] == both
        Target.objects.filter(unit__code="T-62").delete()
        Target.objects.filter(unit__code__startswith="H-6").delete()
        assert "target" not in cli(structure=REFORM)["figures"]["members.admitted"]  # Kon Tum had none

    def test_what_is_not_known_is_never_nought(self) -> None:
        for year in (1900, 2014):
            with pytest.raises(Refused) as no:
                cli(year=year)
            assert [(f.code, f.facts["first_year"]) for f in no.value.findings] == [
                ("reporting.before_the_records", 2015)
            ]
        unborn = cli(unit="X25-21034")["figures"]["members.admitted"]
        assert (unborn["value"], unborn["why"]) == (None, "not_founded")
        ended = cli(unit="H-522", year=2026)["figures"]["members.total"]
        assert (ended["value"], ended["why"]) == (None, "ended")

    def test_every_chart_draws_without_the_net(self) -> None:
        for key in charts.KEYS:
            made = charts.chart(key, asked("T-51", 2022), "vi", TODAY)
            assert made is not None
            for theme in ("light", "dark"):
                drawn = charts.svg(made, theme, "vi")
                assert drawn.startswith("<svg")
                assert "http" not in drawn.replace("http://www.w3.org/", "")
            assert charts.png(made, "vi").startswith(b"\x89PNG")


class Documents(TestCase):
    """The review of the small province as files."""

    @classmethod
    def setUpTestData(cls) -> None:
        organisation.forget()
        snapshot.SNAPSHOT.forget()
        generate(small=True, progress=lambda what, part: None)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def written(self, kind: str, unit: str = "T-51", year: int = 2022, structure: date | None = None) -> Path:
        out = self.folder / f"review.{kind}"
        answer = commands.review(unit=unit, year=year, out=out, today=TODAY, structure=structure)
        assert answer["ok"]
        assert [p.name for p in self.folder.iterdir()] == [out.name]
        return out

    def test_the_document_says_what_the_figures_say(self) -> None:
        document = docx.Document(str(self.written("docx")))
        text = "\n".join(p.text for p in document.paragraphs)
        cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
        found = selectors.figures(asked("T-51", 2022))
        admitted = found["members.admitted"]
        assert admitted.change is not None
        word = "tăng" if admitted.change > 0 else "giảm"
        assert f"kết nạp được {wording.write_number(admitted.value or 0, 'vi')} đảng viên mới, {word} " in text
        assert ("vượt chỉ tiêu" in text) == ((admitted.value or 0) > (admitted.target or 0))
        assert text.count("chưa có dữ liệu") == len(PENDING)
        assert "{" not in text
        assert cells[0][1].startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
        assert cells[0][0].splitlines()[:2] == ["TỈNH ỦY QUẢNG NGÃI", "*"]
        total = wording.write_number(found["members.total"].value or 0, "vi")
        assert any(row[0] == "Tổng số đảng viên" and row[2] == total for row in cells)
        assert any(row[0].startswith("Cuối kỳ") and row[3] == total for row in cells)

    def test_every_unit_kind_makes_a_document(self) -> None:
        for unit, year, structure, issuer in (
            ("H-522", 2022, None, "THÀNH ỦY QUẢNG NGÃI"),
            ("X25-21034", 2025, None, "ĐẢNG ỦY XÃ AN PHÚ"),
            ("X25-21034", 2022, REFORM, "ĐẢNG ỦY XÃ AN PHÚ"),
        ):
            document = docx.Document(str(self.written("docx", unit, year, structure=structure)))
            assert issuer in document.tables[0].rows[0].cells[0].text

    def test_a_unit_that_did_not_exist_is_refused_with_the_structure_that_had_it(self) -> None:
        with pytest.raises(Refused) as no:
            self.written("docx", "X25-21034", 2022)
        assert no.value.findings[0].code == "reporting.unit_not_founded"
        assert no.value.findings[0].facts["structure"] == "2025-07-01"

    def test_a_file_that_cannot_be_written_is_a_finding(self) -> None:
        with pytest.raises(Refused) as no:
            commands.review(unit="T-51", year=2022, out=self.folder / "none" / "r.docx", today=TODAY)
        assert no.value.findings[0].code == "reporting.no_such_folder"
        with pytest.raises(Refused) as no:
            commands.review(unit="T-51", year=2022, out=Path("/proc/none.docx"), today=TODAY)
        assert no.value.findings[0].code.startswith("reporting.")

    def test_the_workbook_holds_every_row(self) -> None:
        book = CalamineWorkbook.from_path(str(self.written("xlsx")))
        found = selectors.figures(asked("T-51", 2022))
        listed = {name[:2]: name for name in book.sheet_names if name[:2].isdigit()}
        shown = [key for key, figure in found.items() if figure.high]
        assert len(listed) == len(shown)
        for number, key in enumerate(shown, start=1):
            rows = book.get_sheet_by_name(listed[f"{number:02}"]).to_python()
            assert len(rows) - 4 == found[key].value, key
        assert all(len(name) <= 31 for name in book.sheet_names)
        assert book.sheet_names[0] == "Số liệu"
        assert book.sheet_names[-1] == "Nguồn"

    def test_the_data_file_agrees_with_the_page(self) -> None:
        data = json.loads(self.written("json").read_text("utf-8"))
        made = review.review(asked("T-51", 2022), "vi")
        said = [plain(sentence) for section in made.sections for sentence in section.sentences]
        assert [s["text"] for section in data["sections"] for s in section["sentences"]] == said
        for section in data["sections"]:
            for sentence in section["sentences"]:
                for number in sentence["numbers"]:
                    assert number["text"] in sentence["text"]

    def test_opening_and_entries_make_the_closing(self) -> None:
        lines = review.review(asked("T-51", 2022), "vi").balance
        middle = lines[1:-1]
        came, went = sum(x.came or 0 for x in middle), sum(x.went or 0 for x in middle)
        assert (lines[0].stock or 0) + came - went == lines[-1].stock
        assert (lines[-1].came, lines[-1].went) == (came, went)
