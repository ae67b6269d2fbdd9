"""What is typed about drafts: a text, the bodies to be asked, an opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.documents.citing import text_of_file
from nhiemky.documents.draft_wording import STANCES
from nhiemky.domain.findings import Refused
from nhiemky.organisation.forms import unit_input

_KEY = r"[tf][0-9]{1,12}"


class CompareForm(Form):
    left = forms.RegexField(_KEY)
    right = forms.RegexField(_KEY)


class TextForm(Form):
    """The next version of a draft, typed or taken from a file."""

    file = forms.FileField(label=_("File (.docx, .pdf, .txt)"), required=False,
                           help_text=_("Its text is taken; or type the text below."))  # fmt: skip
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 16}))
    note = forms.CharField(label=_("What is new in it"), max_length=300, required=False)
    on = DayField(label=_("Day"), required=False, help_text=_("Today, if nothing is given."))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        file = given.pop("file", None)
        if file is not None:  # the text of the last version stands in the field, typed or not
            try:
                given["text"] = text_of_file(file.name, file.read())
            except Refused as no:
                self.refuse(no)
        return given


class AskForm(Form):
    """Whom to ask, and how long they have."""

    bodies = forms.CharField(
        label=_("Bodies to be asked"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One a line: the code of an organisation; for an office of it a colon and its name behind "
                    "(T: Ban Tuyên giáo và Dân vận)."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("Working days to answer"), initial=5)
    on = DayField(label=_("Opinions asked on"), required=False, help_text=_("Today, if nothing is given."))

    def clean_bodies(self) -> tuple[tuple[str, str], ...]:
        lines = (line.partition(":") for line in self.cleaned_data["bodies"].splitlines() if line.strip())
        return tuple((code.strip(), body.strip()) for code, _colon, body in lines)


class DecideForm(Form):
    """Who answers for a body that has ended."""

    unit = forms.CharField(label=_("Answers instead"), max_length=40, required=False, widget=unit_input("found-unit"),
                           help_text=_("Code; type part of the name to be offered codes."))  # fmt: skip
    reason = forms.CharField(label=_("Why nobody answers"), max_length=300, required=False,
                             help_text=_("Only if no organisation answers instead."))  # fmt: skip


class OpinionForm(Form):
    stance = forms.ChoiceField(label=_("Opinion"), choices=STANCES.items(), widget=forms.RadioSelect)
    text = forms.CharField(label=_("What it says"), required=False, max_length=20_000,
                           widget=forms.Textarea({"rows": 8}))  # fmt: skip
    on = DayField(label=_("Day"), required=False, help_text=_("Today, if nothing is given."))
