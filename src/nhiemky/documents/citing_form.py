"""What is asked about a text whose citations are looked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.documents.attaching import FILE_BYTES


class TextForm(Form):
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, help_text=_("Paste a report, a programme, a draft."),
        widget=forms.Textarea({"rows": 9, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_(".docx, .pdf or .txt. It is read and not kept."),
        widget=forms.FileInput({"accept": ".docx,.pdf,.txt"}),
    )  # fmt: skip
    on = DayField(
        label=_("Day of the text"), help_text=_("Whether the documents cited were in force is told for this day.")
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given and given.size > FILE_BYTES:
            raise forms.ValidationError(_("At most %(most)s MB are taken.") % {"most": FILE_BYTES // 2**20})
        return given
