"""What is typed about spreadsheets in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.exchange.fields import FIELDS
from nhiemky.domain.exchange.limits import FILE_BYTES
from nhiemky.exchange.drafting import Laid
from nhiemky.exchange.wording import ENCODINGS, field_name
from nhiemky.organisation.forms import unit_input


def _unit(text: Any) -> forms.CharField:
    return forms.CharField(
        label=text, max_length=40, help_text=_("Code; type part of the name to be offered codes."),
        widget=unit_input("found-unit"),
    )  # fmt: skip


class UploadForm(Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An .xlsx, .xls, .ods or .csv file. Choose it, or drag it here. Nothing is written yet."),
        widget=forms.FileInput({"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt"}),
    )
    unit = _unit(_("List of the organisation"))
    day = DayField(
        label=_("As of"), help_text=_("Who is new enters the register with this day, as taken over from this list.")
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > FILE_BYTES:
            raise forms.ValidationError(_("At most %(most)s MB are taken.") % {"most": FILE_BYTES // 2**20})
        return given


class ExportForm(Form):
    unit = _unit(_("Members of the organisation"))
    kind = forms.ChoiceField(
        label=_("As"), choices=[("xlsx", ".xlsx"), ("csv", ".csv")], widget=forms.RadioSelect, initial="xlsx"
    )


class ColumnsForm(Form):
    """Which field each column of a file is; `rows` pairs each choice with its heading and what stands below it."""

    day = DayField(label=_("As of"))
    encoding = forms.ChoiceField(label=_("Letters"), required=False, choices=lambda: list(ENCODINGS.items()))

    def __init__(self, laid: Laid, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.laid = laid
        others = (laid.sheet.name, *laid.sheet.others)
        if len(others) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in others], initial=laid.sheet.name, required=False
            )
        choices = [("", _("not taken over")), *((one.key, field_name(one.key)) for one in FIELDS)]
        self.shown = shown_columns(laid)
        for at in self.shown:
            heading = laid.layout.headings[at] or f"({at + 1})"
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=laid.columns.get(at, ""),
                widget=forms.Select({"aria-label": heading}),
            )  # fmt: skip

    def rows(self) -> list[tuple[str, forms.BoundField, list[str]]]:
        """Heading, choice, and the first values below."""
        return [(self.laid.layout.headings[at], self[f"c{at}"], samples(self.laid, at)) for at in self.shown]

    def columns(self) -> dict[int, str]:
        """What was chosen."""
        return {at: key for at in self.shown if (key := self.cleaned_data.get(f"c{at}"))}


def shown_columns(laid: Laid) -> list[int]:
    """Columns that have a heading or something below."""
    rows = [laid.sheet.rows[at] for at in laid.layout.data[:50]]
    headings = laid.layout.headings
    return [at for at in range(laid.sheet.width) if headings[at] or any(row[at] != "" for row in rows)]


def samples(laid: Laid, at: int) -> list[str]:
    """The first different values of a column."""
    from nhiemky.domain.exchange.values import text_of

    texts: Sequence[str] = [text_of(laid.sheet.rows[row][at]) for row in laid.layout.data[:50]]
    return list(dict.fromkeys(text for text in texts if text))[:3]
