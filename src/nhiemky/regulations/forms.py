"""What is typed about regulations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.documents.wording import STATES
from nhiemky.domain.dated import Step
from nhiemky.organisation.forms import unit_input
from nhiemky.regulations.rule_wording import value_text
from nhiemky.regulations.wording import CHANGES, STAGES

_NUMBER = _("As it stands on the paper, with the day if there are several: 21-QĐ/TU 16/06/2022.")
_TODAY = _("Today, if nothing is given.")


class FilterForm(Form):
    q = forms.CharField(label=_("Words of the subject"), max_length=120, required=False,
                        widget=forms.TextInput({"type": "search", "class": "search-box"}))  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("due", _("due for review")), ("left", _("to be taken over")), *STAGES.items(),
                 ("none", _("no document yet")),
                 *STATES.items()],
    )  # fmt: skip
    own = forms.BooleanField(label=_("Only of our own organisation"), required=False)


class EnterForm(Form):
    unit = forms.CharField(label=_("Organisation"), max_length=40, widget=unit_input("found-unit"),
                           help_text=_("Code; type part of the name to be offered codes."))  # fmt: skip
    subject = forms.CharField(label=_("What it regulates"), max_length=300)
    document = forms.CharField(label=_("Document in force"), max_length=60, required=False, help_text=_NUMBER)
    next_review_on = DayField(label=_("Next review on"), required=False)


class ReviewDayForm(Form):
    day = DayField(label=_("Next review on"))


class ReasonForm(Form):
    reason = forms.CharField(label=_("What was found, or why"), max_length=500, widget=forms.Textarea({"rows": 4}))
    on = DayField(label=_("Day"), required=False, help_text=_TODAY)


class KeepForm(ReasonForm):
    next_review_on = DayField(label=_("Next review on"))


class IssueForm(Form):
    document = forms.CharField(label=_("Document issued"), max_length=60, help_text=_NUMBER)
    change = forms.ChoiceField(label=_("It"), choices=CHANGES.items())
    on = DayField(label=_("Day"), required=False, help_text=_("The day of signing, if nothing is given."))
    next_review_on = DayField(label=_("Next review on"), required=False)


class RestsForm(Form):
    """The document on which a word about a rule rests."""

    document = forms.CharField(label=_("Document it rests on"), max_length=60, help_text=_NUMBER)
    point = forms.CharField(
        label=_("Point"), max_length=120, required=False, help_text=_("For example: điều 4, khoản 2.")
    )


class ConfirmForm(RestsForm):
    field_order = ("start", "document", "point")
    start = forms.ChoiceField(label=_("Value to be confirmed"))

    def __init__(self, steps: Iterable[Step[Any]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            (step.start.isoformat(), f"{step.start:%d/%m/%Y}: {value_text(step.value)}")
            for step in steps
            if not step.confirmed
        ]

    def clean_start(self) -> date:
        return date.fromisoformat(self.cleaned_data["start"])


class SupersedeForm(RestsForm):
    field_order = ("value", "start", "document", "point")
    value = forms.CharField(label=_("New value"), max_length=40, widget=forms.TextInput({"inputmode": "numeric"}))
    start = DayField(label=_("From the day"))


class WithdrawForm(Form):
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300, widget=forms.Textarea({"rows": 3}))
