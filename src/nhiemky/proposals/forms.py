"""What is typed about proposals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.documents.forms import issuer_choices
from nhiemky.documents.models import Issuer
from nhiemky.documents.wording import kind_name
from nhiemky.domain.documents.kinds import KINDS
from nhiemky.organisation.forms import unit_input
from nhiemky.proposals.wording import OUTCOMES, STATES

_NUMBER = _("As it stands on the paper, with the day if there are several: 21-QĐ/TU 16/06/2022.")
_TODAY = _("Today, if nothing is given.")
_CODE = _("Code; type part of the name to be offered codes.")


class FilterForm(Form):
    q = forms.CharField(label=_("Words of the title"), max_length=120, required=False,
                        widget=forms.TextInput({"type": "search", "class": "search-box"}))  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *STATES.items(), ("left", _("to be taken over"))]
    )
    own = forms.BooleanField(label=_("Only of our own organisation"), required=False)


class EnterForm(Form):
    unit = forms.CharField(label=_("Organisation"), max_length=40, widget=unit_input("found-unit"), help_text=_CODE)
    title = forms.CharField(label=_("What is proposed"), max_length=300)
    body = forms.CharField(label=_("Commission that advises"), max_length=200, required=False,
                           help_text=_("For example: Ban Tổ chức Tỉnh ủy."))  # fmt: skip
    on = DayField(label=_("Day"), required=False, help_text=_TODAY)


class SubmitForm(Form):
    session_on = DayField(label=_("Day of the session"))
    document = forms.CharField(label=_("Submission (tờ trình)"), max_length=60, required=False, help_text=_NUMBER)
    on = DayField(label=_("Day"), required=False, help_text=_TODAY)


class DecideForm(Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=OUTCOMES.items(), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Conditions or reasons"), max_length=500, required=False,
                             widget=forms.Textarea({"rows": 4}))  # fmt: skip
    document = forms.CharField(label=_("Document it was issued by"), max_length=60, required=False, help_text=_NUMBER)
    issuer = forms.TypedChoiceField(label=_("Or take the next number of"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("for a document of the type"), required=False, initial="resolution",
        choices=lambda: [(kind.key, kind_name(kind.key)) for kind in KINDS],
    )  # fmt: skip
    on = DayField(label=_("Day"), required=False, help_text=_TODAY)

    def __init__(self, *args: Any, issuers: Iterable[Issuer] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["issuer"].choices = [("", "–"), *issuer_choices(issuers)]  # type: ignore[attr-defined]


class WithdrawForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
    on = DayField(label=_("Day"), required=False, help_text=_TODAY)


class ConditionForm(Form):
    """What the decision asks for, as a task."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    unit_code = forms.CharField(label=_("Done by"), max_length=40, widget=unit_input("found-unit_code"),
                                help_text=_CODE)  # fmt: skip
    due_on = DayField(label=_("Due on"))
    deliverable = forms.CharField(label=_("What is handed in"), max_length=300)
